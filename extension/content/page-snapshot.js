/**
 * Writes the parts of a page that matter as HTML text: as it is drawn now, without scripts, styles, picture addresses and what people typed.
 * One pass over the nodes, without recursion, and never longer than LONGEST: a hostile page can neither freeze nor overflow it.
 */
(() => {
  const GONE_TAGS = new Set("STYLE svg NOSCRIPT LINK META IFRAME VIDEO AUDIO CANVAS TEMPLATE OBJECT EMBED FOOTER".split(" "));
  const GONE_IDS = /^(navbar|nav-main|nav-belt|nav-subnav|navFooter|rhf)$|^nav-flyout|^sp_/;
  const VOID = new Set("AREA BASE BR COL HR IMG INPUT SOURCE TRACK WBR".split(" "));
  const USELESS = /^(style|srcset|src|on.*|data-a-dynamic.*)$/;
  const TELLING =
    /^(ASIN|asin\b.*|orderI[dD]|subtotalLineType|isbn|unifiedLocation1ClickAddress|ppw-widgetState|quantity(Box)?|sourceCustomerOrgListID)$/;
  const KEPT_TYPES = new Set(["submit", "button", "checkbox", "radio", "image"]);
  const LONGEST_ATTRIBUTE = 1500;
  const LONGEST = 1_400_000;

  /** Return the outermost of the elements that the selectors find. @param {string[]} selectors @returns {Element[]} */
  function outermost(selectors) {
    /** @type {Element[]} */
    const kept = [];
    // In document order an element's descendants follow it directly.
    for (const one of document.querySelectorAll(selectors.join(","))) {
      if (!kept.at(-1)?.contains(one)) kept.push(one);
    }
    return kept;
  }

  const ENTITIES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\u00a0": "&nbsp;" });
  const escaped = (/** @type {string} */ text) =>
    /[&<>"\u00a0]/.test(text) ? text.replace(/[&<>"\u00a0]/g, (sign) => ENTITIES[sign] ?? sign) : text;

  /** Scripts that carry the page's data instead of code. @param {Element} one */
  const isData = (one) => one.id === "__NEXT_DATA__" || one.getAttribute("type") === "text/template";

  /** @param {Element} one */
  function isGone(one) {
    const tag = one.tagName;
    if (tag === "SCRIPT") return !isData(one);
    if (GONE_TAGS.has(tag) || (tag === "HEADER" && one.parentNode === document.body)) return true;
    if (one.id && GONE_IDS.test(one.id)) return true;
    return one.classList.contains("a-carousel-container") || one.hasAttribute("data-shopper");
  }

  /** Whether an attribute is left out: useless, too long, typed by a person, or written as it is now. @param {Element} one @param {string} name @param {string} value */
  function isLeftOut(one, name, value) {
    if (USELESS.test(name) || value.length > LONGEST_ATTRIBUTE) return true;
    if (one instanceof HTMLOptionElement) return name === "selected";
    return one instanceof HTMLInputElement && (name === "checked" || (name === "value" && !keepsValue(one)));
  }

  /** The opening tag. What is chosen or ticked is a state of the page, not of its text. @param {Element} one */
  function opening(one) {
    let text = `<${one.localName}`;
    for (const { name, value } of one.attributes) {
      if (!isLeftOut(one, name, value)) text += ` ${name}="${escaped(value)}"`;
    }
    if (one instanceof HTMLInputElement && one.checked) text += ' checked=""';
    if (one instanceof HTMLOptionElement && one.selected) text += ' selected=""';
    return `${text}>`;
  }

  /** @param {HTMLInputElement} field */
  function keepsValue({ type, name, id }) {
    return KEPT_TYPES.has(type) || (type === "hidden" && (TELLING.test(name) || TELLING.test(id)));
  }

  /** @param {Node} node */
  const filter = (node) =>
    (node instanceof Element ? isGone(node) : node.parentNode instanceof HTMLTextAreaElement)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT;

  /**
   * Write an element with all that is in it; stop when the limit is reached.
   * @param {Element} top @param {number} limit
   */
  function written(top, limit) {
    if (isGone(top)) return "";
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
    /** @type {string[]} */
    const texts = [];
    /** @type {Element[]} */
    const open = [];
    const closeUpTo = (/** @type {Node|null} */ parent) => {
      while (open.length > 0 && open.at(-1) !== parent) texts.push(`</${open.pop()?.localName}>`);
    };
    let left = limit;
    for (let at = /** @type {Node|null} */ (top); at !== null && left > 0; at = walker.nextNode()) {
      closeUpTo(at.parentNode);
      const text = at instanceof Element ? opening(at) : textOf(/** @type {Text} */ (at));
      if (at instanceof Element && !VOID.has(at.tagName)) open.push(at);
      texts.push(text);
      left -= text.length;
    }
    closeUpTo(null);
    return texts.join("");
  }

  /** @param {Text} node */
  const textOf = (node) => (node.parentNode instanceof HTMLScriptElement ? node.data : escaped(node.data));

  /** Return the named parts as HTML, up to LONGEST characters. @param {string[]} selectors */
  function fragment(selectors) {
    const texts = [];
    let left = LONGEST;
    for (const part of outermost(selectors)) {
      const text = written(part, left);
      texts.push(text);
      left -= text.length;
      if (left <= 0) break;
    }
    return texts.join("\n").slice(0, LONGEST);
  }

  /** Return the named parts of this page as one small document; "" if there are none. @param {string[]} selectors */
  function snapshot(selectors) {
    const parts = fragment(selectors);
    if (parts === "") return "";
    const language = escaped(document.documentElement.lang);
    return `<html lang="${language}"><head><title>${escaped(document.title.slice(0, 2000))}</title></head>${parts}</html>`;
  }

  globalThis.shopper.snapshot = snapshot;
  globalThis.shopper.fragment = fragment;
})();
