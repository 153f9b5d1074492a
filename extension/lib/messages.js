/** Messages to the background: each with its allowed sender and a check of its shape. */

import { isShop } from "./hosts.js";

/**
 * `content`: our script on a marketplace's page. `page`: our own popup or options page.
 * @typedef {"content"|"page"} From
 * @typedef {{from: From, fits: (message: any) => boolean, run: (message: any, sender: chrome.runtime.MessageSender) => Promise<unknown>}} Handler
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CHOICES = new Set(["continue", "always_right", "not_now", "left"]);

/**
 * Return the sender of a message, or null for any other: another extension, a page, a frame of another origin.
 * @param {chrome.runtime.MessageSender} sender @param {string} ownId @param {string} ownOrigin @returns {From|null}
 */
export function senderOf(sender, ownId, ownOrigin) {
  if (sender.id !== ownId) return null;
  if (sender.url?.startsWith(`${ownOrigin}/`)) return "page";
  const placed = sender.tab?.id !== undefined && sender.frameId !== undefined;
  // A frame without an address of its own (about:blank, srcdoc) belongs to the page that made it.
  const address = sender.url?.startsWith("about:") ? /** @type {any} */ (sender).origin : sender.url;
  return placed && isShop(address) ? "content" : null;
}

/**
 * Return the handler's promise, or null if the message is unknown, malformed or from another sender.
 * @param {Record<string, Handler>} handlers @param {any} message @param {chrome.runtime.MessageSender} sender
 * @param {{id: string, origin: string}} own @param {Promise<void>} [ready] what every handler waits for
 */
export function route(handlers, message, sender, own, ready = Promise.resolve()) {
  const what = message?.what;
  if (typeof what !== "string" || !Object.hasOwn(handlers, what)) return null;
  const handler = handlers[what];
  if (!handler || senderOf(sender, own.id, own.origin) !== handler.from || !handler.fits(message)) return null;
  return ready.then(() => handler.run(message, sender));
}

/** @param {any} given */
export function isObservation(given) {
  const { page, ...seen } = given ?? {};
  const { html, nav, scripts } = page ?? {};
  if (!areAll("string", [seen.id, seen.at, seen.loaded, seen.url, seen.kind, seen.page_load, html, nav])) return false;
  if (!areAll("boolean", [seen.lasting, seen.buying]) || !Array.isArray(scripts) || !areAll("string", scripts)) return false;
  return UUID.test(seen.id) && INSTANT.test(seen.at) && INSTANT.test(seen.loaded) && isShop(seen.url);
}

/** @param {string} type @param {unknown[]} values */
const areAll = (type, values) => values.every((value) => typeof value === type);

/** @param {any} message */
export function isDecision(message) {
  const reasons = message.reasons;
  const named = Array.isArray(reasons) && reasons.length <= 50 && reasons.every((code) => typeof code === "string" && code.length <= 60);
  return named && UUID.test(String(message.visit)) && CHOICES.has(message.choice);
}

/** @param {any} message */
export function isNaming({ named }) {
  const { customer_id: customer, account, label, purpose } = named ?? {};
  return areAll("string", [customer, account, label, purpose]) && [customer, account, label, purpose].every((text) => text.length <= 100);
}

export const always = () => true;
