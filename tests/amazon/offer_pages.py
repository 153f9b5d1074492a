"""Invented pages around buying, compact, each with an address: together they use every selector of their tables."""

from dataclasses import dataclass

from tests.amazon.markup import page as whole


@dataclass(frozen=True)
class OfferPage:
    """An invented page and its address."""

    path: str
    html: str
    host: str = "www.amazon.com"

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


def product(
    *, asin: str = "B0EXAMPLE1", title: str = "Blue mug", limit: str = "", coupon: str = "", path: tuple[str, ...] = (), more: str = ""
) -> str:
    crumbs = "".join(f'<li><a href="/b?node=1">{name}</a></li>' for name in path)
    label = f'<label id="couponText1">{coupon}</label>' if coupon else ""
    return f"""<div id="dp"><div id="wayfinding-breadcrumbs_feature_div"><ul>{crumbs}</ul></div><span id="productTitle">{title}</span>
      <a id="bylineInfo">Visit the Crumb Bakery Store</a>
      <div id="corePrice_feature_div"><span class="a-price"><span class="a-offscreen">$12.50</span></span></div>{label}
      <div id="availability">In Stock. {limit}</div><a id="sellerProfileTriggerId">Example Goods Ltd</a>
      <form id="addToCart"><input type="hidden" id="ASIN" name="ASIN" value="{asin}">
      <select id="quantity"><option value="1">1</option><option value="2" selected>2</option></select></form>{more}</div>"""


SUBSCRIBED = """<div id="snsAccordionRowMiddle" class="a-accordion-active"></div>
  <select id="rcxOrdFreqSns"><option value="1">1 month</option><option value="2" selected>Every 2 months</option></select>"""

PRODUCTS = (
    OfferPage("/dp/B0EXAMPLE1", product(limit="Limit 2 per customer.", coupon="Apply 10% coupon", path=("Kitchen & Dining", "Mugs"))),
    OfferPage("/dp/B0EXAMPLE1", product(more=SUBSCRIBED)),
    OfferPage(
        "/gp/product/B0EXAMPLE2",
        """<div id="dp"><div id="wayfinding-breadcrumbs_container"><ul><li><a>Bürobedarf</a></li></ul></div><h1 id="title">Papier</h1>
        <div data-asin="B0EXAMPLE2"></div><table><tr class="po-brand"><td>Marke</td><td>Papyra</td></tr></table><b id="brand">Papyra</b>
        <div id="corePriceDisplay_desktop_feature_div"><span class="a-price">7,43 €</span></div><span class="priceToPay">7,43 €</span>
        <div id="merchant-info"><a>Papyra GmbH</a></div><div id="averageCustomerReviews" data-asin="B0EXAMPLE2"></div>
        <div id="quantityLimit_feature_div">Begrenzt auf 3 pro Haushalt</div><div id="maxOrderQuantity_feature_div"></div>
        <select name="quantity"><option selected>1</option></select><div id="sns-base-price"><input type="radio" checked></div>
        <select name="rcxOrdFreqSns"><option selected>Alle 2 Monate</option></select></div>""",
        "www.amazon.de",
    ),
    OfferPage(
        "/gp/aw/d/B0EXAMPLE3",
        """<span id="ebooksProductTitle">A novel</span><input name="ASIN" value="B0EXAMPLE3"><nav data-testid="breadcrumb">
        <a>Books</a></nav>
        <span id="price_inside_buybox">$9.99</span><span id="priceblock_ourprice">$9.99</span>
        <span id="priceblock_dealprice">$9.99</span>
        <div id="merchantInfoFeature_feature_div"><span class="offer-display-feature-text-message">Example Books</span></div>
        <div offer-display-feature-name="desktop-merchant-info"><span class="offer-display-feature-text-message">Example Books</span>
        </div>
        <div id="availability_feature_div"></div><div id="quantityRelocate_feature_div"></div><div id="dealBadge_feature_div"></div>
        <div id="offerTerms_feature_div"></div><div id="desktop_qualifiedBuyBox"></div><div id="buybox">Maximum 1 per account</div>
        <div id="sns-row" class="x accordion-active"></div><input id="snsSelected" type="checkbox" checked>
        <span id="sns-frequency">Monthly</span><span class="couponLabelText">Coupon applied: $1.00</span>
        <span id="couponBadgeRegularVpc"></span>
        <div id="vpcButton"><input type="checkbox" checked></div><input id="checkboxpctch1" type="checkbox" checked>
        <div id="couponTerms1">Limit one per household.</div><div class="coupon-terms"></div><div data-testid="coupon-terms"></div>
        <div id="promoMessage1">Save 5% with promo code: BOOKS5 <a href="/promotion/psp/A1EXAMPLE7?x=1">Terms</a>
        Limit one per customer.</div>
        <div class="promoPriceBlockMessage">Save 15% on two.</div>
        <div id="applicablePromotionList_feature_div"><ul><li>Buy 3, pay 2</li></ul></div>""",
    ),
)

