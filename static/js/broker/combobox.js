/* The choice of a party: `<ds-suggestion>` shows the list and speaks to screen readers, this decides what is chosen.

   Left to itself the element throws away text that was typed but not chosen. Here a single hit is chosen on Enter and on
   leaving the field, and otherwise the text stays, with an error. Only the best hits are put in the list, and only while
   somebody stands in the field. */

import { peopleFound, wordsOf } from "./searching.js";
import { make, say } from "./words.js";

const SHOWN = 20;
const NEW = "+";

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
    this.#input.addEventListener("focus", () => this.#onFocus());
    // What was typed before the list had come can be told when it comes.
    directory.addEventListener("changed", () => (this.#isHere ? this.#fill() : this.#settle()));
  }

  get text() {
    return this.#input.value.trim();
  }

  get input() {
    return this.#input;
  }

  get #isHere() {
    return document.activeElement === this.#input;
  }

  /** Choose an entry, or nobody (null), without telling anyone; `text` is shown where nobody is chosen. */
  set(entry, text = "") {
    this.chosen = entry;
    this.#input.value = this.#typed = entry ? entry.name : text;
    if (this.#isHere) this.#fill();
  }

  /** Who is chosen, as the list has it now. */
  renew(entry) {
    this.chosen = entry;
    if (this.text !== entry.name) this.#input.value = this.#typed = entry.name;
  }

  /** Stand in the field with the list open. */
  open() {
    this.#input.focus();
    this.#input.click();
  }

  choose(entry) {
    this.set(entry);
    this.dispatchEvent(new Event("chosen"));
  }

  /** Chosen by a tap or by Enter: the broker goes on. */
  #pick(entry) {
    this.choose(entry);
    this.dispatchEvent(new Event("picked"));
  }

  /** Choose what can only be meant; say whether something is chosen. */
  #settle() {
    if (this.chosen || !this.text) return true;
    const only = this.#directory.only(this.text);
    if (only) this.choose(only);
    return Boolean(only);
  }

  #onFocus() {
    this.#fill();
    // The list has put its own word there, for a field that is done when something is chosen.
    this.#input.setAttribute("enterkeyhint", "next");
    if (this.chosen) setTimeout(() => this.#input.select());
  }

  #onInput(event) {
    if (event.target !== this.#input) return;
    if (!event.isTrusted && event.inputType === "") {
      this.#onTapped(event);
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

  /** The list's way of saying which option was tapped; a remark in the list is no option. */
  #onTapped(event) {
    event.stopPropagation();
    const value = this.#input.value;
    const tapped = this.#directory.find(value);
    if (tapped) {
      this.#pick(tapped);
      return;
    }
    this.#input.value = this.#typed;
    if (value === NEW) this.dispatchEvent(new Event("new"));
  }

  #onKey(event) {
    // An option that is marked with the arrows is taken by the list itself, before this.
    if (event.target !== this.#input || event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#settle()) {
      this.dispatchEvent(new Event("unchosen"));
      return;
    }
    this.#close();
    this.dispatchEvent(new Event("picked"));
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
    const recent = text ? [] : this.#directory.recent();
    const all = this.#directory.search(text);
    const hits = recent.length ? [...recent, ...all.filter((entry) => !recent.includes(entry))] : all;
    const words = wordsOf(text);
    const options = hits.slice(0, SHOWN).map((entry) => this.#option(entry, words, recent.includes(entry)));
    if (hits.length > SHOWN) options.push(this.#remark(say("more_hits", { n: hits.length - SHOWN })));
    if (!hits.length && text) options.push(this.#remark(say(this.#directory.hasList ? "no_hits" : "no_list", { text })));
    options.push(this.#newcomer(text));
    this.#list.replaceChildren(...options);
    if (!hits.length && text) this.#directory.askForNews();
  }

  #option(entry, words, isRecent) {
    const found = peopleFound(entry, words);
    const people = found.length ? found.map((name) => say("contact_found", { name })) : entry.people.slice(0, 3);
    const marks = [isRecent && say("recent"), entry.walkIn && say("new_here")];
    const more = [...marks, entry.where, ...people].filter(Boolean).join(" · ");
    const name = make("span", { class: "option__name", dir: "auto" }, entry.name);
    const lines = make("span", {}, name, make("span", { class: "option__more" }, more));
    const content = make("span", { class: "option" }, this.#symbols.plate(entry.sector), lines);
    return make("u-option", { value: entry.id, label: entry.name }, content);
  }

  /** The last row: who came without being on the list. */
  #newcomer(text) {
    const label = text ? say("register_new", { text }) : say("register_new_blank");
    return make("u-option", { value: NEW, label, class: "option__new" }, label);
  }

  /** No option: the arrows pass it by. */
  #remark(text) {
    return make("div", { class: "option__more option__remark" }, text);
  }
}
