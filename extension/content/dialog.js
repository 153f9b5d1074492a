/** The dialog over the page: what would happen and why, then "Stay here" or going on anyway. */
(() => {
  if (globalThis.shopper.confirm) return;
  const { shadow, element, drawing, words, sentence, pageLink } = globalThis.shopper;

  /** A second click must not hit the dangerous button by accident, so it is disabled for this long. */
  const DEAD = 600;

  const STYLES = `
    dialog { width: min(34rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 0; border: 1px solid var(--line); border-radius: 12px;
      background: var(--paper); color: var(--ink); box-shadow: var(--shade); overflow: hidden; }
    dialog::backdrop { background: rgb(16 18 22 / .45); }
    .edge { height: 6px; forced-color-adjust: none; }
    .body { padding: 1.25rem 1.5rem 1.25rem; display: grid; gap: .75rem; max-height: calc(100vh - 4rem); overflow: auto; overflow-wrap: anywhere; }
    .head { display: flex; gap: .75rem; align-items: flex-start; }
    .head svg { flex: none; width: 24px; height: 24px; color: var(--stop); }
    h1 { margin: 0; font-size: 17px; line-height: 1.35; font-weight: 650; text-wrap: pretty; }
    p { margin: 0; }
    ul { margin: 0; padding: .6rem .75rem; list-style: none; background: var(--well); border-radius: 8px; display: grid; gap: .3rem; }
    li { padding-inline-start: 1rem; text-indent: -1rem; }
    li::before { content: "·"; display: inline-block; width: 1rem; text-indent: 0; color: var(--soft); font-weight: 700; }
    .more { border-top: 1px solid var(--line); padding-top: .6rem; display: grid; gap: .35rem; }
    .links { display: flex; gap: 1rem; flex-wrap: wrap; }
    a.link { color: var(--note); font-weight: 600; }
    .soft { color: var(--soft); font-size: 12px; }
    .ends, .buttons { display: flex; gap: .6rem; justify-content: flex-end; align-items: center; flex-wrap: wrap; }
    .ends { padding-top: .25rem; } .buttons { margin-inline-start: auto; }
    label { display: flex; gap: .4rem; align-items: center; margin-inline-end: auto; color: var(--soft); font-size: 12px; cursor: pointer; }
    input { margin: 0; accent-color: var(--note); }
    .ends button { border-radius: 8px; padding: .5rem 1rem; border: 1px solid var(--line); background: var(--paper); font-weight: 600; }
    .ends button.stay { background: #0072B2; border-color: #0072B2; color: #FFFFFF; }
    .ends button.go:hover { background: var(--well); }
    .ends button.stay:hover { background: #005F94; }
    /* No filter and no opacity here: Chromium would count the button as covered. */
    .ends button.go[aria-disabled=true] { color: var(--soft); cursor: default; }
  `;

  /** Actions for which "always right for this item" is offered. */
  const BUYING = new Set(["order", "subscribe"]);

  /** Links to Amazon's own pages; switching the account leaves this page. @param {Reason} reason @param {(go: boolean) => void} close */
  function links(reason, close) {
    const found = reason.links.map((link) => pageLink(link, () => link.kind === "switch" && close(false)));
    return found.length > 0 ? element("p", { class: "links" }, ...found) : null;
  }

  /** @param {Reason} reason @param {string} label @param {string} consequence @param {(go: boolean) => void} close */
  function why(reason, label, consequence, close) {
    const told = reason.evidence.filter((line) => line !== reason.text && line !== reason.advice);
    const evidence = told.length > 0 ? element("ul", {}, ...told.map((line) => element("li", {}, ...sentence(line, label)))) : null;
    return [
      reason.advice ? element("p", {}, ...sentence(reason.advice, label)) : null,
      evidence,
      reason.source ? element("p", { class: "soft" }, ...sentence(words("sourceOf", reason.source), label)) : null,
      links(reason, close),
      element("p", {}, ...sentence(consequence, label)),
    ];
  }

  /** What happens if the user goes on. @param {string} name @param {string} label */
  const consequence = (name, label) => (label ? words(`ifYouGoOn_${name}`, label) : words(`ifYouGoOnUnknown_${name}`));

  /** @param {Reason} reason @param {string} label @param {(go: boolean) => void} close */
  function furtherReason(reason, label, close) {
    const advice = element("p", { class: "soft" }, ...sentence(reason.advice, label));
    return element("div", { class: "more" }, element("p", {}, ...sentence(reason.text, label)), advice, links(reason, close));
  }

  /**
   * The reasons, most severe first, then the two buttons. Only purchases can be always right.
   * @param {PageView} view @param {string} name @param {HTMLElement} go @param {HTMLInputElement} always @param {(go: boolean) => void} close
   */
  function contents(view, name, go, always, close) {
    const [first, ...others] = /** @type {[Reason, ...Reason[]]} */ (view.reasons.filter((one) => one.level === "block-confirm"));
    const label = view.account?.registered ? view.account.label : "";
    const edge = element("div", { class: "edge" });
    edge.style.background = view.account?.colour ?? "#3A3A3A";
    const ends = element(
      "div",
      { class: "ends" },
      BUYING.has(name) ? element("label", {}, always, words("alwaysRight")) : null,
      // Together, so that a long label before them moves both to the next line.
      element(
        "div",
        { class: "buttons" },
        go,
        element("button", { class: "stay", type: "button", autofocus: true, click: () => close(false) }, words("stayHere")),
      ),
    );
    const head = element("div", { class: "head" }, drawing(first.shape), element("h1", { id: "title" }, ...sentence(first.text, label)));
    const reasons = element("div", { id: "why", style: "display: contents" }, ...why(first, label, consequence(name, label), close));
    const more = others.map((reason) => furtherReason(reason, label, close));
    return [edge, element("div", { class: "body" }, head, reasons, ...more, ends)];
  }

  /**
   * Watch whether the button is visible as drawn: in Chromium by its intersection observer, elsewhere by looking for
   * popovers and dialogs that the page opened after ours, because nothing else can cover it.
   * @param {Element} button @returns {{isCovered: () => boolean, end: () => void}}
   */
  function coverWatch(button) {
    const COVERS = ":popover-open, dialog:modal, :fullscreen";
    const before = new Set(document.querySelectorAll(COVERS));
    let isVisible = true;
    const options = /** @type {any} */ ({ trackVisibility: true, delay: 100, threshold: [0, 1] });
    const observer = new IntersectionObserver((entries) => {
      const last = /** @type {any} */ (entries.at(-1));
      if (last && typeof last.isVisible === "boolean" && /** @type {any} */ (observer).trackVisibility) isVisible = last.isVisible;
    }, options);
    observer.observe(button);
    const isCovered = () => !isVisible || Array.from(document.querySelectorAll(COVERS)).some((one) => !before.has(one));
    return { isCovered, end: () => observer.disconnect() };
  }

  /**
   * The button that goes on. It does nothing while it is disabled or covered, and only a real first click counts.
   * @param {string} text @param {() => void} accept
   */
  function dangerousButton(text, accept) {
    const go = element("button", { class: "go", type: "button", "aria-disabled": "true" }, text);
    const watch = coverWatch(go);
    const shown = performance.now();
    setTimeout(() => go.setAttribute("aria-disabled", "false"), DEAD);
    go.addEventListener("click", (event) => {
      if (event.isTrusted && event.detail <= 1 && performance.now() - shown >= DEAD && !watch.isCovered()) accept();
    });
    return { go, end: watch.end };
  }

  /**
   * Ask the user and return the choice; closing the dialog in any way means staying. `removed`: the page removed the dialog.
   * @param {PageView} view @param {string} name what the click does @returns {Promise<{go: boolean, always: boolean, removed: boolean}>}
   */
  function confirm(view, name) {
    const { host, root } = shadow("dialog", STYLES);
    const always = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
    const labels = { class: "face", role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "why" };
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", labels));
    return new Promise((resolve) => {
      let isOver = false;
      const close = (/** @type {boolean} */ go, removed = false) => {
        if (isOver) return;
        isOver = true;
        removal.disconnect();
        end();
        if (dialog.open) dialog.close();
        host.remove();
        resolve({ go, always: always.checked, removed });
      };
      const { go, end } = dangerousButton(words(`anyway_${name}`), () => close(true));
      const removal = new MutationObserver(() => !host.isConnected && close(false, true));
      dialog.append(...contents(view, name, go, always, close));
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        close(false);
      });
      dialog.addEventListener("close", () => close(false));
      // A key that is held down presses nothing: neither the button that has the focus, nor the page's again after that.
      dialog.addEventListener("keydown", (event) => event.repeat && /^(Enter| )$/.test(event.key) && event.preventDefault());
      // Keys pressed here must not trigger shortcuts of the page.
      for (const type of ["keydown", "keyup", "keypress"]) dialog.addEventListener(type, (event) => event.stopPropagation());
      root.append(dialog);
      document.documentElement.append(host);
      removal.observe(document, { childList: true });
      removal.observe(document.documentElement, { childList: true });
      dialog.showModal();
      /** @type {HTMLElement|null} */ (dialog.querySelector(".stay"))?.focus();
    });
  }

  globalThis.shopper.confirm = confirm;
})();
