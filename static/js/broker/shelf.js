/* What the device may forget without harm: a copy of the participants, so that search works while the server is away.

   A database of its own beside the one in store.js, which holds what must not be lost. Every failure is silence. */

const TABLE = "copies";

export class Shelf {
  #database;

  constructor(slug) {
    this.#database = opened(`borsen-${slug}-liste`).catch(() => null);
  }

  async get(name) {
    return this.#run("readonly", (rows) => rows.get(name));
  }

  async put(name, value) {
    return this.#run("readwrite", (rows) => rows.put(value, name));
  }

  async #run(mode, work) {
    const database = await this.#database;
    if (!database) return undefined;
    return new Promise((resolve) => {
      try {
        const request = work(database.transaction(TABLE, mode).objectStore(TABLE));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }
}

function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
