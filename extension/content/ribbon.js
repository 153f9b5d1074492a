/** The account ribbon: a line in the account's colour above the page, covering nothing. */
(() => {
  if (window.top !== window) return;
  const { alive, shadow, element, drawing, learn, words, sentence, pageLink, ask, hear, standing } = globalThis.shopper;

  const STYLES = `
.face{position:relative;z-index:2147483646;font-size:13px;overflow-wrap:anywhere}
.bar{display:flex;align-items:center;min-height:28px;padding-inline:10px 4px;gap:.5rem}
.bar svg{width:26px;height:26px;flex:none}
.bar .sign{flex:none;display:grid;place-items:center}
.name{flex:1;min-width:0;display:flex;flex-wrap:wrap;gap:0 .5em;padding-block:3px}
.name b{font-weight:700;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.letters{font-weight:700;font-size:12px;line-height:18px;white-space:nowrap;letter-spacing:.02em}
.small .bar{min-height:18px} .small .sign{height:18px} .small .name{padding-block:0} .small .bar svg{width:18px;height:18px}
button.end{flex:none;min-width:28px;height:24px;border:0;border-radius:6px;background:none;font-size:16px;line-height:1;padding:0 .3rem}
button.end:hover{background:rgb(127 127 127 / .3)}
.small button.end{height:18px}
.bar :focus-visible{outline-color:currentColor;outline-offset:-2px}
.off .bar{background:#5C5C5C;color:#FFFFFF}
.line{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:flex-start;padding:.4rem .75rem;border-bottom:1px solid var(--line);
background:var(--well);color:var(--ink)}
.line svg{width:16px;height:16px;margin-top:1px;flex:none}
.line.warn svg{color:var(--check)} .line.notice svg{color:var(--note)} .line.block-confirm svg{color:var(--stop)}
.line .text{flex:1 1 12rem;min-width:0} .ends{display:flex;flex-wrap:wrap;gap:.1rem .8rem}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.line button, a.link{background:none;border:0;padding:0 .1rem;color:var(--note);font-weight:600;text-decoration:none}
.line button:hover, a.link:hover{text-decoration:underline}
.more{padding:.2rem .75rem .6rem 2.2rem;background:var(--well);color:var(--soft);display:grid;gap:.2rem;border-bottom:1px solid var(--line)}
.more p{margin:0} .more p.ink{color:var(--ink)}
@media (forced-colors:active),(prefers-contrast:more){.bar{border-bottom:3px solid;forced-color-adjust:none} }
`;
  /** Host, face and `spoken`, the live region: empty at first, so that additions are announced. @type {any} */
  let made = null;
  /** How far the line is below its place. */
  let lowered = 0;

  /** @type {PageView} */
  let view = { standing: "pending", visit: null, account: null, reasons: [] };
  let [look, closedFor] = [{ ribbon: true, small: false, theme: "" }, ""];
  /** `unchecked`: the symbol of the note that a click went through unchecked, or "". */
  let [isOpen, isWanted, hasWords, unchecked, returns] = [false, false, false, "", 0];
  /** The line keeps its space until an answer. */
  let isReserved = false;

  const isOff = () => ["away", "stranger", "forbidden", "unpaired"].includes(view.standing);
  const isReady = () => view.standing === "ready" && view.account !== null;

  /** A closed ribbon stays closed until the account or the message changes. */
  const print = () => JSON.stringify([view.standing, view.account?.customer_id, view.reasons.map((reason) => reason.text)]);

  function draw() {
    const isShown = (isReady() || isOff()) && look.ribbon && closedFor !== print();
    isWanted = isShown || unchecked !== "" || isReserved;
    if (!isWanted) return made?.host.remove();
    made ??= start();
    show([...(isShown || isReserved ? lines() : []), uncheckedNote(isShown)]);
    say();
  }

  /** @param {(Element|null)[]} parts */
  function show(parts) {
    const { host, root, face, placing } = made;
    host.dataset.theme = look.theme;
    const focused = root.activeElement?.getAttribute("data-name");
    face.className = `face${look.small ? " small" : ""}${isOff() ? " off" : ""}`;
    face.replaceChildren(...parts.filter((part) => part !== null));
    if (!host.isConnected) document.documentElement.insertBefore(host, document.body);
    // Observing it again makes it report again.
    placing.unobserve(face);
    placing.observe(face);
    if (focused) face.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  function start() {
    const { host, root } = shadow("ribbon", STYLES);
    const face = element("div", { class: "face", role: "region", "aria-label": words("ribbonName") });
    const spoken = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
    root.append(face, spoken);
    face.onkeydown = ({ key }) => void (key === "Escape" && isOpen && toggle());
    // The page may remove it; it comes back five times.
    new MutationObserver(() => {
      if (host.isConnected || !isWanted || !alive() || returns >= 5) return;
      returns += 1;
      draw();
    }).observe(document.documentElement, { childList: true });
    // Called right after the browser's own layout: measuring costs nothing.
    return { host, root, face, spoken, placing: new ResizeObserver(place) };
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

  /** Announce news to screen readers, once the region is on the page. */
  function say() {
    const first = isReady() ? view.reasons[0] : null;
    let text = words("wentUnchecked");
    if (isOff()) text = words(`unchecked_${view.standing}`);
    if (isReady()) text = [nameOf(view.account), first?.text].filter(Boolean).join(". ");
    setTimeout(() => {
      if (made.host.isConnected && made.spoken.textContent !== text) made.spoken.textContent = text;
    }, 150);
  }

  /** The part around an element that is out of the page's flow. @param {Element} element @returns {Element|null} */
  function outOfFlow(element) {
    for (let at = /** @type {Element|null} */ (element); at !== null; at = at.parentElement) {
      if (/fixed|absolute/.test(getComputedStyle(at).position)) return at;
    }
    return null;
  }

  /** Above the page, or below a header that is fixed at the top. */
  function place() {
    const { host, face } = made;
    if (document.readyState === "loading" || scrollY > 0) return;
    const box = face.getBoundingClientRect();
    if (box.height === 0 || box.top < lowered) return;
    const under = document.elementsFromPoint(box.left + box.width / 2, box.top - lowered + box.height / 2);
    const header = under.map(outOfFlow).find((one) => one !== null && one !== host);
    const bottom = header ? Math.round(header.getBoundingClientRect().bottom) : 0;
    lowered = bottom > 0 && bottom < 200 ? bottom : 0;
    // The body keeps its position: it already leaves space for its own header.
    face.style.margin = `${lowered}px 0 ${-lowered}px`;
  }

  /** @param {any} account */
  const nameOf = (account) => (account.registered ? account.label : words("notRegistered"));

  /** @param {any} account */
  function bar(account) {
    const facts = account.registered ? [account.purpose, words(`certainty_${account.certainty}`)] : [words("notRegisteredHow")];
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
    const strip = element("div", { class: "bar" }, element("span", { class: "sign" }, drawing(account.shape)), name, resize, closeButton());
    [strip.style.background, strip.style.color] = [account.colour, account.ink];
    return strip;
  }

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

  function reasonLine() {
    const [first, ...others] = view.reasons;
    if (!first) return null;
    const text = others.length > 0 ? `${first.text}  ${words("andMore", others.length)}` : first.text;
    return line({ ...first, text }, [
      element("button", { type: "button", "aria-expanded": String(isOpen), "data-name": "why", click: toggle }, words("why")),
      ...first.links.map((link) => pageLink(link)),
      first.level === "block-confirm"
        ? null
        : element("button", { type: "button", "data-name": "settle", click: settle }, words("rightThisTime")),
    ]);
  }

  /** @param {{level: string, text: string, shape: string}} reason @param {(Element|null)[]} ends */
  function line({ level, text, shape }, ends) {
    const name = element("b", { class: "unseen" }, `${words(`level_${level.replace("-", "_")}`)}: `);
    const label = view.account?.label;
    return element(
      "div",
      { class: `line ${level}` },
      drawing(shape),
      element("span", { class: "text" }, name, ...sentence(text, label)),
      element("span", { class: "ends" }, ...ends),
    );
  }

  function more() {
    const made = (/** @type {string} */ text, parts = {}) => element("p", parts, ...sentence(text, view.account?.label));
    const parts = view.reasons.flatMap(({ text, advice, evidence, source, links }, index) => [
      index > 0 ? made(text, { class: "ink" }) : null,
      ...[advice, ...evidence.map((line) => `· ${line}`), source && words("sourceOf", source)].filter(Boolean).map((line) => made(line)),
      index > 0 && links.length > 0 ? element("p", {}, ...links.map((link) => pageLink(link))) : null,
    ]);
    return element("div", { class: "more" }, ...parts);
  }

  function toggle() {
    isOpen = !isOpen;
    draw();
  }

  function settle() {
    const open = view.reasons.filter((reason) => reason.level !== "block-confirm");
    isOpen = false;
    void ask({ what: "decided", visit: view.visit, reasons: open.map((reason) => reason.code), choice: "continue" });
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
    if (message?.words) learn(message.words, look.theme);
    if (message?.what === "focus-ribbon") return made?.face.querySelector("button")?.focus();
    if (message?.what !== "view") return;
    // While the page is judged, what is there stays.
    if (message.view.standing === "pending") return;
    if (message.view.visit !== view.visit) isOpen = false;
    isReserved = false;
    [view, look] = [message.view, message.look];
    if (hasWords) draw();
  });
  void (standing ?? ask({ what: "standing" })).then((notes) => {
    learn(notes?.words ?? {}, notes?.look?.theme ?? "");
    [unchecked, hasWords] = [notes?.unchecked ?? "", true];
    if (view.standing === "pending" && notes?.reserve) [isReserved, look] = [true, notes.look];
    draw();
  });
})();
