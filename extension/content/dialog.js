/** The dialog over the page: what, why, what happens if you go on; then Stay here or Order anyway. */
(() => {
  const { shadow, element, drawing, words, pageLink } = globalThis.shopper;

  const STYLES = `
    dialog { width: min(34rem, calc(100vw - 2rem)); padding: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--paper);
      color: var(--ink); box-shadow: var(--shade); overflow: hidden; }
    dialog::backdrop { background: rgb(16 18 22 / .45); }
    .edge { height: 4px; }
    .body { padding: 1.25rem 1.5rem 1.25rem; display: grid; gap: .75rem; max-height: calc(100vh - 4rem); overflow: auto; }
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
    .ends { display: flex; gap: .6rem; justify-content: flex-end; align-items: center; flex-wrap: wrap; padding-top: .25rem; }
    label { display: flex; gap: .4rem; align-items: center; margin-inline-end: auto; color: var(--soft); font-size: 12px; cursor: pointer; }
    input { margin: 0; accent-color: var(--note); }
    .ends button { border-radius: 8px; padding: .5rem 1rem; border: 1px solid var(--line); background: var(--paper); font-weight: 600; }
    .ends button.stay { background: #0072B2; border-color: #0072B2; color: #FFFFFF; }
    .ends button:hover { filter: brightness(.96); }
  `;

  /** Amazon's own pages; who goes to another account leaves this order. @param {any} reason @param {(go: boolean) => void} close */
  function links(reason, close) {
    const found = reason.links.map((/** @type {any} */ link) => pageLink(link, () => link.kind === "switch" && close(false)));
    return found.length > 0 ? element("p", { class: "links" }, ...found) : null;
  }

  /** @param {any} reason @param {string} label whose account this is @param {(go: boolean) => void} close */
  function why(reason, label, close) {
    const evidence =
      reason.evidence.length > 0
        ? element("ul", {}, ...reason.evidence.map((/** @type {string} */ line) => element("li", {}, line)))
        : null;
    return [
      reason.advice ? element("p", { id: "why" }, reason.advice) : null,
      evidence,
      reason.source ? element("p", { class: "soft" }, words("sourceOf", reason.source)) : null,
      links(reason, close),
      element("p", {}, label ? words("ifYouGoOn", label) : words("ifYouGoOnUnknown")),
    ];
  }

  /**
   * What the dialog holds: the reasons loudest first, then the two ways on.
   * @param {any} view @param {HTMLInputElement} always @param {(go: boolean) => void} close
   */
  function contents(view, always, close) {
    const [first, ...others] = view.reasons.filter((/** @type {any} */ reason) => reason.level === "block-confirm");
    const edge = element("div", { class: "edge" });
    edge.style.background = view.account?.colour ?? "#3A3A3A";
    const ends = element(
      "div",
      { class: "ends" },
      element("label", {}, always, words("alwaysRight")),
      element("button", { class: "go", type: "button", click: () => close(true) }, words("orderAnyway")),
      element("button", { class: "stay", type: "button", autofocus: true, click: () => close(false) }, words("stayHere")),
    );
    const more = others.map((/** @type {any} */ reason) =>
      element(
        "div",
        { class: "more" },
        element("p", {}, reason.text),
        element("p", { class: "soft" }, reason.advice),
        links(reason, close),
      ),
    );
    const head = element("div", { class: "head" }, drawing(first.shape), element("h1", { id: "title" }, first.text));
    const label = view.account?.registered ? view.account.label : "";
    return [edge, element("div", { class: "body" }, head, ...why(first, label, close), ...more, ends)];
  }

  /**
   * Ask the person and return what they chose; leaving the dialog in any way is staying.
   * @param {any} view @returns {Promise<{go: boolean, always: boolean}>}
   */
  function confirm(view) {
    const { host, root } = shadow("dialog", STYLES);
    const always = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
    const labels = { class: "face", "aria-labelledby": "title", "aria-describedby": "why" };
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", labels));
    return new Promise((resolve) => {
      const close = (/** @type {boolean} */ go) => {
        dialog.close();
        host.remove();
        resolve({ go, always: always.checked });
      };
      dialog.append(...contents(view, always, close));
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        close(false);
      });
      // Keys pressed here are nobody's shortcuts on the page below.
      for (const name of ["keydown", "keyup", "keypress"]) dialog.addEventListener(name, (event) => event.stopPropagation());
      root.append(dialog);
      document.documentElement.append(host);
      dialog.showModal();
      /** @type {HTMLElement|null} */ (dialog.querySelector(".stay"))?.focus();
    });
  }

  globalThis.shopper.confirm = confirm;
})();
