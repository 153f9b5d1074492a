/** The only module that uses the browser's extension API; all others get plain data. */

/** @type {typeof chrome} */
const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

export const ownId = () => api.runtime.id;
export const ownOrigin = () => new URL(api.runtime.getURL("/")).origin;
export const version = () => api.runtime.getManifest().version;
export const openOptions = () => api.runtime.openOptionsPage();

/** The texts of the language that the user chose; null: those of the browser's own language. @type {{language: string, texts: Record<string, string>}|null} */
let chosen = null;

/** Use these texts from now on. @param {{language: string, texts: Record<string, string>}|null} texts */
export const useTexts = (texts) => (chosen = texts);

/** Return a translated text; the name itself if there is none. @param {string} name @param {...(string|number)} parts */
export function words(name, ...parts) {
  if (chosen === null) return api.i18n.getMessage(name, parts.map(String)) || name;
  return (chosen.texts[name] ?? name).replace(/\$(\d)/g, (_, place) => String(parts[Number(place) - 1] ?? ""));
}
export const language = () => chosen?.language ?? api.i18n.getUILanguage();

/** Return the translated text of a number of things: `name_one` or `name_other`. @param {string} name @param {number} number */
export const counted = (name, number) =>
  words(`${name}_${new Intl.PluralRules(language()).select(number) === "one" ? "one" : "other"}`, number);

/** Return the address of one of our own files. @param {string} path */
export const ownFile = (path) => api.runtime.getURL(path);

/** Read a value of this browser session, or null. @param {string} key @returns {Promise<any>} */
export const sessionRead = async (key) => (await api.storage.session.get(key))[key] ?? null;
/** @param {string} key @param {unknown} value */
export const sessionWrite = (key, value) => api.storage.session.set({ [key]: value });
/** @param {string[]} keys */
export const sessionRemove = (keys) => api.storage.session.remove(keys);
/** @returns {Promise<Record<string, any>>} */
export const sessionAll = () => api.storage.session.get(null);

/** Listen for changes of what this browser session keeps. @param {(keys: string[]) => void} listener */
export const onSessionChange = (listener) =>
  api.storage.onChanged.addListener((changes, area) => void (area === "session" && listener(Object.keys(changes))));

/** Read a value that outlives the session, or null. @param {string} key @returns {Promise<any>} */
export const localRead = async (key) => (await api.storage.local.get(key))[key] ?? null;
/** @param {string} key @param {unknown} value */
export const localWrite = (key, value) => api.storage.local.set({ [key]: value });

/**
 * Answer messages: the listener returns a promise of the answer, or null for "not mine".
 * @param {(message: any, sender: chrome.runtime.MessageSender) => Promise<unknown>|null} listener
 */
export function onMessage(listener) {
  api.runtime.onMessage.addListener((message, sender, answer) => {
    const work = listener(message, sender);
    if (work === null) return false;
    work.then(answer, (error) => answer({ failed: String(error?.message ?? error) }));
    return true;
  });
}

/** Milliseconds between the tries to reach a background that is still starting, on a busy machine for seconds. */
const PAUSES = [50, 200, 1000, 2000, 4000];

