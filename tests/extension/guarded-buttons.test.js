/** Every guarded action has its texts in every language. Holding a click is tested in real browsers (tests/e2e). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

Object.assign(globalThis, { shopper: {} });
// A content script is not a module: import it by its URL.
await import(new URL("../../extension/content/page-table.js", import.meta.url).href);
const { GUARDED_ACTIONS } = globalThis.shopper;

for (const locale of ["en", "de", "fr", "es", "it", "ja"]) {
  test(`each action says what happens and how to go on (${locale})`, () => {
    const words = JSON.parse(readFileSync(new URL(`../../extension/_locales/${locale}/messages.json`, import.meta.url), "utf8"));
    assert.ok(GUARDED_ACTIONS.length >= 11);
    for (const [name] of GUARDED_ACTIONS)
      for (const kind of ["ifYouGoOn", "ifYouGoOnUnknown", "anyway"]) assert.ok(`${kind}_${name}` in words, `${kind}_${name}`);
  });
}
