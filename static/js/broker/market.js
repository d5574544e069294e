/* The market: what is still needed and still offered right now, by category. The titles are in the directory, which is
   on the device; the server only adds which needs an agreement has met. */

import { folded, wordsOf } from "./searching.js";
import { make, say, sayCount } from "./words.js";

const SHOWN = 60;
const NEWS_AFTER = 4_000;

export class Market extends EventTarget {
  #root;
  #list;
  #note;
  #search;
  #category;
  #parts;
  #met = new Set();
  #etag = "";
  #version = null;
  #fetchedAt = 0;
  #isPaused = false;

  /** `parts`: directory, symbols, categories, url. */
  constructor(root, parts) {
    super();
    this.#root = root;
    this.#parts = parts;
    this.#list = root.querySelector("[data-list]");
    this.#note = root.querySelector("[data-note]");
    this.#search = root.querySelector("[type=search]");
    this.#category = root.querySelector("select");
    this.#search.addEventListener("input", () => this.#draw());
    this.#category.addEventListener("change", () => this.#draw());
    for (const radio of root.querySelectorAll("[type=radio]")) radio.addEventListener("change", () => this.#draw());
    parts.directory.addEventListener("changed", () => this.#draw());
    this.#draw();
  }

  isMet(id) {
    return this.#met.has(Number(id));
  }

  noteMet(id) {
    this.#met.add(Number(id));
    this.#draw();
  }

  /** The server's feed version: when it has moved, a need may have been met. */
  async noteVersion(version) {
    if (version === this.#version || this.#isPaused || Date.now() - this.#fetchedAt < NEWS_AFTER) return;
    this.#fetchedAt = Date.now();
    if (await this.#fetch()) this.#version = version;
  }

  /** While it is practised nothing is met. */
  practise(isPractising) {
    this.#isPaused = isPractising;
    this.#draw();
  }

  /** Said below the search: where the one that was tapped stands in the room. */
  say(text) {
    this.#note.textContent = text;
  }

  async #fetch() {
    try {
      const headers = { Accept: "application/json", ...(this.#etag && { "If-None-Match": this.#etag }) };
      const response = await fetch(this.#parts.url, { headers, credentials: "same-origin", cache: "no-store" });
      if (response.status === 304) return true;
      if (response.status !== 200) return false;
      this.#met = new Set((await response.json()).met);
      this.#etag = response.headers.get("ETag") ?? "";
      this.#draw();
      return true;
    } catch {
      return false;
    }
  }

  get #kind() {
    return this.#root.querySelector("[type=radio]:checked").value;
  }

  #open(kind) {
    const isMet = (resource) => kind === "needs" && !this.#isPaused && this.#met.has(resource.id);
    return this.#parts.directory.entries.flatMap((entry) =>
      (entry[kind] ?? []).filter((resource) => !isMet(resource)).map((resource) => ({ entry, resource })),
    );
  }

  #draw() {
    // Nobody may lose the row under the finger, or the place in the list: the same rows stay.
    for (const kind of ["needs", "offers"]) {
      this.#root.querySelector(`[data-count="${kind}"]`).textContent = String(this.#open(kind).length);
    }
    const words = wordsOf(this.#search.value);
    const rows = this.#open(this.#kind).filter((row) => this.#fits(row, words));
    const key = JSON.stringify([this.#kind, words, rows.slice(0, SHOWN).map(({ resource }) => resource.id), rows.length]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#list.replaceChildren(...this.#groups(rows));
    this.say(rows.length ? "" : say(words.length || this.#category.value ? "market_no_hits" : "market_empty"));
  }

  #drawn = "";

  #fits({ entry, resource }, words) {
    if (this.#category.value && String(resource.category) !== this.#category.value) return false;
    if (!words.length) return true;
    const { name, people, where } = entry.index;
    const text = `${folded(resource.title)}${name}${people}${where}`;
    return words.every((word) => text.includes(word));
  }

  #groups(rows) {
    const groups = [];
    let left = SHOWN;
    for (const { id, name } of this.#parts.categories) {
      const inside = rows.filter(({ resource }) => resource.category === id);
      if (!inside.length || !left) continue;
      const shown = inside.slice(0, left);
      left -= shown.length;
      const head = make("h3", { class: "market__category" }, name, " ", make("span", { class: "muted" }, String(inside.length)));
      groups.push(make("section", {}, head, make("ul", {}, ...shown.map((row) => make("li", {}, this.#row(row))))));
    }
    const more = rows.length - (SHOWN - left);
    if (more > 0) groups.push(make("p", { class: "muted" }, sayCount("market_more", more)));
    return groups;
  }

  #row({ entry, resource }) {
    const who = [entry.name, entry.where].filter(Boolean).join(" · ");
    const words = make("span", {}, make("b", { dir: "auto" }, resource.title), make("small", { dir: "auto" }, who));
    const button = make("button", { type: "button", class: "market__row" }, this.#parts.symbols.plate(entry.sector), words);
    const detail = { entry, kind: this.#kind, resource };
    button.addEventListener("click", () => this.dispatchEvent(new CustomEvent("tapped", { detail })));
    return button;
  }
}
