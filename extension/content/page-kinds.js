/** Maps an address to a kind of page and the parts to send. The server decides what the page really is. */
(() => {
  const { LANGUAGE_PREFIX, PAGE_ROWS, SENT_PARTS } = globalThis.shopper;

  const language = new RegExp(LANGUAGE_PREFIX);
  const entries = PAGE_ROWS.map(([kind, path, query, parts, ...marks]) => ({
    kind,
    path: new RegExp(`^(?:${path})$`),
    query: new RegExp(query),
    parts: SENT_PARTS[parts] ?? [],
    lasting: marks.includes("lasting"),
    list: marks.includes("list"),
    buying: marks.includes("buying"),
  }));

  /** Where the cards of an order list are, on pages that have one of these. */
  globalThis.shopper.ORDERS = entries.find((entry) => entry.list)?.parts ?? [];

  /** The first entry that matches an address, null for an unknown page. @param {string} path @param {string} [search] */
  globalThis.shopper.pageKindOf = (path, search = "") => {
    const plain = path.toLowerCase().replace(language, "") || "/";
    const query = search.toLowerCase().replace(/^\?/, "");
    return entries.find((entry) => entry.path.test(plain) && entry.query.test(query)) ?? null;
  };
})();
