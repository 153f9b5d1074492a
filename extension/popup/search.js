/** "Which account bought this?": searches the orders of all accounts while somebody types. */

import { ask, words } from "../lib/browser.js";
import { part } from "../lib/page.js";
import { fill, orderRow, piece } from "./rows.js";

const PAUSE = 150;

/** @typedef {import("../lib/types.js").AccountSummary} AccountSummary */

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
let serial = 0;

/** @param {string} text @param {string|null} account the page's account @param {AccountSummary[]} accounts all accounts */
export function searchFor(text, account, accounts) {
  clearTimeout(timer);
  serial += 1;
  if (text.trim() === "") return fill(part("found"), []);
  timer = setTimeout(() => void search(text, account, accounts), PAUSE);
}

/** @param {string} text @param {string|null} key @param {AccountSummary[]} accounts */
async function search(text, key, accounts) {
  const mine = serial;
  const answer = await ask({ what: "search", words: text, account: key });
  if (mine !== serial) return;
  if (!answer?.orders) return fill(part("found"), [[piece("span", "soft", words("serverAway"))]]);
  const byKey = new Map(accounts.map(({ account }) => [account.key, account]));
  const rows = answer.orders.map((/** @type {any} */ order) => orderRow(order, byKey.get(order.account)));
  fill(part("found"), rows.length > 0 ? rows : [[piece("span", "soft", words("nothingFound"))]]);
}
