/** Which server this browser is paired with, and the proof that the program on its port is that server. */

import { readFact, writeFact } from "./database.js";

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

/** Return a fresh nonce for GET /hello. */
export function nonce() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * Tell whether an answer to GET /hello is the HMAC-SHA256 of the nonce under the key that pairing gave.
 * @param {string} key @param {string} asked @param {unknown} answer
 */
export async function isProof(key, asked, answer) {
  const text = new TextEncoder();
  const secret = await crypto.subtle.importKey("raw", text.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const right = hex(new Uint8Array(await crypto.subtle.sign("HMAC", secret, text.encode(asked))));
  return typeof answer === "string" && answer.toLowerCase() === right;
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
