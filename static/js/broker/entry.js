/* The whole form: its values, what is wrong with them, and where that is said. */

import { newKey } from "./key.js";
import { message } from "./party.js";
import { lengthOf, say } from "./words.js";

const TEXTS = ["summary", "details"];

export class Entry extends EventTarget {
  #form;
  #parties;

  constructor(form, parties) {
    super();
    this.#form = form;
    this.#parties = parties;
    form.addEventListener("input", (event) => this.#onInput(event));
    form.addEventListener("change", (event) => this.#onInput(event));
    parties.addEventListener("changed", () => this.#onParties());
    parties.addEventListener("resource", (event) => this.#onResource(event.detail));
    this.#showDetails(Boolean(this.#value("details")));
    this.#onParties();
    this.#count();
  }

  values() {
    return {
      key: this.#value("key"),
      kind: this.#value("kind"),
      category: this.#value("category"),
      summary: this.#value("summary"),
      details: this.#value("details"),
      parties: this.#parties.values(),
    };
  }

  /** Whether the server sent the form with what someone had typed. */
  get isFromServer() {
    return this.#form.hasAttribute("data-typed");
  }

  get isEmpty() {
    const { summary, details, parties } = this.values();
    return !summary && !details && parties.every((party) => !party.participant && !party.typed && !party.gives);
  }

  fill(values) {
    this.#form.elements.key.value = values.key;
    this.#form.elements.kind.value = values.kind || "agreement";
    for (const radio of this.#form.querySelectorAll("[name=category]")) radio.checked = radio.value === values.category;
    for (const name of TEXTS) this.#form.elements[name].value = values[name] ?? "";
    this.clearErrors();
    this.#parties.fill(values.parties);
    this.#showDetails(Boolean(values.details));
    this.#onParties();
    this.#count();
  }

  /** A clean form with a key of its own. */
  startAfresh() {
    this.fill({ key: newKey(), parties: [{}, {}] });
  }

  focus() {
    this.#parties.all[0].focus();
  }

  /** Everything that the server would say, in the order of the page. */
  errors() {
    const found = {};
    const put = (field, text) => (found[field] ??= []).push(text);
    for (const [field, text] of this.#parties.errors()) put(field, text);
    for (const [index, party] of this.#parties.all.entries()) this.#tooLong(party.control("gives"), `parties-${index}-gives`, put);
    if (!this.#value("category")) put("category", say("choose_category"));
    for (const name of TEXTS) this.#tooLong(this.#form.elements[name], name, put);
    return found;
  }

  /** Say the errors where they belong, and go to the first. */
  sayErrors(errors) {
    this.clearErrors();
    for (const [field, texts] of Object.entries(errors)) this.#sayAt(field, texts);
    const first = this.#form.querySelector("[aria-invalid='true'], [data-error]:not(:empty)");
    const target = first?.matches("input, textarea") ? first : first?.closest("fieldset")?.querySelector("input");
    (target ?? first?.firstElementChild)?.focus();
    first?.scrollIntoView({ block: "nearest" });
  }

  clearErrors() {
    for (const party of this.#parties.all) party.clearErrors();
    for (const place of this.#form.querySelectorAll("[data-error]")) place.replaceChildren();
    for (const name of TEXTS) this.#form.elements[name].removeAttribute("aria-invalid");
  }

  toggleDetails() {
    this.#showDetails(this.#detailsRow().hasAttribute("data-folded"));
    if (!this.#detailsRow().hasAttribute("data-folded")) this.#form.elements.details.focus();
  }

  #sayAt(field, texts) {
    const [, index, name] = field.match(/^parties-(\d+)-(\w+)$/) ?? [];
    const party = index === undefined ? null : this.#parties.all[Number(index)];
    if (party) {
      party.sayError(name, texts.join(" "));
      return;
    }
    const place = this.#form.querySelector(`[data-error="${field}"]`) ?? this.#form.querySelector('[data-error="__all__"]');
    place.append(...texts.map((text) => (place.dataset.error === "__all__" ? alert(text) : message(text))));
    if (TEXTS.includes(field)) this.#form.elements[field].setAttribute("aria-invalid", "true");
  }

  #value(name) {
    return this.#form.elements[name].value;
  }

  #tooLong(control, field, put) {
    const limit = Number(control.dataset.limit);
    const over = lengthOf(control.value) - limit;
    if (over > 0) put(field, say("too_long", { over, limit }));
  }

  #onInput(event) {
    const { name } = event.target;
    if (name === "category") this.#form.querySelector('[data-error="category"]').replaceChildren();
    if (TEXTS.includes(name)) {
      this.#form.querySelector(`[data-error="${name}"]`).replaceChildren();
      event.target.removeAttribute("aria-invalid");
    }
    this.#count();
    this.dispatchEvent(new Event("changed"));
  }

  #onParties() {
    const first = this.#parties.all[0].participant;
    const name = first?.name ?? say("party", { n: 1 });
    const place = this.#form.querySelector("[data-first-contact]");
    if (place) place.textContent = say("contact_first", { name });
    this.dispatchEvent(new Event("changed"));
  }

  /** The first thing that is tapped also says what kind of agreement it is. */
  #onResource({ resource, pressed }) {
    if (!pressed || this.#value("category")) return;
    const radio = this.#form.querySelector(`[name=category][value="${resource.category}"]`);
    if (radio) radio.checked = true;
    this.#form.querySelector('[data-error="category"]').replaceChildren();
  }

  #count() {
    const place = this.#form.querySelector('[data-count="summary"]');
    const control = this.#form.elements.summary;
    const n = lengthOf(control.value);
    const limit = Number(control.dataset.limit);
    place.dataset.empty ??= place.textContent;
    place.textContent = n ? say("count", { n, limit }) : place.dataset.empty;
    place.toggleAttribute("data-over", n > limit);
  }

  #detailsRow() {
    return document.getElementById("details-row");
  }

  #showDetails(open) {
    this.#detailsRow().toggleAttribute("data-folded", !open);
    document.getElementById("add-details")?.setAttribute("aria-expanded", String(open));
  }
}

function alert(text) {
  const element = document.createElement("p");
  element.className = "ds-alert";
  element.dataset.color = "danger";
  element.setAttribute("role", "alert");
  element.tabIndex = -1;
  element.textContent = text;
  return element;
}
