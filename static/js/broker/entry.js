/* The whole form: its values, what is wrong with them, and where that is said. */

import { showCount, showScreenCount } from "./counting.js";
import { FirstContact } from "./first_contact.js";
import { newKey } from "./key.js";
import { MoneyQuestion } from "./money_question.js";
import { message } from "./party.js";
import { Summary } from "./summary.js";
import { lengthOf, make, say } from "./words.js";

const TEXTS = ["summary", "details"];
const CHOICES = ["category", "kind", "first_time"];
const COUNTS = { summary: showScreenCount, details: showCount };

export class Entry extends EventTarget {
  #form;
  #parties;
  #firstContact;
  #money;
  #summary;
  // The offer or need that chose the category, until the broker does.
  #guess = null;

  /** `findMoney` gives the words in a text that speak of payment (money.js). */
  constructor(form, parties, { findMoney = () => [] } = {}) {
    super();
    this.#form = form;
    this.#parties = parties;
    this.#money = new MoneyQuestion(form.querySelector("[data-not-payment]"), findMoney);
    this.#summary = new Summary(form.elements.summary, parties);
    this.#firstContact = new FirstContact({
      panel: document.getElementById("first-contact"),
      sentence: document.getElementById("first-contact-sentence"),
      parties,
    });
    this.#firstContact.addEventListener("changed", () => this.#changed());
    form.addEventListener("input", (event) => this.#onInput(event));
    form.addEventListener("change", (event) => this.#onInput(event));
    parties.addEventListener("changed", () => this.#onParties());
    parties.addEventListener("resource", (event) => this.#onResource(event.detail));
    this.#showDetails(this.#hasMore());
    this.#onParties();
    this.#count();
  }

  values() {
    return {
      key: this.#value("key"),
      kind: this.#value("kind"),
      category: this.#value("category"),
      summary: this.#value("summary"),
      summarised: this.#summary.written,
      details: this.#value("details"),
      challenge: this.#value("challenge"),
      first_time: this.#value("first_time"),
      not_payment: this.#money.answer,
      ...this.#firstContact.values(),
      parties: this.#parties.values(),
    };
  }

  /** Whether the server sent the form with what someone had typed. */
  get isFromServer() {
    return this.#form.hasAttribute("data-typed");
  }

  get isEmpty() {
    const { summary, details, parties } = this.values();
    return !summary && !details && parties.every((party) => !party.participant && !party.typed && !party.gives && !party.panel);
  }

  get hasCategory() {
    return Boolean(this.#value("category"));
  }

  get firstCategory() {
    return this.#form.querySelector("[name=category]");
  }

  control(name) {
    return this.#form.elements[name];
  }

  fill(values) {
    this.#guess = null;
    this.#form.elements.key.value = values.key;
    this.#check("kind", values.kind || "agreement");
    this.#check("category", values.category);
    this.#check("first_time", values.first_time);
    this.#summary.fill(values.summary, values.summarised);
    for (const name of ["details", "challenge"]) if (this.#form.elements[name]) this.#form.elements[name].value = values[name] ?? "";
    this.clearErrors();
    this.#money.fill(values.not_payment);
    this.#parties.fill(values.parties);
    this.#firstContact.fill(values);
    this.#showDetails(this.#hasMore());
    this.#onParties();
    this.#count();
  }

  /** A clean form with a key of its own. */
  startAfresh() {
    this.fill({ key: newKey(), parties: [{}, {}] });
  }

  /** Stand in the first field, with the list of whom the broker used last. */
  focus() {
    this.#parties.all[0].open();
  }

  /** Everything that the server would say, in the order of the page. */
  errors() {
    const found = {};
    const put = (field, text) => (found[field] ??= []).push(text);
    for (const [field, text] of this.#parties.errors()) put(field, text);
    if (!this.#value("category")) put("category", say("choose_category"));
    for (const [field, control] of this.#texts()) this.#tooLong(control, field, put);
    if (this.#firstContact.problem) put("first_contact_by", this.#firstContact.problem);
    for (const [field, text] of this.#money.errors(this.#texts())) put(field, text);
    return found;
  }

  /** Say the errors where they belong, and go to the first. `money` are the words that the server takes for payment. */
  sayErrors(errors, { money } = {}) {
    this.clearErrors();
    for (const [field, texts] of Object.entries(errors)) this.#sayAt(field, texts);
    if (money?.length || this.#money.found) this.#money.ask(this.#placeOf(this.#money.field ?? Object.keys(errors)[0]));
    const first = this.#form.querySelector("[aria-invalid='true'], [data-error]:not(:empty)");
    const target = first?.matches("input, textarea") ? first : first?.closest("fieldset")?.querySelector("input");
    (target ?? first?.firstElementChild)?.focus();
    first?.scrollIntoView({ block: "nearest" });
    this.#resized();
  }

  /** Something to know, above the form, until something is wrong or right. */
  tell(text) {
    this.clearErrors();
    const place = this.#form.querySelector('[data-error="__all__"]');
    place.append(make("p", { class: "ds-alert", "data-color": "info", role: "status" }, text));
    this.#resized();
  }

  clearErrors() {
    for (const party of this.#parties.all) party.clearErrors();
    for (const place of this.#form.querySelectorAll("[data-error]")) place.replaceChildren();
    for (const name of TEXTS) this.#form.elements[name].removeAttribute("aria-invalid");
    this.#resized();
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
    const place = this.#placeOf(field);
    place.append(...texts.map((text) => (place.dataset.error === "__all__" ? alert(text) : message(text))));
    if (TEXTS.includes(field)) this.#form.elements[field].setAttribute("aria-invalid", "true");
    if (place.closest("#details-row")) this.#showDetails(true);
    if (field === "first_contact_by") this.#firstContact.open();
  }

  /** Where it is said that a field is wrong. */
  #placeOf(field) {
    const [, index] = field.match(/^parties-(\d+)-/) ?? [];
    if (index !== undefined) return this.#parties.all[Number(index)].root.querySelector('[data-error="gives"]');
    return this.#form.querySelector(`[data-error="${field}"]`) ?? this.#form.querySelector('[data-error="__all__"]');
  }

  #value(name) {
    return this.#form.elements[name]?.value ?? "";
  }

  #check(name, value) {
    for (const radio of this.#form.querySelectorAll(`[name=${name}]`)) radio.checked = radio.value === value;
  }

  /** Every text of the agreement with the field that holds it. */
  #texts() {
    const given = this.#parties.all.map((party, index) => [`parties-${index}-gives`, party.control("gives")]);
    return [...given, ...TEXTS.map((name) => [name, this.#form.elements[name]])];
  }

  #tooLong(control, field, put) {
    const limit = Number(control.dataset.limit);
    const over = lengthOf(control.value) - limit;
    if (over > 0) put(field, say("too_long", { over, limit }));
  }

  #onInput(event) {
    const { name } = event.target;
    if (name === "category") this.#guess = null;
    if (CHOICES.includes(name)) this.#form.querySelector(`[data-error="${name}"]`)?.replaceChildren();
    if (TEXTS.includes(name)) {
      this.#form.querySelector(`[data-error="${name}"]`).replaceChildren();
      event.target.removeAttribute("aria-invalid");
    }
    this.#summary.follow();
    this.#money.lookAgain(this.#texts());
    this.#count();
    this.#changed();
  }

  #onParties() {
    this.#dropStaleGuess();
    this.#summary.follow();
    this.#count();
    this.#changed();
  }

  /** What is tapped says what the agreement is about; the first one also what kind it is, as long as it stays down. */
  #onResource({ resource, pressed }) {
    this.#dropStaleGuess();
    if (!pressed) return;
    this.#summary.begin();
    if (!this.#value("category")) this.#guessCategory(resource);
  }

  #guessCategory(resource) {
    const radio = this.#form.querySelector(`[name=category][value="${resource.category}"]`);
    if (radio) {
      radio.checked = true;
      this.#guess = resource.id;
    }
    this.#form.querySelector('[data-error="category"]').replaceChildren();
  }

  #dropStaleGuess() {
    if (this.#guess === null || this.#parties.holds(this.#guess)) return;
    this.#guess = null;
    this.#check("category", "");
    const [other] = this.#parties.tapped;
    if (other) this.#guessCategory(other);
  }

  #count() {
    for (const [name, show] of Object.entries(COUNTS)) {
      show(this.#form.querySelector(`[data-count="${name}"]`), this.#form.elements[name]);
    }
  }

  #detailsRow() {
    return document.getElementById("details-row");
  }

  #hasMore() {
    return ["details", "challenge", "first_time"].some((name) => this.#value(name));
  }

  /** Folded only where there is a button that unfolds it. */
  #showDetails(open) {
    const button = document.getElementById("add-details");
    this.#detailsRow().toggleAttribute("data-folded", Boolean(button) && !open);
    button?.setAttribute("aria-expanded", String(open));
    this.#resized();
  }

  #changed() {
    this.dispatchEvent(new Event("changed"));
  }

  #resized() {
    this.dispatchEvent(new Event("resized"));
  }
}

function alert(text) {
  return make("p", { class: "ds-alert", "data-color": "danger", role: "alert", tabindex: "-1" }, text);
}
