"""What is read from a page that the browser sends: account, cart, checkout."""

from datetime import UTC, datetime

from assistant.amazon.marketplaces import by_host
from assistant.amazon.observed_page import read_visit
from assistant.domain.money import Money
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import BasketLine, OfferTerms, Visit
from tests.amazon.markup import card, delivery, head_entry, item

NAV = '<a id="nav-link-accountList" data-nav-ref="nav_youraccount_btn"><span id="nav-link-accountList-nav-line-1">Hello, Robin</span></a>'
ID_SCRIPT = 'window.fwcimData = { customerId: "A1EXAMPLE0001" };'


def visit(path: str, html: str = "", *, scripts: tuple[str, ...] = (ID_SCRIPT,), nav: str = NAV, host: str = "www.amazon.com") -> Visit:
    return Visit(
        id="v1",
        at=datetime(2026, 11, 25, tzinfo=UTC),
        url=f"https://{host}{path}",
        tab=1,
        store="default",
        html=html,
        scripts=scripts,
        nav=nav,
    )


CART = """<div id="sc-active-cart"><div data-name="Active Items">
  <div data-itemtype="active" data-asin="B0EXAMPLE1" data-quantity="2" data-price="19.99"
    data-producttitle="Blue  mug" data-isselected="1"></div>
  <div data-itemtype="active" data-asin="B0EXAMPLE2" data-quantity="1" data-price="5" data-isselected="0">
      <span class="sc-product-title">Red mug</span></div>
  <div data-itemtype="active" data-asin="B0EXAMPLE3" data-quantity="1" data-removed="true"></div></div></div>
  <div id="sc-saved-cart"><div data-itemtype="saved" data-asin="B0EXAMPLE4"></div></div>
  <span id="sc-subtotal-amount-buybox"><span class="sc-price">$39.98</span></span>"""

CHECKOUT = """<div class="lineitem-container"><span class="lineitem-title-text">Blue mug</span>
    <div data-testid="Item_asin_0_0" style="display:none">B0EXAMPLE1</div>
    <span class="lineitem-price-text"><span class="a-offscreen">$19.99</span><span>$19.99</span></span>
    <fieldset name="checkout-quantity-stepper" data-steppervalue="2"></fieldset></div>
  <div class="lineitem-container"><span class="lineitem-title-text">Red mug</span><div data-testid="Item_asin_0_1">B0EXAMPLE2</div></div>
  <span id="deliver-to-customer-text">Delivering to Robin Example</span>
      <span id="deliver-to-address-text">1 Sample St, Springfield, IL, 60000, United States</span>
  <div id="selected-payment-methods-list-container"><span>Paying with Visa 1234</span></div>
  <input type="checkbox" name="is-gift-0" checked>
  <table id="subtotals-marketplace-table"><tr><td>Items:</td><td>$45.00</td></tr><tr><td>Promotion Applied:</td><td>-$5.00</td></tr></table>
  <span data-shimmer-target="ordertotals-amount">$44.98</span>"""


def test_a_cart_is_read_without_removed_or_saved_items():
    seen = read_visit(visit("/gp/cart/view.html", CART))
    assert (seen.kind, seen.marketplace) == (SourceKind.CART, by_host("www.amazon.com"))
    assert seen.account.customer_id == "A1EXAMPLE0001"
    cart = seen.extraction.cart
    assert cart is not None
    assert cart.total == Money(3998, "USD")
    assert cart.lines == (
        BasketLine(asin="B0EXAMPLE1", title="Blue mug", quantity=2, price=Money(1999, "USD"), selected=True),
        BasketLine(asin="B0EXAMPLE2", title="Red mug", quantity=1, price=Money(500, "USD"), selected=False),
    )


def test_a_checkout_gives_items_address_payment_and_promotions():
    basket = read_visit(visit("/checkout/p/p-106-1/spc", CHECKOUT)).extraction.checkout
    assert basket is not None
    assert [(line.asin, line.title, line.quantity, line.price) for line in basket.lines] == [
        ("B0EXAMPLE1", "Blue mug", 2, Money(1999, "USD")),
        ("B0EXAMPLE2", "Red mug", 1, None),
    ]
    assert (basket.recipient, basket.ship_to) == ("Robin Example", "1 Sample St, Springfield, IL, 60000, United States")
    assert (basket.method, basket.last4, basket.gift, basket.total) == ("Visa", "1234", True, Money(4498, "USD"))
    assert [(offer.name, offer.terms) for offer in basket.promotions] == [("Promotion Applied", None)]


