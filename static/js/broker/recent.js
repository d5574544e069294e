/* Whom this broker used last at this børs, by the participants' keys. On the device only; no names are kept. */

const KEPT = 8;

export class Recent {
  #place;
  #keys = null;

  constructor(slug, user) {
    this.#place = `borsen-sist-brukt-${slug}-${user}`;
  }

  /** The latest first. */
  get keys() {
    this.#keys ??= read(this.#place);
    return this.#keys;
  }

  note(keys) {
    this.#keys = [...new Set([...keys, ...this.keys])].slice(0, KEPT);
    try {
      localStorage.setItem(this.#place, JSON.stringify(this.#keys));
    } catch {
      // Private window: remembered as long as the page stands.
    }
  }
}

function read(place) {
  try {
    const keys = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return [];
  }
}
