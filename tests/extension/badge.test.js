import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser-port.js";
import { ACCOUNT } from "./local-server.js";

const { badgeFor } = await import("../../extension/lib/badge.js");
const { blank } = await import("../../extension/lib/views.js");

/** @param {object} change @returns {import("../../extension/lib/types.js").View} */
const view = (change) => ({ ...blank("ready"), account: /** @type {any} */ (ACCOUNT), ...change });

/** @param {import("../../extension/lib/types.js").Level} level */
const warned = (level) => ({
  verdict: {
    verdict: level,
    suggest: null,
    suggest_label: null,
    reasons: [{ code: "X", level, text: "Look here.", advice: "", evidence: [], source: "" }],
  },
});

test("an account shows its letters on its colour", () => {
  const badge = badgeFor(view({}));
  assert.deepEqual([badge.text, badge.colour, badge.ink, badge.title], ["PER", "#0072B2", "#FFFFFF", "Personal · sure"]);
});

test("an uncertain account shows its letters with a question mark, four characters at most", () => {
  const unsure = /** @type {const} */ ({ ...ACCOUNT, certainty: "unknown" });
  assert.equal(badgeFor(view({ account: unsure })).text, "PER?");
  assert.equal(badgeFor(view({ account: { ...unsure, letters: "ORTZ" } })).text, "ORT?");
  assert.equal(badgeFor(view({ account: { ...ACCOUNT, certainty: "carried", letters: "ORTZ" } })).text, "ORTZ");
});

test("an unregistered account shows a question mark on charcoal", () => {
  const badge = badgeFor(view({ account: { ...ACCOUNT, registered: false, label: "Not registered", letters: "?" } }));
  assert.deepEqual([badge.text, badge.colour], ["?", "#3A3A3A"]);
});

test("signed out, unknown or not paired shows nothing", () => {
  for (const one of [null, view({ account: null, signedIn: false }), view({ account: null }), blank("unpaired")])
    assert.equal(badgeFor(one).text, "");
});

test("an open warning shows an exclamation mark on vermilion, over the account's icon", () => {
  for (const level of /** @type {const} */ (["warn", "block-confirm"])) {
    const badge = badgeFor(view(warned(level)));
    assert.deepEqual([badge.text, badge.colour, badge.account], ["!", "#D55E00", ACCOUNT]);
    assert.match(badge.title, /Look here/);
  }
});

test("notices and settled warnings show no exclamation mark", () => {
  assert.equal(badgeFor(view(warned("notice"))).text, "PER");
  assert.equal(badgeFor(view({ ...warned("warn"), settled: ["Look here."] })).text, "PER");
});

test("a stopped server or a stranger on its port shows off on grey", () => {
  for (const standing of /** @type {const} */ (["away", "stranger"])) {
    const badge = badgeFor(blank(standing));
    assert.deepEqual([badge.text, badge.colour], ["off", "#6B6B6B"]);
  }
});
