/** Notices: only with the permission, in one notice, once a day, outside the quiet hours, each thing once. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";

const { changeNotices, endOfQuiet, isQuiet, look, notices } = await import("../../extension/lib/notices.js");

/** @param {string} from @param {string} to */
const hours = (from, to) => ({ on: true, from, to });
/** @param {string} time */
const at = (time) => new Date(`2026-11-29T${time}:00`);

beforeEach(reset);

test("quiet hours go over midnight, and the same time twice means none", () => {
  const nights = hours("22:00", "08:00");
  for (const [time, quiet] of [
    ["21:59", false],
    ["22:00", true],
    ["00:00", true],
    ["07:59", true],
    ["08:00", false],
  ])
    assert.equal(isQuiet(nights, at(String(time))), quiet, String(time));
  assert.equal(isQuiet(hours("12:00", "13:00"), at("12:30")), true);
  assert.equal(isQuiet(hours("12:00", "13:00"), at("13:00")), false);
  assert.equal(isQuiet(hours("09:00", "09:00"), at("09:00")), false);
});

test("quiet hours end today or tomorrow", () => {
  assert.equal(endOfQuiet(hours("22:00", "08:00"), at("23:00")).getDate(), 30);
  assert.equal(endOfQuiet(hours("22:00", "08:00"), at("07:00")).getDate(), 29);
  assert.equal(endOfQuiet(hours("22:00", "08:00"), at("07:00")).getHours(), 8);
});

test("nothing wakes the browser until the user switches notices on, and wrong times count for nothing", async () => {
  assert.deepEqual(await notices(), { on: false, from: "22:00", to: "08:00" });
  await changeNotices({ from: "25:00", to: "7" });
  assert.deepEqual(await notices(), { on: false, from: "22:00", to: "08:00" });
  assert.equal(told.alarms.has("notices"), false);
  await changeNotices({ on: true, from: "00:00", to: "00:00" });
  assert.equal(told.alarms.has("notices"), true);
  await changeNotices({ on: false });
  assert.equal(told.alarms.has("notices"), false);
});

test("in the quiet hours, and on a day that had its notice, it waits for the end of the quiet hours", async () => {
  await changeNotices(hours("22:00", "08:00"));
  await look(at("23:30"));
  assert.equal(told.alarms.get("notices").when, at("08:00").getTime() + 24 * 3_600_000);
  told.local.set("told", { day: at("12:00").toDateString(), keys: [] });
  await look(at("12:00"));
  assert.equal(new Date(told.alarms.get("notices").when).getDate(), 30);
  assert.equal(told.notices.length, 0);
});
