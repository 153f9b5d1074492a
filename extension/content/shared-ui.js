/** Shared by the others: closed shadow roots, elements, texts, messages. Runs first. */
(() => {
  const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
  // An earlier version may have left a ribbon, or a dialog that no longer answers.
  for (const old of document.querySelectorAll("[data-shopper]")) old.remove();

  const BASE = `
:host{all:initial !important;display:block !important;direction:ltr !important}
:host([dir=rtl]){direction:rtl !important}
@media print{:host{display:none !important}}
*{box-sizing:border-box}
.face{color-scheme:light dark;--paper:light-dark(#FFFFFF,#1F2226);--ink:light-dark(#1B1D20,#EEF0F2);--soft:light-dark(#5A6068,#A9B0B8);--line:light-dark(#D8DCE1,#3A3F46);--well:light-dark(#F4F6F8,#2A2E34);--note:light-dark(#0072B2,#56B4E9);--check:light-dark(#8A5A00,#E69F00);--stop:light-dark(#B34700,#FF8A4C);
--shade:0 6px 24px light-dark(rgb(0 0 0 / .16),rgb(0 0 0 / .55)),0 1px 3px light-dark(rgb(0 0 0 / .14),rgb(0 0 0 / .5));
color:var(--ink);font:13px/1.4 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;text-align:start;letter-spacing:normal}
:host([data-theme=light]) .face{color-scheme:light}
:host([data-theme=dark]) .face{color-scheme:dark}
button,a.link{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:2px solid var(--note);outline-offset:2px}
svg{display:block;fill:currentColor}
@media (prefers-contrast:more){.face{--soft:var(--ink);--line:var(--ink)}}
:host([data-theme=contrast]) .face{--soft:var(--ink);--line:var(--ink)}
@media (forced-colors:active){
.face{--paper:Canvas;--ink:CanvasText;--soft:CanvasText;--line:CanvasText;--well:Canvas;--note:LinkText;--check:CanvasText;--stop:CanvasText}
}
`;

  /**
   * Put a closed shadow root on the page and return it with its host; the page can neither read nor restyle it.
   * @param {string} name @param {string} styles
   */
  function shadow(name, styles) {
    const host = document.createElement("div");
    host.setAttribute("data-shopper", name);
    host.dataset["theme"] = theme;
    // The page and our texts may have different reading directions.
    host.setAttribute("dir", words("@@bidi_dir") === "rtl" ? "rtl" : "ltr");
    host.setAttribute("lang", words("@@ui_locale").replace("_", "-"));
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BASE + styles);
    root.adoptedStyleSheets = [sheet];
    return { host, root };
  }

  /**
   * Make an element: attributes by name, listeners by function, text never as markup.
   * @param {string} tag @param {Record<string, any>} parts @param {...(Node|string|null)} children
   */
  function element(tag, parts = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(parts)) {
      if (typeof value === "function") made.addEventListener(name, value);
      else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : String(value));
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /** @param {string} outline of a symbol */
  function drawing(outline) {
    const space = "http://www.w3.org/2000/svg";
    const sign = document.createElementNS(space, "svg");
    sign.setAttribute("viewBox", "0 0 32 32");
    sign.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS(space, "path");
    shape.setAttribute("d", outline);
    shape.setAttribute("fill-rule", "evenodd");
    sign.append(shape);
    return sign;
  }

  /** Whether the extension is still loaded: an update disconnects open pages. */
  const alive = () => {
    try {
      return api.runtime?.id !== undefined;
    } catch {
      return false;
    }
  };

  /** Texts from the background: asking the browser would stop the page until all are read from disk. @type {Record<string, string>} */
  let texts = {};
  let theme = "";
  /** @param {Record<string, string>} given @param {string} chosen the theme; "": the system's */
  function learn(given, chosen) {
    texts = { ...texts, ...given };
    theme = chosen;
  }

  /** @param {string} name @param {...(string|number)} parts @returns {string} */
  function words(name, ...parts) {
    return texts[name]?.replace("$1", () => String(parts[0])) ?? name;
  }

  /**
   * A sentence with quoted titles and given names in a <bdi>: an Arabic title must not reorder it.
   * @param {string} text @param {...(string|undefined)} names @returns {(Node|string)[]}
   */
  function sentence(text, ...names) {
    const escaped = names.flatMap((name) => (name ? [name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")] : []));
    const parts = text.split(
      new RegExp(`('[^']{2,}'|"[^"]{2,}"|[„“«「][^”“»」]{2,}[”“»」]${escaped.map((name) => `|${name}`).join("")})`, "u"),
    );
    return parts.map((part, index) => (index % 2 === 1 ? element("bdi", {}, part) : part));
  }

  /**
   * A link to one of Amazon's own pages, in a new tab. The account switcher is the page's own, if it has one, in this tab.
   * @param {{kind: string, label: string, url: string}} link @param {() => void} [click]
   */
  function pageLink({ kind, label, url }, click = () => undefined) {
    const own = kind === "switch" ? document.querySelector("a#nav-item-switch-account") : null;
    const href = own instanceof HTMLAnchorElement && own.origin === location.origin ? own.href : url;
    const target = kind === "switch" ? null : "_blank";
    return element("a", { class: "link", href, target, rel: "noopener", click }, label);
  }

  /** Ask the background; `failed` if it cannot be reached or has ended. @param {object} message */
  async function ask(message) {
    try {
      return await api.runtime.sendMessage(message);
    } catch {
      return { failed: "gone" };
    }
  }

  /** They share one listener of the browser's: each costs time. @type {((message: any) => void)[]} */
  const listeners = [];
  api.runtime.onMessage.addListener((/** @type {any} */ message) => {
    for (const listener of listeners) listener(message);
  });
  /** @param {(message: any) => void} listener */
  const hear = (listener) => void listeners.push(listener);

  globalThis.shopper = /** @type {any} */ ({ alive, shadow, element, drawing, learn, words, sentence, pageLink, ask, hear });
})();
