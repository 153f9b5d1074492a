/** The account of the page: who it is and how sure that is, its warnings, and a form that gives an unknown account a name. */

import { ask, words } from "../lib/browser.js";
import { badgeFor, purposeOf } from "../lib/badge.js";
import { linksOf } from "../lib/hosts.js";
import { drawing, field, option, part } from "../lib/page.js";
import { accountShape, levelShape } from "../lib/symbols.js";

/** @typedef {import("../lib/types.js").View} View */

const PURPOSES = ["personal", "business", "household", "family"];

/** @param {View|null} view @param {boolean} onShop */
export function showAccount(view, onShop) {
  const account = view?.account ?? null;
  const sign = part("sign");
  sign.className = account ? "" : "none";
  sign.replaceChildren(...(account ? [drawing(accountShape(account.symbol))] : []));
  sign.style.background = account?.colour ?? "";
  sign.style.color = account?.ink ?? "";
  const badge = badgeFor(view);
  part("badge").textContent = badge.text;
  part("badge").style.background = badge.colour;
  part("badge").style.color = badge.ink;
  const [label, facts, how] = account ? said(account) : absence(view, onShop).map((name) => words(name));
  part("label").textContent = label ?? "";
  part("label").title = label ?? "";
  part("facts").textContent = facts ?? "";
  part("how").textContent = how ?? "";
}

/** @param {import("../lib/types.js").Account} account */
function said(account) {
  if (!account.registered) return [words("notRegistered"), words("notRegisteredName")];
  return [account.label, purposeOf(account) ?? "", words(`sureHow_${account.certainty}`)];
}

/** Return the names of the texts if there is no account to show. @param {View|null} view @param {boolean} onShop @returns {string[]} */
function absence(view, onShop) {
  if (!onShop) return ["noShop", "noShopHow"];
  if (["away", "stranger", "forbidden"].includes(view?.standing ?? "")) return ["cannotTell", "cannotTellHow"];
  if (view?.signedIn === false) return ["signedOut", "signedOutHow"];
  return ["notSeen", "notSeenHow"];
}

/** @param {View|null} view */
export function showReasons(view) {
  const reasons = view?.verdict?.reasons ?? [];
  const lines = reasons.map((reason) => {
    const line = document.createElement("li");
    const level = document.createElement("b");
    const text = document.createElement("span");
    line.className = reason.level;
    level.append(drawing(levelShape(reason.level)), words(`level_${reason.level.replace("-", "_")}`));
    text.textContent = [reason.text, reason.advice].filter(Boolean).join(" ");
    line.append(level, text, ...standsOn(reason), ...linksOf(reason).map(pageLink));
    return line;
  });
  part("reasons").replaceChildren(...lines);
  part("nothing").textContent = view?.account?.registered && lines.length === 0 ? words("nothingToSay") : "";
}

/** The evidence of a reason, as in the ribbon. @param {import("../lib/types.js").Reason} reason */
function standsOn({ evidence, source }) {
  const lines = [...evidence.map((line) => `· ${line}`), ...(source ? [words("sourceOf", source)] : [])];
  return lines.map((line) => {
    const small = document.createElement("small");
    small.textContent = line;
    return small;
  });
}

/** @param {import("../lib/types.js").Link} link */
function pageLink({ label, url }) {
  const link = document.createElement("a");
  [link.href, link.target, link.rel] = [url, "_blank", "noopener"];
  link.textContent = label;
  return link;
}

/** The customer id that the form names, and whether the person has started. */
let [naming, isFilled] = ["", false];

/** Show the form while the page's account has no name. @param {View|null} view @param {import("../lib/types.js").Summary|null} summary */
export function showNaming(view, summary) {
  const account = view?.account ?? null;
  const customer = account !== null && !account.registered ? (account.customer_id ?? "") : "";
  part("naming").hidden = customer === "";
  if (customer === "" || (naming === customer && isFilled)) return;
  [naming, isFilled] = [customer, summary !== null];
  const others = (summary?.accounts ?? []).map(({ account: { key, label } }) => option(key, label));
  part("whose").replaceChildren(option("", words("nameWhoseNew")), ...others);
  part("purpose").replaceChildren(...PURPOSES.map((purpose) => option(purpose, words(`purpose_${purpose}`))));
  chooseWhose();
}

/** A new account needs a name and a purpose; one that is known has them. */
function chooseWhose() {
  const isNew = field("whose").value === "";
  for (const id of ["name", "purpose"]) {
    part(id).hidden = !isNew;
    /** @type {HTMLElement} */ (document.querySelector(`label[for=${id}]`)).hidden = !isNew;
  }
  field("name").required = isNew;
}

/** @param {SubmitEvent} event */
async function name(event) {
  event.preventDefault();
  const [account, label, purpose] = ["whose", "name", "purpose"].map((id) => field(id).value.trim());
  const answer = await ask({ what: "name-account", named: { customer_id: naming, account, label, purpose } });
  part("naming-fault").textContent = answer?.failed ? (answer.text ?? words("serverAway")) : "";
  if (answer?.failed) return;
  [naming, isFilled] = ["", false];
  part("naming").dispatchEvent(new Event("named"));
}

part("whose").addEventListener("change", chooseWhose);
part("naming").addEventListener("submit", name);
