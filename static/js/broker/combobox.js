/* The choice of a party: `<ds-suggestion>` shows the list and speaks to screen readers, this decides what is chosen.

   Left to itself the element throws away text that was typed but not chosen. Here a single hit is chosen on Enter and on
   leaving the field, and otherwise the text stays, with an error. Only the best hits are put in the list. */

import { make, say } from "./words.js";

const SHOWN = 30;

export class Combobox extends EventTarget {
  #box;
  #input;
  #list;
  #directory;
  #symbols;
  #typed = "";
  chosen = null;

  constructor(box, directory, symbols) {
    super();
    this.#box = box;
    this.#input = box.querySelector("input");
    this.#list = box.querySelector("u-datalist");
    this.#directory = directory;
    this.#symbols = symbols;
    // On the way down and from outside the element, so that its own listeners come later, or not at all.
    const outside = box.parentElement;
    const early = { capture: true };
    outside.addEventListener("input", (event) => this.#onInput(event), early);
    outside.addEventListener("keydown", (event) => this.#onKey(event), early);
    outside.addEventListener("blur", (event) => this.#onBlur(event), early);
    directory.addEventListener("changed", () => this.#fill());
    this.#fill();
  }

  get text() {
    return this.#input.value.trim();
  }

  get input() {
    return this.#input;
  }

  /** Choose an entry, or nobody (null), without telling anyone; `text` is shown where nobody is chosen. */
  set(entry, text = "") {
    this.chosen = entry;
    this.#input.value = this.#typed = entry ? entry.name : text;
    this.#fill();
  }

  #choose(entry) {
    this.set(entry);
    this.dispatchEvent(new Event("chosen"));
  }

  /** Choose what can only be meant; say whether something is chosen. */
  #settle() {
    if (this.chosen || !this.text) return true;
    const named = this.#directory.named(this.text);
    const hits = named.length ? named : this.#directory.search(this.text);
    if (hits.length !== 1) return false;
    this.#choose(hits[0]);
    return true;
  }

  #onInput(event) {
    if (event.target !== this.#input) return;
    if (!event.isTrusted && event.inputType === "") {
      // The list's way of saying which option was tapped; a remark in the list is no option.
      event.stopPropagation();
      const tapped = this.#directory.find(this.#input.value);
      if (tapped) this.#choose(tapped);
      else this.#input.value = this.#typed;
      return;
    }
    this.#typed = this.#input.value;
    if (this.chosen && this.text !== this.chosen.name) {
      this.chosen = null;
      this.dispatchEvent(new Event("chosen"));
    }
    this.#fill();
    if (this.#list.hidden && this.text && !this.chosen) this.#input.click();
  }

  #onKey(event) {
    // An option that is marked with the arrows is taken by the list itself, before this.
    if (event.target !== this.#input || event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#settle()) this.#close();
    else this.dispatchEvent(new Event("unchosen"));
  }

  /** The list opens itself at every key, Enter too; Escape is its own way of closing. */
  #close() {
    this.#input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  }

  #onBlur(event) {
    // Also when it is left by way of its clear button, which the Tab key reaches.
    if (!this.#box.contains(event.target)) return;
    event.stopPropagation();
    // A tap on the list also takes focus away for a moment.
    setTimeout(() => {
      if (this.#box.contains(document.activeElement)) return;
      if (!this.#settle()) this.dispatchEvent(new Event("unchosen"));
    }, 150);
  }

  #fill() {
    const text = this.chosen ? "" : this.text;
    const hits = this.#directory.search(text);
    const options = hits.slice(0, SHOWN).map((entry) => this.#option(entry));
    if (hits.length > SHOWN) options.push(this.#remark(say("more_hits", { n: hits.length - SHOWN })));
    if (!hits.length && text) options.push(this.#remark(say("no_hits", { text })));
    this.#list.replaceChildren(...options);
    if (!hits.length && text) this.#directory.askForNews();
  }

  #option(entry) {
    const more = [entry.where, ...entry.people.slice(0, 3)].filter(Boolean).join(" · ");
    const sector = this.#symbols.plate(entry.sector);
    const name = make("span", { class: "option__name", dir: "auto" }, entry.name);
    const words = make("span", {}, name, make("span", { class: "option__more" }, more));
    return make("u-option", { value: entry.id, label: entry.name }, make("span", { class: "option" }, sector, words));
  }

  #remark(text) {
    return make("u-option", { value: "", label: text, class: "option__more" }, text);
  }
}
