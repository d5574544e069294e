/* What is kept on the device: the draft, and the agreements that the server has not confirmed yet (IndexedDB).

   Where the browser keeps nothing (private window), it is held in memory and `lasting` is false, so that the page says it. */

const VERSION = 1;

export class Store {
  #database = null;
  #memory = { drafts: new Map(), outbox: new Map() };
  lasting = false;

  static async open(slug) {
    const store = new Store();
    try {
      store.#database = await opened(`borsen-${slug}`);
      store.lasting = true;
    } catch {
      // Memory it is.
    }
    return store;
  }

  async put(table, row) {
    if (!this.#database) this.#memory[table].set(row.key, row);
    else await this.#run(table, "readwrite", (rows) => rows.put(row));
  }

  async remove(table, key) {
    if (!this.#database) this.#memory[table].delete(key);
    else await this.#run(table, "readwrite", (rows) => rows.delete(key));
  }

  async get(table, key) {
    if (!this.#database) return this.#memory[table].get(key);
    return this.#run(table, "readonly", (rows) => rows.get(key));
  }

  async all(table) {
    if (!this.#database) return [...this.#memory[table].values()];
    return this.#run(table, "readonly", (rows) => rows.getAll());
  }

  /** Resolves when the transaction is complete, that is when the row is on the disk and not only on its way. */
  #run(table, mode, work) {
    return new Promise((resolve, reject) => {
      // A finished agreement survives a power cut; for what is being typed a tab that is closed is enough.
      const durability = table === "outbox" ? "strict" : "relaxed";
      const transaction = this.#database.transaction(table, mode, { durability });
      const request = work(transaction.objectStore(table));
      // Without waiting to hear of the request first, so that it also holds when the page is being left.
      transaction.commit?.();
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
}

function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "key" });
      request.result.createObjectStore("outbox", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
