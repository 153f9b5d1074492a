import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { told } from "./browser-port.js";

const { ask } = await import("../../extension/lib/browser.js");

/** @param {string} text @param {number} times */
function failing(text, times) {
  /** @type {any[]} */
  const heard = [];
  told.background = (message) => {
    heard.push(message);
    if (heard.length <= times) throw new Error(text);
    return { heard: heard.length };
  };
  return heard;
}

beforeEach((context) => {
  const run = (/** @type {() => void} */ work) => (work(), 0);
  /** @type {import("node:test").TestContext} */ (context).mock.method(globalThis, "setTimeout", run);
});

test("a page of ours asks again while the background is still starting", async () => {
  failing("Could not establish connection. Receiving end does not exist.", 2);
  assert.deepEqual(await ask({ what: "overview" }), { heard: 3 });
});

test("a page of ours asks only once when the message may have arrived", async () => {
  const heard = failing("The message channel closed before a response was received.", 1);
  await assert.rejects(ask({ what: "pair" }), /channel closed/);
  assert.equal(heard.length, 1);
});

test("a page of ours stops asking when there is no background", async () => {
  const heard = failing("Receiving end does not exist.", 9);
  await assert.rejects(ask({ what: "overview" }), /Receiving end/);
  assert.equal(heard.length, 6);
});
