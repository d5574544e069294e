/* «Hvem avtalte dette?»: a party's contacts as chips where there are several. One is enough, none is all right. */

import { make, say } from "./words.js";

export class Contacts extends EventTarget {
  #root;

  constructor(root) {
    super();
    this.#root = root;
  }

  show(entry) {
    const contacts = entry && entry.contacts.length > 1 ? entry.contacts : [];
    this.#root.replaceChildren(...(contacts.length ? [this.#group(contacts)] : []));
  }

  /** Let the chip of this contact be down. */
  press(id) {
    for (const chip of this.#root.querySelectorAll("[data-contact]")) {
      chip.setAttribute("aria-pressed", String(chip.dataset.contact === String(id)));
    }
  }

  #group(contacts) {
    const title = say("who_agreed");
    const row = make("div", { class: "chips__row", role: "group", "aria-label": title });
    for (const contact of contacts) row.append(this.#chip(contact));
    return make("div", { class: "chips chips--who" }, make("span", { class: "chips__label", "aria-hidden": "true" }, title), row);
  }

  #chip(contact) {
    const words = make("span", { dir: "auto" }, contact.name);
    const chip = make("button", { type: "button", class: "ds-chip", "aria-pressed": "false", "data-contact": contact.id }, words);
    chip.addEventListener("click", () => {
      const pressed = chip.getAttribute("aria-pressed") !== "true";
      this.dispatchEvent(new CustomEvent("tapped", { detail: pressed ? String(contact.id) : "" }));
    });
    return chip;
  }
}
