/* «Foreslå til pris» beside the number: a tap gives this broker's star, the next takes it back. */

import { post } from "./sending.js";
import { say } from "./words.js";

export class Star {
  #button;
  #said;
  #link;
  #url;
  #number = null;
  #isBusy = false;

  /** `said` is where a screen reader hears how it went; `url` has 0 where the agreement's number stands. */
  constructor({ button, said }, link, url) {
    this.#button = button;
    this.#said = said;
    this.#link = link;
    this.#url = url;
    button.addEventListener("click", () => this.#toggle());
  }

  /** Let it be about this agreement; null is about none, and hides the button. */
  offer(number) {
    this.#number = number;
    this.#button.hidden = number === null;
    this.#show(false);
    this.#said.textContent = "";
  }

  get #isOn() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  async #toggle() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const [number, want] = [this.#number, !this.#isOn];
    let answer = await this.#ask(number, want);
    // A token that has gone out of date: asked for anew, once.
    if (answer.status === 403 && (await this.#link.refresh())) answer = await this.#ask(number, want);
    this.#isBusy = false;
    if (number !== this.#number) return;
    if (answer.status === 200 && typeof answer.body?.star === "boolean") this.#show(answer.body.star);
    else this.#words.textContent = say("star_failed");
    this.#said.textContent = this.#words.textContent;
  }

  #ask(number, want) {
    const body = new URLSearchParams({ want: want ? "1" : "0" });
    return post(this.#url.replace("/0/", `/${number}/`), body, this.#link.token);
  }

  get #words() {
    return this.#button.querySelector("[data-words]");
  }

  #show(isOn) {
    this.#button.setAttribute("aria-pressed", String(isOn));
    this.#words.textContent = say(isOn ? "star_on" : "star");
  }
}
