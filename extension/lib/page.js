/** Shared by our own pages: translated texts, and messages to the background. */

import { ask, counted, language, onPermissionsChanged, onSessionChange, version, words } from "./browser.js";

/** Insert the translated texts into every element that names one, and into labels. */
export function translate() {
  document.documentElement.lang = language();
  document.documentElement.dir = words("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
  for (const one of document.querySelectorAll("[data-words]")) one.textContent = words(one.getAttribute("data-words") ?? "");
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", words(one.getAttribute("data-label") ?? ""));
}

/** Use a theme now and on the pages that are opened next. @param {string} theme "": the system's */
export function useTheme(theme) {
  document.documentElement.dataset["theme"] = theme;
  localStorage.setItem("theme", theme);
}

/** @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`There is no element '${id}'.`);
  return found;
}

/** Draw a symbol from its outline. @param {string} outline */
export function drawing(outline) {
  const space = "http://www.w3.org/2000/svg";
  const sign = document.createElementNS(space, "svg");
  sign.setAttribute("viewBox", "0 0 32 32");
  sign.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  shape.setAttribute("d", outline);
  shape.setAttribute("fill-rule", "evenodd");
  sign.append(shape);
  return sign;
}

/** @param {string} value @param {string} text */
export function option(value, text) {
  const made = document.createElement("option");
  [made.value, made.textContent] = [value, text];
  return made;
}

/** @param {string} id @returns {HTMLInputElement} */
export const field = (id) => /** @type {HTMLInputElement} */ (part(id));

/** The state reported by the background. @returns {Promise<any>} */
export const overview = () => ask({ what: "overview" });

/** Keep what a page knows, for the first paint of the next one. @param {import("./overview.js").Known} known */
export function keepKnown(known) {
  localStorage.setItem("known", JSON.stringify({ version: version(), known }));
  return known;
}

/** Return what was kept last, or null: an older version may have known other things. @returns {import("./overview.js").Known|null} */
export function lastKnown() {
  const kept = JSON.parse(localStorage.getItem("known") ?? "{}");
  return kept.version === version() ? kept.known : null;
}

/**
 * Return a function that draws a page of ours, one call after the other. It is also called whenever something changes that the
 * background knows: while a page is open the server may answer or end, and the shop's page may be judged.
 * @param {() => Promise<void>} draw
 */
export function keepDrawn(draw) {
  let isWanted = false;
  /** @type {Promise<void>|null} */
  let drawing = null;
  const drawWanted = async () => {
    while (isWanted) {
      isWanted = false;
      await draw();
    }
  };
  const redraw = () => {
    isWanted = true;
    drawing ??= drawWanted().finally(() => (drawing = null));
    return drawing;
  };
  onSessionChange(() => void redraw());
  onPermissionsChanged(() => void redraw());
  return redraw;
}

/**
 * Return a function that asks for the summary of an account: once, and again when the account changed or the server came back. The
 * answer is kept for the session, so the page is drawn again when it comes.
 */
export function summaryAsker() {
  /** @type {string|null|undefined} */
  let asked;
  /** @type {Promise<void>} */
  let asking = Promise.resolve();
  /** @param {import("./overview.js").Known} known @param {string|null} account */
  return ({ paired, server }, account) => {
    if (paired === null || server !== "ready") asked = undefined;
    else if (asked !== account) {
      asked = account;
      asking = ask({ what: "summary", account }).then((answer) => {
        if (answer?.failed && asked === account) asked = undefined;
      });
    }
    return asking;
  };
}

/** Return the text for the server's state. @param {{server: string, port: number}} known */
export function serverText({ server, port }) {
  if (server === "ready") return words("serverReady", port);
  if (server === "stranger") return words("serverStranger");
  if (server === "forbidden") return words("serverForbidden");
  return words(server === "away" ? "serverAway" : "serverUnknown");
}

/** Return why a pairing failed, and what to do. @param {{failed: string, text?: string}} answer @param {number} port */
export function failure({ failed, text }, port) {
  if (failed === "code") return words("pairCodeShape");
  if (failed === "away") return words("pairNoServer", port);
  if (failed === "refused" || failed === "revoked") return words("pairRefused");
  if (failed === "busy") return words("pairBusy");
  if (failed === "stranger") return words("serverStranger");
  return text ?? failed;
}

/**
 * Make a button ask before it acts: the first click shows the question on it, a second one within ten seconds acts.
 * @param {HTMLElement} button @param {() => Promise<string>} question @param {() => void} act
 */
export function askBefore(button, question, act) {
  /** @type {string|null} */
  let usual = "";
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
    button.textContent = usual;
  };
  button.addEventListener("click", async () => {
    if (timer !== undefined) {
      rest();
      return act();
    }
    usual = button.textContent;
    timer = setTimeout(rest, 10_000);
    button.textContent = await question();
  });
}

/** What unpairing would leave in the queue. */
export async function unpairQuestion() {
  const { waiting } = await overview();
  return waiting > 0 ? counted("unpairWaiting", waiting) : words("unpairSure");
}
