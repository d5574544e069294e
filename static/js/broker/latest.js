/* The last agreements: the broker's own, with those that are still on the device, and the whole event's. */

import { namesOf } from "./connection.js";
import { alreadyThere, bothSides, inWords } from "./quarrel.js";
import { make, say } from "./words.js";

export class Latest extends EventTarget {
  #list;
  #note;
  #event;
  #empty;
  #last = "";
  // The rows as drawn, by what they say: one that is open, or being copied from, stays as it is.
  #drawn = new Map();

  constructor({ list, note, event }) {
    super();
    this.#list = list;
    this.#note = note;
    this.#event = event;
    this.#empty = note.textContent || note.dataset.empty;
  }

  /** `own` and `ofEvent` are the server's rows (`mayMend`: one's own can still be corrected), `kept` this broker's on the device, `others` other brokers' there. */
  show({ own, mayMend, ofEvent, kept, others }) {
    // Drawn only when something is new: someone may be about to tap.
    const now = JSON.stringify([own, mayMend, ofEvent, kept, others]);
    if (now === this.#last) return;
    this.#last = now;
    const rows = kept.map((row) => this.#once(row, () => this.#kept(row)));
    this.#drawn = new Map(kept.map((row, index) => [JSON.stringify(row), rows[index]]));
    this.#list.replaceChildren(
      ...rows,
      ...own.map((row) => this.#registered(row, { isMine: mayMend })),
      ...this.#ofOthers(others),
    );
    this.#event.replaceChildren(...ofEvent.map((row) => this.#registered(row)));
    if (!ofEvent.length) this.#event.append(make("li", { class: "muted" }, this.#empty));
    const isWaiting = kept.some((row) => row.state === "waiting" || row.state === "gong");
    this.#note.textContent = isWaiting ? say("all_kept") : "";
    if (!kept.length && !own.length && !others.length) this.#note.textContent = this.#empty;
  }

  #once(row, draw) {
    return this.#drawn.get(JSON.stringify(row)) ?? draw();
  }

  #registered(row, { isMine = false } = {}) {
    const state = row.state ? [make("span", { class: "latest__state" }, say(`state_${row.state}`, { n: row.number }))] : [];
    const link = make("a", { href: row.url, dir: "auto" }, row.summary);
    const isMendable = isMine && row.state !== "withdrawn";
    const label = say("mend_number", { n: row.number });
    const attributes = { class: "latest__mend", href: `${row.url}rett/`, "aria-label": label };
    const mend = isMendable ? [make("a", attributes, say("mend"))] : [];
    return make("li", {}, make("b", {}, String(row.number)), link, ...mend, ...state);
  }

  #kept(row) {
    const title = make("span", { class: "latest__text", dir: "auto" }, titleOf(row));
    const item = make("li", { "data-key": row.key, class: "latest__kept" }, make("b", {}, "–"), title);
    if (row.theirs) item.append(...this.#conflict(row));
    else if (row.state === "refused") item.append(...this.#refused(row));
    else if (row.state === "gong") item.append(...this.#gong(row));
    else item.append(make("span", { class: "latest__state" }, say(row.needsLogin ? "state_login" : "state_waiting")));
    return item;
  }

  #gong(row) {
    return [make("span", { class: "latest__state" }, say("state_gong")), this.#button("take_back", row)];
  }

  #refused(row) {
    const why = make("span", { class: "latest__state latest__state--refused" }, say("state_refused", { reason: row.reason }));
    return [why, this.#button("put_back", row), copy(row)];
  }

  #conflict(row) {
    const both = make("details", {}, make("summary", {}, say("see_both")), bothSides({ mine: inWords(row), theirs: row.theirs }));
    const why = make("span", { class: "latest__state latest__state--refused" }, alreadyThere(row.theirs));
    const keep = this.#button("keep_theirs", row, { n: row.theirs.number });
    return [why, both, make("p", { class: "latest__choices" }, keep, this.#button("send_mine", row))];
  }

  #ofOthers(rows) {
    if (!rows.length) return [];
    const head = make("li", { class: "latest__others" }, say("of_others", { names: namesOf(rows) }));
    const title = (row) => make("span", { class: "latest__text", dir: "auto" }, titleOf(row));
    return [head, ...rows.map((row) => make("li", {}, make("b", {}, "–"), title(row), copy(row)))];
  }

  #button(does, row, values = {}) {
    const button = make("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, say(does, values));
    button.addEventListener("click", () => this.dispatchEvent(new CustomEvent(does, { detail: row })));
    return button;
  }
}

function titleOf(row) {
  return row.summary || row.parties.map((party) => party.typed || party.walkin_name).filter(Boolean).join(" – ");
}

function copy(row) {
  const text = make("textarea", { rows: 5, readonly: true, "aria-label": say("copy"), class: "ds-input" }, inText(row));
  text.addEventListener("focus", () => text.select());
  return make("details", {}, make("summary", {}, say("copy")), text);
}

/** An agreement as plain text that can be copied out of the page. */
export function inText(row) {
  const lines = row.parties.filter((party) => party.typed).map((party) => `${party.typed}: ${party.gives || "–"}`);
  if (row.summary) lines.push(`${say("summary")}: ${row.summary}`);
  if (row.details) lines.push(row.details);
  if (row.kind === "intent") lines.push(say("intent"));
  return lines.join("\n");
}
