/* The participants to search in: kept on the device, fetched anew when something has changed, searched in memory.

   A walk-in made on this tablet stands in the list from its first finished agreement, and until the server's own list has
   its key. Before that it belongs to the card it was made on. */

import { fit, folded, indexed, isAlmost, wordsOf } from "./searching.js";

const AGAIN_AFTER = 60_000;
const NEWS_AFTER = 5_000;
const LIST = "participants";
const WALK_INS = "walk-ins";

export class Directory extends EventTarget {
  #url;
  #kept;
  #shelf;
  #recent;
  #etag = "";
  #known = [];
  #walkIns = [];
  #invented = null;
  #byName = new Map();
  #fetchedAt = 0;
  #version = null;
  #dirty = true;
  #hasList = false;
  entries = [];

  /** `kept` are participants that stay in the list although the server has taken them off it; `shelf` holds the copy on
      the device, and `recent` whom the broker used last. */
  constructor(url, { kept = [], shelf = null, recent = null } = {}) {
    super();
    this.#url = url;
    this.#kept = kept;
    this.#shelf = shelf;
    this.#recent = recent;
  }

  /** What the device remembers, and then what the server says. */
  async start() {
    if (this.#shelf) {
      const [list, walkIns] = await Promise.all([this.#shelf.get(LIST), this.#shelf.get(WALK_INS)]);
      this.#walkIns = walkIns ?? [];
      if (list && !this.#known.length) {
        this.use(list.participants);
        this.#etag = list.etag;
      }
    }
    await this.refresh();
  }

  /** False until the first list has come, from the device or from the server: then nobody is missing from it yet. */
  get hasList() {
    return this.#hasList;
  }

  /** By id, or by the key that a walk-in is known by. */
  find(id) {
    return this.#byName.get(String(id)) ?? null;
  }

  /** All that fit, best first, in the list's own Norwegian order among equals. Without text everyone. */
  search(text) {
    const words = wordsOf(text);
    if (!words.length) return this.entries;
    const strict = this.#ranked(words);
    return strict.length ? strict : this.#ranked(words, { loose: true });
  }

  /** The only one that can be meant by the text, or null. */
  only(text) {
    const name = folded(text);
    const named = this.entries.filter((entry) => entry.folded === name);
    const hits = named.length ? named : this.#ranked(wordsOf(text));
    return hits.length === 1 ? hits[0] : null;
  }

  /** Those whom the broker used last, the latest first. */
  recent() {
    return (this.#recent?.keys ?? []).map((key) => this.find(key)).filter(Boolean);
  }

  /** Those whose name is almost `name`. */
  almost(name) {
    const wanted = folded(name);
    return this.entries.filter((entry) => isAlmost(entry.folded, wanted)).slice(0, 3);
  }

  /** A walk-in (`{key, name, sector, contact}`) as an entry: the participant that it has become, or what the tablet knows. */
  adopt(walkIn) {
    return this.find(walkIn.key) ?? entryOf(walkIn);
  }

  /** An agreement with these entries is finished: the list remembers its walk-ins, and whom the broker used last. */
  note(entries) {
    this.#recent?.note(entries.map((entry) => entry.key));
    const fresh = entries.filter((entry) => entry.walkIn && !this.find(entry.key)).map((entry) => entry.walkIn);
    if (!fresh.length) return;
    this.#walkIns.push(...fresh);
    this.#keepWalkIns();
    this.#build();
  }

  /** The server's feed version: when it has moved, the list may have, and is fetched again after a while. */
  noteVersion(version) {
    if (version !== this.#version) this.#dirty = true;
    this.#version = version;
    if (this.#dirty && Date.now() - this.#fetchedAt > (this.entries.length ? AGAIN_AFTER : NEWS_AFTER)) this.refresh();
  }

  /** Someone is looking for a participant that isn't here: perhaps it was registered at the door just now. */
  askForNews() {
    if (Date.now() - this.#fetchedAt > NEWS_AFTER) this.refresh();
  }

  async refresh() {
    this.#fetchedAt = Date.now();
    this.#dirty = false;
    try {
      const headers = { Accept: "application/json" };
      if (this.#etag) headers["If-None-Match"] = this.#etag;
      const response = await fetch(this.#url, { headers, credentials: "same-origin", cache: "no-store" });
      if (response.status !== 200) {
        this.#dirty = response.status !== 304;
        return;
      }
      const { participants } = await response.json();
      this.#etag = response.headers.get("ETag") ?? "";
      this.use(participants);
      this.#shelf?.put(LIST, { participants, etag: this.#etag });
    } catch {
      this.#dirty = true;
    }
  }

  use(participants) {
    this.#hasList = true;
    this.#known = [...participants, ...this.#kept];
    const keys = new Set(this.#known.map((entry) => entry.key));
    const left = this.#walkIns.filter((walkIn) => !keys.has(walkIn.key));
    if (left.length < this.#walkIns.length) {
      this.#walkIns = left;
      this.#keepWalkIns();
    }
    this.#build();
  }

  /** Invented participants in place of the real ones; null brings those back. */
  practise(invented) {
    this.#invented = invented;
    this.#build();
  }

  #build() {
    const real = [...this.#known.map(indexed), ...this.#walkIns.map(entryOf)];
    this.entries = this.#invented ? this.#invented.map(indexed) : real;
    this.#byName = new Map(this.entries.flatMap((entry) => [[String(entry.id), entry], [entry.key, entry]]));
    this.dispatchEvent(new Event("changed"));
  }

  #keepWalkIns() {
    this.#shelf?.put(WALK_INS, this.#walkIns);
  }

  #ranked(words, options) {
    const found = [];
    for (const entry of this.entries) {
      const points = fit(entry, words, options);
      if (points) found.push([points, entry]);
    }
    return found.sort((one, other) => other[0] - one[0]).map(([_points, entry]) => entry);
  }
}

function entryOf(walkIn) {
  const { key, name, sector, contact } = walkIn;
  const people = contact ? [{ id: "", name: contact }] : [];
  return { ...indexed({ id: key, key, name, sector, where: "", contacts: people, offers: [], needs: [] }), walkIn };
}
