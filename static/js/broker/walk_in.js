/* The panel in a party's card where someone who is not on the list becomes a party (templates/agreements/walk_in.html).

   It opens over the card's other fields, which keep what stands in them. */

import { newKey } from "./key.js";
import { make, say } from "./words.js";

const NAME_MAX = 120;

export class WalkIn extends EventTarget {
  #card;
  #template;
  #directory;
  #panel = null;

  constructor(card, { template, directory }) {
    super();
    this.#card = card;
    this.#template = template;
    this.#directory = directory;
  }

  get isOpen() {
    return this.#panel !== null;
  }

  /** What stands in the panel, for the draft; null while it is closed. */
  values() {
    if (!this.isOpen) return null;
    return { name: this.#name.value, contact: this.#field("contact").value, sector: this.#sector };
  }

  /** The panel as it stood in a draft; whoever comes back stands where they are. */
  restore({ name, contact, sector }) {
    this.#show(name);
    this.#field("contact").value = contact;
    for (const choice of this.#sectors) choice.setAttribute("aria-pressed", String(choice.dataset.sectorChoice === sector));
  }

  /** Take what stands there, when nothing is missing: only the last tap was forgotten. */
  finishIfWhole() {
    if (this.isOpen && !this.#problem()) this.#use();
  }

  #show(name) {
    this.close();
    this.#panel = this.#template.content.firstElementChild.cloneNode(true);
    this.#card.append(this.#panel);
    this.#card.setAttribute("data-walkin", "");
    this.#name.value = name;
    this.#panel.addEventListener("click", (event) => this.#onClick(event));
    this.#panel.addEventListener("keydown", (event) => this.#onKey(event));
    this.#name.addEventListener("input", () => this.#onName());
    this.#onName();
  }

  open(name) {
    this.#show(name);
    this.dispatchEvent(new Event("changed"));
    // What is missing: the name, or what kind it is. A button takes the keyboard away from over the choices.
    if (name) this.#sectors[0].focus();
    else this.#name.focus();
    this.#panel.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.#panel?.remove();
    this.#panel = null;
    this.#card.removeAttribute("data-walkin");
  }

  /** Say what is missing, and go there. */
  insist() {
    const wrong = this.#problem();
    if (wrong) this.#say(...wrong);
  }

  get #name() {
    return this.#field("name");
  }

  get #sectors() {
    return [...this.#panel.querySelectorAll("[data-sector-choice]")];
  }

  get #sector() {
    return this.#sectors.find((choice) => choice.getAttribute("aria-pressed") === "true")?.dataset.sectorChoice ?? "";
  }

  #field(name) {
    return this.#panel.querySelector(`[data-walkin-field="${name}"]`);
  }

  #onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.sectorChoice) this.#chooseSector(button);
    else if (button.hasAttribute("data-use")) this.#use();
    else if (button.hasAttribute("data-cancel")) this.#cancel();
  }

  #onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#cancel();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      // Not the form's own Enter: from the name to the kinds, from the contact to the end.
      event.preventDefault();
      event.stopPropagation();
      if (event.target === this.#name) this.#sectors[0].focus();
      else this.#use();
    }
  }

  #chooseSector(button) {
    for (const choice of this.#sectors) choice.setAttribute("aria-pressed", String(choice === button));
    this.#say();
    this.dispatchEvent(new Event("changed"));
  }

  #onName() {
    this.#say();
    const name = this.#name.value.trim();
    const buttons = (name ? this.#directory.almost(name) : []).map((entry) => this.#meant(entry));
    const place = this.#panel.querySelector("[data-almost]");
    place.replaceChildren(...(buttons.length ? [make("span", {}, say("did_you_mean")), ...buttons] : []));
  }

  #meant(entry) {
    const words = make("span", { dir: "auto" }, [entry.name, entry.where].filter(Boolean).join(" · "));
    const button = make("button", { type: "button", class: "ds-chip", "data-wrap": "wrap" }, words);
    button.addEventListener("click", () => this.#finish("meant", entry));
    return button;
  }

  #problem() {
    const name = this.#name.value.trim();
    const over = [...name].length - NAME_MAX;
    if (!name) return ["name", say("walkin_name")];
    if (over > 0) return ["name", say("too_long", { over, limit: NAME_MAX })];
    return this.#sector ? null : ["sector", say("walkin_sector")];
  }

  #use() {
    const wrong = this.#problem();
    if (wrong) {
      this.#say(...wrong);
      return;
    }
    const [name, contact] = ["name", "contact"].map((field) => this.#field(field).value.trim());
    this.#finish("made", { key: newKey(), name, sector: this.#sector, contact: contact.slice(0, NAME_MAX) });
  }

  #cancel() {
    this.#finish("cancelled");
  }

  #finish(what, detail = null) {
    this.close();
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  /** What is wrong, at its field; without arguments nothing is. */
  #say(field = "", text = "") {
    const place = this.#panel.querySelector("[data-walkin-error]");
    place.textContent = text;
    this.#name.toggleAttribute("aria-invalid", field === "name");
    if (field === "name") this.#name.setAttribute("aria-invalid", "true");
    if (field === "name") this.#name.focus();
    else if (field) this.#sectors[0].focus();
  }
}
