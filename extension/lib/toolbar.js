/** Paints the toolbar: the badge of a page, and the account's own icon, drawn as shapes so that no font is needed. */

import { badgeFor } from "./badge.js";
import { paintBadge } from "./browser.js";
import { accountShape } from "./symbols.js";

const SIZE = 32;

/** @param {number} tab @param {import("./types.js").View|null} view */
export async function showBadge(tab, view) {
  const { text, colour, ink, title, account } = badgeFor(view);
  await paintBadge(tab, { text, colour, ink, title, icon: account === null ? null : accountIcon(account) });
}

/** Return the icon of an account, or null if nothing can be drawn. @param {import("./types.js").Account} account */
function accountIcon(account) {
  if (typeof OffscreenCanvas === "undefined") return null;
  const pen = new OffscreenCanvas(SIZE, SIZE).getContext("2d");
  if (pen === null) return null;
  pen.fillStyle = account.colour;
  pen.beginPath();
  pen.roundRect(0, 0, SIZE, SIZE, 7);
  pen.fill();
  pen.fillStyle = account.ink;
  pen.fill(new Path2D(accountShape(account.symbol)), "evenodd");
  return pen.getImageData(0, 0, SIZE, SIZE);
}
