"""Pages as the extension reports them, of a shop where a personal and a business account buy."""

from datetime import UTC, datetime
from uuid import uuid4

from assistant.domain.pages.visit import Visit

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
PERSONAL, BUSINESS, STRANGER = "A1PERSONAL0001", "A1BUSINESS0002", "A1STRANGER0003"


def script(customer_id: str) -> str:
    return f"window.fwcimData = {{ customerId: '{customer_id}' }}; ue_mid = 'ATVPDKIKX0DER';"


SIGN_IN = '<a id="nav-link-accountList" data-nav-ref="nav_ya_signin">Hello, sign in</a>'


def greeting(name: str) -> str:
    return f"""<a id="nav-link-accountList" data-nav-ref="nav_youraccount_btn">
    <span id="nav-link-accountList-nav-line-1">Hello, {name}</span></a>"""


def page(path: str, html: str = "", customer_id: str | None = PERSONAL, **more) -> Visit:
    scripts = () if customer_id is None else (script(customer_id),)
    fields = {
        "id": str(uuid4()),
        "at": NOW,
        "url": f"https://www.amazon.com{path}",
        "tab": 7,
        "store": "default",
        "html": html,
        "scripts": scripts,
    }
    return Visit(**{**fields, **more})


def checkout(
    title: str, asin: str = "B0TONER001", address: str = "12 Fern Street, Portland, OR 97205", card: str = "Visa 4821", to: str = "Robin"
) -> str:
    return f"""<div id="checkout-main"><div id="deliver-to-customer-text">Delivering to {to}</div>
    <div id="deliver-to-address-text">{address}</div><div id="selected-payment-methods-list-container">Paying with {card}</div>
    <div class="lineitem-container"><span class="lineitem-title-text">{title}</span>
    <span data-testid="Item_asin_0" style="display:none">{asin}</span>
    <fieldset name="checkout-quantity-stepper" data-steppervalue="1"></fieldset><span class="lineitem-price-text">$89.99</span></div>
    <table id="subtotals-marketplace-table"><tr><td><input name="subtotalLineType" value="ITEMS_TAX_EXCLUSIVE"></td>
    <td>$89.99</td></tr></table><span data-shimmer-target="ordertotals-amount">$97.42</span>
    <input name="placeYourOrder1" type="submit"></div>"""


CART = """<div id="sc-active-cart"><div data-name="Active Items"><div data-itemtype="active" data-asin="B0TONER001" data-quantity="1"
data-price="89.99" data-producttitle="Black toner"></div></div></div>"""

ORDERS = """<span class="num-orders">1 order</span><div class="order-card js-order-card"><div class="order-header"><ul>
<li class="order-header__header-list-item"><div><span class="a-text-caps">Order placed</span></div>
<div><span>March 2, 2025</span></div></li>
<li class="order-header__header-list-item"><div><span class="a-text-caps">Total</span></div><div><span>$19.49</span></div></li></ul></div>
<div class="yohtmlc-order-id"><span>Order #</span><span dir="ltr">112-0000001-0000001</span></div>
<div class="delivery-box"><span class="yohtmlc-shipment-status-primaryText">Delivered March 5</span>
<div class="item-box"><div class="yohtmlc-product-title"><a href="/dp/B0LAMP0001">Desk lamp</a></div></div></div></div>"""
