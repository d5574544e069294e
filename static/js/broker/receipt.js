/* What stands there when an agreement is finished: its number with the hat on, or that it is kept until there is a net. */

import { make, say } from "./words.js";

export class Receipt {
  #root;
  #desk;
  #symbols;
  #mend;

  constructor(root, desk, symbols) {
    this.#root = root;
    this.#desk = desk;
    this.#symbols = symbols;
    this.#mend = root.querySelector("#mend");
  }

  get isShown() {
    return !this.#root.hidden;
  }

  /** `answer` is the server's, or null where the agreement waits on the device. */
  show(parties, answer) {
    const title = this.#root.querySelector("h2");
    const number = this.#root.querySelector("#receipt-number");
    title.textContent = answer ? title.dataset.registered : say("kept_title");
    number.hidden = !answer;
    if (answer) {
      number.querySelector("[data-number]").textContent = answer.number;
      number.dataset.digits = String(answer.number).length;
      this.#mend.href = `${answer.url}rett/`;
    }
    this.#mend.hidden = !answer;
    this.#note(answer ? answer.needs_review && say("review", { reason: answer.needs_review }) : say("kept"));
    this.#root.querySelector("[data-parties]").replaceChildren(...parties.map((party) => this.#party(party)));
    this.#root.hidden = false;
    this.#desk.setAttribute("data-registered", "");
    this.#root.querySelector("#again").focus();
    this.#root.scrollIntoView({ block: "start" });
  }

  hide() {
    this.#root.hidden = true;
    this.#desk.removeAttribute("data-registered");
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
