/** The clicks that cannot be taken back, and the control that each goes out by. A page's address narrows the search where an id alone does not. */
(() => {
  const ANYWHERE = /^/;

  /**
   * Facts: Amazon's pages as they stood in public code, late 2026; no saved page shows the one that closes an account, so there any
   * form that changes something counts.
   * @type {{name: string, path: RegExp, controls: string[]}[]}
   */
  const DEEDS = [
    {
      name: "order", // three generations of checkout, Buy Now and its overlay
      path: ANYWHERE,
      controls: [
        "input[name=placeYourOrder1]",
        "#submitOrderButtonId",
        "#bottomSubmitOrderButtonId",
        "#placeOrder",
        "[data-testid=SPC_selectPlaceOrder]",
        "#turbo-checkout-pyo-button",
        "#turbo-checkout-place-order-button",
        "[id^=buy-now-button]",
        'input[name="submit.buy-now"]',
      ],
    },
    {
      name: "subscribe",
      path: /(auto-deliveries|subscribe-and-save|sns)\/(signup|subscribe|create|confirm|newsubscription)/,
      controls: ["#rcx-subscribe-submit-button", "#rcx-subscribe-submit-button-announce", 'input[name="submit.subscribe"]'],
    },
    {
      name: "promotion",
      path: /\/gp\/buy\/promotion|\/checkout\/promo|promo-?code|\/coupons\/(apply|redeem)/,
      controls: ["#gcApplyButtonId", "#button-add-gcpromo", "input[name=ppw-claimCodeApplyPressed]"],
    },
    {
      name: "redeem",
      path: /\/gc\/(redeem|payment)/,
      controls: ["#gc-redemption-apply", "#gc-redemption-apply-button", "input[name=applytoaccount]"],
    },
    {
      name: "review",
      path: /\/review\/(create-review|review-your-purchases|edit-review)|\/customer-reviews\/write/,
      controls: ["[data-hook=ryp-review-submit-button]", "form[action*='/review/create-review'] [type=submit]"],
    },
    {
      name: "close",
      path: /\/privacy\/data-deletion|close-?account|account-?closure|closeyouraccount/,
      controls: ["form[method=post i] [type=submit]", "form[method=post i] button:not([type])"],
    },
  ];

  /** @param {string} path */
  const open = (path) => DEEDS.filter((deed) => deed.path.test(path.toLowerCase()));

  /** The controls of a page as one selector. @param {string} path */
  globalThis.shopper.controlsAt = (path) =>
    open(path)
      .flatMap((deed) => deed.controls)
      .join(",");

  /** What a click on a control of such a page does. @param {Element} control @param {string} path */
  globalThis.shopper.deedOf = (control, path) => open(path).find((deed) => control.matches(deed.controls.join(",")))?.name ?? "order";
})();
