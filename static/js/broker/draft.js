/* What is being typed, kept on the device while it is typed. One draft for each broker at a børs.

   Kept at once and not after a pause: a tab that is closed in that moment finishes nothing. */

export class Draft {
  #store;
  #entry;
  #user;
  #keeping = null;
  #again = false;

  constructor(store, entry, user) {
    this.#store = store;
    this.#entry = entry;
    this.#user = user;
  }

  /** Keep what stands there now; while one write is under way the next one waits, and there is never a third. */
  async keep() {
    this.#again = true;
    this.#keeping ??= this.#run();
    await this.#keeping;
  }

  async clear() {
    await this.#keeping;
    await this.#store.remove("drafts", this.#user());
  }

  /** Put back what was being typed, unless it is finished already, or the server sent the page with something in it. */
  async restore(outbox) {
    const kept = await this.#store.get("drafts", this.#user());
    if (kept && outbox.has(kept.values.key)) await this.clear();
    else if (kept && !this.#entry.isFromServer) this.#entry.fill(kept.values);
    // Only now: an empty page must not overwrite what it is about to be filled with.
    this.#entry.addEventListener("changed", () => this.keep());
    window.addEventListener("pagehide", () => this.keep());
  }

  async #run() {
    try {
      while (this.#again) {
        this.#again = false;
        if (this.#entry.isEmpty) await this.#store.remove("drafts", this.#user());
        else await this.#store.put("drafts", { key: this.#user(), values: this.#entry.values() });
      }
    } finally {
      this.#keeping = null;
    }
  }
}
