/** Which parts of a page are sent, by its address: only those that the reader needs. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

Object.assign(globalThis, { shopper: {} });
// A content script is not a module: import it by its URL.
for (const name of ["page-table", "page-kinds"]) await import(new URL(`../../extension/content/${name}.js`, import.meta.url).href);
const { pageKindOf } = globalThis.shopper;

/** @type {Record<string, string>} */
const ADDRESSES = JSON.parse(readFileSync(new URL("../golden/page-addresses.json", import.meta.url), "utf8"));

/** @param {string} path */
const parts = (path) => pageKindOf(path)?.parts.join(", ") ?? null;

test("password pages send nothing, and the account switcher sends only its accounts", () => {
  assert.equal(parts("/ap/mfa"), "");
  assert.equal(parts("/ax/claim"), "");
  assert.match(parts("/ap/signin") ?? "", /^\[data-test-id=switchableAccounts\]/);
});

test("a review page sends neither its form nor its text", () => {
  for (const path of ["/review/create-review", "/-/en/review/edit-review", "/gp/customer-reviews/R1EXAMPLE0001"]) {
    assert.doesNotMatch(parts(path) ?? "", /main|body|form|textarea/);
  }
});

test("a product page sends its buying box, limits and departments, not the whole page", () => {
  for (const path of ["/dp/B0EXAMPLE1", "/Mug/dp/B0EXAMPLE1/ref=x", "/auto-deliveries/subscribe"]) {
    const sent = parts(path) ?? "";
    for (const part of ["#productTitle", "#availability", "#wayfinding-breadcrumbs", "couponText"]) assert.ok(sent.includes(part), part);
    assert.doesNotMatch(sent, /main|body|review/);
  }
});

test("thank-you pages for orders and reviews are sent even when they are late", () => {
  for (const path of ["/gp/buy/thankyou/handlers/display.html", "/checkout/p/p-1/thankyou", "/review/create-review/thank-you"]) {
    assert.equal(pageKindOf(path)?.lasting, true, path);
    assert.doesNotMatch(parts(path) ?? "", /body/);
  }
});

test("an address gives the same page kind as on the server", () => {
  for (const [address, kind] of Object.entries(ADDRESSES)) {
    const { pathname, search } = new URL(address, "https://www.amazon.de");
    assert.equal(pageKindOf(pathname, search)?.kind ?? "other", kind, address);
  }
});

test("subscription sign-up, coupon, Prime Club and document pages are sent", () => {
  for (const path of ["/sns/signup", "/coupons", "/gp/subs/primeclub/account/homepage.html", "/documents/download/x/invoice.pdf"]) {
    assert.notEqual(parts(path) ?? "", "", path);
  }
});

test("addresses ignore case, and an unknown one has no page kind", () => {
  assert.equal(parts("/GC/Redeem"), "main, #a-page");
  assert.equal(pageKindOf("/s"), null);
  assert.equal(parts("/privacy/data-deletion"), "");
});
