/** Keys of the popup: "/" goes to the search, digits open an account's window, arrows move. */

import { part } from "../lib/page.js";

const STOPS = "#paired :is(button, a[href], input, select), #foot button";

/** @param {KeyboardEvent} event */
export function moveByKeys(event) {
  const isTyping = event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement;
  if (event.ctrlKey || event.altKey || event.metaKey || part("paired").hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    return step(event.key === "ArrowDown" ? 1 : -1);
  }
  if (isTyping) return;
  if (event.key === "/") {
    event.preventDefault();
    part("search").focus();
  } else if (/^[1-9]$/.test(event.key)) {
    const button = /** @type {HTMLButtonElement|null} */ (document.querySelector(`[data-digit="${event.key}"]`));
    if (button === null) return;
    event.preventDefault();
    button.click();
  }
}

/** @param {number} by */
function step(by) {
  const stops = Array.from(document.querySelectorAll(STOPS)).filter((one) => one instanceof HTMLElement && one.checkVisibility());
  const at = stops.indexOf(/** @type {Element} */ (document.activeElement));
  const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length];
  if (next instanceof HTMLElement) next.focus();
}
