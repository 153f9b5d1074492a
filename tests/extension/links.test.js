import assert from "node:assert/strict";
import { test } from "node:test";

import "./browser-port.js";

const { linksOf } = await import("../../extension/lib/hosts.js");
const { blank, drawn } = await import("../../extension/lib/views.js");

/** @param {string} url */
const link = (url) => ({ kind: "help", label: "Amazon's help", url });
/** A reason; an older server sends none of the links. @param {import("../../extension/lib/types.js").Link[]} [links] @returns {any} */
const reason = (links) => ({ code: "ADDRESS_MISMATCH", level: "warn", text: "One.", advice: "", evidence: [], source: "", links });

test("only pages on Amazon hosts are offered as Amazon's own", () => {
  const own = "https://www.amazon.de/a/addresses";
  const others = ["https://www.amazon.de.evil.test/a", "http://www.amazon.de/a", "javascript:alert(1)", "https://amazon.example/"];
  assert.deepEqual(linksOf(reason([own, ...others].map(link))), [link(own)]);
});

test("an answer without links is accepted", () => {
  /** @type {import("../../extension/lib/types.js").View} */
  const view = { ...blank("ready"), verdict: { verdict: "warn", suggest: null, suggest_label: null, reasons: [reason()] } };
  assert.deepEqual(drawn(view).reasons[0]?.links, []);
});
