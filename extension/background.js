/** The background worker: routes messages between pages, popup, options and the local server. */

import * as browser from "./lib/browser.js";
import * as messages from "./lib/messages.js";
import * as outbox from "./lib/outbox.js";
import * as settings from "./lib/settings.js";
import * as state from "./lib/state.js";
import * as visits from "./lib/visits.js";
import { onTime, rest } from "./lib/alarms.js";
import { ApiError, askSummary, nameAccount, openWindow, pair, prove, searchOrders } from "./lib/api.js";
import { known } from "./lib/overview.js";
import { loadLanguage } from "./lib/language.js";
import { changeNotices, forgetTold, watchNotices } from "./lib/notices.js";
import { forget, pairing, readCode, remember } from "./lib/pairing.js";
import { levelShape } from "./lib/symbols.js";
import { blank, dialogWords, drawn, ribbonWords } from "./lib/views.js";

/** @param {chrome.runtime.MessageSender} sender */
const spotOf = (sender) => ({ tab: sender.tab?.id ?? -1, frame: sender.frameId ?? 0 });

/** Ids seen in one cookie store do not apply to another. @param {chrome.runtime.MessageSender} sender */
async function storeOf(sender) {
  const tab = /** @type {chrome.tabs.Tab & {cookieStoreId?: string}} */ (sender.tab);
  const store = tab.cookieStoreId ?? (tab.incognito ? "private" : "default");
  return tab.incognito ? `${store}-${await state.privateSession()}` : store;
}

/** @type {Record<string, messages.Handler>} */
const handlers = {
  "page-seen": {
    from: "content",
    fits: (message) => messages.isObservation(message.seen),
    run: async (message, sender) => visits.seen(message.seen, spotOf(sender), await storeOf(sender)),
  },
  standing: { from: "content", fits: messages.always, run: (_, sender) => standing(spotOf(sender)) },
  "went-unchecked": { from: "content", fits: messages.always, run: (_, sender) => state.noteUnchecked(spotOf(sender).tab) },
  "shown-again": {
    from: "content",
    fits: messages.always,
    run: async (_, sender) => visits.shownAgain(spotOf(sender), await storeOf(sender)),
  },
  "dialog-needed": { from: "content", fits: ({ action }) => /^[a-z_]{1,30}$/.test(action), run: giveDialog },
  decided: { from: "content", fits: messages.isDecision, run: (message, sender) => visits.decided(spotOf(sender), message) },
  "ribbon-moved": {
    from: "content",
    fits: (message) => isObject(message.look),
    run: ({ look }) => settings.changeLook({ small: look.small === true }),
  },
  pair: { from: "page", fits: ({ code, port }) => typeof code === "string" && Number.isInteger(port), run: pairWith },
  unpair: { from: "page", fits: messages.always, run: unpair },
  overview: { from: "page", fits: messages.always, run: overview },
  "tab-view": { from: "page", fits: ({ tab }) => Number.isInteger(tab), run: ({ tab }) => state.view({ tab, frame: 0 }) },
  summary: { from: "page", fits: isAboutAccount, run: ({ account }) => answered((paired) => newSummary(paired, account)) },
  search: {
    from: "page",
    fits: (message) => typeof message.words === "string" && isAboutAccount(message),
    run: ({ words, account }) => answered((paired) => searchOrders(paired, words, account)),
  },
  "name-account": { from: "page", fits: messages.isNaming, run: ({ named }) => answered((paired) => nameAndTell(paired, named)) },
  "open-window": {
    from: "page",
    fits: ({ account }) => typeof account === "string",
    run: ({ account }) => answered((paired) => openWindow(paired, account)),
  },
  "change-capture": {
    from: "page",
    fits: (one) => isObject(one.capture),
    run: (one) => settings.changeCapture(one.capture).then(overview),
  },
  "change-look": { from: "page", fits: (message) => isObject(message.look), run: changeLook },
  "change-notices": { from: "page", fits: (one) => isObject(one.notices), run: (one) => changeNotices(one.notices).then(overview) },
  "change-port": { from: "page", fits: ({ port }) => Number.isInteger(port), run: changePort },
  "send-waiting": { from: "page", fits: messages.always, run: () => visits.tryAgain().then(overview) },
  "clear-waiting": { from: "page", fits: messages.always, run: () => outbox.clear().then(overview) },
};

/** @param {{action: string, isThere: boolean}} message @param {chrome.runtime.MessageSender} sender */
async function giveDialog({ action, isThere }, sender) {
  if (isThere !== true) await browser.inject(spotOf(sender), ["content/dialog.js"]);
  return { words: dialogWords(action), theme: (await settings.look()).theme };
}

/**
 * The view of a page before it was judged: empty, or why nothing can be checked. A frame that does not report itself uses the view of
 * the page around it.
 * @param {import("./lib/types.js").Spot} spot
 */
async function standing({ tab, frame }) {
  if (frame !== 0) {
    const around = (await state.view({ tab, frame })) ?? (await state.view({ tab, frame: 0 }));
    if (around !== null) return { view: drawn(around) };
  }
  const [server, paired] = await Promise.all([state.server(), pairing()]);
  const known = server === "away" || server === "stranger" || server === "forbidden" ? server : "pending";
  return { view: blank(paired === null ? "unpaired" : known), ...(frame === 0 && (await notes({ tab, frame }))) };
}

/**
 * What the ribbon needs before its page is judged. It keeps its line if the previous page had one, so that nothing jumps.
 * @param {import("./lib/types.js").Spot} spot
 */
