/**
 * Notices on the desktop, if the user switched them on: purchases on the wrong account that can still be cancelled, and returns that end.
 * All in one notice, at most once a day, never in the quiet hours. Without the switch nothing wakes the browser.
 */

import * as browser from "./browser.js";
import { askNotices } from "./api.js";
import { endOfQuiet, isQuiet, notices, writeNotices } from "./settings.js";
import { pairing } from "./pairing.js";

const NAME = "notices";
const HOUR = 3_600_000;
/** How often to look while there was nothing to tell. */
const PAUSE = 3 * HOUR;
const LONGEST = 3;
const REMEMBERED = 200;

/** @param {Partial<import("./settings.js").Notices>} change */
export async function changeNotices(change) {
  await writeNotices(change);
  await plan();
}

/** Set the next time to look, or none. */
async function plan() {
  const chosen = await notices();
  if (!chosen.on || !(await browser.mayNotify())) return browser.sleep(NAME);
  const now = new Date();
  return browser.wakeAt(NAME, isQuiet(chosen, now) ? endOfQuiet(chosen, now).getTime() : now.getTime() + 60_000);
}

/** Look whether there is something to tell, tell it, and set the next time. */
export async function look(now = new Date()) {
  const [chosen, paired, { day, keys }] = await Promise.all([notices(), pairing(), told()]);
  if (!chosen.on || !(await browser.mayNotify())) return browser.sleep(NAME);
  const today = now.toDateString();
  if (isQuiet(chosen, now) || day === today) {
    const end = endOfQuiet(chosen, now);
    return browser.wakeAt(NAME, Math.max(end.getTime(), now.getTime() + 60_000));
  }
  const found = paired === null ? [] : await askNotices(paired).catch(() => []);
  const fresh = found.filter(({ key }) => !keys.includes(key));
  if (fresh.length > 0) {
    const lines = fresh.slice(0, LONGEST).map(({ text }) => text);
    if (fresh.length > LONGEST) lines.push(browser.words("andMore", fresh.length - LONGEST));
    await browser.notify(browser.words("noticeTitle"), lines.join("\n"));
    await browser.localWrite("told", { day: today, keys: [...keys, ...fresh.map(({ key }) => key)].slice(-REMEMBERED) });
  }
  return browser.wakeAt(NAME, now.getTime() + PAUSE);
}

/** What one ledger told is nothing to the next. */
export const forgetTold = () => browser.localWrite("told", null);

/** @returns {Promise<{day: string, keys: string[]}>} */
async function told() {
  const { day = "", keys = [] } = (await browser.localRead("told")) ?? {};
  return { day, keys: Array.isArray(keys) ? keys : [] };
}

/** Look when it is time, and after the browser starts. @param {Promise<void>} hasLanguage */
export function watchNotices(hasLanguage) {
  browser.onWake((name) => name === NAME && void hasLanguage.then(() => look()));
  browser.onStart(() => void plan());
}
