/** The popup: pairs this browser with a code, then shows the tab's account, its month, orders, warnings and dates. */

import { activeTab, ask, closeThisTab, openOptions, requestHosts, tabById, words } from "../lib/browser.js";
import { isShop } from "../lib/hosts.js";
import { loadLanguage } from "../lib/language.js";
import {
  askBefore,
  failure,
  field,
  keepDrawn,
  keepKnown,
  lastKnown,
  overview,
  part,
  serverText,
  summaryAsker,
  translate,
  unpairQuestion,
} from "../lib/page.js";
import * as state from "../lib/state.js";
import { showAccount, showNaming, showReasons } from "./account.js";
import { showSummary } from "./summary.js";

/** The account of the page, by its key; null if there is none. @type {string|null} */
let account = null;
/** All accounts, as the last summary named them. @type {import("../lib/types.js").AccountSummary[]} */
let accounts = [];
/** What is drawn, so that nothing is drawn twice: that would take the focus away. */
let drawn = "";
/** What the last popup knew; null after it was painted. The database with pairing and queue, and what reads it, take too long for that. */
let before = lastKnown();
const askSummary = summaryAsker();
/** The question for the summary that is on its way, or was answered. */
let asking = Promise.resolve();

/** The tab of this popup; opened as a page (tests, screenshots), its address names the tab. */
async function tab() {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  return named ? tabById(named) : activeTab();
}

async function knownHere() {
  const { known } = await import("../lib/overview.js");
  return keepKnown(await known());
}

/** Draw what is known by now, and ask for what the server knows about the account that the page shows now. */
async function draw() {
  const [all, here, stored] = await Promise.all([before ?? knownHere(), tab(), state.stored(), hasWords]);
  const known = { ...all, server: all.paired === null ? "unknown" : stored.server };
  before = null;
  const onShop = isShop(here?.url);
  const view = here?.id !== undefined && onShop && known.paired !== null ? stored.view({ tab: here.id, frame: 0 }) : null;
  account = view?.account?.key ?? null;
  const last = stored.summary(account);
  asking = askSummary(known, account);
  const print = JSON.stringify([known, onShop, view, last]);
  if (print !== drawn) show(known, onShop, view, last);
  drawn = print;
}

/**
 * @param {import("../lib/overview.js").Known} known @param {boolean} onShop @param {import("../lib/types.js").View|null} view
 * @param {import("../lib/types.js").Summary|null} last
 */
function show(known, onShop, view, last) {
  part("forbidden").hidden = known.seesServer && known.seesPages;
  part("forbidden-why").textContent = words(known.seesServer ? "pagesForbidden" : "serverForbidden");
  part("away").hidden = !["away", "stranger"].includes(known.server);
  showFoot(known);
  showAccount(view, onShop);
  showReasons(view);
  showNaming(view, last);
  // The accounts are the same in every summary: their windows stay while that of another account is asked for.
  accounts = known.paired === null ? [] : (last?.accounts ?? accounts);
  showSummary(last ?? { accounts, orders: [], warnings: [], dates: [] }, account, view);
  part("unpaired").hidden = known.paired !== null;
  part("paired").hidden = known.paired === null;
  part("foot").hidden = known.paired === null;
  field("port").value ||= String(known.port);
  if (known.paired === null && document.activeElement === document.body) part("code").focus();
}

/** @param {import("../lib/overview.js").Known} known */
function showFoot(known) {
  part("server").textContent = serverText(known);
  part("dot").className = `dot ${known.server}`;
  part("capture").textContent = words(known.capture.paused ? "capturePaused" : "captureOn");
  part("pause").textContent = words(known.capture.paused ? "captureGoOn" : "capturePause");
  part("waiting").hidden = known.waiting + known.dropped === 0;
  part("waiting").textContent = [
    known.waiting > 0 ? words("waiting", known.waiting) : "",
    known.dropped > 0 ? words("dropped", known.dropped) : "",
  ].join(" ");
}

/** Ask whether the server is there now, and draw the answer. */
async function refresh() {
  await overview();
  await redraw();
}

/** @param {SubmitEvent} event */
async function pair(event) {
  event.preventDefault();
  const { readPort } = await import("../lib/pairing.js");
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
  else await refresh();
}

/** A window that Shopper opens for an account brings its code in the address of this page: pair, then make room for the shop. */
async function pairFromAddress() {
  const sent = new URLSearchParams(location.hash.slice(1));
  const code = sent.get("pair");
  if (code === null || (await overview()).paired !== null) return;
  history.replaceState(null, "", location.pathname);
  const { PORT, readPort } = await import("../lib/pairing.js");
  const port = readPort(sent.get("port") ?? "");
  const answer = port === null ? { failed: "code" } : await ask({ what: "pair", code, port });
  if (answer.failed) part("fault").textContent = failure(answer, port ?? PORT);
  else await closeThisTab();
}

/** Stop keeping pages, or go on. */
async function pause() {
  const { capture } = await knownHere();
  await ask({ what: "change-capture", capture: { paused: !capture.paused } });
  await redraw();
}

const hasWords = loadLanguage().then(translate);
const redraw = keepDrawn(draw);
part("pair").addEventListener("submit", pair);
part("allow").addEventListener("click", async () => void ((await requestHosts()) && (await refresh())));
part("options").addEventListener("click", openOptions);
part("again").addEventListener("click", refresh);
part("pause").addEventListener("click", pause);
part("naming").addEventListener("named", refresh);
askBefore(part("unpair"), unpairQuestion, () => void ask({ what: "unpair" }).then(redraw));
await redraw();
performance.mark("known");
void redraw();
// Nobody needs keys and search before there is something to see.
const [{ moveByKeys }, { searchFor }] = await Promise.all([import("./keys.js"), import("./search.js"), refresh()]);
part("search").addEventListener("input", () => searchFor(field("search").value, account, accounts));
document.addEventListener("keydown", moveByKeys);
await asking;
await redraw();
performance.mark("complete");
await pairFromAddress();
