/** Holds the click that cannot be taken back while the verdict is awaited or the person is asked; in doubt it lets go. */
(() => {
  const { ask, hear, controlsAt, deedOf } = globalThis.shopper;
  const LONGEST = 1500;
  const GRACE = 5000;

  /** Of the page as it is now: some change their address without being loaded. */
  const controls = () => controlsAt(location.pathname);

  /** @type {{standing: string, visit: string|null, account: any, reasons: any[]}} */
  let view = { standing: "pending", visit: null, account: null, reasons: [] };
  /** @type {(() => void)[]} */
  let waiting = [];
  /** The control whose click is held: a second click on it adds nothing. @type {Element|null} */
  let held = null;
  /** A held click was given back: until then nothing is held again, for pages often submit a moment after the click. */
  let passingUntil = 0;

  /** @param {any} next */
  function learn(next) {
    view = next;
    if (view.standing === "pending") return;
    for (const wake of waiting) wake();
    waiting = [];
  }

  const blocked = () => view.reasons.some((reason) => reason.level === "block-confirm");
  const mustHold = () => view.standing === "pending" || (view.standing === "ready" && blocked());

  /** @param {Event} event */
  function controlOf(event) {
    const from = event.composedPath().find((node) => node instanceof Element);
    return from?.closest(controls()) ?? null;
  }

  /** The control that a submitted form goes out by. @param {SubmitEvent} event */
  function controlOfForm(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.submitter) return event.submitter.closest(controls());
    return form.querySelector(controls()) ?? Array.from(form.elements).find((field) => field.closest(controls())) ?? null;
  }

  /** @param {Event} event @param {Element|null} control @param {() => void} again */
  function consider(event, control, again) {
    if (control === null) return;
    if (Date.now() < passingUntil || (held === null && !mustHold())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held === null) void hold(control, again);
  }

  /** @param {Element} control @param {() => void} again */
  async function hold(control, again) {
    held = control;
    try {
      const inTime = await settled();
      if (inTime && view.standing === "ready" && blocked() && !(await goesOn(deedOf(control, location.pathname)))) return;
      passingUntil = Date.now() + GRACE;
      if (!inTime) void ask({ what: "went-unchecked" });
    } finally {
      held = null;
    }
    again();
  }

  /** Wait for the verdict, not longer than the limit; tell whether it came. @returns {Promise<boolean>} */
  function settled() {
    if (view.standing !== "pending") return Promise.resolve(true);
    return new Promise((resolve) => {
      waiting.push(() => resolve(true));
      setTimeout(() => resolve(false), LONGEST);
    });
  }

  /** Ask the person; pass on what was chosen. @param {string} deed what the click does */
  async function goesOn(deed) {
    const { visit } = view;
    const reasons = view.reasons.filter((reason) => reason.level === "block-confirm").map((reason) => reason.code);
    const { go, always } = await globalThis.shopper.confirm(view, deed);
    void ask({ what: "decided", visit, reasons, choice: go ? (always ? "always_right" : "continue") : "left" });
    return go;
  }

  /** Click the same element, or its successor where the page has drawn itself anew. @param {Element} control @param {EventTarget|null} target */
  function click(control, target) {
    const first = target instanceof HTMLElement && target.isConnected ? target : control;
    const there = first.isConnected ? first : document.querySelector(controls());
    if (there instanceof HTMLElement) there.click();
  }

  window.addEventListener(
    "click",
    (event) => {
      const control = controlOf(event);
      const target = event.composedPath()[0] ?? null;
      consider(event, control, () => control && click(control, target));
    },
    true,
  );
  window.addEventListener(
    "submit",
    (event) => {
      const control = controlOfForm(event);
      const form = /** @type {HTMLFormElement} */ (event.target);
      consider(event, control, () => form.requestSubmit(event.submitter));
    },
    true,
  );
  // Buttons and inputs turn Enter and Space into clicks by themselves; a span that plays a button acts on the key.
  window.addEventListener(
    "keydown",
    (event) => {
      const control = event.key === "Enter" || event.key === " " ? controlOf(event) : null;
      const target = event.composedPath()[0];
      if (target instanceof HTMLButtonElement || target instanceof HTMLInputElement || target instanceof HTMLAnchorElement) return;
      consider(event, control, () => control && click(control, target ?? null));
    },
    true,
  );

  hear((message) => message?.what === "view" && learn(message.view));
  void ask({ what: "standing" }).then((answer) => {
    // No answer at all: the extension is gone from under this page. Shopping goes on.
    if (!answer?.view) learn({ ...view, standing: "away" });
    else if (view.standing === "pending" && view.visit === null) learn({ ...answer.view, reasons: [] });
  });
})();