TERMS = (
    OfferPage(
        "/gp/promotions/details/popup/A1EXAMPLE7",
        """<h1>Five per cent off books</h1>
        <div id="promotion-terms">Enter promo code: BOOKS5 at checkout. Offer ends on December 31, 2026.
        Limit one per customer and account. Not transferable.</div><a href="/gp/promotions/details/popup/A1EXAMPLE7">link</a>""",
    ),
    OfferPage(
        "/promotion/details/A1EXAMPLE8",
        """<h2>Zehn Prozent</h2><div class="a-popover-header">Zehn Prozent</div><div class="promotion-terms">Nur für Neukunden.</div>
        <div class="a-popover-content">Nur für Neukunden.</div>""",
        "www.amazon.de",
    ),
)

CHECKOUTS = (
    OfferPage(
        "/checkout/p/p-1/spc",
        """<div class="lineitem-container"><span class="lineitem-title-text">Blue mug</span>
        <span data-testid="Item_asin_0">B0EXAMPLE1</span>
        <span class="lineitem-price-text">$12.50</span><fieldset name="checkout-quantity-stepper" data-steppervalue="2"></fieldset>
        <p>Limit 2 per customer</p><p>Auto-delivered: Every 2 months</p></div>
        <div data-testid="promotion-applied"><b data-testid="promo-name">MUGS</b>Limit one per customer.</div>
        <div data-testid="coupon-applied"><span class="promotion-name">Coupon A</span></div>
        <div class="applied-promotion"><span class="promotion-title">B</span></div><div class="applied-coupon"><h3>C</h3></div>
        <div class="applied-promo-x"><h4>D</h4></div><div class="promo-code-applied"><h5>E</h5></div>
        <div id="promotion-1"><span class="a-text-bold">F</span><a href="/gp/promotions/details/popup/A1EXAMPLE9">Terms</a></div>
        <span id="deliver-to-customer-text">Delivering to Robin</span><span id="deliver-to-address-text">1 Sample St, 60000</span>
        <div id="checkout-deliveryAddressPanel"></div>
        <div id="selected-payment-methods-list-container">Paying with Visa 1234 in 5 monthly payments</div>
        <input type="checkbox" name="is-gift-0" checked><span data-shimmer-target="ordertotals-amount">$25.00</span>""",
    ),
    OfferPage(
        "/gp/buy/spc/handlers/display.html",
        """<div class="shipping-group"><div class="item-row"><strong class="asin-title">Red mug</strong>
        <a href="/gp/product/B0EXAMPLE2"></a>
        <a href="/dp/B0EXAMPLE2"></a><span class="item-title"></span><span class="a-color-price">$5.00</span>
        <span class="quantity-display">1</span><span class="lineitem-quantity">1</span><span class="lineitem-price">$5.00</span>
        </div></div>
        <div id="shipaddress"><ul><li>Robin Example</li><li>1 Sample St</li></ul></div><div class="displayAddressDiv">
        <span class="displayAddressFullName">Robin Example</span></div><div id="payment-information">Visa ending in 1234</div>
        <table id="subtotals-marketplace-table"><tr><td>Promotion Applied:</td><td>-$1.00</td></tr><li></li><div class="a-row"></div>
        </table>
        <div id="subtotals-marketplace-table"><ul><li>Items</li></ul><div class="a-row">x</div></div>
        <table id="subtotals"><tr><td>Grand Total:</td><td>$4.00</td></tr></table><input id="gift-wrap" type="checkbox" checked>
        <div data-isgift="1"></div><div data-isgift="true"></div>
        <select name="quantity.1"><option selected>1</option></select>""",
    ),
    OfferPage(
        "/checkout/turbo-initiate",
        """<div data-testid="lineitem-container"><span data-testid="Item_title_0">Blue mug</span>
        <span data-testid="Item_asin_0">B0EXAMPLE1</span>
        <span data-testid="Item_price_0">$12.50</span><span data-testid="Item_quantity_0">1</span><span class="a-price">$12.50</span>
        </div>
        <span data-testid="deliver-to-customer">Robin</span><span data-testid="deliver-to-address">1 Sample St</span>
        <span id="turbo-checkout-shipping-address">1 Sample St</span><span id="turbo-checkout-payment">Visa 1234</span>
        <span data-testid="payment-instrument">Visa 1234</span><span id="turbo-checkout-total">$12.50</span>
        <span data-testid="order-total">$12.50</span><span class="grand-total-price">$12.50</span>
        <span class="order-summary-grand-total">$12.50</span><input id="turbo-checkout-place-order-button">""",
    ),
)

