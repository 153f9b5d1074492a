/** The views of open pages, stored for the browser session, because the worker may be stopped at any time. */

import * as browser from "./browser.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Spot} Spot */

/** One key per frame, so that two pages never overwrite each other. @param {Spot} spot */
const key = (spot) => `view:${spot.tab}:${spot.frame}`;

/** @param {Spot} spot @returns {Promise<View|null>} */
export const view = (spot) => browser.sessionRead(key(spot));

/** Return a reader of all that is stored now, for a page that needs several parts of it at once. */
export async function stored() {
  const all = await browser.sessionAll();
  return {
    server: all["server"] ?? "unknown",
    /** @param {Spot} spot @returns {View|null} */
    view: (spot) => all[key(spot)] ?? null,
    /** @param {string|null} account @returns {import("./types.js").Summary|null} */
    summary: (account) => all[summaryKey(account)] ?? null,
  };
}

/** @param {Spot} spot @param {View} value */
export const keepView = (spot, value) => browser.sessionWrite(key(spot), value);

/** Return all views. @returns {Promise<{spot: Spot, view: View}[]>} */
export async function views() {
  const all = await browser.sessionAll();
  return Object.entries(all).flatMap(([name, value]) => {
    const [kind, tab, frame] = name.split(":");
    return kind === "view" ? [{ spot: { tab: Number(tab), frame: Number(frame) }, view: value }] : [];
  });
}

/** Return the views of open pages and delete the others. @returns {Promise<{spot: Spot, view: View}[]>} */
export async function openViews() {
  const known = await views();
  const alive = await Promise.all(known.map(({ spot }) => browser.tellFrame(spot, { what: "alive" })));
  await browser.sessionRemove(known.filter((_, index) => !alive[index]).map(({ spot }) => key(spot)));
  return known.filter((_, index) => alive[index]);
}

/** Delete the views of a closed tab. @param {number} tab */
export async function forgetTab(tab) {
  const all = await browser.sessionAll();
  const mine = Object.keys(all).filter((name) => name.split(":")[1] === String(tab));
  if (mine.length > 0) await browser.sessionRemove(mine);
}

/** Return whether the server answered when it was last asked. @returns {Promise<"ready"|"away"|"stranger"|"forbidden"|"unknown">} */
export const server = async () => (await browser.sessionRead("server")) ?? "unknown";

/** @param {"ready"|"away"|"stranger"|"forbidden"} standing */
export const keepServer = (standing) => browser.sessionWrite("server", standing);

/** Note for the tab's next page that a click was not checked. @param {number} tab */
export const noteUnchecked = (tab) => browser.sessionWrite(`unchecked:${tab}`, Date.now());

/** Return whether a click of this tab was not checked within the last minute, and clear the note. @param {number} tab */
export async function takeUnchecked(tab) {
  const at = await browser.sessionRead(`unchecked:${tab}`);
  if (at === null) return false;
  await browser.sessionRemove([`unchecked:${tab}`]);
  return Date.now() - at < 60_000;
}

/** @param {string|null} account */
const summaryKey = (account) => `summary::${account ?? ""}`;

/** The last summary of an account, or of all: popups show it until the server has answered. @param {string|null} account @returns {Promise<import("./types.js").Summary|null>} */
export const summary = (account) => browser.sessionRead(summaryKey(account));

/** @param {string|null} account @param {import("./types.js").Summary} value */
export const keepSummary = (account, value) => browser.sessionWrite(summaryKey(account), value);

/** What one ledger knew is not shown beside another. */
export async function forgetSummaries() {
  await browser.sessionRemove(Object.keys(await browser.sessionAll()).filter((name) => name.startsWith("summary:")));
}

/** Return the name of the private session: all private windows share their sign-ins until the last is closed. @returns {Promise<string>} */
export const privateSession = async () => (await browser.sessionRead("private")) ?? beginPrivateSession();

/** The server remembers earlier sessions, also those before a restart of the browser, so no name is used twice. */
async function beginPrivateSession() {
  const name = crypto.randomUUID();
  await browser.sessionWrite("private", name);
  return name;
}

/**
 * Note which private windows are open now. If none of those noted before is among them, a new session has begun, even if the next
 * window was opened before we heard of the end of the last one.
 * @param {number[]} open their ids
 */
export async function notePrivateWindows(open) {
  /** @type {number[]} */
  const before = (await browser.sessionRead("private-windows")) ?? [];
  if (before.length + open.length === 0) return;
  await browser.sessionWrite("private-windows", open);
  if (!before.some((id) => open.includes(id))) await beginPrivateSession();
}
