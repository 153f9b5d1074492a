/** Reports an opened page, and again when it changes. Clicks nothing. */
(() => {
  const { alive, ask, hear, snapshot, fragment, retriesOf, pageKindOf, ORDERS } = globalThis.shopper;
  const isTop = window.top === window;
  // Inside a frame only a checkout is read. After an update this may run twice.
  if (globalThis.shopper.isReading || !(isTop || /\/checkout\/|\/gp\/buy\//.test(location.pathname))) return;
  globalThis.shopper.isReading = true;

  const NAV = [
    "#nav-link-accountList",
    ".abnav-accountfor",
    '[aria-label="Amazon Business"]',
    "#glow-ingress-block",
    "#nav-item-switch-account",
  ];
  const IDENTITY = ["customerId", "customerID", "ue_mid", "marketplaceId", "marketplaceID", "isRecognized"];
  const LONGEST_SCRIPT = 20_000;
  const HIDDEN = ".csd-encrypted-sensitive, [class*=orderCardHeaderTitleSkeleton], [id*=orderCardHeaderTitleSkeleton]";
  const CARDS = ".js-order-card, .order-card, div.a-box-group.order";
  const RESTLESS = ".a-carousel-container, [id^=nav-flyout], #rhf, #navFooter, [data-shopper]";
  /** Digits that change by themselves are reported less and less often. */
  const CALMER = [0, 5000, 15_000, 60_000];

  const pageLoad = crypto.randomUUID();
  const loaded = new Date(performance.timeOrigin).toISOString();
  /** What was reported last: address, content, header. @type {string[]|null} */
  let last = null;
  let isDrawn = true;
  const retries = retriesOf(look);
  let wholeList = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {number|null} */
  let since = null;
  let calm = { times: 0, next: 0 };

  const kind = () => pageKindOf(location.pathname, location.search);

  /** Scripts that may name the account, from their start: the server must see which parts are code. */
  function scripts() {
    const texts = Array.from(document.scripts, (script) => (script.src ? "" : script.text.slice(0, LONGEST_SCRIPT)));
    return texts.filter((text) => IDENTITY.some((word) => text.includes(word))).slice(0, 30);
  }

  const listIsThere = () => document.querySelector(HIDDEN) === null && document.querySelector(CARDS) !== null;

  /** Without countdowns and clocks: "1:02:33", "12 seconds", "5 Min.", "3 時間". @param {string} text */
  const withoutClocks = (text) =>
    text.replace(
      /\d+(:\d\d)+|\d+\s*([hms]\b|min(ut\w*|s)?\b|se[ck]s?\b|se[cgk][ou]\w+|days?|hours?|hrs?|tage?n?|stunden?|std|jours?|heures?|d[ií]as?|horas?|giorn[oi]|or[ae]|uur|dag(en|ar)|dni|godz\w*|timmar|saat|dakika|saniye|gün|日|時間|分|秒|ساع\S*|دقيق\S*|ثاني\S*)/giu,
      "0",
    );
  const withoutDigits = (/** @type {string} */ text) => text.replace(/\d+/g, "0");

  /** Whether the page says the same as before without some of its text. @param {string[]} now @param {(text: string) => string} without */
  function isSame(now, without) {
    return now.every((text, index) => {
      const was = last?.[index] ?? "";
      const most = Math.min(was.length, text.length);
      let [start, end] = [0, 0];
      while (start < most && was[start] === text[start]) start += 1;
      while (end < most - start && was.at(-1 - end) === text.at(-1 - end)) end += 1;
      // Only where they differ, with a little around it.
      const part = (/** @type {string} */ of) => without(of.slice(Math.max(0, start - 40), of.length - Math.max(0, end - 40)));
      return part(was) === part(text);
    });
  }

  /** Whether only digits keep changing by themselves; then it looks again after a pause. @param {string[]} seen */
  function isTicking(seen) {
    if (last === null || !isSame(seen, withoutDigits)) {
      calm = { times: 0, next: 0 };
      return false;
    }
    const now = performance.now();
    if (now < calm.next) {
      lookSoon(calm.next - now, true);
      return true;
    }
    calm = { times: calm.times + 1, next: now + (CALMER[Math.min(calm.times + 1, CALMER.length - 1)] ?? 0) };
    return false;
  }

  /** @param {string} html @param {boolean} lasting */
  async function report(html, lasting) {
    const nav = fragment(NAV);
    const here = [location.href, html, nav];
    if (last !== null && isSame(here, withoutClocks)) return void (isDrawn || retries.later());
    if (isTicking(here)) return;
    last = here;
    const seen = {
      id: crypto.randomUUID(),
      at: new Date().toISOString(),
      url: location.href,
      kind: kind()?.kind ?? "",
      lasting,
      buying: kind()?.buying === true,
      page_load: pageLoad,
      loaded,
      page: { html, scripts: scripts(), nav },
    };
    const answer = await sent({ what: "page-seen", seen });
    if (here === last) answered(answer);
  }

  /** Ask again if the background was stopped; the same id has no second effect. @param {object} message */
  async function sent(message) {
    const answer = await ask(message);
    return answer?.failed ? ask(message) : answer;
  }

  /** @param {any} answer */
  function answered(answer) {
    if (answer?.failed) last = null;
    isDrawn = last !== null && answer?.drawn !== false;
    if (isDrawn) retries.reset();
    else retries.later();
  }

  function look() {
    const here = kind();
    if (here === null) return void report("", false);
    if (here.list && !listIsThere()) wholeList = false;
    const parts = here.list && document.querySelector(ORDERS.join(",")) === null ? ["main, #a-page"] : here.parts;
    const patient = here.list && !wholeList;
    // The account is known at once, the content once the cards are decrypted.
    void report(patient || here.parts.length === 0 ? "" : snapshot(parts), here.lasting === true && !patient);
    if (patient) waitForList();
  }

  let waits = 0;
  let isWaiting = false;

  /** Cards that are being decrypted may still increase, so wait longer. */
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

  /** Wait for a pause in the changes, but not forever. @param {number} pause @param {boolean} [isLong] */
  function lookSoon(pause, isLong = false) {
    clearTimeout(timer);
    since ??= performance.now();
    const rest = isLong ? pause : Math.max(0, Math.min(pause, since + 2000 - performance.now()));
    timer = setTimeout(() => {
      since = null;
      look();
    }, rest);
  }

  /** Whether a change may matter: not in an ignored part, and not a running clock. @param {MutationRecord} record */
  function matters({ type, target, oldValue, addedNodes, removedNodes }) {
    const around = target instanceof Element ? target : target.parentElement;
    if (around?.closest(RESTLESS)) return false;
    if (type === "characterData") return withoutClocks(oldValue ?? "") !== withoutClocks(target.textContent ?? "");
    const [added, removed] = [addedNodes, removedNodes].map((nodes) =>
      nodes.length === 1 && nodes[0] instanceof Text ? nodes[0].data : null,
    );
    return added === null || removed === null || withoutClocks(added ?? "") !== withoutClocks(removed ?? "");
  }

  let address = location.href;
  /** @param {MutationRecord[]} [records] */
  function changed(records) {
    if (!alive()) return observer.disconnect();
    const moved = location.href !== address;
    if (moved) [address, wholeList, waits, isDrawn] = [location.href, false, 0, true];
    if (moved) retries.reset();
    else if (records && records.length < 200 && !records.some(matters)) return;
    if (moved || (kind()?.parts.length ?? 0) > 0) lookSoon(kind()?.list ? 700 : 250);
  }

  function acted() {
    calm = { times: 0, next: 0 };
    changed();
  }

  look();
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, characterDataOldValue: true });
  window.addEventListener("popstate", () => changed());
  window.addEventListener("change", acted, true);
  window.addEventListener("click", () => (calm = { times: 0, next: 0 }), true);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      last = null;
      look();
    }
  });
  document.addEventListener("visibilitychange", () => void (document.visibilityState === "visible" && ask({ what: "shown-again" })));
  window.addEventListener("focus", () => void ask({ what: "shown-again" }));
  hear((message) => {
    if (message?.what !== "look-again") return;
    last = null;
    look();
  });
})();
