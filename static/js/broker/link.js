/* The line to the server: what the status address said last, and whether it answers at all. */

import { ask } from "./sending.js";

const EVERY = 10_000;

export class Link extends EventTarget {
  #url;
  #offset = 0;
  state = "connected"; // or "offline", "login"
  status;

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
    setInterval(() => this.refresh(), EVERY);
  }

  /** Ask once; says whether this broker can send now. */
  async refresh() {
    const sent = Date.now();
    const { status, body } = await ask(this.#url);
    if (status === 200 && body?.csrf) {
      this.state = "connected";
      this.#take(body, sent, Date.now());
    } else {
      this.state = status === 401 || status === 403 || status === 404 ? "login" : "offline";
    }
    this.dispatchEvent(new Event("changed"));
    return this.state === "connected";
  }

  #take(status, sent, received) {
    this.status = status;
    this.#offset = Date.parse(status.now) - (sent + received) / 2;
  }
}
