"""Invented people, orders, warnings and imports that the tests of the terminal app show."""

from datetime import UTC, date, datetime, timedelta

from assistant.domain.accounts.account import Account, Identity
from assistant.domain.documents import ImportResult
from assistant.domain.errors import Problem
from assistant.domain.judging.verdict import Level
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.pairing import BROWSER_SCOPES, Client

TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ACCOUNTS = (
    Account(key="per", label="Personal", purpose="personal", letters="PER", marketplaces=("amazon.com",), last_seen=NOON),
    Account(
        key="biz",
        label="Ortiz Design",
        purpose="business",
        colour="orange",
        symbol="◆",
        letters="BIZ",
        business=True,
        organization="Ortiz Design LLC",
        marketplaces=("amazon.com",),
        customer_ids=("A1INVENTED01",),
        last_seen=NOON - timedelta(days=1),
    ),
    Account(
        key="home",
        label="Household",
        purpose="household",
        colour="green",
        symbol="■",
        letters="HOME",
        marketplaces=("amazon.de",),
        last_seen=NOON - timedelta(days=12),
    ),
)
GOODS = {
    "per": ("Thermos bottle 0.7 l", "Novel about a lighthouse", "Running socks, 3 pairs", "Desk lamp with two arms"),
    "biz": ("Toner cartridge, black", "Thermal labels 4x6, 500 sheets", "USB-C hub with seven ports", "Standing desk frame"),
    "home": ("Dishwasher tablets, 100 pieces", "Bath towels, set of 6", "Rice 10 kg", "Winter blanket"),
}
CURRENCY = {"per": "USD", "biz": "USD", "home": "EUR"}


def household(orders: int = 120) -> list[OrderView]:
    """Return invented orders, newest first, spread over about two years."""
    return [_order(number, TODAY - timedelta(days=number * 720 // max(orders, 1))) for number in range(orders)]


def _order(number: int, day: date) -> OrderView:
    key = ("per", "biz", "home")[number % 3]
    currency = CURRENCY[key]
    titles = [GOODS[key][(number // 3) % 4], GOODS[key][(number // 3 + 1) % 4]][: 1 + number % 2]
    prices = [1250 + (number * 733 + line * 411) % 9000 for line in range(len(titles))]
    refunds = (Refund(amount=Money(500, currency), refunded_on=day, item=0),) if number % 10 == 4 else ()
    order = Order(
        number=f"112-{number:07d}-{7 * number % 9999999:07d}",
        placed_on=day,
        status=OrderStatus.SHIPPING if number < 3 else OrderStatus.CANCELLED if number % 17 == 5 else OrderStatus.DELIVERED,
        currency=currency,
        marketplace="amazon.de" if key == "home" else "amazon.com",
        recipient=Recipient(name="Robin Example", address="12 Sample Street, Springfield"),
        amounts={
            Amount.SUBTOTAL: Money(sum(prices), currency),
            Amount.TAX: Money(99, currency),
            Amount.GRAND_TOTAL: Money(sum(prices) + 99, currency),
        },
        items=tuple(
            Item(
                title=title,
                quantity=1 + number % 3,
                unit_price=Money(price, currency),
                seller="Sample Store",
                asin=f"B0INVENT{number % 100:02d}",
            )
            for title, price in zip(titles, prices, strict=True)
        ),
        shipments=(Shipment(status="Delivered", delivered_on=day + timedelta(days=2), items=tuple(range(len(titles)))),)
        if number >= 3
        else (),
        payments=(Payment(method="Visa", last4="1234", amount=Money(sum(prices) + 99, currency), charged_on=day),),
        refunds=refunds,
    )
    purpose = {"per": "personal", "biz": "business", "home": "household"}[key]
    return OrderView(
        account=key,
        order=order,
        purposes=(purpose,) * len(titles),
        categories=("office", None)[: len(titles)] if key == "biz" else (None,) * len(titles),
        sources={"order": "Order History.csv", "items[0].title": "order-details.html"},
        conflicts=(Problem(where="amounts.grand_total", code="conflict", said=Sentence("The sources give different totals.")),)
        if number % 20 == 1
        else (),
    )


def row_of(view: OrderView) -> OrderSummary:
    order = view.order
    refunded = order.refunds[0].amount if order.refunds else None
    return OrderSummary(
        account=view.account,
        number=order.number,
        placed_on=order.placed_on,
        status=order.status.value,
        title=order.items[0].title or "",
        items=len(order.items),
        total=order.total,
        cost=None if order.status is OrderStatus.CANCELLED else order.total,
        refunded=refunded,
    )


ALERTS = (
    Alert(
        id=2,
        at=NOON,
        account="per",
        code="WRONG_ACCOUNT_HISTORY",
        level=Level.WARN,
        text="Toner usually goes to Ortiz Design (4 of 4).",
        advice="Switch account, or order anyway.",
        evidence=("Toner cartridge, black: 4 orders on Ortiz Design",),
        source="your orders",
    ),
    Alert(
        id=1,
        at=NOON - timedelta(days=2),
        account="home",
        code="BUDGET_EXCEEDED",
        level=Level.NOTICE,
        text="This order takes Household over its budget.",
        advice="Look at November before you order.",
        source="rule 1",
    ),
)
IMPORTS = (
    ImportResult(
        id=3,
        name="statement.pdf",
        kind="other",
        account=None,
        at=NOON,
        state="failed",
        problems=(Problem(where="file", code="import/unknown-format", said=Sentence("The file is not an Amazon export.")),),
    ),
    ImportResult(
        id=2, name="order-details.html", kind="order_details", account="biz", at=NOON - timedelta(days=1), state="read", new=1, same=2
    ),
    ImportResult(
        id=1,
        name="Your Orders.zip",
        kind="privacy_zip",
        account="per",
        at=NOON - timedelta(days=3),
        state="read",
        new=117,
        changed=2,
        problems=(Problem(where="orders[3].amounts.tax", code="unreadable", said=Sentence("The tax of one order could not be read.")),),
    ),
)
IDENTITIES = (
    Identity(
        customer_id="A1INVENTED01", account="biz", greeting="Sam", business=True, organization="Ortiz Design LLC", marketplace="amazon.com"
    ),
    Identity(customer_id="A2INVENTED02", greeting="Kim", marketplace="amazon.de", first_seen=NOON, last_seen=NOON),
)
BROWSER = Client(
    id="c1", name="Chromium on this laptop", scopes=BROWSER_SCOPES, origin="chrome-extension://invented", created_at=NOON, last_used_at=NOON
)
