/** The extension's own IndexedDB: content scripts cannot open it, so the pairing key is here and not in storage.local. */

const NAME = "shopper";
const VERSION = 1;

/** Stays open, because opening takes longer than reading. @type {Promise<IDBDatabase>|null} */
let opened = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("outbox", { keyPath: "id" }).createIndex("at", "at");
    };
    request.onsuccess = () => {
      // Another of our pages deletes it, or the browser had to close it.
      request.result.onversionchange = forget;
      request.result.onclose = forget;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/** Close the database; the next transaction opens it again. */
function forget() {
  void opened?.then((database) => database.close());
  opened = null;
}

/**
 * Run one transaction over the named stores and return what the work left in its request or value.
 * @template T
 * @param {("facts"|"outbox")[]} stores @param {IDBTransactionMode} mode @param {(transaction: IDBTransaction) => IDBRequest<T>|void} work
 * @returns {Promise<T|undefined>}
 */
export async function inTransaction(stores, mode, work) {
  opened ??= open();
  // A database that could not be opened is tried again.
  const database = await opened.catch((error) => {
    opened = null;
    throw error;
  });
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode);
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Read a fact, or null. @param {string} name @returns {Promise<any>} */
export async function readFact(name) {
  return (await inTransaction(["facts"], "readonly", (work) => work.objectStore("facts").get(name))) ?? null;
}

/** Write a fact; null removes it. @param {string} name @param {unknown} value */
export async function writeFact(name, value) {
  await inTransaction(["facts"], "readwrite", (work) => {
    const facts = work.objectStore("facts");
    if (value === null) facts.delete(name);
    else facts.put(value, name);
  });
}
