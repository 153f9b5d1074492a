/** The account ribbon: a line in the account's colour between header and body, in the page's own flow, so that it covers nothing. */
(() => {
  if (window.top !== window) return;
  const { alive, shadow, element, drawing, words, sentence, pageLink, ask, hear } = globalThis.shopper;

  const STYLES = `
    .face { position: relative; z-index: 2147483646; font-size: 13px; overflow-wrap: anywhere; }
    .bar { display: flex; align-items: center; min-height: 28px; padding-inline: 10px 4px; gap: .5rem; }
    .bar svg { width: 26px; height: 26px; flex: none; }
    .bar .sign { flex: none; display: grid; place-items: center; }
    .name { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; gap: 0 .5em; padding-block: 3px; }
    .name b { font-weight: 700; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .letters { font-weight: 700; font-size: 12px; line-height: 18px; white-space: nowrap; letter-spacing: .02em; }
    .small .bar { min-height: 18px; } .small .sign { height: 18px; } .small .name { padding-block: 0; } .small .bar svg { width: 18px; height: 18px; }
    button.end { flex: none; min-width: 28px; height: 24px; border: 0; border-radius: 6px; background: none; font-size: 16px; line-height: 1; padding: 0 .3rem; }
    button.end:hover { background: rgb(127 127 127 / .3); }
    .small button.end { height: 18px; }
    .bar :focus-visible { outline-color: currentColor; outline-offset: -2px; }
    .off .bar { background: #5C5C5C; color: #FFFFFF; }
    .line { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: flex-start; padding: .4rem .75rem; border-bottom: 1px solid var(--line);
      background: var(--well); color: var(--ink); }
    .line svg { width: 16px; height: 16px; margin-top: 1px; flex: none; }
    .line.warn svg { color: var(--check); } .line.notice svg { color: var(--note); } .line.stop svg { color: var(--stop); }
    .line .text { flex: 1 1 12rem; min-width: 0; } .ends { display: flex; flex-wrap: wrap; gap: .1rem .8rem; }
    .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
    .line button, a.link { background: none; border: 0; padding: 0 .1rem; color: var(--note); font-weight: 600; text-decoration: none; }
    .line button:hover, a.link:hover { text-decoration: underline; }
    .more { padding: .2rem .75rem .6rem 2.2rem; background: var(--well); color: var(--soft); display: grid; gap: .2rem; border-bottom: 1px solid var(--line); }
    .more p { margin: 0; } .more p.ink { color: var(--ink); }
    @media (forced-colors: active), (prefers-contrast: more) { .bar { border-bottom: 3px solid; forced-color-adjust: none; } }
  `;
  /** After this many removals by the page, the ribbon stays away. */
  const MOST_RETURNS = 5;

  const { host, root } = shadow("ribbon", STYLES);
  const face = element("div", { class: "face", role: "region", "aria-label": words("ribbonName") });
  /** The only live region: empty at first, so that screen readers announce what is added. */
  const spoken = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  root.append(face, spoken);

  /** @type {any} */
  let view = null;
  let look = { ribbon: true, small: false };
  let closedFor = "";
  /** `unchecked`: the symbol of the note that a click went through unchecked; "" when none did. */
  let [isOpen, isWanted, unchecked, returns] = [false, false, "", 0];
  /** The line keeps its space until the answer comes, so that nothing moves before a click. */
  let isReserved = false;

  const isOff = () => view !== null && ["away", "stranger", "forbidden", "unpaired"].includes(view.standing);
  const isReady = () => view?.standing === "ready" && view.account !== null;

  /** A closed ribbon stays closed until the account or the message changes. */
  const print = () =>
    JSON.stringify([view?.standing, view?.account?.customer_id, view?.reasons?.map((/** @type {any} */ reason) => reason.text)]);

  function draw() {
    const isShown = (isReady() || isOff()) && look.ribbon && closedFor !== print();
    isWanted = isShown || unchecked !== "" || isReserved;
    if (!isWanted) return host.remove();
    const focused = root.activeElement?.getAttribute("data-name") ?? null;
    face.className = `face${look.small ? " small" : ""}${isOff() ? " off" : ""}`;
    face.replaceChildren(...[...(isShown || isReserved ? lines() : []), uncheckedNote(isShown)].filter((part) => part !== null));
    place();
    if (focused !== null) focusOn(focused);
    say();
  }

  function lines() {
    if (isOff()) return [offBar()];
    return isReady() ? [bar(view.account), reasonLine(), isOpen ? more() : null] : [element("div", { class: "bar" })];
  }

  /** @param {boolean} hasBar */
  function uncheckedNote(hasBar) {
    if (unchecked === "") return null;
    return line({ level: "notice", text: words("wentUnchecked"), shape: unchecked }, [hasBar ? null : closeButton()]);
  }

  /** @param {string} name */
  const focusOn = (name) => /** @type {HTMLElement|null} */ (face.querySelector(`[data-name="${name}"]`))?.focus();

  /** Announce news to screen readers once, after the region itself is on the page. */
  function say() {
    const first = isReady() ? view.reasons[0] : null;
    let text = words("wentUnchecked");
    if (isOff()) text = words(`unchecked_${view.standing}`);
    if (isReady()) text = [nameOf(view.account), first?.text].filter(Boolean).join(". ");
    setTimeout(() => {
      if (host.isConnected && spoken.textContent !== text) spoken.textContent = text;
    }, 150);
  }

  /** The part around an element that the page has taken out of its flow, or null. @param {Element} element @returns {Element|null} */
  function outOfFlow(element) {
    for (let at = /** @type {Element|null} */ (element); at !== null; at = at.parentElement) {
      if (/fixed|absolute/.test(getComputedStyle(at).position)) return at;
    }
    return null;
  }

  /** Put the line above the page, or below a header that is fixed to the window's upper edge. */
  function place() {
    if (!host.isConnected) document.documentElement.insertBefore(host, document.body);
    if (document.readyState === "loading") return;
    face.style.margin = "0";
    const box = host.getBoundingClientRect();
    if (box.top < 0 || scrollY > 0) return;
    const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const header = under.map(outOfFlow).find((one) => one !== null && one !== host);
    if (!header) return;
    const bottom = Math.round(header.getBoundingClientRect().bottom);
    // The body keeps its position: it already leaves space for its own header.
    if (bottom > 0 && bottom < 200) face.style.margin = `${bottom}px 0 ${-bottom}px`;
  }

  /** @param {any} account */
  const nameOf = (account) => (account.registered ? account.label : words("notRegistered"));

  /** @param {any} account */
  function bar(account) {
    const facts = account.registered ? [purpose(account.purpose), words(`certainty_${account.certainty}`)] : [words("notRegisteredHow")];
    const told = facts.filter((fact) => fact && fact !== account.label);
    const name = look.small
      ? element("span", { class: "name" }, element("bdi", { class: "letters" }, account.registered ? account.letters : "?"))
      : element(
          "span",
          { class: "name" },
          element("b", {}, element("bdi", {}, nameOf(account))),
          element("span", {}, `·  ${told.join("  ·  ")}`),
        );
    const resize = look.small
      ? end("size", "+", `${nameOf(account)}. ${words("ribbonGrow")}`, () => makeSmall(false))
      : end("size", "–", words("ribbonShrink"), () => makeSmall(true));
    const made = element("div", { class: "bar" }, element("span", { class: "sign" }, drawing(account.shape)), name, resize, closeButton());
    [made.style.background, made.style.color] = [account.colour, account.ink];
    return made;
  }

  /** The text if nothing was checked, and what to do. */
  function offBar() {
    return element(
      "div",
      { class: "bar" },
      element("span", { class: "name" }, element("b", { style: "white-space: normal" }, words(`unchecked_${view.standing}`))),
      closeButton(),
    );
  }

  /** @param {string} name @param {string} text @param {string} title @param {() => void} click */
  const end = (name, text, title, click) =>
    element("button", { class: "end", type: "button", title, "aria-label": title, "data-name": name, click }, text);
  const closeButton = () => end("close", "×", words("ribbonClose"), close);

  /** @param {string} name */
  const purpose = (name) => (name && words(`purpose_${name}`) !== `purpose_${name}` ? words(`purpose_${name}`) : name);

  function reasonLine() {
    const [first, ...others] = view.reasons;
    if (!first) return null;
    const text = others.length > 0 ? `${first.text}  ${words("andMore", others.length)}` : first.text;
    return line({ ...first, text }, [
      element("button", { type: "button", "aria-expanded": String(isOpen), "data-name": "why", click: toggle }, words("why")),
      ...first.links.map((/** @type {any} */ link) => pageLink(link)),
      first.level === "block-confirm"
        ? null
        : element("button", { type: "button", "data-name": "settle", click: settle }, words("rightThisTime")),
    ]);
  }

  /** @param {{level: string, text: string, shape: string}} reason @param {(Element|null)[]} ends */
  function line({ level, text, shape }, ends) {
    const name = element("b", { class: "unseen" }, `${words(`level_${level.replace("-", "_")}`)}: `);
    const kind = level === "block-confirm" ? "stop" : level;
    const label = view?.account?.label;
    return element(
      "div",
      { class: `line ${kind}` },
      drawing(shape),
      element("span", { class: "text" }, name, ...sentence(text, label)),
      element("span", { class: "ends" }, ...ends),
    );
  }

  function more() {
    const label = view.account.label;
    const parts = view.reasons.flatMap((/** @type {any} */ reason, /** @type {number} */ index) => [
      index > 0 ? element("p", { class: "ink" }, ...sentence(reason.text, label)) : null,
      reason.advice ? element("p", {}, ...sentence(reason.advice, label)) : null,
      ...reason.evidence.map((/** @type {string} */ text) => element("p", {}, "· ", ...sentence(text, label))),
      reason.source ? element("p", {}, ...sentence(words("sourceOf", reason.source), label)) : null,
      index > 0 && reason.links.length > 0 ? element("p", {}, ...reason.links.map((/** @type {any} */ link) => pageLink(link))) : null,
    ]);
    return element("div", { class: "more" }, ...parts);
  }

  function toggle() {
    isOpen = !isOpen;
    draw();
  }

  function settle() {
    const open = view.reasons.filter((/** @type {any} */ reason) => reason.level !== "block-confirm");
    isOpen = false;
    void ask({ what: "decided", visit: view.visit, reasons: open.map((/** @type {any} */ reason) => reason.code), choice: "continue" });
  }

  /** @param {boolean} small */
  function makeSmall(small) {
    look = { ...look, small };
    void ask({ what: "ribbon-moved", look: { small } });
    draw();
  }

  function close() {
    [closedFor, unchecked] = [print(), ""];
    draw();
  }

  hear((message) => {
    if (message?.what === "focus-ribbon")
      return host.isConnected ? /** @type {HTMLElement|null} */ (face.querySelector("button"))?.focus() : undefined;
    if (message?.what !== "view") return;
    // Keep the current content while the page is judged again.
    if (message.view.standing === "pending" && view !== null) return;
    if (message.view.visit !== view?.visit) isOpen = false;
    isReserved &&= message.view.standing === "pending";
    [view, look] = [message.view, message.look];
    draw();
  });
  // The page may have removed it; it comes back only a few times, to not fight with the page.
  new MutationObserver(() => {
    if (host.isConnected || !isWanted || !alive() || returns >= MOST_RETURNS) return;
    returns += 1;
    draw();
  }).observe(document.documentElement, { childList: true });
  void ask({ what: "notes" }).then((notes) => {
    unchecked = notes?.unchecked ?? "";
    if (view === null && notes?.reserve) [isReserved, look] = [true, notes.look];
    if (unchecked || isReserved) draw();
  });
})();
