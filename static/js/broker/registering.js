/* From the button to the number: what is asked on the way, and what is said of the answer. */

import { newKey } from "./key.js";
import { ask as askAbout, doubt, quarrel } from "./quarrel.js";
import { samePerson } from "./same_person.js";
import { say } from "./words.js";

export class Registering extends EventTarget {
  #parts;
  #ready;
  #setReady;
  #isBusy = false;
  #practice = null;
  #saidOfHour = false;
  #shown = ""; // the key of the agreement whose receipt stands there

  constructor(parts) {
    super();
    this.#parts = parts;
    // Listening before anything is waited for: nothing may be sent as a plain form, or typed and not kept.
    this.#ready = new Promise((resolve) => (this.#setReady = resolve));
    parts.clock.addEventListener("changed", () => {
      this.#label();
      this.#takeBackOfHour();
    });
    this.#label();
  }

  get isBusy() {
    return this.#isBusy;
  }

  /** Where finished agreements go, and the draft. */
  use(desk) {
    this.#setReady(desk);
    // What still stands there as waiting has its number now, or was not taken.
    const tell = (row, answer) => this.#parts.receipt.isShown && row.key === this.#shown && this.#parts.receipt.tell(answer);
    desk.outbox.addEventListener("sent", ({ detail: { row, answer } }) => tell(row, answer));
    desk.outbox.addEventListener("refused", ({ detail: { row } }) => tell(row, null));
    this.#parts.link.addEventListener("changed", () => this.#sayWhatItWaitsFor(desk.outbox));
  }

  /** While it is practised, `practice` answers in the server's place; null when it is over. */
  practise(practice) {
    this.#practice = practice;
    this.#label();
  }

  startNext() {
    this.#parts.receipt.hide();
    this.#parts.entry.startAfresh();
    // Where the page scrolls, the form begins above what one has read of the receipt.
    window.scrollTo(0, 0);
    this.#parts.entry.focus();
  }

