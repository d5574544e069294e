/* The money rule at the form: the words that look like payment are quoted at their field, and «Det er ikke betaling mellom
   partene» can be ticked off there. Before that nobody is asked. */

import { say } from "./words.js";

export class MoneyQuestion {
  #box;
  #find;
  field = null;

  constructor(box, find) {
    this.#box = box;
    this.#find = find;
    // Without script it stands there where the server found something.
    if (box && !this.#tick.checked && !box.hasAttribute("data-asked")) box.hidden = true;
  }

  /** Whether the last look found something. */
  get found() {
    return this.field !== null;
  }

  /** What is posted: "1" where it was asked and is ticked. */
  get answer() {
    return this.#box && !this.#box.hidden && this.#tick.checked ? "1" : "";
  }

  get #tick() {
    return this.#box.querySelector("input");
  }

  fill(answer) {
    this.field = null;
    if (!this.#box) return;
    this.#tick.checked = answer === "1";
    this.#box.hidden = answer !== "1";
  }

  /** The errors of `texts` ([field name, control]), unless the broker has answered. The short text is often what the
      parties give, once more: what it only repeats is not said again (as in agreements/rules.py). */
  *errors(texts) {
    const found = texts.map(([field, control]) => [field, this.#find(control.value)]).filter(([, words]) => words.length);
    this.field = found[0]?.[0] ?? null;
    if (!found.length) this.fill("");
    if (this.answer) return;
    const told = new Set();
    for (const [field, words] of found) {
      const isNew = field !== "summary" || words.some((word) => !told.has(word));
      if (isNew) yield [field, say("money", { words: words.map((word) => `«${word}»`).join(", ") })];
      for (const word of words) told.add(word);
    }
  }

  /** Once nothing looks like payment any longer, nothing is asked. */
  lookAgain(texts) {
    if (this.#box && !this.#box.hidden && !texts.some(([, control]) => this.#find(control.value).length)) this.fill("");
  }

  /** Put the question under the first message. */
  ask(place) {
    if (!this.#box) return;
    place.after(this.#box);
    this.#box.hidden = false;
  }
}
