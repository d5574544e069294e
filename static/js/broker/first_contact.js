/* Who takes first contact, and by when: a sentence at the foot, and the choices behind it (first_contact.html). */

import { make, say, unbroken } from "./words.js";

const DAY = 86_400_000;

export class FirstContact extends EventTarget {
  #panel;
  #sentence;
  #date;
  #parties;
  // The party that was chosen; the first one as long as nobody is.
  #chosen = null;
  #default;

  /** `sentence` is where the choice is told, with a button that opens `panel`; where there is none the panel stands open. */
  constructor({ panel, sentence, parties }) {
    super();
    this.#panel = panel;
    this.#sentence = sentence;
    this.#parties = parties;
    this.#date = panel.querySelector("[name=first_contact_by]");
    this.#default = this.#date.dataset.default;
    const posted = Number(panel.querySelector("[name=first_contact]:checked")?.value ?? 0);
    this.#chosen = parties.all[posted] ?? null;
    if (!this.#date.value) this.#date.value = this.#default;
    panel.addEventListener("change", (event) => this.#onChange(event));
    panel.addEventListener("click", (event) => this.#onClick(event));
    for (const name of ["changed", "named", "counted"]) parties.addEventListener(name, () => this.show());
    if (sentence) this.#fold();
    this.show();
  }

  values() {
    return { first_contact: String(Math.max(this.#place, 0)), first_contact_by: this.#date.value };
  }

  fill(values) {
    this.#chosen = this.#parties.all[Number(values.first_contact ?? 0)] ?? null;
    this.#date.value = values.first_contact_by || this.#default;
    this.close();
    this.show();
  }

  get control() {
    return this.#date;
  }

  /** What the server would say of the day (agreements/forms.py, read_due_date), or nothing. */
  get problem() {
    const days = Math.round((Date.parse(this.#date.value) - Date.parse(iso(new Date()))) / DAY);
    return days >= -1 && days <= 366 ? "" : say("first_contact_day");
  }

  /** Draw the choices again: other parties, another name. */
  show() {
    if (!this.#parties.all.includes(this.#chosen)) this.#chosen = null;
    const place = this.#panel.querySelector("[data-first-parties]");
    const rows = this.#parties.all.map((party, index) => this.#choice(party, index));
    const here = place.contains(document.activeElement) ? document.activeElement.value : null;
    place.replaceChildren(...rows);
    if (here !== null) place.querySelector(`[value="${here}"]`)?.focus();
    this.#tell();
  }

  open() {
    this.#panel.hidden = false;
    this.#button?.setAttribute("aria-expanded", "true");
    this.#panel.querySelector(":checked")?.focus();
  }

  close() {
    if (!this.#sentence) return;
    this.#panel.hidden = true;
    this.#button?.setAttribute("aria-expanded", "false");
  }

  get #place() {
    return this.#parties.all.indexOf(this.#chosen ?? this.#parties.all[0]);
  }

  get #button() {
    return this.#sentence?.querySelector("button");
  }

  #fold() {
    this.close();
    this.#button.addEventListener("click", () => (this.#panel.hidden ? this.open() : this.close()));
    document.addEventListener("pointerdown", (event) => {
      if (!this.#panel.contains(event.target) && !this.#sentence.contains(event.target)) this.close();
    });
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.#button.focus();
    });
    this.#panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.#panel.contains(event.relatedTarget)) this.close();
    });
  }

  #onChange(event) {
    if (event.target.name === "first_contact") this.#chosen = this.#parties.all[Number(event.target.value)];
    if (!this.#date.value) this.#date.value = this.#default;
    this.#panel.querySelector("[data-error]").replaceChildren();
    this.#tell();
    this.dispatchEvent(new Event("changed"));
  }

  #onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.days) this.#date.value = inDays(Number(button.dataset.days));
    else if (button.dataset.months) this.#date.value = inAMonth();
    else if (button.hasAttribute("data-done")) {
      this.close();
      this.#button?.focus();
      return;
    }
    this.#tell();
    this.dispatchEvent(new Event("changed"));
  }

  #choice(party, index) {
    const attributes = { type: "radio", name: "first_contact", value: index, checked: index === this.#place };
    const name = party.participant?.name ?? say("party", { n: index + 1 });
    return make("label", { class: "first__party" }, make("input", attributes), make("span", { dir: "auto" }, name));
  }

  #tell() {
    if (!this.#sentence) return;
    const name = this.#parties.all[this.#place].participant?.name ?? say("party", { n: this.#place + 1 });
    this.#sentence.querySelector("[data-first-contact]").textContent = name;
    this.#sentence.querySelector("[data-first-by]").textContent = inWords(this.#date.value);
    for (const button of this.#panel.querySelectorAll("[data-days]")) {
      button.setAttribute("aria-pressed", String(this.#date.value === inDays(Number(button.dataset.days))));
    }
    this.#panel.querySelector("[data-months]").setAttribute("aria-pressed", String(this.#date.value === inAMonth()));
  }
}

function inDays(days) {
  return iso(new Date(Date.now() + days * DAY));
}

function inAMonth() {
  const day = new Date();
  const wanted = day.getDate();
  day.setMonth(day.getMonth() + 1);
  // The 31st of a month with fewer days is its last.
  if (day.getDate() !== wanted) day.setDate(0);
  return iso(day);
}

/** «9. desember», and the year where it is another one. */
function inWords(text) {
  const [year, month, day] = text.split("-").map(Number);
  const isThisYear = year === new Date().getFullYear();
  const parts = { day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) };
  const words = new Intl.DateTimeFormat(document.documentElement.lang || "nb", parts).format(new Date(year, month - 1, day));
  return unbroken(words);
}

/** The day by the device's calendar, as a date field has it. */
function iso(day) {
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
