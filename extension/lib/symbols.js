/** The symbols of accounts and levels as shapes on a 32-grid, because many fonts lack the characters. */

/** @param {number} tips @param {number} outer @param {number} inner */
function star(tips, outer, inner) {
  const points = Array.from({ length: tips * 2 }, (_, index) => {
    const reach = index % 2 === 0 ? outer : inner;
    const angle = (Math.PI * index) / tips - Math.PI / 2;
    return `${(16 + reach * Math.cos(angle)).toFixed(2)} ${(16 + reach * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}z`;
}

const DISC = "M16 7.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17z";

/** @type {Record<string, string>} */
const ACCOUNTS = {
  "●": DISC,
  "◆": "M16 6L26 16L16 26L6 16z",
  "■": "M8 8h16v16H8z",
  "▲": "M16 7L26 24.5H6z",
  "★": star(5, 11, 4.6),
  "▼": "M6 7.5H26L16 25z",
  "✚": "M13 6h6v7h7v6h-7v7h-6v-7H6v-6h7z",
  "►": "M7 6L26 16L7 26z",
  "?": "M11 12.5c0-3 2.2-5 5-5s5 1.9 5 4.6c0 3.4-3.6 3.9-3.6 6.9h-2.8c0-4 3.5-4.6 3.5-6.9c0-1.3-.9-2.1-2.1-2.1s-2.1.9-2.1 2.5zM14.5 21.5h3v3h-3z",
};

/** @type {Record<import("./types.js").Level, string>} */
const LEVELS = {
  allow: "",
  notice:
    "M16 4a12 12 0 1 0 0 24a12 12 0 1 0 0-24zM16 6.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19zM14.7 14h2.6v8h-2.6zM14.7 9.5h2.6v2.7h-2.6z",
  warn: "M16 4L30 28H2zM14.6 12.5h2.8v8h-2.8zM14.6 22.3h2.8v2.8h-2.8z",
  "block-confirm": "M9 4h14l7 12l-7 12H9L2 16zM14.5 9h3v9h-3zM14.5 20h3v3h-3z",
};

/** Return the outline of an account's symbol; a disc for an unknown one. @param {string} symbol */
export const accountShape = (symbol) => ACCOUNTS[symbol] ?? DISC;

/** Return the outline of a level's symbol. @param {import("./types.js").Level} level */
export const levelShape = (level) => LEVELS[level];
