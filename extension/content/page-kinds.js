/** Maps an address to a kind of page and the parts to send. The server decides what the page really is. */
(() => {
  const { LANGUAGE_PREFIX, PAGE_ROWS, SENT_PARTS } = globalThis.shopper;

  const entries = PAGE_ROWS.map(([kind, path, query, parts, marks]) => ({
    kind,
    path,
    query,
    parts: SENT_PARTS[parts] ?? [],
    lasting: (marks & 1) > 0,
    list: (marks & 2) > 0,
    buying: (marks & 4) > 0,
  }));
  const fits = (/** @type {string} */ pattern, /** @type {string} */ text) => pattern === "" || new RegExp(pattern).test(text);

  /** Where the cards of an order list are, on pages that have one of these. */
  globalThis.shopper.ORDERS = entries.find((entry) => entry.list)?.parts ?? [];

  /** The first entry that matches an address, null for an unknown page. @param {string} path @param {string} [search] */
  globalThis.shopper.pageKindOf = (path, search = "") => {
    const plain = path.toLowerCase().replace(new RegExp(LANGUAGE_PREFIX), "") || "/";
    const query = search.toLowerCase().replace(/^\?/, "");
    return entries.find((entry) => fits(`^(?:${entry.path})$`, plain) && fits(entry.query, query)) ?? null;
  };
})();
