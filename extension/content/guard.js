/**
 * Holds a click that cannot be undone while waiting for the verdict or the user. It always lets go: without an answer after
 * 1.5 seconds, if our own code fails, if the extension was updated or removed, or if the page removes the dialog.
 */
(() => {
  const { alive, ask, hear, words, actionOf, actionOfForm, formOf, isOrderTarget } = globalThis.shopper;
  const LONGEST = 1500;
  /** Pages often send the form a moment later, so it may pass for so long. */
  const GRACE = 5000;
  const isTop = window.top === window;

  /** @typedef {{name: string, control: Element}} Action */

  /** @type {PageView} */
  let view = { standing: "pending", visit: null, account: null, reasons: [] };
  /** The last verdict that stops an order, and its address: it counts while a new one takes long. */
  let stopping = { view, address: "" };
  /** Whether this frame reports itself; otherwise it uses the verdict of the page around it. */
  let isReported = false;
  /** @type {(() => void)[]} */
  let waiting = [];
  /** @type {Action|null} */
  let held = null;
  /** @type {{control: Element|null, form: HTMLFormElement|null, until: number}} */
  let passing = { control: null, form: null, until: -1 };
  /** Events held back before the click, repeated with it. @type {Event[]} */
  let swallowed = [];
  /** How often the page has removed our dialog; the second time the click passes. */
  let removals = 0;

  /** @param {PageView} next */
  function learn(next) {
    view = next;
    if (view.standing === "pending") return;
    if (view.standing === "ready") stopping = { view, address: blocked() ? location.href : "" };
    if (blocked() && !globalThis.shopper.confirm) void dialog("order");
    for (const wake of waiting) wake();
    waiting = [];
  }

  const blocked = () => view.reasons.some((reason) => reason.level === "block-confirm");
  const isOff = () => ["away", "stranger", "forbidden"].includes(view.standing);
  const mustHold = () => alive() && (view.standing === "pending" || (view.standing === "ready" && blocked()));

  /** @returns {Promise<any>} */
  const limit = () => new Promise((resolve) => setTimeout(resolve, LONGEST));
  const isPassing = () => performance.now() <= passing.until;

  /** Only the confirmed button and its form pass. @param {Action} action */
  function passes({ control }) {
    const { control: button, form } = passing;
    return isPassing() && (control === button || control === form || (form !== null && formOf(control) === form));
  }

  /** @param {Action} action */
  const isFree = (action) => passes(action) || (held === null && !mustHold());

  /** @param {Event} event @returns {Action|null} */
  function actionAt(event) {
    const from = event.composedPath().find((node) => node instanceof Element);
    return from instanceof Element ? actionOf(from) : null;
  }

  /** @param {Event} event */
  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /**
   * Hold this event if needed; `again` repeats it.
   * @param {Event} event @param {Action|null} action @param {() => void} again
   */
  function consider(event, action, again) {
    if (action === null || passes(action)) return;
    if (held === null && !mustHold()) {
      if (swallowed.length > 0) giveBack(event.composedPath()[0] ?? null);
      if (isOff()) void ask({ what: "went-unchecked" });
      return;
    }
    stop(event);
    if (held === null) void hold(action, again);
  }

  /** @param {Action} action @param {() => void} again */
  async function hold(action, again) {
    held = action;
    let [goes, isChecked] = [true, true];
    try {
      await settled();
      if (view.standing !== "ready" && stopping.address === location.href) view = stopping.view;
      isChecked = view.standing !== "pending" && !isOff();
      if (isChecked && blocked()) [goes, isChecked] = await decide(action.name);
    } catch {
      isChecked = false; // a fault of ours must never keep anybody from shopping
    }
    held = null;
    if (!goes) return void (swallowed = []);
    passing = {
      control: action.control,
      form: action.control instanceof HTMLFormElement ? action.control : formOf(action.control),
      until: performance.now() + GRACE,
    };
    if (!isChecked) void ask({ what: "went-unchecked" });
    again();
  }

  /** Wait for the verdict, but no longer than the limit. */
  async function settled() {
    if (view.standing !== "pending") return;
    if (!isTop) void askStanding();
    await Promise.race([new Promise((resolve) => waiting.push(() => resolve(null))), limit()]);
  }

  /** The dialog, injected on demand; undefined if it or its words for an action did not come. @param {string} name */
  async function dialog(name) {
    const isThere = globalThis.shopper.confirm !== undefined;
    const notes = await Promise.race([ask({ what: "dialog-needed", action: name, isThere }), limit()]);
    if (notes?.words) globalThis.shopper.learn(notes.words, notes.theme);
    const last = `anyway_${name}`;
    return words(last) === last ? undefined : globalThis.shopper.confirm;
  }

  /** Return whether the click goes on, and whether the user answered. @param {string} name @returns {Promise<[boolean, boolean]>} */
  async function decide(name) {
    const { visit } = view;
    const reasons = view.reasons.filter((reason) => reason.level === "block-confirm").map((reason) => reason.code);
    const confirm = await dialog(name);
    if (!confirm) return [true, false];
    const { go, always, removed } = await confirm(view, name);
    if (removed) {
      removals += 1;
      return [removals > 1, false];
    }
    void ask({ what: "decided", visit, reasons, choice: go ? (always ? "always_right" : "continue") : "left" });
    return [go, true];
  }

  /** Repeat the held events for the page. @param {EventTarget|null} target */
  function giveBack(target) {
    const missed = swallowed;
    swallowed = [];
    for (const event of missed) {
      const Kind = /** @type {new (type: string, parts: any) => Event} */ (event.constructor);
      try {
        target?.dispatchEvent(new Kind(event.type, event));
      } catch {
        // an event that cannot be repeated must not block the click
      }
    }
  }

  /** Click the same element, or its replacement on a redrawn page. @param {Action} action @param {EventTarget|null} target */
  function press({ name, control }, target) {
    const first = target instanceof HTMLElement && target.isConnected ? target : control;
    const there = first.isConnected ? first : successor(name, control);
    if (!(there instanceof HTMLElement)) return;
    giveBack(there);
    there.click();
  }

  /** @param {string} name @param {Element} control */
  function successor(name, control) {
    const like = control.id ? `#${CSS.escape(control.id)}` : control.localName;
    const found = Array.from(document.querySelectorAll(like)).find((one) => actionOf(one)?.name === name) ?? null;
    if (found !== null) passing = { ...passing, control: found, form: formOf(found) };
    return found;
  }

  /** @param {string} type @param {(event: any) => void} listener */
  const on = (type, listener) => window.addEventListener(type, listener, true);

  // A page may act on these too, so it gets them with the click.
  for (const type of ["pointerdown", "mousedown", "touchstart", "pointerup", "mouseup", "touchend"]) {
    on(type, (/** @type {Event} */ event) => {
      const action = actionAt(event);
      if (action === null || isFree(action)) return;
      event.stopImmediatePropagation();
      if (type === "pointerdown") swallowed = [];
      swallowed.push(event);
    });
  }
  for (const type of ["click", "auxclick"]) {
    on(type, (/** @type {MouseEvent} */ event) => {
      if (event.button > 1) return;
      const action = actionAt(event);
      const target = event.composedPath()[0] ?? null;
      consider(event, action, () => action && press(action, target));
    });
  }
  on("submit", (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const action = actionOfForm(form, event.submitter);
    consider(event, action, () => HTMLFormElement.prototype.requestSubmit.call(form, event.submitter));
  });
  // A span used as a button acts on the key; others turn it into a click.
  on("keydown", (/** @type {KeyboardEvent} */ event) => {
    const action = event.key === "Enter" || event.key === " " ? actionAt(event) : null;
    if (action === null) return;
    const target = event.composedPath()[0];
    if (target instanceof HTMLButtonElement || target instanceof HTMLInputElement || target instanceof HTMLAnchorElement) {
      if (isFree(action)) return;
      event.stopImmediatePropagation();
      swallowed = [event];
      return;
    }
    consider(event, action, () => {
      swallowed = [event];
      giveBack(target ?? null);
    });
  });
  // form.submit() fires no event but this one; scripts may navigate to an order address.
  /** @type {any} */ (globalThis).navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
    if (!event.cancelable || event.hashChange || event.navigationType === "traverse" || isPassing()) return;
    const form = sentForm(event);
    const action =
      form !== null
        ? actionOfForm(form, null)
        : isOrderTarget(event.destination.url)
          ? { name: "order", control: document.documentElement }
          : null;
    consider(event, action, () => (form !== null ? HTMLFormElement.prototype.submit.call(form) : location.assign(event.destination.url)));
  });

  /** The form of a navigation, or null. @param {any} event @returns {HTMLFormElement|null} */
  function sentForm({ sourceElement, formData, destination }) {
    if (sourceElement instanceof HTMLFormElement) return sourceElement;
    if (sourceElement instanceof Element) return formOf(sourceElement);
    if (!formData) return null;
    const forms = /** @type {HTMLFormElement[]} */ (Array.from(Document.prototype.querySelectorAll.call(document, "form")));
    return forms.find((form) => new URL(form.getAttribute("action") ?? "", document.baseURI).href === destination.url) ?? null;
  }

  async function askStanding() {
    const asked = ask({ what: "standing" });
    globalThis.shopper.standing = asked;
    const answer = await asked;
    // The extension was updated or removed: shopping goes on.
    if (!answer?.view) learn({ ...view, standing: "away" });
    else if (view.standing === "pending" && view.visit === null) learn({ reasons: [], ...answer.view });
  }

  hear((message) => {
    if (message?.what !== "view") return;
    if (message.frame !== 0 || isTop) isReported = true;
    else if (isReported) return;
    learn(message.view);
  });
  if (isTop) void askStanding();
})();
