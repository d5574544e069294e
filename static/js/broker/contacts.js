/* «Hvem avtalte dette?»: a party's contacts as chips where there are several. One is enough, none is all right. */

import { make, say } from "./words.js";

// More of them only when they are asked for: the page has one screen.
const SHOWN = 3;

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
      const isDown = chip.dataset.contact === String(id);
      chip.setAttribute("aria-pressed", String(isDown));
      if (isDown) chip.hidden = false;
    }
  }

  #group(contacts) {
    const title = say("who_agreed");
    const row = make("div", { class: "chips__row", role: "group", "aria-label": title });
    const chips = contacts.map((contact) => this.#chip(contact));
    row.append(...chips);
    if (chips.length > SHOWN + 1) row.append(this.#more(chips.slice(SHOWN)));
    return make("div", { class: "chips chips--who" }, make("span", { class: "chips__label", "aria-hidden": "true" }, title), row);
  }

  /** «Vis 5 til»: the rest is hidden until it is tapped, but for the one that is down. */
  #more(rest) {
    for (const chip of rest) chip.hidden = true;
    const more = make("button", { type: "button", class: "chips__more link" }, say("show_more", { n: rest.length }));
    more.addEventListener("click", () => {
      for (const chip of rest) chip.hidden = false;
      more.remove();
      rest[0].focus({ preventScroll: true });
      this.dispatchEvent(new Event("unfolded"));
    });
    return more;
  }

  #chip(contact) {
    const words = make("span", { dir: "auto" }, contact.name);
    const chip = make("button", { type: "button", class: "ds-chip", "data-wrap": "wrap", "aria-pressed": "false", "data-contact": contact.id }, words);
    chip.addEventListener("click", () => {
      const pressed = chip.getAttribute("aria-pressed") !== "true";
      this.dispatchEvent(new CustomEvent("tapped", { detail: pressed ? String(contact.id) : "" }));
    });
    return chip;
  }
}
