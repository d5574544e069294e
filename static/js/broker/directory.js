/* The participants to search in: fetched once, fetched again when something has changed, searched in memory. */

const AGAIN_AFTER = 60_000;
const NEWS_AFTER = 5_000;
const KEEP_MARKS = new Set(["å", "ä", "ö", "ø", "æ"]);

/** Small letters without accents, so that «kafe» finds «Kafé»; the Norwegian letters stay letters of their own. */
export function folded(text) {
  const plain = Array.from(text.normalize("NFC").toLowerCase(), (letter) =>
    KEEP_MARKS.has(letter) ? letter : letter.normalize("NFD").replace(/\p{M}/gu, ""),
  );
  return plain.join("").split(/\s+/).filter(Boolean).join(" ");
}

/** How well an entry fits, or 0: the start of the name, then the start of a word in it, then anything else. */
function fit(entry, words) {
  if (!words.every((word) => entry.text.includes(word))) return 0;
  const first = words[0] ?? "";
  if (entry.folded.startsWith(first)) return 4;
  if (entry.folded.includes(` ${first}`)) return 3;
  return entry.folded.includes(first) ? 2 : 1;
}

export class Directory extends EventTarget {
  #url;
  #kept;
  #etag = "";
  #byId = new Map();
  #fetchedAt = 0;
  #version = null;
  #dirty = true;
  entries = [];

  /** `kept` are participants that stay in the list although the server has taken them off it. */
  constructor(url, kept = []) {
    super();
    this.#url = url;
    this.#kept = kept;
  }

  find(id) {
    return this.#byId.get(String(id)) ?? null;
  }

  /** All that fit, best first, in the list's own Norwegian order among equals. */
  search(text) {
    const words = folded(text).split(" ").filter(Boolean);
    if (!words.length) return this.entries;
    const found = this.entries.map((entry) => [fit(entry, words), entry]).filter(([rank]) => rank);
    return found.sort((one, other) => other[0] - one[0]).map(([_rank, entry]) => entry);
  }

  /** Those whose name is exactly the text. */
  named(text) {
    const name = folded(text);
    return this.entries.filter((entry) => entry.folded === name);
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
      this.use((await response.json()).participants);
      this.#etag = response.headers.get("ETag") ?? "";
    } catch {
      this.#dirty = true;
    }
  }

  use(participants) {
    this.entries = [...participants, ...this.#kept].map((entry) => {
      const people = entry.contacts.map((contact) => contact.name);
      const name = folded(entry.name);
      return { ...entry, people, folded: name, text: `${name} ${folded(people.join(" "))} ${folded(entry.where)}` };
    });
    this.#byId = new Map(this.entries.map((entry) => [String(entry.id), entry]));
    this.dispatchEvent(new Event("changed"));
  }
}
