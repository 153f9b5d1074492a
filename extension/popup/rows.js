/** Rows of the popup's lists: an account's badge, a text, an amount or a day. */

import { language, words } from "../lib/browser.js";

/** @param {import("../lib/types.js").Money} money */
export function amountText({ amount, currency }) {
  return new Intl.NumberFormat(language(), { style: "currency", currency }).format(Number(amount));
}

/** A civil day in short, "" for none. @param {string|null} day */
export function dayText(day) {
  if (day === null) return "";
  const isThisYear = day.startsWith(`${new Date().getFullYear()}-`);
  const year = isThisYear ? {} : { year: /** @type {const} */ ("2-digit") };
  return new Date(`${day}T12:00`).toLocaleDateString(language(), { day: "numeric", month: "short", ...year });
}

/** A piece of a row; titles and names ("text") have their own direction. @param {string} tag @param {string} className @param {string} text */
export function piece(tag, className, text) {
  const made = document.createElement(tag);
  [made.className, made.textContent] = [className, text];
  if (className === "text") made.dir = "auto";
  return made;
}

/** The letters of an account on its colour. @param {import("../lib/types.js").AccountSummary["account"]|undefined} account */
export function chip(account) {
  const made = piece("span", "chip", account?.letters ?? "?");
  if (account) [made.style.background, made.style.color, made.title] = [account.hex, account.ink, account.label];
  return made;
}

/**
 * Put rows into a list; its section is hidden while there are none.
 * @param {HTMLElement} list @param {Node[][]} rows
 */
export function fill(list, rows) {
  const lines = rows.map((parts) => {
    const line = document.createElement("li");
    line.append(...parts);
    return line;
  });
  list.replaceChildren(...lines);
  const block = list.closest(".block");
  if (block instanceof HTMLElement) block.hidden = lines.length === 0;
}

/** @param {import("../lib/types.js").BoughtOrder} order @param {import("../lib/types.js").AccountSummary["account"]|undefined} account */
export function orderRow({ placed_on: day, title, items, cost }, account) {
  const named = title || words("privateOrder");
  const text = piece("span", "text", items > 1 ? `${named} ${words("andMore", items - 1)}` : named);
  text.title = named;
  return [chip(account), text, piece("span", "soft", dayText(day)), piece("span", "amount", cost === null ? "" : amountText(cost))];
}
