/* What is kept on the device: the draft, and the agreements that the server has not confirmed yet (IndexedDB).

   Where the browser keeps nothing (private window, full disk, a database that has gone away), it is held in memory and
   `lasting` is false; the page hears «failing» and says it.

   iPadOS closes the database of a page that has been in the background; it is then opened anew, once for each piece of
   work (WebKit bug 197050). `transaction.commit` is called where there is one, and `durability` is ignored where it is
   unknown (MDN's compatibility data). */

const VERSION = 1;
// Some versions of Safari have left an opening without any answer (WebKit bug 226547).
const PATIENCE = 4_000;

export class Store extends EventTarget {
  #name;
  #database = null;
  // What the disk would not take; it wins over what the disk has.
  #memory = { drafts: new Map(), outbox: new Map() };
  lasting = false;

  static async open(slug) {
    const store = new Store();
    store.#name = `borsen-${slug}`;
    store.lasting = await store.#connect();
    return store;
  }

  /** Kept in memory only: what is practised leaves nothing behind. */
  static inMemory() {
    return new Store();
  }

  async put(table, row) {
    if (await this.#try(table, "readwrite", (rows) => rows.put(row))) this.#memory[table].delete(row.key);
    else this.#memory[table].set(row.key, row);
  }

  async remove(table, key) {
    this.#memory[table].delete(key);
    await this.#try(table, "readwrite", (rows) => rows.delete(key));
  }

  async get(table, key) {
    const kept = await this.#try(table, "readonly", (rows) => rows.get(key));
    return this.#memory[table].get(key) ?? kept?.result;
  }

  async all(table) {
    const kept = await this.#try(table, "readonly", (rows) => rows.getAll());
    const rows = (kept?.result ?? []).filter((row) => !this.#memory[table].has(row.key));
    return [...rows, ...this.#memory[table].values()];
  }

  /** The finished request, or null when the disk would not; tried again on a new connection before that is said. */
  async #try(table, mode, work) {
    if (!this.#database) return null;
    try {
      return await this.#run(table, mode, work);
    } catch {
      // Perhaps only the connection is gone.
    }
    try {
      if (await this.#connect()) return await this.#run(table, mode, work);
    } catch {
      // The disk is full, or the browser keeps nothing.
    }
    if (this.lasting) {
      this.lasting = false;
      this.dispatchEvent(new Event("failing"));
    }
    return null;
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
      transaction.oncomplete = () => resolve(request);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  async #connect() {
    try {
      this.#database = await opened(this.#name);
    } catch {
      return false;
    }
    return true;
  }
}

function opened(name) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no answer")), PATIENCE);
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "key" });
      request.result.createObjectStore("outbox", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
