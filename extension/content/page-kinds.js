/** Where the matter lies on each kind of page, by address: these parts are sent and no more. The server decides what a page is. */
(() => {
  const ORDERS = ["#ordersContainer", ".your-orders-content-container", "#yourOrdersContent", "#ab-your-orders-anticsrf-token"];
  const CART = ["#sc-active-cart", "#sc-subtotal-amount-buybox", "#sc-buy-box-gift-checkbox"];
  const ADDED = ["#sw-atc-confirmation", "#sw-subtotal", "#nav-flyout-ewc"];
  const SWITCHER = ["[data-test-id=switchableAccounts]", ".cvf-account-switcher-account", ".switcher-account"];
  const WHOLE = ["main, #a-page"];

  /** Buying box, limits, coupons, promotions, departments and brand of a product; not its pictures, questions and reviews. */
  const PRODUCT = [
    "#wayfinding-breadcrumbs_feature_div, #wayfinding-breadcrumbs_container, #title, #productTitle, #bylineInfo, tr.po-brand",
    "#corePrice_feature_div, #corePriceDisplay_desktop_feature_div, #apex_desktop, #price_inside_buybox",
    "#availability, #availability_feature_div, #quantityLimit_feature_div, #maxOrderQuantity_feature_div, #dealBadge_feature_div",
    "#buybox, #desktop_qualifiedBuyBox, form#addToCart, #snsAccordionRowMiddle, #merchantInfoFeature_feature_div, #merchant-info",
    "label[id^=couponText], .couponLabelText, #vpcButton, input[id^=checkboxpctch], [id^=couponTerms], [id^=promoMessage]",
    ".promoPriceBlockMessage, #applicablePromotionList_feature_div",
  ];
  /** What is offered, at what price, and the words on the buttons. */
  const SIGN_UP = ["h1, h2", "input[type=submit], button, .a-button-text", ".plan-price, #plan-price, [data-testid=plan-price], .a-price"];
  const TERMS = ["h1", "#promotion-terms, .promotion-terms, .a-popover-content", "main"];
  /** Which product a review is of, and whether it can be voted on; not what anybody wrote. */
  const REVIEW = ["[data-hook=product-brand], .product-brand", "[data-hook=vote-helpful-button], [data-hook=helpful-button]"];
  const THANKS = ["#widget-purchaseConfirmationStatus, .a-alert-success", "[data-review-id], a[href*='/gp/customer-reviews/R']"];

  /**
   * From the top: the first that fits. `lasting`: worth telling late. `buying`: the cart counts even where identity does not.
   * @type {PageKind[]}
   */
  const PAGE_KINDS = [
    { path: /\/(ap|ax)\/(mfa|cvf|register|forgotpassword|claim)/, parts: [] },
    { path: /\/(ap|ax)\/signin|switchaccount|account-?switcher/, parts: SWITCHER },
    { path: /order-details|summary\/edit|wholefoodsmarket\/receipts/, parts: ["body"], lasting: true },
    { path: /summary\/print|your-orders\/invoice|order-summary\.html/, parts: ["body"], lasting: true },
    { path: /\/your-orders|order-history|\/b2b\/orders/, parts: ORDERS, lasting: true, list: true },
    { path: /payments\/transactions/, parts: ["body"], lasting: true },
    { path: /\/cart(\/|$)/, parts: [...CART, ...ADDED] },
    { path: /thank-?you/, parts: THANKS, lasting: true },
    { path: /\/checkout(\/|$)|\/gp\/buy\/|\/gp\/checkoutportal/, parts: ["body"], lasting: true, buying: true },
    { path: /\/(dp|gp\/product|gp\/aw\/d)\//, parts: PRODUCT },
    { path: /(subscribe-and-save|auto-deliveries)\/(signup|subscribe|create|confirm|newsubscription)/, parts: PRODUCT },
    { path: /auto-deliveries|subscribe-and-save/, parts: WHOLE, lasting: true },
    { path: /primecentral|yourmembershipsandsubscriptions|^\/mc\/|\/myh(\/|$)|gp\/family/, parts: WHOLE, lasting: true },
    { path: /promotions?\/(details|psp)/, parts: TERMS, lasting: true },
    { path: /amazonprime|gp\/prime|prime\/(signup|pipeline)|business\/prime|primesignup/, parts: SIGN_UP },
    { path: /hz\/audible|music\/(unlimited|prime)|dmusic|kindle-dbs|kindleunlimited|gp\/video\/(offer|signup)/, parts: SIGN_UP },
    { path: /\/gc\/redeem|\/css\/gc\/|promo-?code|coupons\/(apply|redeem)|\/returns/, parts: WHOLE, lasting: true },
    { path: /\/review|customer-reviews/, parts: REVIEW },
  ];

  globalThis.shopper.ORDERS = ORDERS;
  globalThis.shopper.pageKindOf = (path) => PAGE_KINDS.find((kind) => kind.path.test(path.toLowerCase())) ?? null;
})();