  /** What stands in the form is registered already: a clean one, with a way back for who tapped too soon. */
  #letGo() {
    this.#parts.clearing.clear();
    this.#parts.entry.focus();
  }

  /** Send what stands in the form. `confirmed` are the questions that have been answered: "", "person" or "1" (all). */
  async register({ confirmed = "", isRead = false } = {}) {
    const { entry, together, parties } = this.#parts;
    if (this.#isBusy) return;
    for (const party of parties.all) party.finishWalkIn();
    const errors = entry.errors();
    if (Object.keys(errors).length) {
      entry.sayErrors(errors);
      return;
    }
    const person = confirmed ? null : samePerson(parties.all);
    if (person) {
      this.#askOf(person, isRead);
      return;
    }
    if (together && !isRead) {
      const isPractice = Boolean(this.#practice);
      together.show(entry.values(), parties.all, () => this.register({ confirmed, isRead: true }), { isPractice });
      return;
    }
    this.#isBusy = true;
    this.#label();
    try {
      await this.#finish(confirmed);
    } finally {
      this.#isBusy = false;
      this.#label();
    }
  }

  /** Keep it, send it, and show what came of it. */
  async #finish(confirmed) {
    const { link, parties } = this.#parts;
    const { outbox } = await this.#ready;
    const filled = parties.all.filter((party) => party.participant);
    const told = filled.map((party) => ({ participant: party.participant, gives: party.get("gives").trim() }));
    const row = { ...this.#row(filled), confirmed };
    if (this.#practice) {
      await this.#conclude(row, told, this.#practice.register());
      return;
    }
    await this.#conclude(row, told, await outbox.sendNow(row));
    link.refresh();
  }

  #row(filled) {
    const { entry, link, parties, clock } = this.#parts;
    const values = entry.values();
    // The server counts only the cards that are sent.
    const first = filled.indexOf(parties.all[Number(values.first_contact) || 0]);
    return {
      ...values,
      ...(values.first_contact === undefined ? {} : { first_contact: String(Math.max(first, 0)) }),
      parties: filled.map((party) => party.values()),
      madeAt: new Date(link.now()).toISOString(),
      user: link.user,
      userName: link.status.user.name,
      wait: clock.isGongLate ? "1" : "",
    };
  }

  async #conclude(row, told, answer) {
    const { entry, form } = this.#parts;
    if (answer.is === "refused") {
      entry.sayErrors(this.#atTheirCards(answer.errors), answer);
    } else if (answer.is === "conflict") {
      entry.fill({ ...entry.values(), key: newKey() });
      quarrel(form, answer, { mine: () => this.register({ confirmed: "1", isRead: true }), theirs: () => this.#letGo() });
    } else if (answer.is === "ask") {
      entry.clearErrors();
      doubt(form, answer.ask, { another: () => this.register({ confirmed: "1", isRead: true }), same: () => this.#letGo() });
    } else if (answer.is === "same_person") {
      this.#askOf(answer.name, true);
    } else if (this.#isOutsideTheHour(answer)) {
      await (await this.#ready).outbox.drop(row.key);
      entry.sayErrors({ __all__: [this.#parts.clock.sentence, say("no_answer")] });
      this.#saidOfHour = true;
    } else {
      await this.#show(row, told, answer);
    }
  }

  /** One person seems to speak for two of the parties: it happens, and is only asked about. */
  #askOf(name, isRead) {
    const { entry, form } = this.#parts;
    entry.clearErrors();
    askAbout(form, say("same_person", { name }), {
      yes: [say("same_person_yes"), () => this.register({ confirmed: "person", isRead })],
      no: [
        say("same_person_no"),
        () => {
          entry.clearErrors();
          this.#parts.parties.all[0].focus();
        },
      ],
    });
  }

  async #show(row, told, answer) {
    const { receipt, entry, directory } = this.#parts;
    const { draft } = await this.#ready;
    const isPractice = Boolean(this.#practice);
    if (!isPractice) {
      await draft.clear();
      directory.note(told.map((party) => party.participant));
    }
    this.#shown = row.key;
    receipt.show(told, answer.is === "done" ? answer : null, this.#keptFor(answer), { isPractice });
    entry.startAfresh();
    if (answer.is === "done") this.dispatchEvent(new CustomEvent("registered", { detail: { row, told, answer } }));
  }

  /** The network may come back to a session that has ended. */
  #sayWhatItWaitsFor(outbox) {
    const { receipt, link } = this.#parts;
    const waits = outbox.rows.some((row) => row.key === this.#shown && row.state === "waiting");
    if (receipt.isShown && waits) receipt.wait(this.#keptFor({ is: link.state === "login" ? "login" : "later" }));
  }

  #keptFor(answer) {
    if (answer.is === "login") return "kept_login";
    if (answer.is === "gong") return "kept_gong";
    return this.#parts.clock.isGongLate ? "kept_gong_offline" : "kept";
  }

  /** Without an answer, what the server would not have taken is said now, while the parties stand there. */
  #isOutsideTheHour(answer) {
    const { clock } = this.#parts;
    return answer.is === "later" && !clock.isGongLate && ["before", "over"].includes(clock.phase());
  }

  /** The server counts only the cards that were sent; the page also has empty ones. */
  #atTheirCards(errors) {
    const { parties } = this.#parts;
    const places = parties.all.map((party, index) => [party, index]).filter(([party]) => party.participant);
    const moved = Object.entries(errors).map(([field, texts]) => [
      field.replace(/^parties-(\d+)-/, (whole, index) => (places[index] ? `parties-${places[index][1]}-` : whole)),
      texts,
    ]);
    return Object.fromEntries(moved);
  }

  /** What was said of the hour was true of another moment. */
  #takeBackOfHour() {
    if (this.#saidOfHour) this.#parts.entry.clearErrors();
    this.#saidOfHour = false;
  }

  /** What the button does just now. */
  #label() {
    const { button, clock } = this.#parts;
    const late = clock.isGongLate && !this.#practice;
    const text = this.#isBusy ? say("sending") : say(late ? "send_to_gong" : "send");
    if (this.#isBusy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
    if (button.textContent !== text) button.textContent = text;
  }
}
