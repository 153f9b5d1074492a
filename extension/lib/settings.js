/**
 * What the user chose in the options: how pages look and in which language, which pages are kept, and when notices may be shown.
 * Whatever is stored, each value that is read has the right shape.
 */

import { localRead, localWrite } from "./browser.js";

/** @typedef {import("./types.js").Look} Look */
/** @typedef {import("./types.js").Capture} Capture */
/** @typedef {{on: boolean, from: string, to: string}} Notices */

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The change that was asked for last. */
let changing = Promise.resolve();
/**
 * Make changes one after the other: each reads what the one before has stored, so that two quick clicks are both kept.
 * @param {() => Promise<void>} change
 */
const inTurn = (change) => (changing = changing.then(change, change));

/** Return how to show the ribbon. @returns {Promise<Look>} */
export async function look() {
  return checkedLook((await localRead("look")) ?? {});
}

/** @param {any} given @returns {Look} */
const checkedLook = ({ ribbon, small, language, theme }) => ({
  ribbon: ribbon !== false,
  small: small === true,
  language: Object.hasOwn(LANGUAGES, language) ? language : "",
  theme: THEMES.includes(theme) ? theme : "",
});

/** The languages of `_locales`, each by its own name. @type {Record<string, string>} */
export const LANGUAGES = { de: "Deutsch", en: "English", es: "Español", fr: "Français", it: "Italiano", ja: "日本語" };
/** The themes that a user can choose instead of the system's. */
export const THEMES = ["light", "dark", "contrast"];

/** @param {Partial<Look>} change */
export const changeLook = (change) => inTurn(async () => localWrite("look", checkedLook({ ...(await look()), ...change })));

/** The kinds of pages in each group, by the names of page-table.js. @type {Record<string, string[]>} */
export const GROUPS = {
  orders: ["order_list", "order_details", "invoice", "thank_you"],
  payments: ["transactions"],
  memberships: ["memberships", "subscriptions", "offer_terms", "prime_signup", "trial_signup"],
  offers: ["coupon_clip", "promo_entry", "gift_card_redeem"],
  family: ["family", "family_invite", "gift_list"],
  returns: ["return_form", "review_form", "review_vote", "review_done"],
};

/** @returns {Promise<Capture>} */
export async function capture() {
  const { paused, off } = (await localRead("capture")) ?? {};
  return { paused: paused === true, off: Array.isArray(off) ? off.filter((group) => Object.hasOwn(GROUPS, group)) : [] };
}

/** Pause or go on, choose all groups that are not kept, or change single ones. @param {Partial<Capture> & {kept?: Record<string, boolean>}} change */
export const changeCapture = (change) =>
  inTurn(async () => {
    const { paused, off, kept = {} } = { ...(await capture()), ...change };
    const groups = Array.isArray(off) ? off : [];
    const left = Object.keys(GROUPS).filter((group) => (Object.hasOwn(kept, group) ? kept[group] !== true : groups.includes(group)));
    await localWrite("capture", { paused: paused === true, off: left });
  });

/** Return whether the content of a page is sent. @param {Pick<import("./types.js").Observation, "kind"|"buying">} seen */
export async function isKept({ kind, buying }) {
  if (buying) return true;
  const { paused, off } = await capture();
  const group = Object.keys(GROUPS).find((name) => GROUPS[name]?.includes(kind));
  return group === undefined || !(paused || off.includes(group));
}

/** What the user chose: quiet from ten to eight if nothing else. @returns {Promise<Notices>} */
export async function notices() {
  return checked((await localRead("notices")) ?? {});
}

/** @param {any} given @returns {Notices} */
const checked = ({ on, from, to }) => ({
  on: on === true,
  from: TIME.test(from) ? from : "22:00",
  to: TIME.test(to) ? to : "08:00",
});

/** @param {Partial<Notices>} change */
export const writeNotices = (change) => inTurn(async () => localWrite("notices", checked({ ...(await notices()), ...change })));

/** Return whether a time is within the quiet hours; the same time twice means none. @param {Notices} chosen @param {Date} now */
export function isQuiet({ from, to }, now) {
  const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

/** Return when the quiet hours end next. @param {Notices} chosen @param {Date} now */
export function endOfQuiet({ to }, now) {
  const [hours, minutes] = to.split(":").map(Number);
  const end = new Date(now);
  end.setHours(hours ?? 0, minutes ?? 0, 0, 0);
  if (end <= now) end.setDate(end.getDate() + 1);
  return end;
}
