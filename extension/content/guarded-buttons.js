/** The clicks that cannot be taken back, and the buttons they start from. The kind of page narrows the search. */
(() => {
  const { GUARDED_ACTIONS, pageKindOf } = globalThis.shopper;

  /** @param {string} path */
  function open(path) {
    const kind = pageKindOf(path)?.kind ?? "other";
    return GUARDED_ACTIONS.filter((action) => action.pages === null || action.pages.includes(kind));
  }

  /** The controls of a page as one selector. @param {string} path */
  globalThis.shopper.controlsAt = (path) =>
    open(path)
      .flatMap((action) => action.controls)
      .join(",");

  /** What a click on a control of such a page does. @param {Element} control @param {string} path */
  globalThis.shopper.deedOf = (control, path) => open(path).find((action) => control.matches(action.controls.join(",")))?.name ?? "order";
})();
