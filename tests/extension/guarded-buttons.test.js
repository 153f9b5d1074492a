/** Which clicks may be held, by the page's address; each has its own words. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

Object.assign(globalThis, { shopper: {} });
// A content script is no module: it is found by its address.
for (const name of ["page-table", "page-kinds", "guarded-buttons"])
  await import(new URL(`../../extension/content/${name}.js`, import.meta.url).href);
const { controlsAt, GUARDED_ACTIONS } = globalThis.shopper;
const words = JSON.parse(readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"));

test("an order is held wherever its button stands, and on other pages nothing else", () => {
  for (const path of ["/", "/dp/B0EXAMPLE1", "/checkout/p/p-1/spc", "/gp/cart/view.html", "/ap/signin", "/gp/css/order-history"]) {
    assert.match(controlsAt(path), /^input\[name=placeYourOrder1\],/, path);
    assert.doesNotMatch(controlsAt(path), /gc-redemption|gcApply|review|form\[/, path);
  }
});

test("each deed is held on the pages it is about", () => {
  const held = {
    "/gc/redeem": /#gc-redemption-apply-button/,
    "/GP/css/GC/Redeem": /#gc-redemption-apply-button/,
    "/-/en/review/create-review": /ryp-review-submit-button/,
    "/auto-deliveries/subscribe": /#rcx-subscribe-submit-button/,
    "/gp/promo-code": /#gcApplyButtonId/,
    "/privacy/data-deletion": /form\[method=post i\]/,
    "/hz/close-account": /form\[method=post i\]/,
  };
  for (const [path, control] of Object.entries(held)) assert.match(controlsAt(path), control, path);
  assert.doesNotMatch(controlsAt("/gp/customer-reviews/R1EXAMPLE0001"), /review/);
});

test("every deed says what happens and how to go on", () => {
  const names = GUARDED_ACTIONS.map((action) => action.name);
  assert.equal(names.length, 6);
  for (const name of names) for (const kind of ["ifYouGoOn", "ifYouGoOnUnknown", "anyway"]) assert.ok(`${kind}_${name}` in words, name);
});
