/* The sentence in the bar: whether there is a server, and how many agreements wait on the device. */

import { make, say, sayCount } from "./words.js";

export class Connection {
  #root;
  #parts;

  constructor(root, parts) {
    this.#root = root;
    this.#parts = parts;
  }

  show() {
    const [state, text, url] = this.#sentence();
    if (this.#root.dataset.state === state && this.#root.textContent === text) return;
    this.#root.dataset.state = state;
    this.#root.replaceChildren(url ? make("a", { href: url }, text) : make("span", {}, text));
  }

  #sentence() {
    const { link, outbox, store, loginUrl } = this.#parts;
    const waiting = outbox.of(link.user, "waiting").length;
    const refused = outbox.of(link.user, "refused").length;
    const others = outbox.ofOthers(link.user).length;
    if (link.state === "login") return ["login", waiting ? sayCount("login", waiting) : say("login_none"), loginUrl];
    if (waiting) return ["waiting", sayCount("waiting", waiting)];
    if (link.state === "offline") return ["offline", say("offline")];
    if (refused) return ["refused", sayCount("refused", refused)];
    if (others) return ["waiting", sayCount("others", others)];
    if (!store.lasting) return ["offline", say("not_kept")];
    return ["connected", say("connected")];
  }
}
