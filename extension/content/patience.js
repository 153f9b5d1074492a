/** A page that was not drawn yet is looked at again: each time after a longer pause, a few times, never for ever. */
(() => {
  const PAUSES = [1000, 2000, 4000, 8000, 16_000];

  /** @param {() => void} look */
  function patience(look) {
    let tries = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    return {
      /** Look again after the next pause, unless that is planned already or the tries are used up. */
      again() {
        const pause = PAUSES[tries];
        if (timer !== undefined || pause === undefined) return;
        tries += 1;
        timer = setTimeout(() => {
          timer = undefined;
          look();
        }, pause);
      },
      /** The page was drawn, or is another one now. */
      rest() {
        clearTimeout(timer);
        timer = undefined;
        tries = 0;
      },
    };
  }

  globalThis.shopper.patience = patience;
})();
