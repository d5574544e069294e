/* Børstimen on the page: the clock in the bar, and the sentence before the gong and after it. */

import { say } from "./words.js";

export class Clock {
  #link;
  #clock;
  #label;
  #sentence;

  constructor(link, { clock, label, sentence }) {
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

  tick() {
    const phase = this.phase();
    const { closes_at, grace_ends_at } = this.#link.hour;
    const end = { open: closes_at, grace: grace_ends_at }[phase];
    const left = end ? Date.parse(end) - this.#link.now() : null;
    const late = phase === "open" && left < 0;
    put(this.#clock, left === null ? "" : minutes(Math.abs(left)));
    put(this.#label, say(late ? "clock_late" : `clock_${phase}`));
    this.#say(phase, left);
  }

  #say(phase, left) {
    this.#sentence.hidden = phase === "open";
    this.#sentence.dataset.phase = phase;
    // Read aloud at the change of phase, not every second.
    this.#sentence.setAttribute("aria-live", phase === "grace" ? "off" : "polite");
    if (phase !== "open") put(this.#sentence, say(phase, { time: left === null ? "" : minutes(left) }));
  }
}

function minutes(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
