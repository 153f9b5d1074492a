/** Amazon's 23 marketplaces, matched exactly: "www.amazon.com.evil.test" is not one of them. */

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
