/** The view of a page, as stored and as sent to the page's scripts. */

import { words } from "./browser.js";
import { openReasons, purposeOf } from "./badge.js";
import { linksOf } from "./hosts.js";
import { accountShape, levelShape } from "./symbols.js";

/** @typedef {import("./types.js").View} View */

/** An empty view with the server's standing. @param {import("./types.js").Standing} standing @returns {View} */
export function blank(standing) {
  return {
    standing,
    visit: null,
    pageLoad: null,
    loaded: null,
    account: null,
    signedIn: null,
    kind: null,
    verdict: null,
    settled: [],
    signIn: null,
  };
}

/**
 * Reasons that the user has handled stay so until the page is reloaded.
 * @param {import("./types.js").Reply} reply @param {import("./types.js").Observation} seen @param {View|null} before @param {string} signIn @returns {View}
 */
export function readyView(reply, { page_load: pageLoad, loaded }, before, signIn) {
  const { visit, account, signed_in: signedIn, kind, verdict } = reply;
  const settled = before?.pageLoad === pageLoad ? before.settled : [];
  return { standing: "ready", visit, pageLoad, loaded, account, signedIn, kind, verdict, settled, signIn };
}

/** The server's problem codes for a page that Amazon had not rendered yet. */
const NOT_DRAWN = new Set(["not-rendered", "encrypted"]);

/** Whether the page was rendered when it was read. @param {Pick<import("./types.js").Reply, "captured">} reply */
export function wasDrawn({ captured }) {
  return !captured?.problems.some(({ code }) => NOT_DRAWN.has(code));
}

/** A view for the page's scripts: only open reasons, every symbol with its outline, the purpose in words. @param {View} view */
export function drawn(view) {
  const account = view.account && {
    ...view.account,
    purpose: view.account.registered ? purposeOf(view.account) : null,
    shape: accountShape(view.account.symbol),
  };
  return {
    ...view,
    account,
    reasons: openReasons(view).map((reason) => ({ ...reason, links: linksOf(reason), shape: levelShape(reason.level) })),
  };
}

const RIBBON_WORDS = [
  ...[
    "@@bidi_dir",
    "@@ui_locale",
    "ribbonName",
    "ribbonShrink",
    "ribbonGrow",
    "ribbonClose",
    "why",
    "rightThisTime",
    "andMore",
    "sourceOf",
  ],
  ...["notRegistered", "notRegisteredHow", "wentUnchecked", "certainty_sure", "certainty_carried", "certainty_unknown"],
  ...["unchecked_away", "unchecked_stranger", "unchecked_forbidden", "unchecked_unpaired"],
  ...["level_notice", "level_warn", "level_block_confirm"],
];

/** The words of the dialog for an action. @param {string} name */
export function dialogWords(name) {
  const names = [
    "@@bidi_dir",
    "@@ui_locale",
    "sourceOf",
    "alwaysRight",
    "stayHere",
    `anyway_${name}`,
    `ifYouGoOn_${name}`,
    `ifYouGoOnUnknown_${name}`,
  ];
  return Object.fromEntries(names.map((one) => [one, words(one, "$1")]));
}

/** The words of the ribbon. Asking the browser for them in a page would stop that page until it has read all messages from disk. */
export const ribbonWords = () => Object.fromEntries(RIBBON_WORDS.map((name) => [name, words(name, "$1")]));
