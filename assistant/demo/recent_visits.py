"""The recent history of the demo household: opened pages, reported as a browser would."""

from datetime import date, datetime, timedelta
from html import escape
from uuid import NAMESPACE_URL, uuid5

from assistant.bootstrap import Services
from assistant.demo.catalogue import BUSINESS, PERSONAL, CatalogueProduct
from assistant.domain.judging.verdict import Choice
from assistant.domain.pages.visit import Visit

_CLIENT = "demo"
_OFFER = "WELCOME15"
_HOME = "12 Fern Street, Portland, OR 97205"
_TERMS = "Offer limited to one promotional code per customer."


def live_through(services: Services, customers: dict[str, str], now: datetime) -> None:
    """Report the pages of a few days: toner on the wrong account, ordered anyway, and a promotion used a second time.

    `customers` maps account keys to customer ids.
    """
    for key, customer_id in customers.items():
        services.visits.assess(_CLIENT, _page(f"home-{key}", now, "/", "", customer_id))
    toner = _page(
        "toner", now, "/checkout/p/p-101/spc", _checkout(BUSINESS[0], "12 Fern Street, Portland, OR 97205", "Visa 4821"), customers["per"]
    )
    services.visits.assess(_CLIENT, toner)
    services.visits.decide(_CLIENT, toner.id, "WRONG_ACCOUNT_ROUTE", Choice.CONTINUE)
    first = _checkout(PERSONAL[9], _HOME, "Visa 4821", offer=True)
    services.visits.assess(_CLIENT, _page("offer", now, "/checkout/p/p-102/spc", first, customers["per"]))
    services.visits.assess(_CLIENT, _page("thanks", now, "/gp/buy/thankyou/handlers/display.html", "", customers["per"]))
    second = _checkout(BUSINESS[8], "80 Mill Lane, Portland, OR 97209", "American Express 3007", offer=True)
    services.visits.assess(_CLIENT, _page("again", now, "/checkout/p/p-103/spc", second, customers["biz"]))
    orders = _page("orders", now, "/your-orders/orders", _orders(now.date()), customers["home"])
    services.visits.assess(_CLIENT, orders)


def _page(name: str, at: datetime, path: str, html: str, customer_id: str) -> Visit:
    return Visit(
        id=str(uuid5(NAMESPACE_URL, f"demo:{name}")),
        at=at,
        url=f"https://www.amazon.com{path}",
        tab=1,
        store="default",
        html=html,
        scripts=(f"window.fwcimData = {{ customerId: '{customer_id}' }}; ue_mid = 'ATVPDKIKX0DER';",),
    )


def _checkout(product: CatalogueProduct, address: str, card: str, *, offer: bool = False) -> str:
    price = f"${product.price // 100}.{product.price % 100:02d}"
    promotion = f'<div class="applied-promotion"><b class="promotion-name">{_OFFER}</b> <span>{_TERMS}</span></div>' if offer else ""
    return f"""<div id="checkout-main"><div id="deliver-to-address-text">{escape(address)}</div>
<div id="selected-payment-methods-list-container">Paying with {escape(card)}</div>
<div class="lineitem-container"><span class="lineitem-title-text">{escape(product.title)}</span>
<span data-testid="Item_asin_0">{product.asin}</span><fieldset name="checkout-quantity-stepper" data-steppervalue="1"></fieldset>
<span class="lineitem-price-text">{price}</span></div>{promotion}
<span data-shimmer-target="ordertotals-amount">{price}</span></div>"""


def _orders(today: date) -> str:
    """Return an order list with a vacuum that can be returned for two more days."""
    placed, last = today - timedelta(days=6), today + timedelta(days=2)
    item = '<li class="order-header__header-list-item">'
    head = "".join(
        f'{item}<div><span class="a-text-caps">{label}</span></div><div><span>{value}</span></div></li>'
        for label, value in (("Order placed", f"{placed:%B} {placed.day}, {placed.year}"), ("Total", "$64.90"))
    )
    return f"""<span class="num-orders">1 order</span><div class="order-card js-order-card"><div class="order-header"><ul>{head}</ul>
<div class="yohtmlc-order-id"><span class="a-text-caps">Order #</span> <span dir="ltr">114-7000001-7000001</span></div></div>
<div class="delivery-box"><span class="yohtmlc-shipment-status-primaryText">Delivered {placed:%B} {placed.day}</span>
<div class="item-box"><div class="yohtmlc-product-title"><a href="/dp/B0DEMOH010">Hand blender, 800 W</a></div>
<div class="a-row"><span class="a-size-small">
Return or replace items: Eligible through {last:%B} {last.day}, {last.year}</span></div></div></div></div>"""
