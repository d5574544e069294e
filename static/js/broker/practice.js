/* «Øv»: the same form with invented participants. Nothing is saved and nothing is sent; what was being typed for real is
   put aside, and comes back with one tap. */

export class Practice extends EventTarget {
  #parts;
  #number = 0;
  isOn = false;

  /** `parts`: band (the yellow strip), participants, directory, entry, clearing, receipt, registering, market. */
  constructor(parts) {
    super();
    this.#parts = parts;
    parts.band.querySelector("button").addEventListener("click", () => this.stop());
  }

  /** The draft and the queue, as soon as they are read. */
  use(desk) {
    this.#desk = desk;
  }

  #desk = null;

  async start() {
    if (this.isOn || !this.#desk || this.#parts.registering.isBusy) return;
    await this.#desk.draft.pause();
    this.#number = 0;
    this.#turn(true);
    this.#parts.entry.focus();
  }

  async stop() {
    if (!this.isOn) return;
    this.#turn(false);
    await this.#desk.draft.restore(this.#desk.outbox, { always: true });
    this.#parts.entry.focus();
  }

  /** What the server would have answered. */
  register() {
    this.#number += 1;
    return { is: "done", number: this.#number, url: "", needs_review: "" };
  }

  #turn(isOn) {
    const { band, participants, directory, entry, clearing, receipt, registering, market } = this.#parts;
    this.isOn = isOn;
    band.hidden = !isOn;
    document.body.toggleAttribute("data-practice", isOn);
    receipt.hide();
    directory.practise(isOn ? participants : null);
    market.practise(isOn);
    registering.practise(isOn ? this : null);
    entry.startAfresh();
    clearing.forget();
    this.dispatchEvent(new Event("changed"));
  }
}
