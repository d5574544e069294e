/* Børstimen on the page: the clock in the bar, and the sentence before the gong and after it. Tells «changed» when the
   hour goes from one phase to the next, and when the planned start passes. */

import { say } from "./words.js";

export class Clock extends EventTarget {
  #link;
  #clock;
  #label;
  #sentence;
  #last = "";

  constructor(link, { clock, label, sentence }) {
    super();
    this.#link = link;
    this.#clock = clock;
    this.#label = label;
    this.#sentence = sentence;
    this.tick();
    setInterval(() => this.tick(), 500);
  }

  /** The phase at this moment: the grace ends by itself, the strokes come from the server. */
  phase() {
    const { phase, grace_ends_at } = this.#link.hour;
    return phase === "grace" && this.#link.now() >= Date.parse(grace_ends_at) ? "over" : phase;
  }

  /** The planned start has passed and nobody has struck the gong: what is finished now waits for the stroke. */
  get isGongLate() {
    return this.phase() === "before" && this.#link.now() >= Date.parse(this.#link.hour.starts_at);
  }

  /** What stands there about the hour just now. */
  get sentence() {
    return this.#sentence.textContent;
  }

  tick() {
    const phase = this.phase();
    const { closes_at, grace_ends_at } = this.#link.hour;
    const end = { open: closes_at, grace: grace_ends_at }[phase];
    const left = end ? Date.parse(end) - this.#link.now() : null;
    const late = phase === "open" && left < 0;
    put(this.#clock, left === null ? "" : minutes(Math.abs(left)));
    put(this.#label, say(late ? "clock_late" : `clock_${phase}`));
    this.#say(phase, left);
    const state = `${phase}${this.isGongLate ? " late" : ""}`;
    if (state === this.#last) return;
    this.#last = state;
    this.dispatchEvent(new Event("changed"));
  }

  #say(phase, left) {
    this.#sentence.hidden = phase === "open";
    this.#sentence.dataset.phase = phase;
    // Read aloud at the change of phase, not every second.
    this.#sentence.setAttribute("aria-live", phase === "grace" ? "off" : "polite");
    if (phase !== "open") put(this.#sentence, this.#words(phase, left));
  }

  #words(phase, left) {
    if (phase !== "before") return say(phase, { time: left === null ? "" : minutes(left) });
    if (this.isGongLate) return say("gong_late");
    return say("before_start", { time: this.#startsAt() });
  }

  #startsAt() {
    const start = new Date(this.#link.hour.starts_at);
    const time = inOslo(start, { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const day = inOslo(start, { day: "numeric", month: "long" });
    const today = inOslo(new Date(this.#link.now()), { day: "numeric", month: "long" });
    return day === today ? time : `${time}, ${day}`;
  }
}

/** By the clock on the wall, whatever the tablet believes of where it is. */
function inOslo(moment, parts) {
  return moment.toLocaleString("nb-NO", { timeZone: "Europe/Oslo", ...parts });
}

function minutes(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
