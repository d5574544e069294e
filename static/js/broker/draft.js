/* What is being typed, kept on the device while it is typed. One draft for each broker at a børs. */

const PAUSE = 300;

export class Draft {
  #store;
  #entry;
  #user;
  #timer = 0;

  constructor(store, entry, user) {
    this.#store = store;
    this.#entry = entry;
    this.#user = user;
    entry.addEventListener("changed", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.keep(), PAUSE);
    });
    window.addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
  }

  async keep() {
    clearTimeout(this.#timer);
    if (this.#entry.isEmpty) await this.clear();
    else await this.#store.put("drafts", { key: this.#user(), values: this.#entry.values() });
  }

  async clear() {
    clearTimeout(this.#timer);
    await this.#store.remove("drafts", this.#user());
  }

  /** Put back what was being typed, unless it is finished already, or the page has something itself. */
  async restore(outbox) {
    const kept = await this.#store.get("drafts", this.#user());
    if (!kept) return;
    if (outbox.has(kept.values.key)) await this.clear();
    else if (this.#entry.isEmpty) this.#entry.fill(kept.values);
  }
}
