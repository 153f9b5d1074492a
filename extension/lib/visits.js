/** Handles an opened page: asks the server, stores the answer, updates badge, ribbon and guard; queues the visit if the server is away. */

import * as alarms from "./alarms.js";
import * as api from "./api.js";
import * as identity from "./identity.js";
import * as outbox from "./outbox.js";
import * as state from "./state.js";
import { mayReachServer, tellFrame, tellTab } from "./browser.js";
import { forgetTold } from "./notices.js";
import { forget, pairing } from "./pairing.js";
import { isKept, look } from "./settings.js";
import { showBadge } from "./toolbar.js";
import { blank, drawn, readyView, wasDrawn } from "./views.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Spot} Spot */

const LARGEST = 1_800_000;
/** A page with more characters takes a while to judge, so its account is asked for first. */
const LONG = 300_000;
/** After this many milliseconds without an answer the badge is dimmed and a new page is shown as unchecked, until the answer comes. */
export const SLOW = 1800;

/** The newest visit of each frame; late answers to older ones are ignored. @type {Map<string, string>} */
const newest = new Map();

/** @type {Promise<unknown>} */
let flushing = Promise.resolve();

/**
 * Tell the page whether it was rendered; if not, it reports itself again.
 * @param {import("./types.js").Observation} seen @param {Spot} spot @param {string} store @returns {Promise<{drawn: boolean}|void>}
 */
export async function seen(seen, spot, store) {
  const paired = await pairing();
  if (paired === null) return show(spot, blank("unpaired"));
  const place = `${spot.tab}:${spot.frame}`;
  newest.set(place, seen.id);
  const before = await state.view(spot);
  // A page with very much content hears it only once it is laid out; the server is asked meanwhile.
  void show(spot, { ...(before ?? blank("pending")), standing: "pending" });
  const signIn = identity.signInOf(store, seen.url);
  const page = await allowed(seen, await timely(seen, signIn, before));
  const visit = { id: seen.id, at: seen.at, url: seen.url.slice(0, 8000), tab: spot.tab, store, page: fitting(page) };
  const isNewest = () => newest.get(place) === seen.id;
  const isLong = page.html.length > LONG && spot.frame === 0;
  const keepIt = () => keep(visit, seen.lasting);
  let isAnswered = false;
  const showLate = () => (isNewest() && !isAnswered ? showSlow(spot, wasJudged(before, seen)) : undefined);
  const slow = setTimeout(() => isNewest() && void keepIt().then(showLate), SLOW); // sent twice if answered later: the server knows its id
  const hearAnswer = () => {
    isAnswered = true;
    clearTimeout(slow);
  };
  if (isLong && (await showAccountOf(paired, visit, spot, isNewest))) hearAnswer();
  const outcome = await send(paired, visit, keepIt).finally(hearAnswer);
  if (outcome instanceof api.ApiError) {
    if (isNewest()) await show(spot, blank(await standingAfter(outcome)));
    return;
  }
  const switched = await identity.note(signIn, seen.loaded, outcome);
  if (isNewest()) await show(spot, readyView(outcome, seen, before, signIn));
  if (switched) await askOthersOf(signIn, spot);
  void flush();
  return { drawn: wasDrawn(outcome) };
}

/** Whether a page was judged before it changed: it keeps that verdict until the next. @param {View|null} before @param {import("./types.js").Observation} seen */
const wasJudged = (before, seen) => before?.pageLoad === seen.page_load && before.verdict !== null;

/** Dim the badge. A page that was judged before is still held by that verdict. @param {Spot} spot @param {boolean} isHeld */
async function showSlow(spot, isHeld) {
  if (!isHeld) await show(spot, blank("away"));
  else if (spot.frame === 0) await showBadge(spot.tab, blank("away"));
}

