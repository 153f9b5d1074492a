/** A small fake of the browser's extension API that records what was written and shown. Import it before any module of the extension. */

import { readFileSync } from "node:fs";
import "fake-indexeddb/auto";

const messages = JSON.parse(readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"));

/** @param {Map<string, any>} kept */
const area = (kept) => ({
  get: async (/** @type {string|null} */ key) => (key === null ? Object.fromEntries(kept) : kept.has(key) ? { [key]: kept.get(key) } : {}),
  set: async (/** @type {object} */ values) => Object.entries(values).forEach(([key, value]) => kept.set(key, structuredClone(value))),
  remove: async (/** @type {string[]} */ keys) => keys.forEach((key) => kept.delete(key)),
});

/** What the extension wrote and painted. */
export const told = {
  session: new Map(),
  local: new Map(),
  /** @type {{tab: number, frame: number, message: any}[]} */
  messages: [],
  /** @type {Map<number, {text?: string, color?: string, title?: string}>} */
  badges: new Map(),
  /** @type {Map<string, any>} */
  alarms: new Map(),
  /** Hosts whose permission was revoked. @type {Set<string>} */
  withdrawn: new Set(),
  /** Notices on the desktop. @type {{title: string, message: string}[]} */
  notices: [],
  /** The background, for our own pages. @type {(message: any) => any} */
  background: () => undefined,
  /** Tabs that are too busy to take messages. @type {Set<number>} */
  busy: new Set(),
  /** Frames that no longer listen. @type {Set<string>} */
  gone: new Set(),
};

/** Clear everything, including IndexedDB. */
export async function reset() {
  for (const kept of [told.session, told.local, told.badges, told.alarms, told.gone, told.busy, told.withdrawn]) kept.clear();
  told.messages.length = 0;
  told.notices.length = 0;
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("shopper");
    request.onsuccess = resolve;
    request.onerror = reject;
  });
}

/** @param {{tabId: number}} details @param {object} change */
const paint = async (details, change) => void told.badges.set(details.tabId, { ...told.badges.get(details.tabId), ...change });
const never = { addListener: () => undefined };

/** @type {any} */ (globalThis).chrome = {
  runtime: {
    id: "own",
    getURL: (/** @type {string} */ path) => `chrome-extension://own${path}`,
    onMessage: never,
    onInstalled: never,
    onStartup: never,
    sendMessage: async (/** @type {any} */ message) => told.background(message),
  },
  i18n: {
    getUILanguage: () => "en",
    getMessage: (/** @type {string} */ name, /** @type {string[]} */ parts) =>
      messages[name]?.message.replace("$WHAT$", parts[0] ?? "") ?? "",
  },
  storage: { session: area(told.session), local: area(told.local) },
  tabs: {
    onRemoved: never,
    sendMessage: async (/** @type {number} */ tab, /** @type {any} */ message, { frameId = 0 } = {}) => {
      if (told.gone.has(`${tab}:${frameId}`)) throw new Error("Could not establish connection.");
      told.messages.push({ tab, frame: frameId, message });
      if (told.busy.has(tab)) await new Promise(() => undefined);
    },
  },
  permissions: {
    onAdded: never,
    onRemoved: never,
    contains: async (/** @type {{origins?: string[], permissions?: string[]}} */ { origins = [], permissions = [] }) =>
      ![...origins, ...permissions].some((one) => told.withdrawn.has(one)),
  },
  notifications: {
    create: async (/** @type {string} */ _, /** @type {any} */ notice) => void told.notices.push(notice),
    onClicked: never,
  },
  commands: { onCommand: never },
  alarms: {
    onAlarm: never,
    create: async (/** @type {string} */ name, /** @type {any} */ when) => void told.alarms.set(name, when),
    clear: async (/** @type {string} */ name) => told.alarms.delete(name),
  },
  action: {
    setBadgeText: (/** @type {any} */ details) => paint(details, { text: details.text }),
    setBadgeBackgroundColor: (/** @type {any} */ details) => paint(details, { color: details.color }),
    setBadgeTextColor: async () => undefined,
    setTitle: (/** @type {any} */ details) => paint(details, { title: details.title }),
    setIcon: async () => undefined,
  },
};