CARTS = (
    OfferPage(
        "/gp/cart/view.html",
        """<div id="sc-active-cart"><div data-name="Active Items"><div data-itemtype="active" data-asin="B0EXAMPLE1" data-quantity="2">
        <span class="sc-product-title"><span class="a-truncate-full">Blue mug</span></span><span class="sc-product-price">$12.50</span>
        <div class="sc-item-price-block"><span class="a-price">$12.50</span></div><p>Limit 3 per household</p>
        <input class="sc-quantity-textfield"><span data-a-selector="value">2</span></div></div></div>
        <div id="sc-buy-box-gift-checkbox" checked><input type="checkbox" checked></div><input name="isGift" checked>
        <i data-isgift="1"></i>
        <span id="sc-subtotal-amount-buybox">$25.00</span><span id="sc-subtotal-amount-activecart">$25.00</span>
        <div class="sc-subtotal"><span class="sc-price">$25.00</span></div>""",
    ),
    OfferPage(
        "/cart/smart-wagon",
        """<div id="sw-atc-confirmation"><div data-asin="B0EXAMPLE1">Added</div></div><div id="sw-subtotal">
        <span class="a-price">$12.50</span></div>
        """,
    ),
    OfferPage(
        "/cart/smart-wagon?x=1",
        """<div id="sw-atc-confirmation"></div><div id="nav-flyout-ewc"><div class="ewc-item" data-asin="B0EXAMPLE1">
        <span class="ewc-item-title">Blue mug</span><span class="ewc-unit-price">$12.50</span>
        <span class="ewc-quantity">Qty: 3</span></div>
        <span class="ewc-subtotal-amount">$37.50</span></div>""",
    ),
)

MEMBERSHIPS = (
    OfferPage(
        "/yourmembershipsandsubscriptions",
        """<div id="memberships-and-subscriptions"><div><h2>Audible</h2><p>Free trial</p><p>Your free trial ends on December 3, 2026</p>
        <p>$14.95 per month after that</p></div><div><h2>Amazon Prime</h2><p>Renews on January 4, 2027</p><p>$139.00/year</p></div>
        <div><h2>Kindle Unlimited</h2><p>Read a million books</p></div></div><div data-testid="memberships"></div><div id="a-page">
        </div>""",
    ),
    OfferPage(
        "/gp/primecentral",
        """<div id="primeCentral"><div class="mcx-menu">
        <span class="mcx-menu-item__heading">Mitgliedschaft endet am 4. Januar 2027</span>
        </div></div>""",
        "www.amazon.de",
    ),
)

OFFERS = (
    OfferPage(
        "/amazonprime",
        """<title>Amazon Prime</title><h1>Amazon Prime</h1><input type="submit" value="Start your 30-day free trial">
        <span class="plan-price">$14.99/month</span><span data-testid="plan-price">$14.99</span><span id="plan-price"></span>
        <span class="a-price">$14.99</span><p>Terms apply</p><li>Free delivery</li>""",
    ),
    OfferPage(
        "/checkout/p/p-1/prime-interstitial",
        """<h2>Prime kostenlos testen</h2><button>30 Tage kostenlos testen</button><a class="a-button-text">Nein danke</a>
        <span id="prime-interstitial-nothanks-button">Nein</span><span id="prime-declineCTA">Nein</span>""",
        "www.amazon.de",
    ),
    OfferPage("/hz/audible/mlp", "<h1>Try Audible</h1><button>Join now for $14.95 a month</button><p>$14.95 a month</p>"),
)

SUBSCRIPTIONS = (
    OfferPage(
        "/auto-deliveries/subscriptionList",
        """<main><div data-subscription-id="S1" data-asin="B0EXAMPLE1">
        <a class="subscription-title" href="/dp/B0EXAMPLE1">Laundry detergent</a>
        <p>Every 2 months</p><p>Next delivery: December 4</p><p>15% off</p><span class="subscription-price">$20.00</span></div>
        <div data-subscription-id="S2"><a data-testid="subscription-title" href="/gp/product/B0EXAMPLE2">Coffee</a><p>Monthly</p>
        <p>Next delivery</p><p>December 9, 2026</p><span data-testid="subscription-price">$9.00</span></div></main>""",
    ),
    OfferPage(
        "/auto-deliveries",
        """<main><section><h2>Nächste Lieferung: 4. Dezember 2026</h2><div class="subscription-card">
        <a href="/dp/B0EXAMPLE1">Waschmittel</a>
        <span>Alle 2 Monate</span><span class="a-price">20,00 €</span></div><div class="subscription-card">
        <a href="/dp/B0EXAMPLE2">Kaffee</a>
        </div></section><section><div id="subscription-card-3"></div><div class="delivery-card"><i data-asin="B0EXAMPLE4"></i></div>
        </section>
        </main>""",
        "www.amazon.de",
    ),
    OfferPage(
        "/gp/subscribe-and-save/manage",
        """<main><ul><li><div><a href="/dp/B0EXAMPLE1">Lessive</a></div><div>Tous les 2 mois</div>
        <div>Prochaine livraison : 4 décembre 2026</div>
        </li><li><a href="/dp/B0EXAMPLE9">Vous aimerez aussi</a></li></ul></main>""",
        "www.amazon.fr",
    ),
)

