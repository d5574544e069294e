/* What is being typed, kept on the device while it is typed. One draft for each broker at a børs.

   Kept at once and not after a pause: a tab that is closed in that moment finishes nothing. */

export class Draft {
  #store;
  #entry;
  #user;
  #last = null;
  #isPaused = false;
  // The form's key of what this tab has kept: an empty tab beside it must not take away what another one keeps.
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
    const kept = await this.#store.get("drafts", this.#user);
    this.#mine = kept?.values.key ?? null;
    if (kept && outbox.has(kept.values.key)) await this.clear();
    else if (kept && (always || !this.#entry.isFromServer)) this.#entry.fill(kept.values);
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
    await this.#store.put("drafts", { key: this.#user, values });
  }

  async #removeMine() {
    const mine = this.#mine;
    this.#mine = null;
    if (mine !== null) await this.#store.removeIf("drafts", this.#user, (kept) => kept.values.key === mine);
  }
}
