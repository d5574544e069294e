/* «Les sammen»: what is about to be registered in sentences so large that the parties read them from a metre away.

   `<dialog>` and `showModal` are in Safari from 15.4: the page behind is out of reach, also for a screen reader. */

import { listed } from "./connection.js";
import { make, say, unbroken } from "./words.js";

export class Together {
  #dialog;
  #confirm = null;

  constructor(dialog) {
    this.#dialog = dialog;
    dialog.querySelector("[data-right]").addEventListener("click", () => this.#close(this.#confirm));
    dialog.querySelector("[data-change]").addEventListener("click", () => this.#close());
    // Escape is «Endre»; the element gives focus back by itself.
    dialog.addEventListener("cancel", () => (this.#confirm = null));
  }

  /** `values` as the form has them, `cards` the parties' cards; `confirm` is called for «Stemmer, registrer». */
  show(values, cards, confirm, { isPractice = false } = {}) {
    const parties = cards
      .filter((card) => card.participant)
      .map((card) => ({ name: card.participant.name, gives: card.get("gives").trim().replace(/[.\s]+$/, "") }));
    const first = cards[Number(values.first_contact) || 0]?.participant ?? cards[0].participant;
    const isIntent = values.kind === "intent";
    this.#confirm = confirm;
    const title = say(isIntent ? "read_intent" : "read_agreement");
    this.#dialog.querySelector("[data-title]").textContent = isPractice ? say("practised_title", { title }) : title;
    const sentences = this.#dialog.querySelector("[data-sentences]");
    sentences.replaceChildren(
      ...given(parties, isIntent),
      ...(isIntent ? [make("p", {}, say("read_intent_means"))] : []),
      sentence("read_contact", { name: first.name, day: dayOf(values.first_contact_by || this.#dialog.dataset.by) }),
      ...more(values),
    );
    this.#dialog.showModal();
    fit(sentences);
    sentences.scrollTop = 0;
    sentences.focus();
  }

  #close(then) {
    this.#dialog.close();
    this.#confirm = null;
    then?.();
  }
}

/** The largest of three steps in which everything is in sight, or the smallest. */
function fit(text) {
  for (const step of [1, 2, 3]) {
    text.dataset.step = step;
    if (text.scrollHeight <= text.clientHeight) return;
  }
}

/** One sentence for each party that gives; who only receives stands in the others'. */
function given(parties, isIntent) {
  return parties
    .filter((party) => party.gives)
    .map((party) => {
      const others = parties.filter((other) => other !== party).map((other) => other.name);
      return sentence(isIntent ? "read_will_give" : "read_gives", { name: party.name, gives: party.gives, others: listed(others) });
    });
}

/** What is said beside who gives what; a short text that a tap has written only says that once more. */
function more({ summary, summarised, details }) {
  const texts = [summary === summarised ? "" : summary, details].map((text) => (text ?? "").trim()).filter(Boolean);
  return texts.map((text) => make("p", { class: "together__more", dir: "auto" }, text));
}

/** A sentence of ours with what was typed set off from it, in its own direction. */
function sentence(name, values) {
  const parts = say(name, Object.fromEntries(Object.keys(values).map((key) => [key, `\u0000${key}\u0000`]))).split("\u0000");
  const nodes = parts.map((part, index) => (index % 2 ? make("strong", { dir: "auto" }, values[part]) : part));
  return make("p", {}, ...nodes);
}

/** «4. desember» of «2026-12-04». */
function dayOf(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return unbroken(new Date(year, month - 1, day).toLocaleDateString("nb-NO", { day: "numeric", month: "long" }));
}
