/** The popup: pairs this browser with a code, then shows the tab's account and warnings. */

import { activeTab, ask, closeThisTab, openOptions, requestHosts, tabById, words } from "../lib/browser.js";
import { badgeFor, purposeOf } from "../lib/badge.js";
import { isShop } from "../lib/hosts.js";
import { PORT } from "../lib/types.js";
import { readPort } from "../lib/pairing.js";
import { askBefore, drawing, failure, field, overview, part, serverText, translate, unpairQuestion } from "../lib/page.js";
import { accountShape, levelShape } from "../lib/symbols.js";
import { linksOf } from "../lib/views.js";

/** The tab of this popup; opened as a page (tests, screenshots), its address names the tab. */
async function tab() {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  return named ? tabById(named) : activeTab();
}

/** @param {any} known */
async function show(known) {
  part("forbidden").hidden = known.seesServer && known.seesPages;
  part("forbidden-why").textContent = words(known.seesServer ? "pagesForbidden" : "serverForbidden");
  part("unpaired").hidden = known.paired !== null;
  part("paired").hidden = known.paired === null;
  part("foot").hidden = known.paired === null;
  part("server").textContent = serverText(known);
  part("dot").className = `dot ${known.server}`;
  part("waiting").hidden = known.waiting + known.dropped === 0;
  part("waiting").textContent = [
    known.waiting > 0 ? words("waiting", known.waiting) : "",
    known.dropped > 0 ? words("dropped", known.dropped) : "",
  ].join(" ");
  if (known.paired === null) {
    field("port").value ||= String(known.port);
    part("code").focus();
    return;
  }
  const here = await tab();
  const view = here?.id !== undefined && isShop(here.url) ? await ask({ what: "tab-view", tab: here.id }) : null;
  showAccount(view, isShop(here?.url));
  showReasons(view);
}

/** @param {import("../lib/types.js").View|null} view @param {boolean} onShop */
function showAccount(view, onShop) {
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
  if (account) {
    part("label").textContent = account.registered ? account.label : words("notRegistered");
    part("facts").textContent = account.registered ? (purposeOf(account) ?? "") : words("notRegisteredHow");
    part("how").textContent = account.registered ? words(`sureHow_${account.certainty}`) : "";
    return;
  }
  const [label, facts] = absence(view, onShop);
  part("label").textContent = words(label);
  part("facts").textContent = words(facts);
  part("how").textContent = "";
}

/**
 * Return the text if there is no account to show.
 * @param {import("../lib/types.js").View|null} view @param {boolean} onShop @returns {[string, string]}
 */
function absence(view, onShop) {
  if (!onShop) return ["noShop", "noShopHow"];
  if (["away", "stranger", "forbidden"].includes(view?.standing ?? "")) return ["cannotTell", "cannotTellHow"];
  if (view?.signedIn === false) return ["signedOut", "signedOutHow"];
  return ["notSeen", "notSeenHow"];
}

/** @param {import("../lib/types.js").View|null} view */
function showReasons(view) {
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
function pageLink({ kind, label, url }) {
  const known = words(`link_${kind}`);
  const link = document.createElement("a");
  [link.href, link.target, link.rel] = [url, "_blank", "noopener"];
  link.textContent = known === `link_${kind}` ? label : known;
  return link;
}

/** @param {SubmitEvent} event */
async function pair(event) {
  event.preventDefault();
  const port = readPort(field("port").value);
  if (port === null) {
    part("fault").textContent = words("portShape");
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (part("pair").querySelector("button"));
  button.disabled = true;
  const answer = await ask({ what: "pair", code: field("code").value, port });
  button.disabled = false;
  part("fault").textContent = answer.failed ? failure(answer, port) : "";
  if (answer.failed) field("code").select();
  else await show(answer);
}

/** A window that Shopper opens for an account brings its code in the address of this page: pair, then make room for the shop. */
async function pairFromAddress() {
  const sent = new URLSearchParams(location.hash.slice(1));
  const code = sent.get("pair");
  if (code === null || (await overview()).paired !== null) return;
  history.replaceState(null, "", location.pathname);
  const port = readPort(sent.get("port") ?? "");
  const answer = port === null ? { failed: "code" } : await ask({ what: "pair", code, port });
  if (answer.failed) part("fault").textContent = failure(answer, port ?? PORT);
  else await closeThisTab();
}

translate();
part("pair").addEventListener("submit", pair);
part("allow").addEventListener("click", async () => void ((await requestHosts()) && (await show(await overview()))));
part("options").addEventListener("click", openOptions);
askBefore(part("unpair"), unpairQuestion, async () => show(await ask({ what: "unpair" })));
await show(await overview());
await pairFromAddress();
