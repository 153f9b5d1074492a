/** What the ledger knows: the month against its budget, last orders, open warnings, next dates, and the windows of the accounts. */

import { ask, counted, words } from "../lib/browser.js";
import { drawing, part } from "../lib/page.js";
import { levelShape } from "../lib/symbols.js";
import { amountText, chip, dayText, fill, orderRow, piece } from "./rows.js";

/** @typedef {import("../lib/types.js").Summary} Summary */

/** @param {Summary} summary @param {string|null} key @param {import("../lib/types.js").View|null} view */
export function showSummary({ accounts, orders, warnings, dates }, key, view) {
  const byKey = new Map(accounts.map(({ account }) => [account.key, account]));
  showMonth(accounts.find(({ account }) => account.key === key));
  fill(part("orders"), orders.map((order) => orderRow(order, byKey.get(order.account)))); // prettier-ignore
  const told = new Set((view?.verdict?.reasons ?? []).map(({ text }) => text));
  const others = warnings.filter(({ text }) => !told.has(text));
  fill(
    part("warnings"),
    others.map(({ level, text, account }) => [chip(byKey.get(account ?? "")), mark(level), piece("span", "whole", text)]),
  );
  fill(
    part("dates"),
    dates.map(({ due, what, title, account }) => [
      chip(byKey.get(account)),
      piece("span", "text", `${title}: ${what}`),
      piece("span", "amount", dayText(due)),
    ]),
  );
  showWindows(accounts, key);
}

/** @param {import("../lib/types.js").Reason["level"]} level */
function mark(level) {
  const made = piece("span", `mark ${level}`, "");
  made.append(drawing(levelShape(level)));
  return made;
}

/** @param {import("../lib/types.js").AccountSummary|undefined} row */
function showMonth(row) {
  const lines = (row?.month ?? []).map(({ spent, budget }) => {
    const line = piece("p", "", budget ? words("monthOf", amountText(spent), amountText(budget)) : words("monthSpent", amountText(spent)));
    return budget === null ? [line] : [line, gauge(Number(spent.amount), Number(budget.amount))];
  });
  part("month").replaceChildren(...lines.flat());
  part("month").hidden = lines.length === 0;
}

/** @param {number} spent @param {number} budget */
function gauge(spent, budget) {
  const made = piece("div", spent > budget ? "gauge over" : "gauge", "");
  const filled = document.createElement("i");
  filled.style.inlineSize = `${Math.min(100, Math.max(0, (100 * spent) / (budget || 1)))}%`;
  made.append(filled);
  return made;
}

/** @param {Summary["accounts"]} accounts @param {string|null} key */
function showWindows(accounts, key) {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["account"] : undefined;
  const rows = accounts.map(({ account, alerts }, index) => {
    const button = /** @type {HTMLButtonElement} */ (piece("button", "window", ""));
    [button.type, button.dataset["account"]] = ["button", account.key];
    if (index < 9) button.dataset["digit"] = String(index + 1);
    const name = piece("span", "text", account.key === key ? words("thisPage", account.label) : account.label);
    const open = piece("span", "soft", alerts > 0 ? counted("warningsOf", alerts) : "");
    button.append(chip(account), name, open, piece("kbd", "soft", index < 9 ? String(index + 1) : ""));
    button.title = words("openWindow", account.label);
    button.addEventListener("click", () => void openWindow(button, account));
    return [button];
  });
  fill(part("windows"), rows);
  const again = focused === undefined ? null : part("windows").querySelector(`[data-account="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/** @param {HTMLButtonElement} button @param {Summary["accounts"][number]["account"]} account */
async function openWindow(button, { key, label }) {
  button.disabled = true;
  part("window-fault").textContent = words("openingWindow", label);
  const answer = await ask({ what: "open-window", account: key });
  part("window-fault").textContent = answer?.failed ? (answer.text ?? words("serverAway")) : "";
  button.disabled = false;
}
