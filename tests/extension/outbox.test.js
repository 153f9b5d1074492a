import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset } from "./browser-port.js";

const outbox = await import("../../extension/lib/outbox.js");

/** @param {number} number @param {string} [at] */
const visit = (number, at = new Date(Date.UTC(2026, 10, 25, 9, 0, 0, number)).toISOString()) => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  at,
  url: "https://www.amazon.com/",
  tab: 1,
  store: "default",
  page: { html: "", scripts: [], nav: "" },
});
const now = new Date("2026-11-25T10:00:00.000Z");

beforeEach(reset);

test("visits are sent oldest first with their original id and time", async () => {
  for (const number of [3, 1, 2]) await outbox.put(visit(number), now);
  /** @type {any[]} */
  const sent = [];
  const count = await outbox.flush(async (one) => (sent.push(one), "sent"), now);
  assert.equal(count, 3);
  assert.deepEqual(sent, [visit(1), visit(2), visit(3)]);
  assert.deepEqual(await outbox.waiting(), []);
});

test("a visit stored twice is sent once", async () => {
  await outbox.put(visit(1), now);
  await outbox.put(visit(1), now);
  assert.equal((await outbox.waiting()).length, 1);
});

test("unsent visits are kept when the server stops halfway", async () => {
  for (const number of [1, 2, 3]) await outbox.put(visit(number), now);
  let calls = 0;
  await outbox.flush(async () => (++calls === 2 ? "stop" : "sent"), now);
  assert.deepEqual(await outbox.waiting(), [visit(2).id, visit(3).id]);
  assert.equal(await outbox.dropped(), 0);
});

test("a visit that the server refuses for good is dropped and counted", async () => {
  await outbox.put(visit(1), now);
  await outbox.put(visit(2), now);
  await outbox.flush(async ({ id }) => (id === visit(1).id ? "refused" : "sent"), now);
  assert.deepEqual(await outbox.waiting(), []);
  assert.equal(await outbox.dropped(), 1);
});

test("a visit is dropped and counted after thirty days", async () => {
  await outbox.put(visit(1, "2026-10-20T10:00:00.000Z"), new Date("2026-10-20T10:00:00.000Z"));
  await outbox.put(visit(2), now);
  assert.deepEqual(await outbox.waiting(), [visit(2).id]);
  assert.equal(await outbox.dropped(), 1);
});

test("beyond five thousand visits the oldest is dropped and counted", async () => {
  const { inTransaction } = await import("../../extension/lib/database.js");
  await inTransaction(["outbox"], "readwrite", (work) => {
    for (let number = 1; number <= outbox.MOST; number += 1) work.objectStore("outbox").put(visit(number));
  });
  await outbox.put(visit(outbox.MOST + 1), now);
  const ids = await outbox.waiting();
  assert.equal(ids.length, outbox.MOST);
  assert.equal(ids[0], visit(2).id);
  assert.equal(await outbox.dropped(), 1);
});

test("clearing the outbox resets the count", async () => {
  await outbox.put(visit(1), now);
  await outbox.flush(async () => "refused", now);
  await outbox.put(visit(2), now);
  await outbox.clear();
  assert.deepEqual([await outbox.waiting(), await outbox.dropped()], [[], 0]);
});

/** Let the disk be full for writes of these stores. @param {import("node:test").TestContext} context @param {(store: string) => boolean} isFull */
function fillDisk(context, isFull) {
  const put = IDBObjectStore.prototype.put;
  context.mock.method(
    IDBObjectStore.prototype,
    "put",
    /** @this {IDBObjectStore} */ function (/** @type {any[]} */ ...parts) {
      if (isFull(this.name)) throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, /** @type {[any]} */ (parts));
    },
  );
}

test("without room the oldest tenth makes place for the newest visit, and is counted", async (context) => {
  for (let number = 1; number <= 20; number += 1) await outbox.put(visit(number), now);
  let tries = 0;
  fillDisk(context, (store) => store === "outbox" && (tries += 1) === 1);
  await outbox.put(visit(21), now);
  assert.equal((await outbox.waiting()).length, 19);
  assert.ok((await outbox.waiting()).includes(visit(21).id));
  assert.equal(await outbox.dropped(), 2);
});

test("on a full disk a visit is dropped and counted, and the count ends when it is cleared", async (context) => {
  fillDisk(context, () => true);
  await outbox.put(visit(1), now);
  await outbox.put(visit(2), now);
  assert.equal(await outbox.dropped(), 2);
  context.mock.restoreAll();
  await outbox.put(visit(3), now);
  assert.equal(await outbox.dropped(), 2);
  await outbox.clear();
  assert.deepEqual([await outbox.waiting(), await outbox.dropped()], [[], 0]);
});

test("visits wait through a clock that is set ahead and back", async () => {
  await outbox.put(visit(1), now);
  await outbox.put(visit(2, "2027-03-01T00:00:00.000Z"), now);
  await outbox.put(visit(3), new Date("2026-11-01T00:00:00.000Z"));
  assert.equal((await outbox.waiting()).length, 3);
  // Ahead by more than thirty days they look too old: dropped, with a count.
  await outbox.put(visit(4, "2027-02-01T00:00:00.000Z"), new Date("2027-02-01T00:00:00.000Z"));
  assert.deepEqual([(await outbox.waiting()).length, await outbox.dropped()], [2, 2]);
});
