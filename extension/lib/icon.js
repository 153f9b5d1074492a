/** The account's own toolbar icon: its symbol on its colour, drawn as shapes so that no font is needed. */

const SIZE = 32;

/** @type {Record<string, (pen: OffscreenCanvasRenderingContext2D) => void>} */
const SHAPES = {
  "●": (pen) => pen.arc(16, 16, 8, 0, 2 * Math.PI),
  "◆": (pen) =>
    polygon(pen, [
      [16, 6],
      [26, 16],
      [16, 26],
      [6, 16],
    ]),
  "■": (pen) => pen.rect(8, 8, 16, 16),
  "▲": (pen) =>
    polygon(pen, [
      [16, 7],
      [26, 24],
      [6, 24],
    ]),
  "★": (pen) => polygon(pen, star(5, 11, 4.6)),
  "⬟": (pen) => polygon(pen, star(5, 10, 8.1)),
  "✚": (pen) =>
    polygon(pen, [
      [13, 6],
      [19, 6],
      [19, 13],
      [26, 13],
      [26, 19],
      [19, 19],
      [19, 26],
      [13, 26],
      [13, 19],
      [6, 19],
      [6, 13],
      [13, 13],
    ]),
  "◗": (pen) => pen.arc(12, 16, 9, -Math.PI / 2, Math.PI / 2),
};

/** Return the icon of an account, or null where nothing can be drawn. @param {import("./types.js").Account} account */
export function accountIcon(account) {
  if (typeof OffscreenCanvas === "undefined") return null;
  const pen = new OffscreenCanvas(SIZE, SIZE).getContext("2d");
  if (pen === null) return null;
  pen.fillStyle = account.colour;
  pen.beginPath();
  pen.roundRect(0, 0, SIZE, SIZE, 7);
  pen.fill();
  pen.fillStyle = account.ink;
  pen.beginPath();
  (SHAPES[account.symbol] ?? SHAPES["●"])?.(pen);
  pen.fill();
  return pen.getImageData(0, 0, SIZE, SIZE);
}

/** @param {OffscreenCanvasRenderingContext2D} pen @param {number[][]} points */
function polygon(pen, points) {
  for (const [x = 0, y = 0] of points) pen.lineTo(x, y);
  pen.closePath();
}

/** @param {number} tips @param {number} outer @param {number} inner */
function star(tips, outer, inner) {
  return Array.from({ length: tips * 2 }, (_, index) => {
    const reach = index % 2 === 0 ? outer : inner;
    const angle = (Math.PI * index) / tips - Math.PI / 2;
    return [16 + reach * Math.cos(angle), 16 + reach * Math.sin(angle)];
  });
}
