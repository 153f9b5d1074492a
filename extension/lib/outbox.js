/** Visits that wait for the server: kept under their own id and time, at most 5,000 for 30 days; what is dropped is counted. */

import { inTransaction, readFact, writeFact } from "./database.js";

export const MOST = 5_000;
export const LONGEST_DAYS = 30;

/** Put a visit away; one of the same id replaces the older. @param {import("./types.js").Visit} visit @param {Date} [now] */
export async function put(visit, now = new Date()) {
  await inTransaction(["outbox"], "readwrite", (work) => {
    work.objectStore("outbox").put(visit);
  });
  await prune(now);
}

/** Return the ids that wait, oldest first. @returns {Promise<string[]>} */
export async function waiting() {
  const found = await inTransaction(["outbox"], "readonly", (work) => work.objectStore("outbox").index("at").getAllKeys());
  return /** @type {string[]} */ (found ?? []);
}

/** Return how many visits were dropped because there were too many or they were too old. @returns {Promise<number>} */
export const dropped = async () => (await readFact("dropped")) ?? 0;

export const forgetDropped = () => writeFact("dropped", null);

export async function clear() {
  await inTransaction(["outbox"], "readwrite", (work) => {
    work.objectStore("outbox").clear();
  });
  await forgetDropped();
}

/**
 * Send what waits, oldest first, until `send` says to stop. Returns how many went.
 * @param {(visit: import("./types.js").Visit) => Promise<"sent"|"refused"|"stop">} send @param {Date} [now]
 */
export async function flush(send, now = new Date()) {
  await prune(now);
  let sent = 0;
  for (const id of await waiting()) {
    const visit = await inTransaction(["outbox"], "readonly", (work) => work.objectStore("outbox").get(id));
    if (!visit) continue;
    const outcome = await send(visit);
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
  const gone = all.slice(0, Math.max(old?.length ?? 0, all.length - MOST));
  if (gone.length === 0) return;
  await inTransaction(["outbox"], "readwrite", (work) => {
    for (const id of gone) work.objectStore("outbox").delete(id);
  });
  await countDropped(gone.length);
}

/** @param {number} more */
async function countDropped(more) {
  await writeFact("dropped", (await dropped()) + more);
}
