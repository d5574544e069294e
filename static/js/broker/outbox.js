/* The agreements that are finished here and not confirmed by the server. A row leaves only with its number.

   A row: the agreement's values, `key`, `user` and `userName` (whose it is), `place` (the order on this tablet), and
   `state`: "new" (first attempt under way), "waiting" (for a net), "gong" (the server has it too and registers it at the
   stroke), or "refused" with `reason` or `theirs` (kept, visible, and stepping aside for those behind it).

   One queue in the browser, for everybody who signs in: each sends their own. Two tabs that drain it at once are harmless,
   by the key. */

import { PATIENCE, post, send } from "./sending.js";

// The parties stand and wait: where nothing answered a moment ago, not for long.
const IN_A_HURRY = 3_000;

export class Outbox extends EventTarget {
  #store;
  #urls;
  #link;
  #tabs;
  #draining = null;
  #sending = [];
  // How often what is kept has changed, so that a reading under way knows that it is old.
  #changes = 0;
  rows = [];

  constructor(store, urls, link, tabs) {
    super();
    this.#store = store;
    this.#urls = urls;
    this.#link = link;
    this.#tabs = tabs;
    tabs.sending = () => this.#sending.map((row) => row.key);
    tabs.addEventListener("changed", () => this.#reload());
  }

  async load() {
    await this.#reload();
    const orphans = this.rows.filter((row) => row.state === "new");
    if (!orphans.length) return;
    // First attempts that nobody waits for any more: the tab that made them is gone.
    const elsewhere = await this.#tabs.sentByOthers();
    for (const row of orphans) if (!elsewhere.has(row.key)) await this.keep({ ...row, state: "waiting" });
  }

  has(key) {
    return this.rows.some((row) => row.key === key);
  }

  of(user, ...states) {
    return this.rows.filter((row) => row.user === user && states.includes(row.state));
  }

  ofOthers(user) {
    return this.rows.filter((row) => row.user !== user);
  }

  async keep(row) {
    const place = row.place ?? 1 + Math.max(0, ...this.rows.map((other) => other.place ?? 0));
    await this.#store.put("outbox", { ...row, place });
    this.#changes += 1;
    this.#put([...this.rows.filter((other) => other.key !== row.key), { ...row, place }]);
    this.#tabs.tellChanged();
  }

  async drop(key) {
    await this.#store.remove("outbox", key);
    this.#changes += 1;
    this.#put(this.rows.filter((row) => row.key !== key));
    this.#tabs.tellChanged();
  }

  /** The first attempt, while the parties stand there. Kept before it is sent; stays when there is no clear answer. */
  async sendNow(row) {
    const mine = { ...row, state: "new" };
    const patience = this.#link.state === "offline" ? IN_A_HURRY : PATIENCE;
    this.#sending.push(mine);
    try {
      await this.keep(mine);
      const answer = (await this.#stopped(row, patience)) ?? (await this.#send(row, patience));
      if (answer.is === "later" || answer.is === "login") await this.keep({ ...row, state: "waiting" });
      else if (answer.is === "gong") await this.keep({ ...row, state: "gong" });
      else await this.drop(row.key);
      return answer;
    } finally {
      this.#sending = this.#sending.filter((other) => other !== mine);
    }
  }

  /** What is older on this tablet is sent first. Why `row` can't follow it yet, as an answer, or null when it can. */
  async #stopped(row, patience) {
    if (!this.of(row.user, "waiting").length) return null;
    let isDone = false;
    const drained = this.drain().then(() => (isDone = true));
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, patience))]);
    if (isDone && this.#link.state === "connected") return null;
    return this.#link.state === "login" ? { is: "login" } : { is: "later", reached: this.#link.state === "connected" };
  }

  /** A token goes out of date when somebody signs in, in another tab too: a new one is asked for, once. It may be
      somebody else who did; then this stays, and waits for whose it is. */
  async #send(row, patience) {
    const answer = await send(this.#urls.create, row, { token: this.#link.token, patience });
    if (answer.is === "later" && !answer.reached) this.#link.noteSilence();
    if (!answer.forbidden) return answer;
    if ((await this.#link.refresh()) && this.#link.user === row.user) {
      return send(this.#urls.create, row, { token: this.#link.token, patience });
    }
    return this.#link.state === "login" ? { is: "login" } : { is: "later", reached: true };
  }

  /** Send everything that waits, oldest first. Stops where there is no server or no login; a refused one steps aside. */
  drain() {
    this.#draining ??= this.#drain().finally(() => (this.#draining = null));
    return this.#draining;
  }

  async #drain() {
    await this.#reload();
    if (!this.of(this.#link.user, "waiting", "gong").length || !(await this.#link.refresh())) return;
    const tried = new Set();
    const next = () => this.#due().find((row) => !tried.has(row.key));
    // One that was finished meanwhile goes last, with the others.
    for (let row = next(); row; row = next()) {
      tried.add(row.key);
      const answer = await send(this.#urls.create, row, { token: this.#link.token, queued: true });
      if (answer.is === "login" || (answer.is === "later" && !answer.reached)) break;
      await this.#settle(row, answer);
    }
    if (tried.size) await this.#link.refresh();
  }

  /** Whether there is something that the server would number now. */
  get isDue() {
    return this.#due().length > 0;
  }

  /** What the server holds already is sent again when the gong has been struck, and not before. */
  #due() {
    const states = this.#link.hour.phase === "before" ? ["waiting"] : ["waiting", "gong"];
    return this.of(this.#link.user, ...states);
  }

  /** Let go of one that waits for the gong, here and at the server: {is: "taken_back"}, "done" where the gong was first,
      or "later" when the server can't be asked. */
  async takeBack(row) {
    await this.#link.refresh();
    const url = this.#urls.takeBack.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, row.key);
    const { status, body } = await post(url, "", this.#link.token);
    if (status === 409 && Number.isInteger(body?.number)) {
      await this.#settle(row, { is: "done", ...body });
      return { is: "done", ...body };
    }
    if (status !== 200 && status !== 404) return { is: "later" };
    await this.drop(row.key);
    return { is: "taken_back" };
  }

  async #settle(row, answer) {
    if (answer.is === "later") return;
    // Another tab was first, and has told of it.
    if (!this.has(row.key)) return;
    if (answer.is === "done") {
      await this.drop(row.key);
      this.dispatchEvent(new CustomEvent("sent", { detail: { row, answer } }));
    } else if (answer.is === "gong") {
      if (row.state !== "gong") await this.keep({ ...row, state: "gong" });
    } else {
      await this.keep({ ...row, state: "refused", reason: reasonOf(answer), theirs: answer.theirs ?? null });
      this.dispatchEvent(new CustomEvent("refused", { detail: { row } }));
    }
  }

  async #reload() {
    let kept, changes;
    do {
      changes = this.#changes;
      kept = await this.#store.all("outbox");
    } while (changes !== this.#changes);
    const known = new Map(this.#sending.map((row) => [row.key, row]));
    // What this tab is about to keep for the first time may not be there yet.
    for (const row of kept) known.delete(row.key);
    this.#put([...kept, ...known.values()]);
  }

  #put(rows) {
    const place = (row) => row.place ?? Number.MAX_SAFE_INTEGER;
    this.rows = rows.sort((one, other) => place(one) - place(other) || one.madeAt.localeCompare(other.madeAt));
    this.dispatchEvent(new Event("changed"));
  }
}

function reasonOf(answer) {
  if (answer.errors) return Object.values(answer.errors).flat().join(" ");
  return answer.theirs ? String(answer.theirs.number) : "";
}
