/**
 * Which pages are kept: the user can switch groups of pages off, or pause everything. A page that is not kept is sent without its
 * content, so that badge, ribbon and guard go on. Carts and checkouts are always read, because they are checked and not kept.
 */

import * as browser from "./browser.js";

/** The kinds of pages in each group, by the names of page-table.js. @type {Record<string, string[]>} */
export const GROUPS = {
  orders: ["order_list", "order_details", "invoice", "thank_you"],
  payments: ["transactions"],
  memberships: ["memberships", "subscriptions", "offer_terms", "prime_signup", "trial_signup"],
  offers: ["coupon_clip", "promo_entry", "gift_card_redeem"],
  family: ["family", "family_invite", "gift_list"],
  returns: ["return_form", "review_form", "review_vote", "review_done"],
};

/** @typedef {import("./types.js").Capture} Capture */

/** @returns {Promise<Capture>} */
export async function capture() {
  const { paused, off } = (await browser.localRead("capture")) ?? {};
  return { paused: paused === true, off: Array.isArray(off) ? off.filter((group) => Object.hasOwn(GROUPS, group)) : [] };
}

/** @param {Partial<Capture>} change */
export async function changeCapture(change) {
  const { paused, off } = { ...(await capture()), ...change };
  const groups = Array.isArray(off) ? off : [];
  await browser.localWrite("capture", { paused: paused === true, off: Object.keys(GROUPS).filter((group) => groups.includes(group)) });
}

/** Return whether the content of a page is sent. @param {Pick<import("./types.js").Observation, "kind"|"buying">} seen */
export async function isKept({ kind, buying }) {
  if (buying) return true;
  const { paused, off } = await capture();
  const group = Object.keys(GROUPS).find((name) => GROUPS[name]?.includes(kind));
  return group === undefined || !(paused || off.includes(group));
}
