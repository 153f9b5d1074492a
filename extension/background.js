/** The background worker: routes messages between pages, popup, options and the local server. */

import * as browser from "./lib/browser.js";
import * as messages from "./lib/messages.js";
import * as outbox from "./lib/outbox.js";
import * as state from "./lib/state.js";
import * as visits from "./lib/visits.js";
import { onTime, rest } from "./lib/alarms.js";
import { ApiError, pair, prove } from "./lib/api.js";
import { forget, pairing, readCode, remember } from "./lib/pairing.js";
import { levelShape } from "./lib/symbols.js";
import { PORT } from "./lib/types.js";
import { blank, drawn } from "./lib/views.js";

/** @param {chrome.runtime.MessageSender} sender */
const spotOf = (sender) => ({ tab: sender.tab?.id ?? -1, frame: sender.frameId ?? 0 });

/** Ids seen in one cookie store do not apply to another. @param {chrome.runtime.MessageSender} sender */
function storeOf(sender) {
  const tab = /** @type {chrome.tabs.Tab & {cookieStoreId?: string}} */ (sender.tab);
  return tab.cookieStoreId ?? (tab.incognito ? "private" : "default");
}

/** @type {Record<string, messages.Handler>} */
const handlers = {
  "page-seen": {
    from: "content",
    fits: (message) => messages.isObservation(message.seen),
    run: (message, sender) => visits.seen(message.seen, spotOf(sender), storeOf(sender)),
  },
  standing: { from: "content", fits: messages.always, run: (_, sender) => standing(spotOf(sender)) },
  notes: {
    from: "content",
    fits: messages.always,
    run: (_, sender) => notes(spotOf(sender)),
  },
  "went-unchecked": { from: "content", fits: messages.always, run: (_, sender) => state.noteUnchecked(spotOf(sender).tab) },
  "shown-again": { from: "content", fits: messages.always, run: (_, sender) => visits.shownAgain(spotOf(sender), storeOf(sender)) },
  "dialog-needed": { from: "content", fits: messages.always, run: (_, sender) => browser.inject(spotOf(sender), ["content/dialog.js"]) },
  decided: { from: "content", fits: messages.isDecision, run: (message, sender) => visits.decided(spotOf(sender), message) },
  "ribbon-moved": { from: "content", fits: (message) => isObject(message.look), run: ({ look }) => state.changeLook(withoutSwitch(look)) },
  pair: { from: "page", fits: ({ code, port }) => typeof code === "string" && Number.isInteger(port), run: pairWith },
  unpair: { from: "page", fits: messages.always, run: unpair },
  overview: { from: "page", fits: messages.always, run: overview },
  "tab-view": { from: "page", fits: ({ tab }) => Number.isInteger(tab), run: ({ tab }) => state.view({ tab, frame: 0 }) },
  "change-look": { from: "page", fits: (message) => isObject(message.look), run: changeLook },
  "change-port": { from: "page", fits: ({ port }) => Number.isInteger(port), run: changePort },
  "send-waiting": { from: "page", fits: messages.always, run: () => visits.tryAgain().then(overview) },
  "clear-waiting": { from: "page", fits: messages.always, run: () => outbox.clear().then(overview) },
};

/**
 * The view of a page before it was judged: empty, or why nothing can be checked. A frame that does not report itself uses the view of
 * the page around it.
 * @param {import("./lib/types.js").Spot} spot
 */
async function standing({ tab, frame }) {
  const around = frame === 0 ? null : ((await state.view({ tab, frame })) ?? (await state.view({ tab, frame: 0 })));
  if (around !== null) return { view: drawn(around) };
  const server = await state.server();
  const known = server === "away" || server === "stranger" || server === "forbidden" ? server : "pending";
  return { view: blank((await pairing()) === null ? "unpaired" : known) };
}

/**
 * What the ribbon needs before its page is judged. It keeps its line if the previous page had one, so that nothing jumps.
 * @param {import("./lib/types.js").Spot} spot
 */
async function notes(spot) {
  const [isUnchecked, before, look] = await Promise.all([state.takeUnchecked(spot.tab), state.view(spot), state.look()]);
  const reserve = look.ribbon && (before?.account !== null || before?.standing !== "ready") && before !== null;
  return { unchecked: isUnchecked ? levelShape("notice") : "", reserve, look };
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null;

/** A page may move the ribbon; only the options page can switch it off. @param {Partial<import("./lib/types.js").Look>} look */
const withoutSwitch = ({ place, small }) => ({ ...(place && { place }), ...(small !== undefined && { small }) });

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
  await Promise.all([forget(), rest()]);
  await visits.showEverywhere("unpaired");
  return overview();
}

const soon = () => new Promise((resolve) => setTimeout(resolve, visits.SLOW));

/** The state that popup and options show. */
async function overview() {
  const paired = await pairing();
  // The popup does not wait for a server that accepts calls and never answers.
  if (paired !== null && (await state.server()) !== "ready") await Promise.race([visits.tryAgain(), soon()]);
  const [server, waiting, dropped, look, seesPages, seesServer] = await Promise.all([
    state.server(),
    outbox.waiting(),
    outbox.dropped(),
    state.look(),
    browser.maySeePages(),
    browser.mayReachServer(),
  ]);
  return {
    paired: paired && { port: paired.port, since: paired.pairedAt },
    port: paired?.port ?? PORT,
    server: paired === null ? "unknown" : server,
    waiting: waiting.length,
    dropped,
    look,
    seesPages,
    seesServer,
  };
}

/** @param {{look: Partial<import("./lib/types.js").Look>}} message */
async function changeLook({ look }) {
  await state.changeLook(look);
  for (const { spot, view } of await state.openViews()) await visits.show(spot, view);
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

browser.onMessage((message, sender) => messages.route(handlers, message, sender, { id: browser.ownId(), origin: browser.ownOrigin() }));
browser.onTabClosed((tab) => void state.forgetTab(tab));
browser.onStart(() => {
  void visits.tryAgain();
  void browser.injectIntoOpenTabs();
});
browser.onPermissionsChanged(() => void visits.tryAgain().then(() => browser.injectIntoOpenTabs()));
browser.onCommand(async (command) => {
  const tab = command === "focus-ribbon" ? await browser.activeTab() : null;
  if (tab?.id !== undefined) await browser.tellFrame({ tab: tab.id, frame: 0 }, { what: "focus-ribbon" });
});
onTime(() => void visits.tryAgain());
