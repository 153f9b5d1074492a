import assert from "node:assert/strict";
import { test } from "node:test";
import { isShop } from "../../extension/lib/hosts.js";
import { isDecision, isObservation, route, senderOf } from "../../extension/lib/messages.js";

const ORIGIN = "chrome-extension://own";
/** @param {object} change @returns {any} */
const sender = (change = {}) => ({ id: "own", url: "https://www.amazon.com/gp/cart", tab: { id: 3 }, frameId: 0, ...change });
const seen = {
  id: "0b8f3a52-6f0e-4f5b-9d1c-0a4f3a1c2b3d",
  at: "2026-11-25T09:30:00.000Z",
  url: "https://www.amazon.com/",
  kind: "",
  lasting: false,
  buying: false,
  page_load: "x",
  loaded: "2026-11-25T09:29:00.000Z",
  page: { html: "", scripts: [], nav: "" },
};

test("only the 23 marketplaces are recognised", () => {
  for (const url of ["https://www.amazon.com/", "https://www.amazon.co.jp/dp/1", "https://www.amazon.com.be/"])
    assert.equal(isShop(url), true);
  const others = [
    "http://www.amazon.com/", "https://amazon.com/", "https://www.amazon.com.evil.test/", "https://www.amazon.com:8443/",
    "https://evil.test/www.amazon.com", "https://www.amazon.com@evil.test/", "https://smile.amazon.com/", "about:blank", "", undefined,
  ]; // prettier-ignore
  for (const url of others) assert.equal(isShop(url), false, String(url));
});

test("messages from content scripts and our own pages are distinguished from all others", () => {
  assert.equal(senderOf(sender(), "own", ORIGIN), "content");
  assert.equal(senderOf(sender({ tab: undefined, url: `${ORIGIN}/popup/popup.html` }), "own", ORIGIN), "page");
  for (const stranger of [
    { id: "other" },
    { id: undefined },
    { url: "https://www.amazon.com.evil.test/" },
    { url: undefined },
    { tab: undefined },
  ])
    assert.equal(senderOf(sender(stranger), "own", ORIGIN), null);
  assert.equal(senderOf(sender({ url: "chrome-extension://own.evil/popup.html", tab: undefined }), "own", ORIGIN), null);
});

test("a message reaches its handler only from the right sender and in the right shape", async () => {
  const handlers = {
    pair: { from: /** @type {const} */ ("page"), fits: (/** @type {any} */ message) => message.code === "1", run: async () => "done" },
  };
  const own = { id: "own", origin: ORIGIN };
  const page = sender({ url: `${ORIGIN}/popup/popup.html` });
  assert.equal(await route(handlers, { what: "pair", code: "1" }, page, own), "done");
  for (const [message, from] of [
    [{ what: "pair", code: "1" }, sender()],
    [{ what: "pair", code: "2" }, page],
    [{ what: "constructor" }, page],
    [{ what: "__proto__" }, page],
    [{}, page],
    [null, page],
    ["pair", page],
  ])
    assert.equal(route(handlers, message, from, own), null);
});

test("an observation has a UUID from the client, a time and a marketplace address", () => {
  assert.equal(isObservation(seen), true);
  const wrong = [
    { id: "1" },
    { at: "yesterday" },
    { url: "https://evil.test/" },
    { page: { html: "", nav: "", scripts: [1] } },
    { page: null },
    { lasting: 1 },
  ];
  for (const change of wrong) assert.equal(isObservation({ ...seen, ...change }), false, JSON.stringify(change));
  for (const nothing of [null, undefined, 1, "x"]) assert.equal(isObservation(nothing), false);
});

test("a decision names a visit, its reasons and one of four choices", () => {
  const decision = { visit: seen.id, reasons: ["WRONG_ACCOUNT_ROUTE"], choice: "continue" };
  assert.equal(isDecision(decision), true);
  for (const change of [{ choice: "buy" }, { visit: "x" }, { reasons: "all" }, { reasons: [1] }, { reasons: Array(51).fill("X") }])
    assert.equal(isDecision({ ...decision, ...change }), false);
});
