/** The part of a page that matters, as text: rendered, without scripts, styles, pictures' addresses and what people typed. */
(() => {
  const GONE =
    'script:not([type="text/template"]):not(#__NEXT_DATA__), style, svg, noscript, link, meta, iframe, video, audio, canvas, template, object, ' +
    "embed, body > header, #navbar, #nav-main, #nav-belt, #nav-subnav, #navFooter, #rhf, footer, [id^=nav-flyout], [id^=sp_], [data-shopper], .a-carousel-container";
  const TELLING =
    /^(ASIN|asin\b.*|orderI[dD]|subtotalLineType|isbn|unifiedLocation1ClickAddress|ppw-widgetState|quantity(Box)?|sourceCustomerOrgListID)$/;
  const KEPT_TYPES = new Set(["submit", "button", "checkbox", "radio", "image"]);
  const LONGEST_ATTRIBUTE = 1500;
  const LONGEST = 1_400_000;

  /** Return the outermost of the elements that the selectors find. @param {string[]} selectors @returns {Element[]} */
  function outermost(selectors) {
    const found = Array.from(document.querySelectorAll(selectors.join(",")));
    return found.filter((one) => !found.some((other) => other !== one && other.contains(one)));
  }

  /** @param {Element} original */
  function copy(original) {
    const clone = /** @type {Element} */ (original.cloneNode(true));
    chosen(original, clone);
    for (const gone of clone.querySelectorAll(GONE)) gone.remove();
    const comments = document.createTreeWalker(clone, NodeFilter.SHOW_COMMENT);
    const useless = [];
    while (comments.nextNode()) useless.push(comments.currentNode);
    for (const comment of useless) comment.parentNode?.removeChild(comment);
    for (const one of [clone, ...clone.querySelectorAll("*")]) clean(one);
    return clone.outerHTML;
  }

  /** What is chosen or ticked is a state of the page, not of its text. @param {Element} original @param {Element} clone */
  function chosen(original, clone) {
    const copies = clone.querySelectorAll("select");
    original.querySelectorAll("select").forEach((list, index) => {
      const options = Array.from(copies[index]?.options ?? []);
      options.forEach((option, place) => option.toggleAttribute("selected", place === list.selectedIndex));
    });
    const ticks = "input[type=checkbox], input[type=radio]";
    const ticked = clone.querySelectorAll(ticks);
    original
      .querySelectorAll(ticks)
      .forEach((box, index) => ticked[index]?.toggleAttribute("checked", /** @type {HTMLInputElement} */ (box).checked));
  }

  /** @param {Element} one */
  function clean(one) {
    for (const { name, value } of Array.from(one.attributes)) {
      const useless = name === "style" || name.startsWith("on") || name === "srcset" || name === "src" || name.startsWith("data-a-dynamic");
      if (useless || value.length > LONGEST_ATTRIBUTE) one.removeAttribute(name);
    }
    if (one instanceof HTMLTextAreaElement) one.textContent = "";
    if (one instanceof HTMLInputElement) {
      const telling = one.type === "hidden" && (TELLING.test(one.name) || TELLING.test(one.id));
      if (!telling && !KEPT_TYPES.has(one.type)) one.removeAttribute("value");
    }
  }

  /** Return the named parts of this page as one small document; "" when none is there. @param {string[]} selectors */
  function trimmed(selectors) {
    const parts = outermost(selectors).map(copy).join("\n");
    if (parts === "") return "";
    const page = document.createElement("html");
    page.lang = document.documentElement.lang;
    const title = document.createElement("title");
    title.textContent = document.title;
    const open = page.outerHTML.replace(/<\/html>$/, "");
    return `${open}<head>${title.outerHTML}</head>${parts.slice(0, LONGEST)}</html>`;
  }

  globalThis.shopper.trimmed = trimmed;
  globalThis.shopper.fragment = (selectors) => outermost(selectors).map(copy).join("\n");
})();
