/**
 * Recognises clicks that cannot be undone: by the button's id, its form's address, its name, its label.
 * Pages may name form fields "querySelector" or "elements", so DOM methods are called from their prototypes, never from a form.
 */
(() => {
  const { GUARDED_ACTIONS, pageKindOf } = globalThis.shopper;
  /** @param {any} prototype @param {string} name @param {any} of */
  const read = (prototype, name, of) => Object.getOwnPropertyDescriptor(prototype, name)?.get?.call(of);
  /** @param {Element} element @param {string} selector @returns {any} */
  const closest = (element, selector) => Element.prototype.closest.call(element, selector);
  /** @param {Element} element @param {string} name */
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);

  /** Amazon wraps buttons in `.a-button`, which has the id. */
  const PRESSABLE = "button, input[type=submit], input[type=button], input[type=image], a[href], [role=button], [role=menuitem], .a-button";

  /** Ids and names of order buttons, of all generations of the checkout. */
  const ORDER_NAME =
    /place-?_?(your)?-?_?order|submit-?_?order|one-?_?click-?_?(button|buy)|buy-?_?now|turbo-checkout-(pyo|place)|selectplaceorder|(request|submit)-?_?(for-?_?)?approval/i;
  const ORDER_TARGET = /place-?_?(your)?-?_?order|submit-?_?order|\/(turbo-?checkout|one-?click|buy-?now)(?=[/?#]|$)/i;

  /** @type {RegExp|undefined} */
  let labels;
  /** How labels of order buttons start, in the languages of the marketplaces. */
  const isOrderLabel = (/** @type {string} */ label) =>
    (labels ??= new RegExp(
      `^(?:${[
        "(place|submit|confirm|complete) (your |this |my )?(order|purchase)|buy (it )?(now|again now)|order now|pay now|(request|submit for|send for) approval",
        "jetzt (kaufen|bestellen)|(kosten|zahlungs)pflichtig (be)?stellen|bestellung (aufgeben|absenden|abschicken)|kauf abschließen|genehmigung anfordern",
        "acheter (maintenant|cet article)|(passer|valider|confirmer) (la |votre |ma )?commande|valider (votre |l.)?achat|commander|payer maintenant",
        "comprar? (ya|ahora)|(realizar?|haz|hacer|confirmar?) (el |tu )?pedido|pagar ahora",
        "(acquista|compra) (ora|subito)|(effettua|invia|conferma|completa) (l.)?(ordine|acquisto)",
        "nu kopen|(je |uw )?bestelling plaatsen|plaats (je |uw )?bestelling|nu bestellen",
        "kup teraz|złóż zamówienie|zamów teraz|potwierdź zamówienie",
        "köp nu|(slutför|bekräfta|lägg) (köp(et)?|beställning(en)?)|beställ nu",
        "comprar agora|(fazer|finalizar|confirmar) (o )?(pedido|compra)",
        "(şimdi|hemen) (satın )?al|sipariş(i|imi|inizi)? (ver|tamamla|onayla)",
        "koupit (nyní|teď)|objednat|odeslat objednávku",
        "注文を(確定|する)|今すぐ(買う|購入)|購入を確定|提交订单|立即购买|下单",
        "اشتر(ِ)? الآن|(إتمام|تقديم|تأكيد) الطلب|قدّ?م طلبك|اطلب الآن|अभी खरीदें|ऑर्डर (करें|दें)",
      ].join("|")})`,
      "iu",
    )).test(label);

  /** Forms of Amazon's page frame: searching and signing in are never guarded. */
  const FRAME =
    "[role=search], #navbar, #nav-belt, #nav-main, header, footer, #navFooter, form[action^='/s?'], form[action='/s/'], form[action='/s']";

  /** A frame without its own address uses that of the page around it. */
  function actionsHere() {
    const { pathname, search } = location.protocol === "about:" ? new URL(document.baseURI) : location;
    const kind = pageKindOf(pathname, search)?.kind ?? "other";
    return GUARDED_ACTIONS.filter(([, pages]) => pages === null || pages.includes(kind));
  }

  /** @param {Element} control @returns {HTMLFormElement|null} */
  function formOf(control) {
    if (control instanceof HTMLInputElement) return read(HTMLInputElement.prototype, "form", control);
    if (control instanceof HTMLButtonElement) return read(HTMLButtonElement.prototype, "form", control);
    return closest(control, "form");
  }

  /** @param {Element} control */
  function labelOf(control) {
    const own =
      attribute(control, "aria-label") ||
      (control instanceof HTMLInputElement && control.value) ||
      read(Node.prototype, "textContent", control);
    return String(own ?? "")
      .slice(0, 400)
      .replace(/\s+/g, " ")
      .trim();
  }

  /** Where clicking leads: the target of the button, its form or its link; "" if only scripts know. @param {Element} control */
  function targetOf(control) {
    if (control instanceof HTMLAnchorElement) return /^(#|javascript:|$)/i.test(attribute(control, "href") ?? "") ? "" : control.pathname;
    const form = formOf(control);
    return attribute(control, "formaction") ?? (form === null ? "" : (attribute(form, "action") ?? ""));
  }

  /** @param {Element} control */
  function isOrder(control) {
    const target = targetOf(control);
    const names = ["id", "name", "data-testid", "data-action", "data-feature-id"].map((name) => attribute(control, name) ?? "").join(" ");
    if (ORDER_NAME.test(names)) return true;
    // A link elsewhere labelled "Buy now" only opens a page; so does a button that does not submit its form.
    if (control instanceof HTMLAnchorElement && target !== "") return ORDER_TARGET.test(target);
    const label = labelOf(control);
    if (label.length <= 60 && isOrderLabel(label)) return true;
    return ORDER_TARGET.test(target) && attribute(control, "type") !== "button";
  }

  /**
   * Return the action of clicking this element, and its button; null for a click that can be undone.
   * @param {Element} element @returns {{name: string, control: Element}|null}
   */
  function actionOf(element) {
    // From the inside out: the id may be on the button or on its wrapper.
    for (let at = closest(element, PRESSABLE); at !== null; at = at.parentElement && closest(at.parentElement, PRESSABLE)) {
      if (isOrder(at)) return { name: "order", control: at };
    }
    for (const [name, , controls] of actionsHere()) {
      const control = closest(element, controls.join(","));
      if (control !== null && closest(control, FRAME) === null) return { name, control };
    }
    return null;
  }

  /**
   * Return the action of submitting this form.
   * @param {HTMLFormElement} form @param {Element|null} submitter @returns {{name: string, control: Element}|null}
   */
  function actionOfForm(form, submitter) {
    if (submitter !== null) return actionOf(submitter);
    const buttons = [...read(HTMLFormElement.prototype, "elements", form)]
      .slice(0, 500)
      .filter((field) => /^(submit|image|button)$/.test(field.type ?? ""));
    for (const button of buttons) {
      const found = actionOf(button);
      if (found !== null) return found;
    }
    return ORDER_TARGET.test(attribute(form, "action") ?? "") ? { name: "order", control: form } : null;
  }

  /** Return whether an address is one that orders go to. @param {string} address */
  const isOrderTarget = (address) => ORDER_TARGET.test(new URL(address, document.baseURI).pathname);

  Object.assign(globalThis.shopper, { actionOf, actionOfForm, formOf, isOrderTarget });
})();
