/** The extension's own IndexedDB: content scripts cannot open it, so the pairing key is here and not in storage.local. */

const NAME = "shopper";
const VERSION = 1;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("outbox", { keyPath: "id" }).createIndex("at", "at");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Run one transaction over the named stores and return what the work left in its request or value.
 * @template T
 * @param {("facts"|"outbox")[]} stores @param {IDBTransactionMode} mode @param {(transaction: IDBTransaction) => IDBRequest<T>|void} work
 * @returns {Promise<T|undefined>}
 */
export async function inTransaction(stores, mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
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
