/* The agreements that are finished here and not confirmed by the server. A row leaves only with its number.

   A row: the agreement's values, `key`, `user` (whose it is), `state`: "new" (first attempt under way), "waiting", or
   "refused" with `reason` (kept, visible, and stepping aside for those behind it). */

import { send } from "./sending.js";

export class Outbox extends EventTarget {
  #store;
  #url;
  #link;
  #busy = false;
  rows = [];

  constructor(store, url, link) {
    super();
    this.#store = store;
    this.#url = url;
    this.#link = link;
  }

  async load() {
    this.rows = (await this.#store.all("outbox")).sort((one, other) => one.madeAt.localeCompare(other.madeAt));
    // A first attempt that nobody waits for any more.
    for (const row of this.rows) if (row.state === "new") row.state = "waiting";
    this.#tell();
  }

  has(key) {
    return this.rows.some((row) => row.key === key);
  }

  of(user, state) {
    return this.rows.filter((row) => row.user === user && row.state === state);
  }

  ofOthers(user) {
    return this.rows.filter((row) => row.user !== user);
  }

  async keep(row) {
    await this.#store.put("outbox", row);
    this.rows = [...this.rows.filter((other) => other.key !== row.key), row];
    this.#tell();
  }

  async drop(key) {
    await this.#store.remove("outbox", key);
    this.rows = this.rows.filter((row) => row.key !== key);
    this.#tell();
  }

  /** The first attempt, while the parties stand there. Kept before it is sent; stays when there is no clear answer. */
  async sendNow(row) {
    await this.keep({ ...row, state: "new" });
    const answer = await send(this.#url, row, { token: this.#link.token });
    if (answer.is === "later" || answer.is === "login") await this.keep({ ...row, state: "waiting" });
    else await this.drop(row.key);
    return answer;
  }

  /** Send everything that waits, oldest first. Stops where there is no server or no login; a refused one steps aside. */
  async drain() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      if (!this.of(this.#link.user, "waiting").length || !(await this.#link.refresh())) return;
      for (const row of this.of(this.#link.user, "waiting")) {
        const answer = await send(this.#url, row, { token: this.#link.token, queued: true });
        if (answer.is === "login" || (answer.is === "later" && !answer.reached)) break;
        await this.#settle(row, answer);
      }
      await this.#link.refresh();
    } finally {
      this.#busy = false;
    }
  }

  async #settle(row, answer) {
    if (answer.is === "later") return;
    if (answer.is === "done") {
      await this.drop(row.key);
      this.dispatchEvent(new CustomEvent("sent", { detail: { row, answer } }));
    } else {
      await this.keep({ ...row, state: "refused", reason: reasonOf(answer), theirs: answer.theirs ?? null });
    }
  }

  #tell() {
    this.dispatchEvent(new Event("changed"));
  }
}

function reasonOf(answer) {
  if (answer.errors) return Object.values(answer.errors).flat().join(" ");
  return answer.theirs ? String(answer.theirs.number) : "";
}
