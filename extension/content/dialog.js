/** The dialog over the page: what, why, what happens if you go on; then Stay here or the deed all the same. */
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

  /** What "always right for this item" can be said of. */
  const BUYING = new Set(["order", "subscribe"]);

  /** Amazon's own pages; who goes to another account leaves this page. @param {any} reason @param {(go: boolean) => void} close */
  function links(reason, close) {
    const found = reason.links.map((/** @type {any} */ link) => pageLink(link, () => link.kind === "switch" && close(false)));
    return found.length > 0 ? element("p", { class: "links" }, ...found) : null;
  }

  /** @param {any} reason @param {string} consequence @param {(go: boolean) => void} close */
  function why(reason, consequence, close) {
    const evidence =
      reason.evidence.length > 0
        ? element("ul", {}, ...reason.evidence.map((/** @type {string} */ line) => element("li", {}, line)))
        : null;
    return [
      reason.advice ? element("p", { id: "why" }, reason.advice) : null,
      evidence,
      reason.source ? element("p", { class: "soft" }, words("sourceOf", reason.source)) : null,
      links(reason, close),
      element("p", {}, consequence),
    ];
  }

  /** What happens if the person goes on. @param {string} deed @param {any} account */
  function consequence(deed, account) {
    const label = account?.registered ? account.label : "";
    return label ? words(`ifYouGoOn_${deed}`, label) : words(`ifYouGoOnUnknown_${deed}`);
  }

  /**
   * What the dialog holds: the reasons loudest first, then the two ways on. Only things that are bought are right for good.
   * @param {any} view @param {string} deed @param {HTMLInputElement} always @param {(go: boolean) => void} close
   */
  function contents(view, deed, always, close) {
    const [first, ...others] = view.reasons.filter((/** @type {any} */ reason) => reason.level === "block-confirm");
    const edge = element("div", { class: "edge" });
    edge.style.background = view.account?.colour ?? "#3A3A3A";
    const ends = element(
      "div",
      { class: "ends" },
      BUYING.has(deed) ? element("label", {}, always, words("alwaysRight")) : null,
      element("button", { class: "go", type: "button", click: () => close(true) }, words(`anyway_${deed}`)),
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
    const reasons = why(first, consequence(deed, view.account), close);
    return [edge, element("div", { class: "body" }, head, ...reasons, ...more, ends)];
  }

  /**
   * Ask the person and return what they chose; leaving the dialog in any way is staying.
   * @param {any} view @param {string} deed @returns {Promise<{go: boolean, always: boolean}>}
   */
  function confirm(view, deed) {
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
      dialog.append(...contents(view, deed, always, close));
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