async function notes(spot) {
  const [isUnchecked, before, look] = await Promise.all([state.takeUnchecked(spot.tab), state.view(spot), settings.look()]);
  const reserve = look.ribbon && (before?.account !== null || before?.standing !== "ready") && before !== null;
  return { unchecked: isUnchecked ? levelShape("notice") : "", reserve, look, words: ribbonWords() };
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null;

/** @param {{code: string, port: number}} message */
async function pairWith({ code, port }) {
  const digits = readCode(code);
  if (digits === null) return { failed: "code" };
  try {
    const paired = await pair(port, digits, browserName());
    await prove(paired);
    await remember(paired);
  } catch (error) {
    if (error instanceof ApiError) return { failed: error.cause, text: error.message };
    throw error;
  }
  await Promise.all([state.keepServer("ready"), rest()]);
  await visits.showEverywhere("pending");
  await visits.askPagesAgain();
  void visits.flush();
  return overview();
}

/** Queued visits are kept and sent after the next pairing. */
async function unpair() {
  await Promise.all([forget(), rest(), state.forgetSummaries(), forgetTold()]);
  await visits.showEverywhere("unpaired");
  return overview();
}

const soon = () => new Promise((resolve) => setTimeout(resolve, visits.SLOW));

/** What popup and options show, after asking the server whether it is there. */
async function overview() {
  const paired = await pairing();
  // The popup does not wait for a server that accepts calls and never answers.
  if (paired !== null && (await state.server()) !== "ready") await Promise.race([visits.tryAgain(), soon()]);
  return known();
}

/** @param {any} message */
function isAboutAccount({ account }) {
  return account === null || typeof account === "string";
}

/**
 * Ask the server; return its answer, or why there is none.
 * @param {(paired: import("./lib/types.js").Pairing) => Promise<object>} question
 */
async function answered(question) {
  const paired = await pairing();
  if (paired === null) return { failed: "unpaired" };
  try {
    return await question(paired);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Whoever asks first notices that the server has ended; "busy" and "refused" are about this question only.
    if (["away", "stranger", "revoked"].includes(error.cause)) await visits.failed(error);
    return { failed: error.cause, text: error.message };
  }
}

/** @param {import("./lib/types.js").Pairing} paired @param {string|null} account */
async function newSummary(paired, account) {
  const summary = await askSummary(paired, account);
  await state.keepSummary(account, summary);
  return summary;
}

/** Open the window of an account by its place in the list. @param {import("./lib/types.js").Pairing} paired @param {number} place */
async function openWindowOf(paired, place) {
  const row = (await askSummary(paired, null)).accounts[place - 1];
  return row === undefined ? {} : openWindow(paired, row.account.key);
}

/** After an account has a name, every open page learns it. @param {import("./lib/types.js").Pairing} paired @param {any} named */
async function nameAndTell(paired, named) {
  const account = await nameAccount(paired, named);
  await visits.askPagesAgain();
  return account;
}

/** @param {{look: Partial<import("./lib/types.js").Look>}} message */
async function changeLook({ look }) {
  const before = (await settings.look()).language;
  await settings.changeLook(look);
  await loadLanguage();
  // A page that reports itself again gets the new look with its answer; its old view, written here, could undo that answer.
  const isOtherLanguage = (await settings.look()).language !== before;
  for (const { spot, view } of await state.openViews()) {
    if (isOtherLanguage) await browser.tellFrame(spot, { what: "look-again", words: ribbonWords() });
    else await visits.show(spot, view);
  }
  return overview();
}

/** @param {{port: number}} message */
async function changePort({ port }) {
  const paired = await pairing();
  if (paired !== null) {
    const moved = { ...paired, port };
    await remember(moved);
    const standing = await prove(moved).then(
      () => "ready",
      (error) => (error.cause === "stranger" ? "stranger" : "away"),
    );
    await state.keepServer(/** @type {"ready"|"stranger"|"away"} */ (standing));
    if (standing === "ready") await visits.askPagesAgain().then(visits.flush);
  }
  return overview();
}

function browserName() {
  const brands = /** @type {any} */ (navigator).userAgentData?.brands ?? [];
  const known = brands
    .map((/** @type {{brand: string}} */ { brand }) => brand)
    .filter((/** @type {string} */ name) => !/not.*brand/i.test(name));
  const name = known.find((/** @type {string} */ one) => one !== "Chromium") ?? known[0];
  return name ?? (navigator.userAgent.includes("Firefox") ? "Firefox" : "Browser");
}

const hasLanguage = loadLanguage();
browser.onMessage((message, sender) =>
  messages.route(handlers, message, sender, { id: browser.ownId(), origin: browser.ownOrigin() }, hasLanguage),
);
watchNotices(hasLanguage);
browser.onNoticeClicked(() => void browser.openOwnPage("/popup/popup.html"));
browser.onWindowsChanged((open) => void state.notePrivateWindows(open));
browser.onTabClosed((tab) => void state.forgetTab(tab));
browser.onStart(() => {
  void visits.tryAgain();
  void browser.injectIntoOpenTabs();
  // Chromium allows four keys, which popup and windows have.
  void browser.setUsualKey("focus-ribbon", "Alt+Shift+S");
});
browser.onPermissionsChanged(() => void visits.tryAgain().then(() => browser.injectIntoOpenTabs()));
browser.onCommand(async (command) => {
  const account = /^account-([1-9])$/.exec(command)?.[1];
  if (account !== undefined) return void answered((paired) => openWindowOf(paired, Number(account)));
  const tab = command === "focus-ribbon" ? await browser.activeTab() : null;
  if (tab?.id !== undefined) await browser.tellFrame({ tab: tab.id, frame: 0 }, { what: "focus-ribbon" });
});
onTime(() => void visits.tryAgain());