/**
 * Paint the badge of a long page without its content; the page itself goes on waiting for its verdict. Return whether the server answered.
 * @param {import("./types.js").Pairing} paired @param {import("./types.js").Visit} visit @param {Spot} spot @param {() => boolean} isNewest
 */
async function showAccountOf(paired, visit, spot, isNewest) {
  const reply = await send(paired, { ...visit, id: crypto.randomUUID(), page: { ...visit.page, html: "" } });
  if (reply instanceof api.ApiError) return false;
  if (isNewest()) await showBadge(spot.tab, { ...blank("ready"), account: reply.account, signedIn: reply.signed_in });
  return true;
}

/**
 * A page loaded before its sign-in showed another account does not prove who is signed in now, so the newer page counts.
 * @param {import("./types.js").Observation} seen @param {string} signIn @param {View|null} before
 */
async function timely(seen, signIn, before) {
  const customer = before?.pageLoad === seen.page_load ? (before.account?.customer_id ?? null) : null;
  if (!(await identity.overtaken(signIn, seen.loaded, customer))) return seen.page;
  return { html: seen.buying ? seen.page.html : "", scripts: [], nav: "" };
}

/** A page of a kind that the user does not want kept is sent without its content. @param {import("./types.js").Observation} seen @param {import("./types.js").Visit["page"]} page */
const allowed = async (seen, page) => ((await isKept(seen)) ? page : { ...page, html: "" });

/** The user returned to a page: if another account was shown meanwhile, the page must report itself again. @param {Spot} spot @param {string} store */
export async function shownAgain(spot, store) {
  const view = await state.view(spot);
  if (view?.loaded && view.signIn?.startsWith(`${store} `) && (await isOvertaken(view))) await tellFrame(spot, { what: "look-again" });
}

/** @param {View} view */
const isOvertaken = ({ signIn, loaded, account }) =>
  signIn !== null && loaded !== null ? identity.overtaken(signIn, loaded, account?.customer_id ?? null) : false;

/** The account of a sign-in changed: its other open pages report themselves again. @param {string} signIn @param {Spot} here */
async function askOthersOf(signIn, here) {
  for (const { spot, view } of await state.openViews()) {
    const other = spot.tab !== here.tab || spot.frame !== here.frame;
    if (other && view.signIn === signIn && (await isOvertaken(view))) await tellFrame(spot, { what: "look-again" });
  }
}

/** Send queued entries. */
export function flush() {
  const run = async () => {
    const paired = await pairing();
    if (paired === null || (await outbox.waiting()).length === 0) return;
    await outbox.flush(async (entry) => {
      const outcome = await ("decision" in entry ? sendDecision(paired, entry.decision) : send(paired, entry));
      if (!(outcome instanceof api.ApiError)) return "sent";
      return outcome.cause === "refused" ? "refused" : "stop";
    });
  };
  flushing = flushing.then(run, run);
  return flushing;
}

/** Tell the server what the user chose; queued like a visit. @param {Spot} spot @param {{visit: string, reasons: string[], choice: import("./types.js").Decision["choice"]}} decision */
export async function decided(spot, { visit, reasons, choice }) {
  const view = await state.view(spot);
  const texts = (view?.verdict?.reasons ?? []).filter(({ code }) => reasons.includes(code)).map(({ text }) => text);
  if (view?.visit === visit && choice !== "left") await show(spot, { ...view, settled: [...new Set([...view.settled, ...texts])] });
  const at = new Date().toISOString();
  for (const reason of reasons) await outbox.put({ id: crypto.randomUUID(), at, decision: { visit, reason, choice } });
  await flush();
}

/** @param {import("./types.js").Pairing} paired @param {import("./types.js").Decision} decision */
async function sendDecision(paired, decision) {
  try {
    await api.sendDecision(paired, decision);
    return null;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    await failed(error);
    return error;
  }
}

