/** The account's own toolbar icon: its symbol on its colour, drawn as shapes so that no font is needed. */

import { accountShape } from "./symbols.js";

const SIZE = 32;

/** Return the icon of an account, or null if nothing can be drawn. @param {import("./types.js").Account} account */
export function accountIcon(account) {
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
