import assert from "node:assert/strict";
import { wasDrawn } from "../../extension/lib/views.js";
import { beforeEach, mock, test } from "node:test";

Object.assign(globalThis, { shopper: {} });
await import(new URL("../../extension/content/retry.js", import.meta.url).href);

let looks = 0;
/** @type {ReturnType<typeof globalThis.shopper.retriesOf>} */
let retries;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  looks = 0;
  retries = globalThis.shopper.retriesOf(() => {
    looks += 1;
    retries.later();
  });
});

test("a page that never finishes rendering is checked five times with growing pauses", () => {
  retries.later();
  const seen = [];
  for (let second = 1; second <= 120; second += 1) {
    mock.timers.tick(1000);
    if (looks > seen.length) seen.push(second);
  }
  assert.deepEqual(seen, [1, 3, 7, 15, 31]);
});

test("a planned check is not planned twice", () => {
  retries.later();
  retries.later();
  mock.timers.tick(1000);
  assert.equal(looks, 1);
});

test("a rendered page is not checked again, and the next page gets all its checks", () => {
  retries.later();
  retries.reset();
  mock.timers.tick(60_000);
  assert.equal(looks, 0);
  retries.later();
  mock.timers.tick(1000);
  assert.equal(looks, 1);
});

test("a page counts as rendered unless the server found hidden orders", () => {
  const brought = { state: /** @type {const} */ ("read"), new: 1, changed: 0, same: 0 };
  /** @param {string[]} codes */
  const captured = (codes) => ({ ...brought, problems: codes.map((code) => ({ where: "orders[0]", code, text: "" })) });
  assert.equal(wasDrawn({ captured: null }), true);
  assert.equal(wasDrawn({ captured: captured(["missing"]) }), true);
  assert.equal(wasDrawn({ captured: captured(["missing", "not-rendered"]) }), false);
  assert.equal(wasDrawn({ captured: captured(["encrypted"]) }), false);
});
