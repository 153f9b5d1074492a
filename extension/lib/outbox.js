/** Queues visits and decisions for the server with their own id and time: at most 5,000 for 30 days. Dropped ones are counted. */

import { sessionRead, sessionRemove, sessionWrite } from "./browser.js";
import { inTransaction, readFact, writeFact } from "./database.js";

export const MOST = 5_000;
export const LONGEST_DAYS = 30;

/**
 * Queue an entry; one with the same id is replaced. If the browser has no room left, the oldest tenth is dropped and counted; if that
 * does not help, the entry itself is counted as dropped.
 * @param {import("./types.js").Waiting} entry @param {Date} [now]
 */
export async function put(entry, now = new Date()) {
  try {
    await write(entry).catch(() => makeRoom().then(() => write(entry)));
  } catch {
    return countDropped(1);
  }
  await prune(now).catch(() => undefined); // the next flush prunes again
}

async function makeRoom() {
  const all = await waiting();
  await drop(all.slice(0, Math.ceil(all.length / 10)));
}

/** @param {import("./types.js").Waiting} entry */
const write = (entry) =>
  inTransaction(["outbox"], "readwrite", (work) => {
    work.objectStore("outbox").put(entry);
  });

/** @param {string[]} ids */
async function drop(ids) {
  if (ids.length === 0) return;
  await inTransaction(["outbox"], "readwrite", (work) => {
    for (const id of ids) work.objectStore("outbox").delete(id);
  });
  await countDropped(ids.length);
}

/** Return the queued ids, oldest first. @returns {Promise<string[]>} */
export async function waiting() {
  const found = await inTransaction(["outbox"], "readonly", (work) => work.objectStore("outbox").index("at").getAllKeys());
  return /** @type {string[]} */ (found ?? []);
}

/** Return how many visits were dropped because there were too many, they were too old, or there was no room. @returns {Promise<number>} */
export const dropped = async () => ((await readFact("dropped")) ?? 0) + ((await sessionRead("dropped")) ?? 0);

export const forgetDropped = () => Promise.all([writeFact("dropped", null), sessionRemove(["dropped"])]);

export async function clear() {
  await inTransaction(["outbox"], "readwrite", (work) => {
    work.objectStore("outbox").clear();
  });
  await forgetDropped();
}

/**
 * Send queued entries, oldest first, until `send` says to stop. Returns how many were sent.
 * @param {(entry: import("./types.js").Waiting) => Promise<"sent"|"refused"|"stop">} send @param {Date} [now]
 */
export async function flush(send, now = new Date()) {
  await prune(now);
  let sent = 0;
  for (const id of await waiting()) {
    const entry = await inTransaction(["outbox"], "readonly", (work) => work.objectStore("outbox").get(id));
    if (!entry) continue;
    const outcome = await send(entry);
    if (outcome === "stop") break;
    await inTransaction(["outbox"], "readwrite", (work) => {
      work.objectStore("outbox").delete(id);
    });
    if (outcome === "sent") sent += 1;
    else await countDropped(1);
  }
  return sent;
}

/** @param {Date} now */
async function prune(now) {
  const oldest = new Date(now.getTime() - LONGEST_DAYS * 86_400_000).toISOString();
  const old = await inTransaction(["outbox"], "readonly", (work) =>
    work.objectStore("outbox").index("at").getAllKeys(IDBKeyRange.upperBound(oldest, true)),
  );
  const all = await waiting();
  await drop(all.slice(0, Math.max(old?.length ?? 0, all.length - MOST)));
}

/** Count dropped visits; on a full disk at least for as long as the browser runs. @param {number} more */
async function countDropped(more) {
  try {
    await writeFact("dropped", ((await readFact("dropped")) ?? 0) + more);
  } catch {
    await sessionWrite("dropped", ((await sessionRead("dropped")) ?? 0) + more);
  }
}
