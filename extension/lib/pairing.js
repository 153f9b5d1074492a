/** The server that this browser is paired with. */

import { readFact, writeFact } from "./database.js";

/** Where a server listens unless it was told another port. */
export const PORT = 8377;

/** @returns {Promise<import("./types.js").Pairing|null>} */
export const pairing = () => readFact("pairing");

/** @param {import("./types.js").Pairing} value */
export const remember = (value) => writeFact("pairing", value);

export const forget = () => writeFact("pairing", null);

/** Return the eight digits of a code as it is typed or pasted ("4821-7730"), or null. @param {string} text */
export function readCode(text) {
  const digits = text.replace(/[\s\u2010-\u2015-]/g, "");
  return /^[0-9]{8}$/.test(digits) ? digits : null;
}

/** Return a port number, or null. @param {string} text */
export function readPort(text) {
  const port = /^\s*[0-9]{1,5}\s*$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}
