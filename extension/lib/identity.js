/** The account that each sign-in showed last. A sign-in is one cookie store on one marketplace; pages of another do not affect it. */

import * as browser from "./browser.js";

/** @typedef {{customer: string, loaded: string}} Shown */

/** Return the key of a page's sign-in. @param {string} store @param {string} url */
export const signInOf = (store, url) => `${store} ${new URL(url).hostname}`;

/** Return what was shown last. A time in the future was stored before the clock was set back and is ignored. @param {string} signIn @returns {Promise<Shown|null>} */
async function shown(signIn) {
  const last = await browser.sessionRead(`shown:${signIn}`);
  return last !== null && last.loaded <= new Date().toISOString() ? last : null;
}

/**
 * Store the account that an answer proved, and return whether it changed. Pages are ordered by their loading time.
 * @param {string} signIn @param {string} loaded @param {import("./types.js").Reply} reply
 */
export async function note(signIn, loaded, { account, signed_in: signedIn }) {
  const customer = signedIn === false ? "" : account?.certainty === "sure" || account?.registered === false ? account.customer_id : null;
  if (customer === null) return false;
  const before = await shown(signIn);
  if (before !== null && before.loaded > loaded) return false;
  await browser.sessionWrite(`shown:${signIn}`, { customer, loaded });
  return before !== null && before.customer !== customer;
}

/**
 * Return whether a page of the same sign-in that was loaded later has shown another account since.
 * @param {string} signIn @param {string} loaded @param {string|null} customer
 */
export async function overtaken(signIn, loaded, customer) {
  const last = await shown(signIn);
  return last !== null && last.loaded > loaded && last.customer !== (customer ?? "");
}
