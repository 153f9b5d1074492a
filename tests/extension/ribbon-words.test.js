/** The ribbon gets its texts from the background: asking the browser for them would block the page. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./browser-port.js";

const { ribbonWords } = await import("../../extension/lib/views.js");
/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../extension/${path}`, import.meta.url), "utf8");
const messages = JSON.parse(read("_locales/en/messages.json"));

test("every text that the ribbon uses is sent to it", () => {
  const script = read("content/ribbon.js");
  const names = [...script.matchAll(/words\("(\w+)"/g)].map((match) => match[1] ?? "");
  const families = [...script.matchAll(/words\(`(\w+_)\$/g)].map((match) => match[1] ?? "");
  assert.deepEqual(families.toSorted(), ["certainty_", "level_", "unchecked_", "unchecked_"].toSorted());
  const inFamilies = Object.keys(messages).filter((name) => families.some((family) => name.startsWith(family)) && name !== "level_allow");
  const sent = ribbonWords();
  for (const name of [...names, ...inFamilies]) assert.ok(name in sent, name);
  assert.ok(names.length > 8);
});

test("a text with a placeholder keeps the placeholder", () => {
  assert.equal(ribbonWords()["andMore"], "(+$1)");
});
