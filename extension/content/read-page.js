/** Reports an opened page: its address, the part that matters, the signals of whose it is; again when it changes. Clicks nothing. */
(() => {
  const { ask, hear, trimmed, fragment, retriesOf, pageKindOf, ORDERS } = globalThis.shopper;

  const NAV = [
    "#nav-link-accountList",
    ".abnav-accountfor",
    '[aria-label="Amazon Business"]',
    "#glow-ingress-block",
    "#nav-item-switch-account",
  ];
  const IDENTITY = /customerId|customerID|ue_mid|marketplaceId|marketplaceID|isRecognized/;
  const LONGEST_SCRIPT = 20_000;
  const HIDDEN = ".csd-encrypted-sensitive, [class*=orderCardHeaderTitleSkeleton], [id*=orderCardHeaderTitleSkeleton]";
  const CARDS = ".js-order-card, .order-card, div.a-box-group.order";

  const pageLoad = crypto.randomUUID();
  const loaded = new Date(performance.timeOrigin).toISOString();
  const isTop = window.top === window;
  let last = "";
  let isDrawn = true;
  const waiting = retriesOf(look);
  let wholeList = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {number|null} */
  let since = null;

  const kind = () => pageKindOf(location.pathname, location.search);

  /** Inside a frame only a checkout is read: Buy Now opens one over the product. */
  const concernsUs = () => isTop || /\/checkout\/|\/gp\/buy\//.test(location.pathname);

  /** The script texts that may name the account, each cut around the first place that does. */
  function scripts() {
    const texts = Array.from(document.scripts, (script) => (script.src ? "" : script.text));
    return texts.flatMap((text) => {
      const at = text.search(IDENTITY);
      if (at < 0) return [];
      const start = text.length <= LONGEST_SCRIPT ? 0 : Math.max(0, at - 2000);
      return [text.slice(start, start + LONGEST_SCRIPT)];
    });
  }

  /** Whether order cards are there and none is still a placeholder. */
  const listIsThere = () => document.querySelector(HIDDEN) === null && document.querySelector(CARDS) !== null;

  /** @param {string} html @param {boolean} lasting */
  async function report(html, lasting) {
    const page = { html, scripts: scripts(), nav: fragment(NAV) };
    const print = JSON.stringify([location.href, html, page.nav]);
    if (print === last) return void (isDrawn || waiting.later());
    last = print;
    const seen = {
      id: crypto.randomUUID(),
      at: new Date().toISOString(),
      url: location.href,
      lasting,
      buying: kind()?.buying === true,
      page_load: pageLoad,
      loaded,
      page,
    };
    let answer = await ask({ what: "page-seen", seen });
    // The background was asleep for good and lost the question: the same id asked twice has no second effect.
    if (answer?.failed) answer = await ask({ what: "page-seen", seen });
    if (print !== last) return;
    isDrawn = answer?.drawn !== false;
    if (isDrawn) waiting.reset();
    else waiting.later();
  }

  function look() {
    if (!concernsUs()) return;
    const here = kind();
    if (here === null) return void report("", false);
    if (here.list && !listIsThere()) wholeList = false;
    const parts = here.list && document.querySelector(ORDERS.join(",")) === null ? ["main, #a-page"] : here.parts;
    const patient = here.list && !wholeList;
    // Whose page it is can be told at once; what stands on it only when the cards have been decrypted and stay.
    void report(patient || here.parts.length === 0 ? "" : trimmed(parts), here.lasting === true && !patient);
    if (patient) waitForList();
  }

  let waits = 0;
  let isWaiting = false;

  /** Cards that were decrypted under our eyes may still grow in number: they get longer to settle. */
  function waitForList() {
    if (isWaiting) return;
    isWaiting = true;
    const count = () => (listIsThere() ? document.querySelectorAll(CARDS).length : 0);
    const before = count();
    setTimeout(
      () => {
        isWaiting = false;
        waits += 1;
        wholeList = waits > 20 || (before > 0 && count() === before);
        if (wholeList) look();
        else waitForList();
      },
      before > 0 && waits > 0 ? 2000 : 600,
    );
  }

  /** Wait for a pause in the changes, but not for ever: some pages never rest. @param {number} pause */
  function lookSoon(pause) {
    clearTimeout(timer);
    since ??= Date.now();
    const rest = Math.max(0, Math.min(pause, since + 2000 - Date.now()));
    timer = setTimeout(() => {
      since = null;
      look();
    }, rest);
  }

  let address = location.href;
  function changed() {
    const moved = location.href !== address;
    if (moved) [address, wholeList, waits, isDrawn] = [location.href, false, 0, true];
    if (moved) waiting.reset();
    if (moved || (kind()?.parts.length ?? 0) > 0) lookSoon(kind()?.list ? 700 : 250);
  }

  look();
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true, characterData: true });
  window.addEventListener("popstate", changed);
  window.addEventListener("change", changed, true);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      last = "";
      look();
    }
  });
  document.addEventListener("visibilitychange", () => void (document.visibilityState === "visible" && ask({ what: "shown-again" })));
  window.addEventListener("focus", () => void ask({ what: "shown-again" }));
  hear((message) => {
    if (message?.what !== "look-again") return;
    last = "";
    look();
  });
})();
