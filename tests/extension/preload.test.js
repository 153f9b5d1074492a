/** The popup fetches all modules of its first paint at once: its page names each of them, and no other. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const POPUP = new URL("../../extension/popup/", import.meta.url);

/** Return the addresses of a module and of everything that it imports before it runs. @param {URL} file @param {Set<string>} found */
function modules(file, found = new Set()) {
  if (found.has(file.href)) return found;
  found.add(file.href);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/^import [^;]* from "([^"]+)";/gm)) modules(new URL(path ?? "", file), found);
  return found;
}

test("the popup names every module of its first paint", () => {
  const page = readFileSync(new URL("popup.html", POPUP), "utf8");
  const named = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, path]) => new URL(path ?? "", POPUP).href);
  assert.deepEqual(named.toSorted(), [...modules(new URL("popup.js", POPUP))].toSorted());
  assert.ok(named.length > 10);
});