/** Store a page's view, paint the badge and notify the page; the badge follows the tab's main frame. @param {Spot} spot @param {View} view */
export async function show(spot, view) {
  await state.keepView(spot, view);
  const keepsBadge = view.standing === "pending";
  const message = { what: "view", view: drawn(view), look: await look() };
  await Promise.all([
    spot.frame === 0 && !keepsBadge ? showBadge(spot.tab, view) : null,
    spot.frame === 0 ? tellTab(spot.tab, message) : tellFrame(spot, message),
  ]);
}

/** Show a standing on every open page. @param {import("./types.js").Standing} standing */
export async function showEverywhere(standing) {
  for (const { spot } of await state.openViews()) await show(spot, blank(standing));
}

/** Pages that were opened while the server was away report themselves again. @param {Spot} [except] */
export async function askPagesAgain(except) {
  for (const { spot } of await state.openViews()) {
    if (spot.tab !== except?.tab || spot.frame !== except.frame) await tellFrame(spot, { what: "look-again" });
  }
}

/** Check whether the server is back, and send queued entries. */
export async function tryAgain() {
  const paired = await pairing();
  if (paired === null) return;
  if ((await state.server()) !== "ready" || !(await mayReachServer())) {
    const failure = await api.prove(paired).catch((error) => error);
    if (failure instanceof api.ApiError) return failed(failure);
    await answered();
  }
  await flush();
}

/**
 * Send a visit. One that can be sent later is kept before any page shows that the server is away: the browser may end right then.
 * @param {import("./types.js").Pairing} paired @param {import("./types.js").Visit} visit @param {() => Promise<unknown>} [keepIt]
 */
async function send(paired, visit, keepIt) {
  try {
    const reply = await api.sendVisit(paired, visit);
    await answered({ tab: visit.tab, frame: 0 });
    return reply;
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    if (error.cause === "away" || error.cause === "busy" || error.cause === "stranger") await keepIt?.();
    await failed(error);
    return error;
  }
}

/** The server answered; if it was away before, all other pages are checked again. @param {Spot} [asking] */
async function answered(asking) {
  const before = await state.server();
  await Promise.all([state.keepServer("ready"), alarms.rest()]);
  if (before === "away" || before === "stranger" || before === "forbidden") await askPagesAgain(asking);
}

/** Show on every page that the server does not answer, and try again later; the end of a pairing ends it here too. @param {api.ApiError} error */
export async function failed(error) {
  if (error.cause === "revoked") {
    // Queued entries stay and are sent after the next pairing.
    await Promise.all([forget(), alarms.rest(), state.forgetSummaries(), forgetTold()]);
    await showEverywhere("unpaired");
    return;
  }
  if (error.cause === "refused") return;
  const standing = /** @type {"stranger"|"away"|"forbidden"} */ (await standingAfter(error));
  if ((await state.server()) !== standing) {
    await state.keepServer(standing);
    await showEverywhere(standing);
  }
  await alarms.tryLater();
}

/** Return the standing to show after a failure. @param {api.ApiError} error @returns {Promise<import("./types.js").Standing>} */
async function standingAfter(error) {
  if (error.cause === "revoked") return "unpaired";
  if (error.cause === "stranger") return "stranger";
  return (await mayReachServer()) ? "away" : "forbidden";
}

/** Queue a visit; a page without lasting content is queued without its HTML. @param {import("./types.js").Visit} visit @param {boolean} lasting */
function keep(visit, lasting) {
  return outbox.put(lasting ? visit : { ...visit, page: { ...visit.page, html: "" } });
}

/** Keep the body under the server's limit. @param {import("./types.js").Visit["page"]} page */
function fitting(page) {
  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(JSON.stringify(text)).length;
  const rest = page.scripts.reduce((sum, text) => sum + bytes(text), bytes(page.nav));
  const html = bytes(page.html) + rest <= LARGEST ? page.html : "";
  return { html, nav: page.nav.slice(0, 100_000), scripts: page.scripts.slice(0, 30).map((text) => text.slice(0, 20_000)) };
}
