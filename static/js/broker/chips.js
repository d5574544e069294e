/* What a party offers and needs, as buttons that stay down. As many lines as the page has room for (room.js) until one
   asks for the rest. */

import { make, say } from "./words.js";

// Where nobody has said how many lines there is room for.
const LINES = 4;

export class Chips extends EventTarget {
  #root;
  #symbols;
  #lines = LINES;

  constructor(root, symbols) {
    super();
    this.#root = root;
    this.#symbols = symbols;
    let width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width !== width) this.#foldAll();
      width = contentRect.width;
    }).observe(root);
  }

  /** How many lines it takes to show everything. */
  get needed() {
    this.#rows.forEach(unfold);
    const lines = this.#rows.reduce((sum, row) => sum + lineOf(row, chipsOf(row).at(-1)) + 1, 0);
    this.#foldAll();
    return lines;
  }

  /** Let there be room for so many lines. */
  limit(lines) {
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#foldAll();
  }

  /** Show a participant's offers and needs, or nothing. */
  show(entry) {
    if (!entry) {
      this.#root.replaceChildren();
      return;
    }
    const groups = ["offers", "needs"].filter((kind) => entry[kind].length).map((kind) => this.#group(kind, entry));
    const nothing = make("p", { class: "party__hint" }, say("no_resources"));
    this.#root.replaceChildren(...(groups.length ? groups : [nothing]));
    this.#foldAll();
  }

  /** Which chips are down, by resource id. */
  press(ids) {
    for (const chip of this.#root.querySelectorAll("[data-resource]")) {
      chip.setAttribute("aria-pressed", String(ids.has(chip.dataset.resource)));
    }
  }

  #group(kind, entry) {
    const id = `${kind}-${this.#root.dataset.chips || Math.random().toString(36).slice(2)}`;
    const row = make("div", { class: "chips__row", role: "group", "aria-labelledby": id });
    for (const resource of entry[kind]) row.append(this.#chip(kind, resource));
    const more = make("button", { type: "button", class: "chips__more link", hidden: true });
    more.addEventListener("click", () => {
      row.toggleAttribute("data-open");
      this.#foldAll();
      // It has moved to the end of what was unfolded, and the broker reads from the beginning.
      more.focus({ preventScroll: true });
      this.dispatchEvent(new Event("unfolded"));
    });
    row.append(more);
    return make("div", { class: "chips" }, make("span", { class: "chips__label", id }, say(kind)), row);
  }

  #chip(kind, resource) {
    const words = make("span", { dir: "auto" }, resource.title);
    const attributes = { type: "button", class: "ds-chip", "data-wrap": "wrap", "aria-pressed": "false", "data-resource": resource.id };
    const chip = make("button", attributes, this.#symbols.check(), words);
    chip.addEventListener("click", () => {
      const pressed = chip.getAttribute("aria-pressed") !== "true";
      this.dispatchEvent(new CustomEvent("tapped", { detail: { kind, resource, pressed } }));
    });
    return chip;
  }

  get #rows() {
    return [...this.#root.querySelectorAll(".chips__row")];
  }

  /** Each group gets the lines that it needs, but leaves at least half of them to the other. */
  #foldAll() {
    const rows = this.#rows;
    rows.forEach(unfold);
    const needed = rows.map((row) => lineOf(row, chipsOf(row).at(-1)) + 1);
    const fair = Math.max(this.#lines / Math.max(rows.length, 1), 1);
    rows.forEach((row, index) => {
      const others = needed.reduce((sum, lines, other) => (other === index ? sum : sum + Math.min(lines, fair)), 0);
      this.#fold(row, Math.max(Math.floor(fair), this.#lines - others));
    });
  }

  /** Hide what doesn't fit in `lines`; what is down is never hidden. */
  #fold(row, lines) {
    const more = row.querySelector(".chips__more");
    const chips = chipsOf(row);
    if (!row.offsetWidth) return;
    const open = row.hasAttribute("data-open");
    if (open || lineOf(row, chips.at(-1)) < lines) {
      more.hidden = !open;
      more.textContent = say("show_less");
      return;
    }
    more.hidden = false;
    more.textContent = say("show_more", { n: chips.length });
    const loose = chips.filter((chip) => chip.getAttribute("aria-pressed") !== "true");
    let hidden = 0;
    while (loose.length && lineOf(row, more) >= lines) {
      loose.pop().hidden = true;
      hidden += 1;
    }
    more.textContent = say("show_more", { n: hidden });
  }
}

function chipsOf(row) {
  return [...row.querySelectorAll("[data-resource]")];
}

function unfold(row) {
  for (const chip of chipsOf(row)) chip.hidden = false;
  row.querySelector(".chips__more").hidden = true;
}

/** On which line of the row an element stands, from 0. */
function lineOf(row, element) {
  const [first] = chipsOf(row);
  return Math.round((element.offsetTop - first.offsetTop) / (first.offsetHeight + 6));
}
