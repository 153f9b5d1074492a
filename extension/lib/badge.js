/** The toolbar badge of a tab: letters on the account's colour ("PER?" when that is not sure), "?", "!", "off" or nothing. */

import * as browser from "./browser.js";

const CHARCOAL = "#3A3A3A";
const VERMILION = "#D55E00";
const GREY = "#6B6B6B";
/** Why nothing was checked, by the server's standing. @type {Record<string, string>} */
const OFF = { away: "serverAway", stranger: "serverStranger", forbidden: "serverForbidden" };
const LOUD = new Set(["warn", "block-confirm"]);

/** @typedef {{text: string, colour: string, ink: string, title: string, account: import("./types.js").Account|null}} Badge */

/** Return the reasons that the user has not handled yet. @param {import("./types.js").View|null} view */
export function openReasons(view) {
  const reasons = view?.verdict?.reasons ?? [];
  return reasons.filter((reason) => !view?.settled.includes(reason.text));
}

/** Return the badge of a page. @param {import("./types.js").View|null} view @returns {Badge} */
export function badgeFor(view) {
  const nothing = { text: "", colour: CHARCOAL, ink: "#FFFFFF", title: browser.words("name"), account: null };
  if (view === null || view.standing === "unpaired") return nothing;
  const off = OFF[view.standing];
  if (off) return { ...nothing, text: browser.words("badgeOff"), colour: GREY, title: browser.words(off) };
  const account = view.account;
  if (account === null) return nothing;
  if (!account.registered) return { ...nothing, text: "?", title: browser.words("accountUnregistered") };
  const loud = openReasons(view).find((reason) => LOUD.has(reason.level));
  if (loud) return { text: "!", colour: VERMILION, ink: "#000000", title: `${account.label}: ${loud.text}`, account };
  const text = account.certainty === "unknown" ? `${account.letters.slice(0, 3)}?` : account.letters.slice(0, 4);
  return { text, colour: account.colour, ink: account.ink, title: titleOf(account), account };
}

/** @param {import("./types.js").Account} account */
const titleOf = (account) =>
  [account.label, purposeOf(account), browser.words(`certainty_${account.certainty}`)].filter(Boolean).join(" · ");

/** Return the purpose of an account in words, null if its name says it. @param {import("./types.js").Account} account */
export function purposeOf({ label, purpose }) {
  const known = browser.words(`purpose_${purpose}`);
  const named = known === `purpose_${purpose}` ? purpose : known;
  return named === label ? null : named;
}
