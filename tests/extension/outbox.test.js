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
