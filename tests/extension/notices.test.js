/** Notices: only with the permission, in one notice, once a day, outside the quiet hours, each thing once. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";
import { GRANT, KEY, startServer } from "./local-server.js";

const { changeNotices, forgetTold, look } = await import("../../extension/lib/notices.js");
const { endOfQuiet, isQuiet, notices } = await import("../../extension/lib/settings.js");
const { remember } = await import("../../extension/lib/pairing.js");

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

test("five things are told in one notice, once a day, each thing once, and only with the permission", async () => {
  const server = await startServer();
  await remember({ port: server.port, key: KEY, clientId: GRANT.client_id, serverId: "server-1", pairedAt: "2026-11-25T09:00:00.000Z" });
  const found = [1, 2, 3, 4, 5].map((number) => ({ key: `return/${number}`, text: `Return ${number}.` }));
  server.answers["/api/v1/summary/notices"] = () => ({ status: 200, body: { notices: found } });
  await changeNotices(hours("00:00", "00:00"));
  told.withdrawn.add("notifications");
  await look(at("12:00"));
  assert.equal(told.notices.length, 0);
  told.withdrawn.clear();
  await look(at("12:00"));
  assert.equal(told.notices.length, 1);
  assert.match(told.notices[0]?.message ?? "", /^Return 1\.\nReturn 2\.\nReturn 3\.\n/);
  await look(at("18:00"));
  await look(new Date("2026-11-30T12:00:00"));
  assert.equal(told.notices.length, 1);
  found.push({ key: "return/6", text: "Return 6." });
  await look(new Date("2026-11-30T13:00:00"));
  assert.deepEqual(
    told.notices.map(({ message }) => message.split("\n").length),
    [4, 1],
  );
  await forgetTold();
  await look(new Date("2026-12-01T12:00:00"));
  assert.equal(told.notices.length, 3);
  await server.stop();
});
