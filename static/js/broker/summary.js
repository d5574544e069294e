/* «Kort om avtalen»: from the first offer or need that is tapped it says what the parties give, as the server would have
   written it (`summary_of` in agreements/registering.py), until the broker writes something else. */

import { say } from "./words.js";

export class Summary {
  #control;
  #parties;
  // What stands there because of a tap; empty when nothing has been tapped, or the broker has written over it.
  #written = "";

  constructor(control, parties) {
    this.#control = control;
    this.#parties = parties;
  }

  /** What a draft remembers beside the text itself. */
  get written() {
    return this.#written;
  }

  fill(text = "", written = "") {
    this.#control.value = text;
    this.#written = written;
  }

  /** An offer or need was tapped: begin to follow what is given, unless the broker has written a text. */
  begin() {
    if (!this.#control.value.trim() || this.#follows) this.#write();
  }

  /** What is given has changed. */
  follow() {
    if (this.#written && this.#follows) this.#write();
  }

  get #follows() {
    return this.#control.value === this.#written;
  }

  #write() {
    const given = this.#parties.all.map((party) => party.get("gives").trim()).filter(Boolean);
    this.#control.value = this.#written = cut(given.join(say("versus")), Number(this.#control.dataset.limit));
  }
}

/** No longer than `limit` characters, ended at a word with «…». */
function cut(text, limit) {
  const letters = [...text];
  if (letters.length <= limit) return text;
  const short = letters.slice(0, limit - 1).join("");
  const words = short.includes(" ") ? short.slice(0, short.lastIndexOf(" ")) : short;
  return `${words.replace(/[ ,;–-]+$/, "")}…`;
}
