/** The slim account ribbon: whose page this is, and one line when there is something to look at. */
(() => {
  if (window.top !== window) return;
  const { shadow, element, drawing, words, pageLink, ask, hear } = globalThis.shopper;

  const STYLES = `
    .face { position: fixed; z-index: 2147483646; max-width: min(40rem, calc(100vw - 1rem)); background: var(--paper); border: 1px solid var(--line);
      border-radius: 0 0 9px 9px; box-shadow: var(--shade); overflow: hidden; font-size: 12.5px; }
    .face.left { left: 8px; } .face.right { right: 8px; }
    .face.moved { border-radius: 9px; }
    .bar { display: flex; align-items: stretch; height: 28px; touch-action: none; user-select: none; -webkit-user-select: none; }
    .sign { width: 30px; display: grid; place-items: center; cursor: grab; } .sign svg { width: 19px; }
    .name { display: flex; align-items: center; gap: .5em; padding: 0 .4rem 0 .65rem; white-space: nowrap; overflow: hidden; cursor: grab; flex: 1; }
    .name b { font-weight: 650; overflow: hidden; text-overflow: ellipsis; }
    .soft { color: var(--soft); }
    .bar button.end { width: 26px; border: 0; background: none; color: var(--soft); font-size: 15px; line-height: 1; padding: 0; }
    .bar button.end:hover { color: var(--ink); background: var(--well); }
    .small .name { padding: 0 .55rem; font-weight: 650; cursor: pointer; }
    .line { display: flex; gap: .55rem; align-items: flex-start; padding: .4rem .7rem; border-top: 1px solid var(--line); background: var(--well); }
    .line svg { width: 15px; margin-top: 1.5px; flex: none; } .line.warn svg { color: var(--check); } .line.notice svg { color: var(--note); } .line.stop svg { color: var(--stop); }
    .line span { flex: 1; min-width: 12rem; } .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
    .line button, a.link { flex: none; background: none; border: 0; padding: 0 .1rem; color: var(--note); font-weight: 600; text-decoration: none; }
    .line button:hover, a.link:hover { text-decoration: underline; }
    .more { padding: .1rem .7rem .6rem 1.95rem; background: var(--well); color: var(--soft); display: grid; gap: .2rem; }
    .more p { margin: 0; } .more p.ink { color: var(--ink); }
  `;

  const { host, root } = shadow("ribbon", STYLES);
  const face = element("div", { class: "face", role: "status", "aria-live": "polite" });
  root.append(face);

  /** @type {any} */
  let view = null;
  /** @type {{ribbon: boolean, small: boolean, place: {side: "left"|"right", top: number|null}}} */
  let look = { ribbon: true, small: false, place: { side: "right", top: null } };
  let closedFor = "";
  let isOpen = false;
  /** The sign of the note that a click went through unchecked; "" when none did. */
  let unchecked = "";

  /** What was closed stays closed until the account or what there is to say is another. */
  const print = () => JSON.stringify([view?.account?.customer_id, view?.reasons?.map((/** @type {any} */ reason) => reason.text)]);

  function draw() {
    const ready = view?.standing === "ready" && view.account !== null;
    if (!(ready && look.ribbon && closedFor !== print()) && unchecked === "") return host.remove();
    putAt(look.place);
    const parts = ready ? [bar(view.account), reasonLine(), isOpen ? more() : null] : [];
    if (unchecked) parts.push(line({ level: "notice", text: words("wentUnchecked"), shape: unchecked }, []));
    face.replaceChildren(...parts.filter((part) => part !== null));
    if (!host.isConnected) document.documentElement.append(host);
  }

  /** Until it is put somewhere it stands below the page's own header, which has the cart in that corner. */
  function below() {
    const header = document.querySelector("#nav-belt, #navbar")?.getBoundingClientRect();
    return Math.round(Math.min(Math.max(header?.bottom ?? 0, 0), 140) + 6);
  }

  /** @param {{side: "left"|"right", top: number|null}} place */
  function putAt({ side, top }) {
    face.className = `face ${side}${top === 0 ? "" : " moved"}${look.small ? " small" : ""}`;
    const chosen = top ?? below();
    face.style.top = `${Math.min(chosen, Math.max(0, innerHeight - 34))}px`;
  }

  /** @param {any} account */
  function bar(account) {
    const sign = element("span", { class: "sign" }, drawing(account.shape));
    sign.style.background = account.colour;
    sign.style.color = account.ink;
    const label = account.registered ? account.label : words("notRegistered");
    if (look.small)
      return dragged(element("div", { class: "bar" }, sign, end("name", account.letters, `${label}. ${words("ribbonGrow")}`, grow)));
    const facts = [account.registered ? purpose(account.purpose) : "", words(`certainty_${account.certainty}`)].filter(
      (fact) => fact && fact !== label,
    );
    const name = element(
      "span",
      { class: "name" },
      element("b", {}, label),
      element("span", { class: "soft" }, `·  ${facts.join("  ·  ")}`),
    );
    const ends = [end("", "–", words("ribbonShrink"), shrink), end("", "×", words("ribbonClose"), close)];
    return dragged(element("div", { class: "bar" }, sign, name, ...ends));
  }

  /** @param {string} kind @param {string} text @param {string} title @param {() => void} click */
  const end = (kind, text, title, click) =>
    element("button", { class: `end ${kind}`, type: "button", title, "aria-label": title, click }, text);

  /** @param {any} link */
  const pageLinkOf = (link) => pageLink(link);

  /** @param {string} name */
  const purpose = (name) => (name && words(`purpose_${name}`) !== `purpose_${name}` ? words(`purpose_${name}`) : name);

  function reasonLine() {
    const [first, ...others] = view.reasons;
    if (!first) return null;
    const text = others.length > 0 ? `${first.text}  ${words("andMore", others.length)}` : first.text;
    return line({ ...first, text }, [
      element("button", { type: "button", "aria-expanded": String(isOpen), click: toggle }, words("why")),
      ...first.links.map(pageLinkOf),
      first.level === "block-confirm" ? null : element("button", { type: "button", click: settle }, words("rightThisTime")),
    ]);
  }

  /** @param {{level: string, text: string, shape: string}} reason @param {(Element|null)[]} ends */
  function line({ level, text, shape }, ends) {
    const name = element("b", { class: "unseen" }, `${words(`level_${level.replace("-", "_")}`)}: `);
    const kind = level === "block-confirm" ? "stop" : level;
    return element("div", { class: `line ${kind}` }, drawing(shape), element("span", {}, name, text), ...ends);
  }

  function more() {
    const parts = view.reasons.flatMap((/** @type {any} */ reason, /** @type {number} */ index) => [
      index > 0 ? element("p", { class: "ink" }, reason.text) : null,
      reason.advice ? element("p", {}, reason.advice) : null,
      ...reason.evidence.map((/** @type {string} */ text) => element("p", {}, `· ${text}`)),
      reason.source ? element("p", {}, words("sourceOf", reason.source)) : null,
      index > 0 && reason.links.length > 0 ? element("p", {}, ...reason.links.map(pageLinkOf)) : null,
    ]);
    return element("div", { class: "more" }, ...parts);
  }

  function toggle() {
    isOpen = !isOpen;
    draw();
  }

  function settle() {
    const reasons = view.reasons
      .filter((/** @type {any} */ reason) => reason.level !== "block-confirm")
      .map((/** @type {any} */ reason) => reason.code);
    isOpen = false;
    void ask({ what: "decided", visit: view.visit, reasons, choice: "continue" });
  }

  /** @param {boolean} small */
  function resize(small) {
    look = { ...look, small };
    void ask({ what: "ribbon-moved", look });
    draw();
  }
  const shrink = () => resize(true);
  const grow = () => resize(false);

  function close() {
    [closedFor, unchecked] = [print(), ""];
    draw();
  }

  /** Let the bar be put elsewhere by its name or sign. @param {HTMLElement} handle */
  function dragged(handle) {
    handle.addEventListener("pointerdown", (start) => {
      if (start.button !== 0 || (start.target instanceof Element && start.target.closest("button.end:not(.name)"))) return;
      const top = face.getBoundingClientRect().top;
      const move = (/** @type {PointerEvent} */ now) => {
        if (Math.abs(now.clientY - start.clientY) + Math.abs(now.clientX - start.clientX) < 4) return;
        const side = now.clientX < innerWidth / 2 ? "left" : "right";
        look = { ...look, place: { side, top: Math.round(Math.max(0, top + now.clientY - start.clientY)) } };
        putAt(look.place);
      };
      const end = () => {
        window.removeEventListener("pointermove", move, true);
        void ask({ what: "ribbon-moved", look });
      };
      window.addEventListener("pointermove", move, true);
      window.addEventListener("pointerup", end, { capture: true, once: true });
    });
    return handle;
  }

  hear((message) => {
    if (message?.what !== "view") return;
    if (message.view.standing === "pending" && view?.standing === "ready") return;
    if (message.view.visit !== view?.visit) isOpen = false;
    [view, look] = [message.view, message.look];
    draw();
  });
  void ask({ what: "notes" }).then((notes) => {
    unchecked = notes?.unchecked ?? "";
    if (unchecked) draw();
  });
})();
