/* One party's card: who it is, what it offers and needs, and what it gives in this agreement. */

import { Chips } from "./chips.js";
import { Combobox } from "./combobox.js";
import { lengthOf, say } from "./words.js";

const NAMES = ["participant", "gives", "contact", "offer", "need"];

export class Party extends EventTarget {
  #root;
  #directory;
  #symbols;
  #combobox;
  #chips;
  #fields = {};
  #index = 0;

  constructor(root, { directory, symbols }) {
    super();
    this.#root = root;
    this.#directory = directory;
    this.#symbols = symbols;
    for (const name of NAMES) this.#fields[name] = root.querySelector(`[data-field="${name}"]`);
    this.#fields.participant.disabled = false;
    this.#combobox = new Combobox(root.querySelector("[data-combobox]"), directory, symbols);
    this.#chips = new Chips(root.querySelector("[data-chips]"), symbols);
    this.#combobox.addEventListener("chosen", () => this.#onChosen());
    this.#combobox.addEventListener("unchosen", () => this.sayError("participant", this.whyUnchosen()));
    this.#combobox.input.addEventListener("input", () => this.clearErrors("participant"));
    this.#chips.addEventListener("tapped", (event) => this.#tell("tapped", event.detail));
    this.#fields.gives.addEventListener("input", () => this.#checkGives());
    root.querySelector("[data-remove]").addEventListener("click", () => this.#tell("removed"));
    directory.addEventListener("changed", () => this.#catchUp());
    this.#catchUp();
  }

  get root() {
    return this.#root;
  }

  get participant() {
    return this.#combobox.chosen;
  }

  get isBlank() {
    return !this.participant && !this.#combobox.text && !this.#fields.gives.value.trim();
  }

  get(name) {
    return this.#fields[name].value;
  }

  set(name, value) {
    this.#fields[name].value = value;
    if (name === "gives") this.#checkGives();
  }

  /** The card's place in the form, from 0: field names, ids and labels follow it. */
  place(index, { removable }) {
    this.#index = index;
    for (const name of NAMES) this.#fields[name].name = `parties-${index}-${name}`;
    for (const [label, element] of this.#labels()) element.textContent = say(label, { n: index + 1 });
    this.#root.querySelector("[data-remove]").hidden = !removable;
  }

  values() {
    return { ...Object.fromEntries(NAMES.map((name) => [name, this.get(name)])), typed: this.#combobox.text };
  }

  /** Fill the card with `values()` from before, or with nothing. */
  fill(values = {}) {
    for (const name of NAMES) this.#fields[name].value = values[name] ?? "";
    this.clearErrors();
    this.#combobox.set(this.#directory.find(values.participant), values.typed ?? "");
    this.#show();
  }

  press(ids) {
    this.#chips.press(ids);
  }

  focus() {
    this.#combobox.input.focus();
  }

  whyUnchosen() {
    const text = this.#combobox.text;
    return text ? say("unchosen", { text }) : say("choose_party", { n: this.#index + 1 });
  }

  sayError(name, text) {
    // What has no place of its own on the card is said where it was tapped.
    const shown = name === "participant" ? name : "gives";
    this.#root.querySelector(`[data-error="${shown}"]`).replaceChildren(message(text));
    this.control(shown).setAttribute("aria-invalid", "true");
  }

  clearErrors(...names) {
    for (const name of names.length ? names : ["participant", "gives"]) {
      this.#root.querySelector(`[data-error="${name}"]`).replaceChildren();
      this.control(name).removeAttribute("aria-invalid");
    }
  }

  control(name) {
    return name === "participant" ? this.#combobox.input : this.#fields.gives;
  }

  #labels() {
    return [...this.#root.querySelectorAll("[data-label]")].map((element) => [element.dataset.label, element]);
  }

  #onChosen() {
    this.#fields.participant.value = this.participant?.id ?? "";
    for (const name of ["contact", "offer", "need"]) this.#fields[name].value = "";
    this.clearErrors("participant");
    this.#show();
    this.#tell("chosen");
  }

  /** The list has arrived or is new: what the form holds may now have a name. */
  #catchUp() {
    const id = this.#fields.participant.value;
    if (id && !this.participant) this.#combobox.set(this.#directory.find(id), this.#combobox.text);
    this.#show();
    this.#tell("shown");
  }

  #show() {
    const entry = this.participant;
    const plate = this.#root.querySelector("[data-plate]");
    if (entry) this.#root.dataset.sector = entry.sector;
    else delete this.#root.dataset.sector;
    plate.replaceChildren(...(entry ? [this.#symbols.plate(entry.sector, { word: true })] : []));
    this.#chips.show(entry);
  }

  #checkGives() {
    const limit = Number(this.#fields.gives.dataset.limit);
    const over = lengthOf(this.get("gives")) - limit;
    if (over > 0) this.sayError("gives", say("too_long", { over, limit }));
    else this.clearErrors("gives");
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export function message(text) {
  const element = document.createElement("p");
  element.className = "ds-validation-message";
  element.textContent = text;
  return element;
}