/** Ask the background. @param {object} message @returns {Promise<any>} */
export async function ask(message) {
  for (const pause of PAUSES) {
    try {
      return await api.runtime.sendMessage(message);
    } catch (error) {
      // Any other error may mean that the message has arrived.
      if (!/Receiving end does not exist/.test(String(error))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return api.runtime.sendMessage(message);
}

/** Return the tab that this page is open in; a popup has none. */
export const ownTab = async () => (await api.tabs.getCurrent())?.id ?? null;

/** Close the tab that this page is open in. */
export async function closeThisTab() {
  const tab = await ownTab();
  if (tab !== null) await api.tabs.remove(tab);
}

/** Send a message to a frame of a tab; false if nothing listens there any more. @param {import("./types.js").Spot} spot @param {object} message */
export async function tellFrame(spot, message) {
  try {
    await api.tabs.sendMessage(spot.tab, message, { frameId: spot.frame });
    return true;
  } catch {
    return false; // the page is gone, or has not loaded its scripts yet: it asks by itself
  }
}

/** Send the view of a page to every frame of its tab; frames that report themselves ignore it. @param {number} tab @param {object} message */
export async function tellTab(tab, message) {
  try {
    await api.tabs.sendMessage(tab, { ...message, frame: 0 });
  } catch {
    // nothing listens in this tab
  }
}

const SERVER = "http://127.0.0.1/*";

/** Return whether we may reach the local server; users can revoke this at any time. */
export const mayReachServer = () => api.permissions.contains({ origins: [SERVER] });

/** Return whether we may read every Amazon page of the manifest. */
export const maySeePages = () => api.permissions.contains({ origins: hostPatterns() });

/** Request all hosts of the manifest. Only works in a click on one of our own pages. @returns {Promise<boolean>} */
export const requestHosts = () => api.permissions.request({ origins: hostPatterns() });

/** @returns {string[]} */
const hostPatterns = () => api.runtime.getManifest().host_permissions ?? [];

export const mayNotify = () => api.permissions.contains({ permissions: ["notifications"] });

/** Ask for the permission to show notices. Only works in a click on one of our own pages. @returns {Promise<boolean>} */
export const requestNotices = () => api.permissions.request({ permissions: ["notifications"] });

/** Show a notice on the desktop; a click on it opens our popup as a page. @param {string} title @param {string} message */
export async function notify(title, message) {
  await api.notifications.create("shopper", { type: "basic", iconUrl: api.runtime.getURL("/icons/shopper-128.png"), title, message });
}

/** @param {() => void} listener */
export function onNoticeClicked(listener) {
  let hears = false;
  // Before the permission is granted there is no such part of the browser.
  const register = () => {
    if (hears || !api.notifications) return;
    hears = true;
    api.notifications.onClicked.addListener(() => listener());
  };
  register();
  api.permissions.onAdded.addListener(register);
}

/** @param {string} path */
export const openOwnPage = (path) => api.tabs.create({ url: api.runtime.getURL(path) });

/** @param {() => void} listener */
export function onPermissionsChanged(listener) {
  api.permissions.onAdded.addListener(() => listener());
  api.permissions.onRemoved.addListener(() => listener());
}

/** Return the keys of the extension as the user has set them. */
export const shortcuts = () => api.commands.getAll();

/** Open the browser's own page for keys. */
export function changeShortcuts() {
  const own = /** @type {any} */ (api.commands).openShortcutSettings;
  return own ? own.call(api.commands) : api.tabs.create({ url: "chrome://extensions/shortcuts" });
}

/** Give a command its usual key where the browser takes more than four keys, unless the user has set one. Only Firefox can. @param {string} name @param {string} shortcut */
export async function setUsualKey(name, shortcut) {
  const { update } = /** @type {any} */ (api.commands);
  if (update && (await shortcuts()).some((one) => one.name === name && !one.shortcut)) await update.call(api.commands, { name, shortcut });
}

/** @param {(command: string) => void} listener */
export const onCommand = (listener) => api.commands.onCommand.addListener((command) => listener(command));

/** Inject our scripts into one frame. @param {import("./types.js").Spot} spot @param {string[]} files */
export async function inject({ tab, frame }, files) {
  await api.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files });
}

/**
 * Inject our content scripts into open pages. After an update the old ones can no longer reach us, and new ones are loaded only
 * with the next page.
 */
export async function injectIntoOpenTabs() {
  const scripts = api.runtime.getManifest().content_scripts ?? [];
  const tabs = await api.tabs.query({ url: hostPatterns().filter((pattern) => pattern !== SERVER), discarded: false });
  await Promise.all(tabs.map(({ id }) => id !== undefined && injectInto(id, scripts)));
}

/** @param {number} tabId @param {{js?: string[], all_frames?: boolean}[]} scripts */
async function injectInto(tabId, scripts) {
  if (await tellFrame({ tab: tabId, frame: 0 }, { what: "alive" })) return;
  for (const { js, all_frames: allFrames = false } of scripts) {
    if (js) await api.scripting.executeScript({ target: { tabId, allFrames }, files: js }).catch(() => undefined);
  }
}

/** Return the active tab; it has a `url` only for hosts of the manifest. */
export async function activeTab() {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  return tab ?? null;
}
/** @param {number} id */
export const tabById = (id) => api.tabs.get(id).catch(() => null);
/** @param {(tab: number) => void} listener */
export const onTabClosed = (listener) => api.tabs.onRemoved.addListener((tab) => listener(tab));

/** Name the private windows that are open, whenever a window opens or closes. @param {(open: number[]) => void} listener */
export function onWindowsChanged(listener) {
  const tell = async () => {
    const all = await api.windows.getAll();
    listener(all.flatMap(({ id, incognito }) => (incognito && id !== undefined ? [id] : [])));
  };
  api.windows.onCreated.addListener(tell);
  api.windows.onRemoved.addListener(tell);
}

/** @param {string} name @param {number} minutes */
export const wakeIn = (name, minutes) => api.alarms.create(name, { delayInMinutes: minutes });
/** @param {string} name @param {number} minutes */
export const wakeEvery = (name, minutes) => api.alarms.create(name, { periodInMinutes: minutes });
/** @param {string} name @param {number} when milliseconds since 1970 */
export const wakeAt = (name, when) => api.alarms.create(name, { when });
/** @param {string} name */
export const sleep = (name) => api.alarms.clear(name);
/** @param {(name: string) => void} listener */
export const onWake = (listener) => api.alarms.onAlarm.addListener((alarm) => listener(alarm.name));
/** @param {() => void} listener */
export function onStart(listener) {
  api.runtime.onInstalled.addListener(() => listener());
  api.runtime.onStartup.addListener(() => listener());
}

/**
 * Paint the toolbar badge of a tab; the tab may have been closed.
 * @param {number} tabId @param {{text: string, colour: string, ink: string, title: string, icon: ImageData|null}} badge
 */
export async function paintBadge(tabId, badge) {
  const { text, colour, ink, title, icon } = badge;
  const work = [
    api.action.setBadgeText({ tabId, text }),
    api.action.setBadgeBackgroundColor({ tabId, color: colour }),
    api.action.setBadgeTextColor({ tabId, color: ink }),
    api.action.setTitle({ tabId, title }),
    api.action.setIcon(icon === null ? { tabId, path: OWN_ICONS } : { tabId, imageData: icon }),
  ];
  await Promise.allSettled(work);
}

const OWN_ICONS = { 16: "/icons/shopper-16.png", 32: "/icons/shopper-32.png", 48: "/icons/shopper-48.png" };
