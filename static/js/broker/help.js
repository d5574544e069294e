/* «Trenger hjelp»: one tap lights up in the control room, the next takes it back. The button says where it stands. */

import { post } from "./sending.js";
import { say } from "./words.js";

export class Help {
  #button;
  #note;
  #link;
  #url;
  #isBusy = false;

  constructor({ button, note }, link, url) {
    this.#button = button;
    this.#note = note;
    this.#link = link;
    this.#url = url;
    button.addEventListener("click", () => this.#toggle());
    link.addEventListener("changed", () => this.#show());
    this.#show();
  }

  get #isAsked() {
    return this.#link.status.help === "asked";
  }

  async #toggle() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#button.setAttribute("aria-busy", "true");
    const want = this.#isAsked ? "0" : "1";
    let answer = await this.#ask(want);
    // A token that has gone out of date: asked for anew, once.
    if (answer.status === 403 && (await this.#link.refresh())) answer = await this.#ask(want);
    this.#isBusy = false;
    this.#button.removeAttribute("aria-busy");
    if (answer.status === 200 && answer.body?.csrf) this.#link.take(answer.body);
    else this.#say(say(this.#isAsked ? "help_still_asked" : "help_offline"));
  }

  #ask(want) {
    return post(this.#url, new URLSearchParams({ want }), this.#link.token);
  }

  #show() {
    const { help } = this.#link.status;
    const text = say(help ? `help_${help}` : "help");
    this.#button.dataset.help = help;
    if (this.#button.textContent !== text) this.#button.textContent = text;
    // That nobody can be asked stays until there is a net again.
    if (this.#link.state === "connected") this.#say("");
  }

  #say(text) {
    this.#note.hidden = !text;
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }
}
