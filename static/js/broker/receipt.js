/* What stands there when an agreement is finished: its number with the hat on, or that it is kept until there is a net. */

import { make, say } from "./words.js";

// A second tap in the same place so soon is meant for the button that stood there before.
const SAME_TAP = { within: 700, near: 40 };

export class Receipt extends EventTarget {
  #root;
  #desk;
  #symbols;
  #mend;
  #shownAt = 0;
  #lastTap = null;
  // Of the agreement that it is about, once there is one.
  #number = null;

  constructor(root, desk, symbols) {
    super();
    this.#root = root;
    this.#desk = desk;
    this.#symbols = symbols;
    this.#mend = root.querySelector("#mend");
    document.addEventListener("click", (event) => this.#onClick(event), { capture: true });
    window.addEventListener("resize", () => this.isShown && this.fit());
    root.querySelector("#again").addEventListener("keydown", (event) => event.repeat && event.preventDefault());
  }

  get isShown() {
    return !this.#root.hidden;
  }

  /** `answer` is the server's, or null where the agreement waits on the device; `kept` says what it waits for. */
  show(parties, answer, kept = "kept", { isPractice = false } = {}) {
    this.#number = null;
    this.#root.querySelector("#receipt-number").hidden = !answer;
    this.#mend.hidden = !answer || isPractice;
    if (answer) {
      this.tell(answer, say(isPractice ? "practised_as" : "registered_as"));
    } else {
      this.#title.textContent = say(kept === "kept_gong" ? "kept_gong_title" : "kept_title");
      this.#note(say(kept));
    }
    if (!answer) this.#copy("");
    this.#root.querySelector("[data-parties]").replaceChildren(...parties.map((party) => this.#party(party)));
    this.#root.hidden = false;
    this.#shownAt = performance.now();
    this.#desk.setAttribute("data-registered", "");
    this.dispatchEvent(new Event("shown"));
    this.#tellNumber();
    this.fit();
    this.#root.querySelector("#again").focus();
    // Below the bar, which says whether there is a server and what waits.
    window.scrollTo(0, 0);
  }

  /** The number, also when it comes while the receipt of something that waited still stands there; null when that was
      not taken. */
  tell(answer, title = say("registered_as")) {
    if (!answer) {
      this.#note(say("kept_refused"));
      return;
    }
    const number = this.#root.querySelector("#receipt-number");
    this.#title.textContent = title;
    number.hidden = false;
    number.querySelector("[data-number]").textContent = answer.number;
    number.dataset.digits = String(answer.number).length;
    if (answer.url) {
      this.#mend.href = `${answer.url}rett/`;
      this.#mend.hidden = false;
    }
    this.#note(answer.needs_review && say("review", { reason: answer.needs_review }));
    this.#copy(answer.receipt_qr);
    this.#number = answer.number;
    if (this.isShown) this.#tellNumber();
  }

  /** The code of the parties' own receipt, which the server has drawn; none where it has no address for phones. */
  #copy(drawing) {
    const copy = this.#root.querySelector("#receipt-copy");
    const image = drawing && new DOMParser().parseFromString(drawing, "text/html").querySelector("svg");
    copy.querySelector("[data-qr]").replaceChildren(...(image ? [image] : []));
    copy.hidden = !image;
    if (this.isShown) this.fit();
  }

  #tellNumber() {
    if (this.#number !== null) this.dispatchEvent(new CustomEvent("numbered", { detail: { number: this.#number } }));
  }

  /** What it waits for now. */
  wait(kept) {
    this.#note(say(kept));
  }

  /** Where names are long or needs are asked about, the number gives way, so that «Ny avtale» stays in sight. */
  fit() {
    this.#root.removeAttribute("data-tight");
    this.#root.toggleAttribute("data-tight", document.documentElement.scrollHeight > innerHeight);
  }

  hide() {
    if (this.#root.hidden) return;
    this.#root.hidden = true;
    this.#desk.removeAttribute("data-registered");
    this.dispatchEvent(new Event("hidden"));
  }

  #onClick(event) {
    if (!event.isTrusted || !event.detail) return;
    const tap = { x: event.clientX, y: event.clientY, at: performance.now() };
    const soon = this.isShown && tap.at - this.#shownAt < SAME_TAP.within;
    const same = this.#lastTap && Math.hypot(tap.x - this.#lastTap.x, tap.y - this.#lastTap.y) < SAME_TAP.near;
    if (soon && same && this.#lastTap.at <= this.#shownAt) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      this.#lastTap = tap;
    }
  }

  get #title() {
    return this.#root.querySelector("h2");
  }

  #note(text) {
    const note = this.#root.querySelector("#receipt-note");
    note.hidden = !text;
    note.textContent = text || "";
  }

  #party({ participant, gives }) {
    const symbol = this.#symbols.plate(participant.sector).querySelector("svg");
    const name = make("h3", {}, symbol, make("span", { dir: "auto" }, participant.name));
    const text = gives ? [make("b", {}, say("gives_word")), ` ${gives}`] : [say("receives")];
    return make("li", { class: `sector--${participant.sector}` }, name, make("p", { dir: "auto" }, ...text));
  }
}
