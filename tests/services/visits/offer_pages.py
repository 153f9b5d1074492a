"""A household of three accounts, and the pages that its people open."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.domain.pages.visit import Visit

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
CUSTOMERS = {"per": "A1PERSONAL0001", "biz": "A1BUSINESS0002", "kim": "A1PARTNER00004"}


def register(services: Services) -> None:
    """Register Robin's personal and business accounts, and the account of Kim, who lives in the same home."""
    services.accounts.add("Personal", "personal", key="per", change=AccountChange(owner="robin", home="fern"))
    services.accounts.add("Ortiz Design", "business", key="biz", change=AccountChange(owner="robin", home="fern", business=True))
    services.accounts.add("Kim", "personal", key="kim", change=AccountChange(owner="kim", home="fern"))
    for key, customer in CUSTOMERS.items():
        services.accounts.link(key, customer)


def page(path: str, html: str = "<p>A page</p>", account: str = "per", *, at: datetime = NOW, site: str = "amazon.com") -> Visit:
    script = f"window.fwcimData = {{ customerId: '{CUSTOMERS[account]}' }};"
    return Visit(id=str(uuid4()), at=at, url=f"https://www.{site}{path}", tab=7, store=account, html=html, scripts=(script,))


def opened(services: Services, visit: Visit) -> dict[str, dict[str, Any]]:
    """Open a page and return its reasons by code."""
    reply = services.visits.assess("browser", visit)
    return {reason["code"]: reason for reason in reply["verdict"]["reasons"]}


def checkout(asin: str = "B0EXAMPLE1", title: str = "Blue mug", promotion: str = "", notes: str = "", quantity: int = 1) -> str:
    return f"""<div class="lineitem-container"><span class="lineitem-title-text">{title}</span>
      <span data-testid="Item_asin_0">{asin}</span><span class="lineitem-price-text">$12.50</span>{notes}
      <fieldset name="checkout-quantity-stepper" data-steppervalue="{quantity}"></fieldset></div>{promotion}
      <span data-shimmer-target="ordertotals-amount">$12.50</span>"""


def order_list(number: str, placed: str, asin: str = "B0EXAMPLE1", status: str = "Delivered") -> str:
    return f"""<span class="num-orders">1 order</span><div class="order-card js-order-card"><div class="order-header"><ul>
      <li class="order-header__header-list-item"><div><span class="a-text-caps">Order placed</span></div>
      <div><span>{placed}</span></div></li>
      <li class="order-header__header-list-item"><div><span class="a-text-caps">Total</span></div><div><span>$12.50</span></div></li></ul>
      </div><div class="yohtmlc-order-id"><span>Order #</span><span dir="ltr">{number}</span></div>
      <div class="delivery-box"><span class="yohtmlc-shipment-status-primaryText">{status}</span>
      <div class="item-box"><div class="yohtmlc-product-title"><a href="/dp/{asin}">Blue mug</a></div></div></div></div>"""
