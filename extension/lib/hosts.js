/** Amazon's 23 marketplaces, matched exactly: "www.amazon.com.evil.test" is not one of them. */

import { words } from "./browser.js";

const SUFFIXES = "com ca com.mx com.br co.uk ie de fr it es nl com.be se pl com.tr ae sa eg co.za in co.jp com.au sg".split(" ");

export const HOSTS = new Set(SUFFIXES.map((suffix) => `www.amazon.${suffix}`));

/** Return whether an address belongs to one of the marketplaces. @param {string|undefined} address */
export function isShop(address) {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "https:" && url.port === "" && HOSTS.has(url.hostname);
  } catch {
    return false;
  }
}

/** Links of a reason to Amazon's own pages, with the browser's words; other addresses are dropped. @param {import("./types.js").Reason} reason */
export function linksOf(reason) {
  const own = (reason.links ?? []).filter((link) => isShop(link.url));
  return own.map((link) => ({ ...link, label: localised(`link_${link.kind}`) ?? link.label }));
}

/** @param {string} name */
function localised(name) {
  const found = words(name);
  return found === name ? null : found;
}