def test_the_terms_of_a_promotion_are_read_with_their_widest_scope():
    offer = """<div data-testid="promotion-applied"><span class="promotion-name">WELCOME10</span>
      <p>10 dollars off your first order. Limit one per customer and account. Offer ends soon.</p></div>"""
    household = '<div class="applied-promotion"><b class="a-text-bold">FAMILY</b><p>Limit 2 per household.</p></div>'
    basket = read_visit(visit("/checkout/p/p-1/spc", CHECKOUT + offer + household)).extraction.checkout
    assert basket is not None
    first, second = basket.promotions
    assert (first.name, second.name) == ("WELCOME10", "FAMILY")
    assert first.terms is not None
    assert (first.terms.scope, first.terms.limit) == ("customer", 1)
    assert second.terms == OfferTerms(scope="household", limit=2, text="Limit 2 per household.")


def test_the_small_buy_now_window_has_its_own_checkout_kind():
    seen = read_visit(visit("/checkout/turbo-initiate", CHECKOUT))
    assert seen.kind is SourceKind.BUY_NOW
    assert seen.extraction.checkout is not None


def test_old_address_panels_are_read():
    panel = (
        '<div id="checkout-deliveryAddressPanel"><ul><li>Robin Example</li><li>1 Sample St</li><li>Springfield, IL 60000</li></ul></div>'
    )
    basket = read_visit(visit("/gp/buy/spc/handlers/display.html", panel)).extraction.checkout
    assert basket is not None
    assert (basket.recipient, basket.ship_to) == ("Robin Example", "1 Sample St, Springfield, IL 60000")


def test_orders_seen_in_the_browser_are_read():
    html = card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("Delivered May 12", item()))
    seen = read_visit(visit("/your-orders/orders?startIndex=10", html))
    assert (seen.kind, seen.extraction.source.kind, len(seen.extraction.orders)) == (SourceKind.ORDER_LIST, SourceKind.ORDER_LIST, 1)


def test_a_page_without_readable_content_still_gives_its_customer():
    seen = read_visit(visit("/dp/B0EXAMPLE1", '<span id="productTitle">Mug</span>'))
    assert (seen.kind, seen.account.signed_in, seen.account.greeting) == (SourceKind.PRODUCT, True, "Robin")
    assert (seen.extraction.cart, seen.extraction.orders, seen.extraction.problems) == (None, (), ())


def test_a_page_of_another_shop_gives_nothing():
    seen = read_visit(visit("/gp/cart/view.html", CART, host="www.amazon.com.evil.tld"))
    assert (seen.kind, seen.marketplace, seen.account.customer_id, seen.extraction.cart) == (SourceKind.OTHER, None, None, None)


def test_a_sign_in_form_in_place_of_the_orders_is_a_sign_in_page():
    assert read_visit(visit("/your-orders/orders", '<form name="signIn"></form>', scripts=(), nav="")).kind is SourceKind.SIGN_IN


def test_a_thank_you_page_is_recognised_and_an_empty_visit_is_accepted():
    seen = read_visit(visit("/gp/buy/thankyou/handlers/display.html", "", scripts=(), nav=""))
    assert (seen.kind, seen.account.signed_in) == (SourceKind.THANK_YOU, None)


def test_the_mini_cart_is_read_if_the_page_has_no_other_cart():
    html = """<div id="sw-atc-confirmation"></div><div id="nav-flyout-ewc">
      <div class="ewc-item" data-asin="B0EXAMPLE1" data-quantity="3"></div></div>"""
    cart = read_visit(visit("/cart/smart-wagon", html)).extraction.cart
    assert cart is not None
    assert [(line.asin, line.quantity) for line in cart.lines] == [("B0EXAMPLE1", 3)]