FORMS = (
    OfferPage(
        "/spr/returns/cart?orderId=112-1234567-1234567",
        """<p>Return or replace items: Eligible through December 20, 2026</p><div data-asin="B0EXAMPLE1"></div>
        <a href="/dp/B0EXAMPLE2">Blue mug</a><a href="/gp/buyagain?session=143-7654321-7654321">Buy it again</a>""",
    ),
    OfferPage(
        "/returns/homepage.html",
        """<div data-order-id="112-1234567-1234567"></div><input name="orderId" value="112-1234567-1234567">
        <input name="orderID" value="">
        <span data-testid="return-order-id">112-1234567-1234567</span><span class="order-id">112-1234567-1234567</span>
        <a href="/gp/product/B0EXAMPLE2">x</a><input name="asin" value="B0EXAMPLE1">""",
    ),
    OfferPage(
        "/review/create-review?asin=B0EXAMPLE1", '<form action="/review/create-review"></form><span data-hook="product-brand">Crumb</span>'
    ),
    OfferPage(
        "/review/create-review/thankyou?asin=B0EXAMPLE1",
        '<a href="/gp/customer-reviews/R1EXAMPLE0001/ref=x">See it</a><i data-hook="review" id="R1EXAMPLE0001"></i>'
        '<i data-review-id="R1EXAMPLE0001"></i><span class="product-brand">Crumb</span>',
    ),
    OfferPage(
        "/gp/customer-reviews/R1EXAMPLE0001",
        '<div data-hook="review" id="R1EXAMPLE0001"><a href="/dp/B0EXAMPLE1">Mug</a><input data-hook="vote-helpful-button">'
        '<button data-hook="helpful-button"></button><input name="helpful-1"></div>',
    ),
    OfferPage("/gc/redeem", '<input id="gc-redemption-input" type="text">'),
    OfferPage(
        "/gc/redeem?done=1",
        '<div id="gc-redemption-success"></div><div class="a-alert-success">$50.00 has been added to your Gift Card Balance.</div>'
        '<div data-testid="success"></div><div id="widget-purchaseConfirmationStatus"></div>',
    ),
    OfferPage(
        "/myh/households/invite",
        """<div data-testid="household-member"><b class="a-text-bold">Ana</b></div><span data-testid="member-name">Ana</span>
        <span class="household-member-name">Ana</span><span data-testid="invitee-name">Tom</span><span id="invitee-name">Tom</span>
        <span class="invitee-name">Tom</span>""",
    ),
    OfferPage(
        "/myh/households",
        '<div class="a-alert-success">You have left Amazon Family.</div><span class="myh-member-name">Ana</span>',
    ),
    OfferPage("/privacy/data-deletion", "<h1>Close your account</h1>"),
    OfferPage(
        "/ap/signin?switch_account=picker",
        """<div data-test-id="switchableAccounts"><b data-test-id="customerName">Robin</b><i data-test-id="accountType">Personal</i>
        </div>
        <div data-test-id="switchableAccounts"><b data-test-id="customerName">Robin</b><i data-test-id="accountType">Business</i>
        <i data-test-id="businessName">Ortiz Design</i></div>""",
    ),
    OfferPage(
        "/ap/switchaccount",
        """<div class="cvf-account-switcher-account"><p class="cvf-account-switcher-profile-details">Robin</p>
        <i class="account-type">Geschäft</i>
        <i class="business-name">Ortiz</i></div><div class="switcher-account"><b class="a-text-bold">Kim</b></div>""",
        "www.amazon.de",
    ),
)

PAGES = (*PRODUCTS, *TERMS, *CHECKOUTS, *CARTS, *MEMBERSHIPS, *OFFERS, *SUBSCRIPTIONS, *FORMS)


def saved(shown: OfferPage) -> str:
    """Return the page as a saved file, with its header."""
    return whole(shown.html)
