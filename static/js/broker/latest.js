/* The broker's own last agreements, and those that are still on the device. */

import { make, say } from "./words.js";

export class Latest extends EventTarget {
  #list;
  #note;
  #empty;

  constructor(list, note) {
    super();
    this.#list = list;
    this.#note = note;
    this.#empty = note.textContent;
  }

  show(registered, kept) {
    // Someone may be copying a text just now.
    if (this.#list.querySelector("details[open]")) return;
    this.#list.replaceChildren(...kept.map((row) => this.#kept(row)), ...registered.map((row) => this.#registered(row)));
    this.#note.textContent = kept.some((row) => row.state === "waiting") ? say("all_kept") : "";
    if (!kept.length && !registered.length) this.#note.textContent = this.#empty;
  }

  #registered(row) {
    const state = row.state ? [make("span", { class: "latest__state" }, say(`state_${row.state}`))] : [];
    const link = make("a", { href: row.url, dir: "auto" }, row.summary);
    return make("li", {}, make("b", {}, String(row.number)), link, ...state);
  }

  #kept(row) {
    const names = row.parties.map((party) => party.typed).filter(Boolean).join(" – ");
    const title = make("span", { class: "latest__text", dir: "auto" }, row.summary || names);
    const item = make("li", { "data-key": row.key }, make("b", {}, "–"), title);
    if (row.state === "refused") item.append(...this.#refused(row));
    else item.append(make("span", { class: "latest__state" }, say("state_waiting")));
    return item;
  }

  #refused(row) {
    const taken = row.theirs ? say("conflict", { n: row.theirs.number }) : say("state_refused", { reason: row.reason });
    const back = make("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, say("put_back"));
    back.addEventListener("click", () => this.dispatchEvent(new CustomEvent("back", { detail: row })));
    const text = make("textarea", { rows: 5, readonly: true, "aria-label": say("copy"), class: "ds-input" }, inText(row));
    text.addEventListener("focus", () => text.select());
    const copy = make("details", {}, make("summary", {}, say("copy")), text);
    return [make("span", { class: "latest__state latest__state--refused" }, taken), back, copy];
  }
}

/** An agreement as plain text that can be copied out of the page. */
export function inText(row) {
  const lines = row.parties.filter((party) => party.typed).map((party) => `${party.typed}: ${party.gives || "–"}`);
  if (row.summary) lines.push(`${say("summary")}: ${row.summary}`);
  if (row.details) lines.push(row.details);
  if (row.kind === "intent") lines.push(say("intent"));
  return lines.join("\n");
}
