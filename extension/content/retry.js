/** Rereads a page that Amazon had not rendered yet: five times, after increasing pauses. */
(() => {
  const PAUSES = [1000, 2000, 4000, 8000, 16_000];

  /** @param {() => void} look */
  function retriesOf(look) {
    let tries = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    return {
      /** Read again later, unless that is planned. */
      later() {
        const pause = PAUSES[tries];
        if (timer !== undefined || pause === undefined) return;
        tries += 1;
        timer = setTimeout(() => {
          timer = undefined;
          look();
        }, pause);
      },
      reset() {
        clearTimeout(timer);
        timer = undefined;
        tries = 0;
      },
    };
  }

  globalThis.shopper.retriesOf = retriesOf;
})();
