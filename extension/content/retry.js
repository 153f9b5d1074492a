/** Looks again at a page that Amazon had not drawn yet: five times, after longer and longer pauses. */
(() => {
  const PAUSES = [1000, 2000, 4000, 8000, 16_000];

  /** @param {() => void} look */
  function retriesOf(look) {
    let tries = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    return {
      /** Look again after the next pause. Does nothing while a look is planned or after the last try. */
      later() {
        const pause = PAUSES[tries];
        if (timer !== undefined || pause === undefined) return;
        tries += 1;
        timer = setTimeout(() => {
          timer = undefined;
          look();
        }, pause);
      },
      /** Forget the tries so far: the page was drawn, or it is another page now. */
      reset() {
        clearTimeout(timer);
        timer = undefined;
        tries = 0;
      },
    };
  }

  globalThis.shopper.retriesOf = retriesOf;
})();
