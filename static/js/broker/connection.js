/* The sentence in the bar: whether there is a server, how many agreements wait and for what, and what has been sent
   meanwhile. It never takes focus; a tap on it opens the broker's latest, where each agreement stands with its state. */

import { make, say, sayCount } from "./words.js";

const NEWS_FOR = 15_000;

export class Connection extends EventTarget {
  #root;
  #parts;
  #news = [];

  constructor(root, parts) {
    super();
    this.#root = root;
    this.#parts = parts;
  }

  /** An agreement that waited has its number now. */
  tellSent(answer) {
    this.#news.push({ number: answer.number, isForReview: Boolean(answer.needs_review) });
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forget(), NEWS_FOR);
    this.show();
  }

  #forgetting;

  show() {
    const [state, text, url] = this.#sentence();
    if (this.#root.dataset.state === state && this.#root.textContent === text) return;
    this.#root.dataset.state = state;
    const child = this.#root.firstElementChild;
    // The same button stays, so that whoever has focus on it keeps it.
    if (child?.matches("button") && url === LIST) child.textContent = text;
    else this.#root.replaceChildren(this.#element(text, url));
  }

  #element(text, url) {
    if (!url) return make("span", {}, text);
    if (url !== LIST) return make("a", { href: url }, text);
    const button = make("button", { type: "button" }, text);
    button.addEventListener("click", () => this.dispatchEvent(new Event("opened")));
    return button;
  }

  #forget() {
    this.#news = [];
    this.show();
  }

  #sentence() {
    const { link, outbox, store, loginUrl, isPractising } = this.#parts;
    const count = (...states) => outbox.of(link.user, ...states).length;
    const isBefore = link.hour.phase === "before";
    // Once the gong has been struck, what waited for it only waits to be sent.
    const waiting = isBefore ? count("waiting") : count("waiting", "gong");
    const gong = isBefore ? count("gong") : 0;
    const refused = count("refused");
    const others = outbox.ofOthers(link.user);
    if (isPractising()) return ["connected", say("practice_state")];
    if (link.state === "login") return ["login", waiting + gong ? sayCount("login", waiting + gong) : say("login_none"), loginUrl];
    if (waiting && !store.lasting) return ["waiting", sayCount("waiting_unkept", waiting), LIST];
    if (waiting && gong) return ["waiting", say("waiting_and_gong", { n: waiting, m: gong }), LIST];
    if (waiting) return ["waiting", sayCount("waiting", waiting), LIST];
    if (gong) return ["waiting", sayCount("gong", gong), LIST];
    if (link.state === "offline") return ["offline", say("offline")];
    if (refused) return ["refused", sayCount("refused", refused), LIST];
    if (this.#news.length) return [this.#news.some((row) => row.isForReview) ? "refused" : "sent", this.#sent(), LIST];
    if (others.length) return ["waiting", sayCount("others", others.length, { names: namesOf(others) }), LIST];
    if (!store.lasting) return ["offline", say("not_kept")];
    return ["connected", say("connected")];
  }

  #sent() {
    const forReview = this.#news.filter((row) => row.isForReview).map((row) => row.number);
    if (forReview.length) return say("sent_review", { numbers: inARow(forReview) });
    return say("sent", { numbers: inARow(this.#news.map((row) => row.number)) });
  }
}

const LIST = "list";

/** Whose agreements these are. */
export function namesOf(rows) {
  const names = [...new Set(rows.map((row) => row.userName || say("another_broker")))];
  return listed(names);
}

/** «48», «48 og 52», «48–51». */
function inARow(numbers) {
  const sorted = [...new Set(numbers)].sort((one, other) => one - other);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return sorted.length > 2 && last - first === sorted.length - 1 ? `${first}–${last}` : listed(sorted.map(String));
}

/** «A», «A og B», «A, B og C». */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${say("and")} ${words.at(-1)}`;
}
