/** Which account each cookie store showed last: a page that was loaded before says nothing of who is signed in now. */

import * as browser from "./browser.js";

/** @typedef {{customer: string, loaded: string}} Shown */

/** @param {string} store @returns {Promise<Shown|null>} */
const shown = (store) => browser.sessionRead(`shown:${store}`);

/**
 * Remember whose page an answer proved; pages are ordered by when they were loaded.
 * @param {string} store @param {string} loaded @param {import("./types.js").Reply} reply
 */
export async function note(store, loaded, { account, signed_in: signedIn }) {
  const customer = signedIn === false ? "" : account?.certainty === "carried" ? null : (account?.customer_id ?? null);
  if (customer === null) return;
  const before = await shown(store);
  if (before === null || before.loaded <= loaded) await browser.sessionWrite(`shown:${store}`, { customer, loaded });
}

/**
 * Tell whether a page loaded later has shown another account since.
 * @param {string} store @param {string} loaded @param {string|null} customer
 */
export async function overtaken(store, loaded, customer) {
  const last = await shown(store);
  return last !== null && last.loaded > loaded && last.customer !== (customer ?? "");
}
