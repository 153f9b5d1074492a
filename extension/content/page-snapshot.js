/**
 * Writes the parts of a page that matter as HTML, without scripts, styles, picture addresses and what people typed. One pass without
 * recursion, up to LONGEST characters: a hostile page can neither freeze nor overflow it.
 */
(() => {
  const GONE_TAGS = new Set("style svg noscript link meta iframe video audio canvas template object embed footer".split(" "));
  const GONE_IDS = /^(navbar|nav-main|nav-belt|nav-subnav|navFooter|rhf)$|^nav-flyout|^sp_/;
  const VOID = new Set("area base br col hr img input source track wbr".split(" "));
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

  /** @param {Element} one @param {string} tag */
  function isGone(one, tag) {
    // Scripts may contain the page's data instead of code.
    if (tag === "script") return one.id !== "__NEXT_DATA__" && one.getAttribute("type") !== "text/template";
    return GONE_TAGS.has(tag) || (tag === "header" && one.parentNode === document.body);
  }

  /** @param {string} name @param {string} value */
  const marksGone = (name, value) =>
    name === "data-shopper" || (name === "id" && GONE_IDS.test(value)) || (name === "class" && value.includes("a-carousel-container"));

  /** What a user typed is never sent; hidden fields are sent only if their name is relevant. @param {HTMLInputElement} field */
  function keepsValue({ type, name, id }) {
    return KEPT_TYPES.has(type) || (type === "hidden" && (TELLING.test(name) || TELLING.test(id)));
  }

  /** @param {Element} one @param {string} tag @param {string} name @param {string} value */
  function isLeftOut(one, tag, name, value) {
    if (value.length > LONGEST_ATTRIBUTE || USELESS.test(name)) return true;
    if (tag === "input") return name === "checked" || (name === "value" && !keepsValue(/** @type {HTMLInputElement} */ (one)));
    return tag === "option" && name === "selected";
  }

  /**
   * The opening tag, or null for an element that is left out. Selected and checked are properties.
   * @param {any} one @param {string} tag
   */
  function opening(one, tag) {
    if (isGone(one, tag)) return null;
    let text = `<${tag}`;
    for (const name of one.getAttributeNames()) {
      const value = one.getAttribute(name);
      if (marksGone(name, value)) return null;
      if (!isLeftOut(one, tag, name, value)) text += ` ${name}="${escaped(value)}"`;
    }
    if (tag === "input" && one.checked) text += ' checked=""';
    if (tag === "option" && one.selected) text += ' selected=""';
    return `${text}>`;
  }

  /**
   * Write an element with its content; stop when the limit is reached.
   * @param {Element} top @param {number} limit
   */
  function written(top, limit) {
    /** @type {string[]} */
    const texts = [];
    let left = limit;
    /** @param {string} text */
    const add = (text) => {
      texts.push(text);
      left -= text.length;
    };
    /** Write the start of a node; return whether its children are next. @param {any} node */
    const begins = (node) => {
      if (node.nodeType === Node.TEXT_NODE) add(textOf(node));
      if (node.nodeType !== Node.ELEMENT_NODE) return false;
      const tag = node.localName;
      const text = opening(node, tag);
      if (text === null) return false;
      add(text);
      if (VOID.has(tag)) return false;
      if (left > 0 && node.firstChild !== null && tag !== "textarea") return true;
      add(`</${tag}>`);
      return false;
    };
    /** Close the elements that end after this node; return the next one to write, or null. @param {any} node */
    const after = (node) => {
      let at = node;
      while (at !== top && (at.nextSibling === null || left <= 0)) {
        at = at.parentNode;
        add(`</${at.localName}>`);
      }
      return at === top ? null : at.nextSibling;
    };
    for (let at = /** @type {any} */ (top); at !== null;) at = begins(at) ? at.firstChild : after(at);
    return texts.join("");
  }

  /** @param {Text} node */
  const textOf = (node) => (node.parentNode?.nodeName === "SCRIPT" ? node.data : escaped(node.data));

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
