/** What is known of a page, as it is kept and as the page's own scripts get it. */

import { openReasons } from "./badge.js";
import { isShop } from "./hosts.js";
import { accountShape, levelShape } from "./symbols.js";

/** @typedef {import("./types.js").View} View */

/** Nothing is known but how things stand with the server. @param {import("./types.js").Standing} standing @returns {View} */
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
 * What the user has dealt with stays so until the page is loaded anew.
 * @param {import("./types.js").Reply} reply @param {import("./types.js").Observation} seen @param {View|null} before @param {string} signIn @returns {View}
 */
export function readyView(reply, { page_load: pageLoad, loaded }, before, signIn) {
  const { visit, account, signed_in: signedIn, kind, verdict } = reply;
  const settled = before?.pageLoad === pageLoad ? before.settled : [];
  return { standing: "ready", visit, pageLoad, loaded, account, signedIn, kind, verdict, settled, signIn };
}

/** What the server says of a page that Amazon had not drawn yet when it was read. */
const NOT_DRAWN = new Set(["not-rendered", "encrypted"]);

/** Whether what stands on the page could be read, or is still to be drawn. @param {Pick<import("./types.js").Reply, "captured">} reply */
export function wasDrawn({ captured }) {
  return !captured?.problems.some(({ code }) => NOT_DRAWN.has(code));
}

/** A view as the page's scripts get it: only what is still open, every sign with its outline. @param {View} view */
export function drawn(view) {
  const account = view.account && { ...view.account, shape: accountShape(view.account.symbol) };
  return {
    ...view,
    account,
    reasons: openReasons(view).map((reason) => ({ ...reason, links: linksOf(reason), shape: levelShape(reason.level) })),
  };
}

/** Amazon's own pages that help with a reason; an address of anybody else is none. @param {import("./types.js").Reason} reason */
export const linksOf = (reason) => (reason.links ?? []).filter((link) => isShop(link.url));
