/* What is being typed, kept on the device while it is typed. One draft for each broker at a børs.

   Kept at once and not after a pause: a tab that is closed in that moment finishes nothing. */

export class Draft {
  #store;
  #entry;
  #user;
  #keeping = null;
  #again = false;
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

  /** Keep what stands there now; while one write is under way the next one waits, and there is never a third. */
  async keep() {
    if (this.#isPaused) return;
    this.#again = true;
    this.#keeping ??= this.#run();
    await this.#keeping;
  }

  async clear() {
    await this.#keeping;
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

  async #run() {
    try {
      while (this.#again) {
        this.#again = false;
        if (this.#entry.isEmpty) await this.#removeMine();
        else await this.#put(this.#entry.values());
      }
    } finally {
      this.#keeping = null;
    }
  }

  async #put(values) {
    this.#mine = values.key;
    await this.#store.put("drafts", { key: this.#user, values });
  }

  async #removeMine() {
    if (this.#mine === null) return;
    const kept = await this.#store.get("drafts", this.#user);
    if (kept?.values.key === this.#mine) await this.#store.remove("drafts", this.#user);
    this.#mine = null;
  }
}
