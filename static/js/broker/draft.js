/* What is being typed, kept on the device while it is typed: a row for each form, so that two tabs keep one each, and none
   takes away what another one keeps. The newest comes back first.

   Kept at once and not after a pause: a tab that is closed in that moment finishes nothing. */

export class Draft {
  #store;
  #entry;
  #user;
  #last = null;
  #isPaused = false;
  // The form's key of what this tab has kept.
  #mine = null;

  constructor(store, entry, user) {
    this.#store = store;
    this.#entry = entry;
    this.#user = user;
    entry.addEventListener("changed", () => this.keep());
    window.addEventListener("pagehide", () => this.keep());
    // An empty page must not overwrite what it is about to be filled with.
    this.#isPaused = true;
  }

  /** Keep what stands there now. Handed to the device at once, also while it is busy with what stood there before: it
      takes them in their order. */
  async keep() {
    if (this.#isPaused) return;
    this.#last = this.#entry.isEmpty ? this.#removeMine() : this.#put(this.#entry.values());
    await this.#last;
  }

  async clear() {
    await this.#last;
    await this.#removeMine();
  }

  /** What is typed from here on is something else, until `restore`. */
  async pause() {
    await this.keep();
    this.#isPaused = true;
  }

  /** Put back what was being typed, unless it is finished already, or the server sent the page with something in it
      (which counts once: `always` after that). */
  async restore(outbox, { always = false } = {}) {
    const mine = (await this.#store.all("drafts")).filter((row) => row.user === this.#user);
    for (const row of mine) if (outbox.has(row.key)) await this.#store.remove("drafts", row.key);
    const [newest] = mine.filter((row) => !outbox.has(row.key)).sort((one, other) => other.at - one.at);
    this.#mine = null;
    if (newest && (always || !this.#entry.isFromServer)) {
      this.#mine = newest.key;
      this.#entry.fill(newest.values);
    }
    this.#isPaused = false;
  }

  /** Somebody else has signed in: keep what stands there for whose it is, and put up theirs. */
  async changeHands(user, outbox) {
    await this.pause();
    this.#user = user;
    this.#entry.startAfresh();
    await this.restore(outbox, { always: true });
  }

  async #put(values) {
    this.#mine = values.key;
    await this.#store.put("drafts", { key: values.key, user: this.#user, at: Date.now(), values });
  }

  async #removeMine() {
    const mine = this.#mine;
    this.#mine = null;
    if (mine !== null) await this.#store.remove("drafts", mine);
  }
}
