/** "Which account bought this?": searches the orders of all accounts while somebody types. */

import { ask, words } from "../lib/browser.js";
import { part } from "../lib/page.js";
import { fill, orderRow, piece } from "./rows.js";

const PAUSE = 150;

/** @type {Map<string, import("../lib/types.js").AccountSummary["account"]>} */
let accounts = new Map();
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
let serial = 0;

/** @param {typeof accounts} known */
export function rememberAccounts(known) {
  accounts = known;
}

/** @param {string} text @param {string|null} account */
export function searchFor(text, account) {
  clearTimeout(timer);
  serial += 1;
  if (text.trim() === "") return fill(part("found"), []);
  timer = setTimeout(() => void search(text, account), PAUSE);
}

/** @param {string} text @param {string|null} account */
async function search(text, account) {
  const mine = serial;
  const answer = await ask({ what: "search", words: text, account });
  if (mine !== serial) return;
  if (!answer?.orders) return fill(part("found"), [[piece("span", "soft", words("serverAway"))]]);
  const rows = answer.orders.map((/** @type {any} */ order) => orderRow(order, accounts.get(order.account)));
  fill(part("found"), rows.length > 0 ? rows : [[piece("span", "soft", words("nothingFound"))]]);
}
