/** Maps an address to a kind of page and the parts to send. */
(() => {
  const { LANGUAGE_PREFIX, PAGE_ROWS, SENT_PARTS } = globalThis.shopper;

  /** @param {ShopperScripts["PAGE_ROWS"][number]} row @returns {PageKind} */
  const described = ([kind, , , parts, marks]) => ({
    kind,
    parts: SENT_PARTS[parts] ?? [],
    lasting: (marks & 1) > 0,
    list: (marks & 2) > 0,
    buying: (marks & 4) > 0,
  });
  const fits = (/** @type {string} */ pattern, /** @type {string} */ text) => pattern === "" || new RegExp(pattern).test(text);

  /** Where the cards of an order list are. */
  globalThis.shopper.ORDERS = SENT_PARTS[PAGE_ROWS.find(([, , , , marks]) => marks & 2)?.[3] ?? -1] ?? [];

  /** Pages ask for their address again and again. @type {{address: string, kind: PageKind|null}|null} */
  let last = null;

  /** The first entry that matches an address, null for an unknown page. @param {string} path @param {string} [search] */
  globalThis.shopper.pageKindOf = (path, search = "") => {
    const address = path + search;
    if (last?.address === address) return last.kind;
    const plain = path.toLowerCase().replace(new RegExp(LANGUAGE_PREFIX), "") || "/";
    const asked = search.toLowerCase().replace(/^\?/, "");
    const row = PAGE_ROWS.find(([, path, query]) => fits(`^(?:${path})$`, plain) && fits(query, asked));
    last = { address, kind: row ? described(row) : null };
    return last.kind;
  };
})();
