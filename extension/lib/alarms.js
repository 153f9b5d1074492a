/** When to try the server again: half a minute after the first failure, then twice as long each time, at most 15 minutes. */

import * as browser from "./browser.js";

const NAME = "flush";
const FIRST = 0.5;
const LONGEST = 15;

/** Return the pause in minutes after so many failures in a row. @param {number} failures */
export const pause = (failures) => Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));

/** The server failed: try again later. */
export async function tryLater() {
  const failures = ((await browser.sessionRead("failures")) ?? 0) + 1;
  await browser.sessionWrite("failures", failures);
  await browser.wakeIn(NAME, pause(failures));
}

/** The server answered: cancel the retry. */
export async function rest() {
  await browser.sessionRemove(["failures"]);
  await browser.sleep(NAME);
}

/** @param {() => void} work */
export const onTime = (work) => browser.onWake((name) => name === NAME && work());
