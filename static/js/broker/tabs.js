/* Two tabs of the same page: one tells the other that the queue has changed, and says what it is sending itself.

   BroadcastChannel is in Safari from 15.4 (MDN's compatibility data); without it each tab finds out by
   itself, at its next turn. */

const ANSWERS_WITHIN = 300;

export class Tabs extends EventTarget {
  #channel = null;
  #answers = [];
  /** The keys of what this tab is sending for the first time. */
  sending = () => [];

  constructor(name) {
    super();
    if (!("BroadcastChannel" in window)) return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener("message", ({ data }) => this.#onMessage(data));
  }

  tellChanged() {
    this.#channel?.postMessage({ is: "changed" });
  }

  /** The keys of what other tabs are sending just now. */
  async sentByOthers() {
    if (!this.#channel) return new Set();
    this.#answers = [];
    this.#channel.postMessage({ is: "who" });
    await new Promise((resolve) => setTimeout(resolve, ANSWERS_WITHIN));
    return new Set(this.#answers);
  }

  #onMessage(data) {
    if (data.is === "changed") this.dispatchEvent(new Event("changed"));
    if (data.is === "who") this.#channel.postMessage({ is: "sending", keys: this.sending() });
    if (data.is === "sending") this.#answers.push(...data.keys);
  }
}
