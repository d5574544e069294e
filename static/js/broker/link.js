/* The line to the server: what the status address said last, and whether it answers at all. */

import { ask } from "./sending.js";

const EVERY = 10_000;
// While somebody stands and waits for the gong's numbers.
const OFTEN = 2_500;

export class Link extends EventTarget {
  #url;
  #offset = 0;
  #asking = null;
  state = "connected"; // or "offline", "login"
  status;
  /** How many agreements wait on the device: told to the server with each sign of life. */
  waiting = () => 0;
  /** Whether something is to happen at any moment. */
  isUrgent = () => false;

  constructor(url, status) {
    super();
    this.#url = url;
    this.#take(status, Date.now(), Date.now());
  }

  get token() {
    return this.status.csrf;
  }

  get user() {
    return this.status.user.id;
  }

  get hour() {
    return this.status.hour;
  }

  /** The server's time, in milliseconds, by the device's clock and the offset measured at the last answer. */
  now() {
    return Date.now() + this.#offset;
  }

  start() {
    const again = () =>
      setTimeout(async () => {
        await this.refresh();
        again();
      }, this.isUrgent() ? OFTEN : EVERY);
    again();
  }

  /** Ask; says whether this broker can send now. Who asks while it is being asked gets the same answer. */
  refresh() {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Something else was sent and nothing answered. */
  noteSilence() {
    if (this.state !== "connected") return;
    this.state = "offline";
    this.dispatchEvent(new Event("changed"));
  }

  /** Take the status that came with another answer. */
  take(status) {
    this.#take(status, Date.now(), Date.now());
    this.dispatchEvent(new Event("changed"));
  }

  async #ask() {
    const before = this.state;
    const sent = Date.now();
    const { status, body } = await ask(`${this.#url}?ko=${this.waiting()}`);
    if (status === 200 && body?.csrf) {
      this.state = "connected";
      this.#take(body, sent, Date.now());
    } else {
      this.state = status === 401 || status === 403 || status === 404 ? "login" : "offline";
    }
    this.dispatchEvent(new Event("changed"));
    if (this.state === "connected" && before !== "connected") this.dispatchEvent(new Event("connected"));
    return this.state === "connected";
  }

  #take(status, sent, received) {
    this.status = status;
    this.#offset = Date.parse(status.now) - (sent + received) / 2;
  }
}
