/* «Dekker avtalen dette behovet?»: asked beside the number, when a party has a need of the same kind that the agreement
   doesn't name. One tap says yes; going on says nothing. */

import { post } from "./sending.js";
import { make, say } from "./words.js";

const MOST = 6;

export class Needs {
  #root;
  #parts;
  #asked = null;

  /** `parts`: link, directory, market (which needs are met already), symbols, url (with 0 for the number). */
  constructor(root, parts) {
    this.#root = root;
    this.#parts = parts;
  }

  /** `save` says whether it went well; while it is practised, it saves nothing. */
  ask({ row, told, answer }, { isPractice = false } = {}) {
    const needs = this.#open(row, told);
    this.#asked = { number: answer.number, isPractice };
    this.#root.hidden = !needs.length;
    const list = this.#root.querySelector("[data-needs]");
    list.replaceChildren(...needs.map((need) => this.#chip(need)));
    this.#say("");
  }

  hide() {
    this.#root.hidden = true;
  }

  #open(row, told) {
    const named = new Set(row.parties.map((party) => String(party.need ?? "")));
    const ofParty = ({ participant }) =>
      (this.#parts.directory.find(participant.id)?.needs ?? []).map((need) => ({ ...need, who: participant.name }));
    return told
      .flatMap(ofParty)
      .filter((need) => String(need.category) === String(row.category))
      .filter((need) => !named.has(String(need.id)) && !this.#parts.market.isMet(need.id))
      .slice(0, MOST);
  }

  #chip(need) {
    const words = make("span", { dir: "auto" }, need.title, make("small", { dir: "auto" }, need.who));
    const attributes = { type: "button", class: "ds-chip", "data-wrap": "wrap", "aria-pressed": "false" };
    const chip = make("button", attributes, this.#parts.symbols.check(), words);
    chip.addEventListener("click", () => this.#save(need, chip));
    return chip;
  }

  async #save(need, chip) {
    if (chip.getAttribute("aria-pressed") === "true" || chip.hasAttribute("aria-busy")) return;
    chip.setAttribute("aria-busy", "true");
    const isSaved = this.#asked.isPractice || (await this.#post(need));
    chip.removeAttribute("aria-busy");
    if (!isSaved) {
      this.#say(say("need_not_saved"));
      return;
    }
    chip.setAttribute("aria-pressed", "true");
    this.#say(say("need_met", { title: need.title }));
    if (!this.#asked.isPractice) this.#parts.market.noteMet(need.id);
  }

  async #post(need) {
    const { link, url } = this.#parts;
    const address = url.replace("/0/", `/${this.#asked.number}/`);
    const send = () => post(address, new URLSearchParams({ need: need.id }), link.token);
    let answer = await send();
    if (answer.status === 403 && (await link.refresh())) answer = await send();
    return answer.status === 200 && answer.body?.met === true;
  }

  #say(text) {
    this.#root.querySelector("[data-said]").textContent = text;
  }
}
