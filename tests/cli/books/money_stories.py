"""Twenty-two stories about money, each as documents with the result that every output must show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from assistant.domain.documents import Extraction, Source
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Refund, Shipment, Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.services.imports.store_document import Arrival

Entry = tuple[str, str, str, str]
"""An expected entry: day, kind, amount, purpose."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """Documents by account, purposes of items by order, and the expected cost, refunds (None: nothing counts) and entries."""

    name: str
    told: Mapping[str, Sequence[Arrival]]
    costs: Mapping[str, tuple[str, str] | None]
    entries: Sequence[Entry]
    purposes: Mapping[str, str] = field(default_factory=dict)
    unit: str = "USD"


def number(nth: int) -> str:
    return f"113-{nth:07d}-0000001"


def day(text: str) -> date:
    return date.fromisoformat(text)


def row(title: str, total: str, *, unit: str = "USD", units: int = 1, price: str | None = None, tax: str = "0", **more) -> Item:
    """Return an item like a file has it: with its own total."""
    money = Money.of(total, unit)
    each = Money.of(price, unit) if price else Money(money.minor // max(1, units) - Money.of(tax, unit).minor, unit)
    found = {"asin": f"B0{sum(map(ord, title)):08d}", "title": title, "quantity": units, "unit_price": each, "total": money}
    return Item(**{**found, "unit_tax": Money.of(tax, unit), **more})


def line(title: str, price: str, *, unit: str = "USD", units: int = 1) -> Item:
    """Return an item like a page has it: with its price."""
    return Item(asin=f"B0{sum(map(ord, title)):08d}", title=title, quantity=units, unit_price=Money.of(price, unit))


def order(nth: int, on: str, *items: Item, unit: str = "USD", total: str | None = None, shipped: str | None = None, **more) -> Order:
    amounts = {name: Money.of(text, unit) for name, text in more.pop("amounts", {}).items()}
    if total is not None:
        amounts[Amount.GRAND_TOTAL] = Money.of(total, unit)
    if shipped:
        more["shipments"] = (Shipment(shipped_on=day(shipped), items=tuple(range(len(items)))),)
    fields = {"placed_on": day(on), "currency": unit, "marketplace": "amazon.com", "status": OrderStatus.DELIVERED}
    return Order(number=number(nth), items=items, **{**fields, "amounts": amounts, **more})


def document(name: str, kind: SourceKind, *orders: Order, paid: Sequence[Transaction] = ()) -> Arrival:
    found = Extraction(source=Source(name=name, kind=kind), orders=orders, transactions=tuple(paid))
    return Arrival(extraction=found, digest=name, name=name)


def export(*orders: Order, name: str = "export") -> Arrival:
    return document(name, SourceKind.RETAIL_EXPORT, *orders)


def page(*orders: Order, name: str = "page") -> Arrival:
    return document(name, SourceKind.ORDER_DETAILS, *orders)


def refunds(nth: int, *told: tuple[str, str], kind: SourceKind = SourceKind.REFUND_EXPORT, name: str = "refunds", **more) -> Arrival:
    """Return a document with refunds of one order, given as (amount, day)."""
    backs = tuple(
        Refund(amount=Money.of(amount, "USD"), refunded_on=day(on), key=f"{name}-{at}" if kind is SourceKind.REFUND_EXPORT else None)
        for at, (amount, on) in enumerate(told)
    )
    return document(name, kind, Order(number=number(nth), currency="USD", refunds=backs, **more))


def charge(on: str, amount: str, *nths: int, last4: str = "1234") -> Transaction:
    numbers = tuple(map(number, nths))
    return Transaction(on=day(on), amount=Money.of(amount, "USD"), method="Visa", last4=last4, status="completed", order_numbers=numbers)


def bought(on: str, amount: str, purpose: str = "business") -> Entry:
    return (on, "purchase", amount, purpose)


def back(on: str, amount: str, purpose: str = "business") -> Entry:
    return (on, "refund", amount, purpose)


CHAIR, MAT, PRINTER = row("Desk chair", "43.30"), row("Chair mat", "16.24"), row("Label printer", "54.11")
CABLES = row("HDMI cable", "38.97", units=3, price="12.00", tax="0.99")
ARM = row("Monitor arm", "108.25", price="100.00", tax="8.25")
LATE = datetime(2026, 1, 1, 4, 30, tzinfo=UTC)

STORIES = (
    Story(
        name="two shipments and two charges",
        told={
            "biz": [
                export(
                    order(
                        1,
                        "2025-03-02",
                        CHAIR,
                        MAT,
                        PRINTER,
                        total="113.65",
                        shipments=(
                            Shipment(shipped_on=day("2025-03-05"), items=(0, 1)),
                            Shipment(shipped_on=day("2025-03-09"), items=(2,)),
                        ),
                    )
                ),
                document("payments", SourceKind.TRANSACTIONS, paid=(charge("2025-03-05", "-59.54", 1), charge("2025-03-09", "-54.11", 1))),
            ]
        },
        costs={number(1): ("113.65", "0.00")},
        entries=[bought("2025-03-05", "43.30"), bought("2025-03-05", "16.24"), bought("2025-03-09", "54.11")],
    ),
    Story(
        name="a gift card pays a part",
        told={
            "biz": [
                export(order(1, "2025-03-02", row("Fan", "50.00"), total="50.00")),
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Fan", "50.00"),
                        total="30.00",
                        amounts={Amount.SUBTOTAL: "50.00", Amount.GIFT_CARD: "-20.00"},
                        payments=(Payment(method="Visa", last4="1234"),),
                    )
                ),
            ]
        },
        costs={number(1): ("50.00", "0.00")},
        entries=[bought("2025-03-02", "50.00")],
    ),
    Story(
        name="points lower the cost",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Fan", "50.00"),
                        total="45.00",
                        amounts={Amount.SUBTOTAL: "50.00", Amount.POINTS: "-5.00"},
                    )
                )
            ]
        },
        costs={number(1): ("45.00", "0.00")},
        entries=[bought("2025-03-02", "45.00")],
    ),
    Story(
        name="one off three equal lines",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        *(line(name, "10.00") for name in ("Red", "Green", "Blue")),
                        total="29.00",
                        amounts={Amount.SUBTOTAL: "30.00", Amount.PROMOTION: "-1.00"},
                    )
                )
            ]
        },
        costs={number(1): ("29.00", "0.00")},
        entries=[bought("2025-03-02", "9.66"), bought("2025-03-02", "9.67"), bought("2025-03-02", "9.67")],
    ),
    Story(
        name="the shipping comes back",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Paper", "30.00"),
                        total="35.99",
                        amounts={Amount.SUBTOTAL: "30.00", Amount.SHIPPING: "5.99"},
                    )
                ),
                refunds(1, ("5.99", "2025-03-20")),
            ]
        },
        costs={number(1): ("35.99", "5.99")},
        entries=[bought("2025-03-02", "35.99"), back("2025-03-20", "-5.99")],
    ),
    Story(
        name="one of three cables comes back",
        told={"biz": [export(order(1, "2025-03-02", CABLES, ARM, total="147.22")), refunds(1, ("12.99", "2025-03-20"))]},
        costs={number(1): ("147.22", "12.99")},
        entries=[bought("2025-03-02", "38.97"), bought("2025-03-02", "108.25"), back("2025-03-20", "-12.99")],
    ),
    Story(
        name="a refund in the next tax year",
        told={"biz": [export(order(1, "2024-12-10", row("Camera", "433.00"), total="433.00")), refunds(1, ("433.00", "2025-01-20"))]},
        costs={number(1): ("433.00", "433.00")},
        entries=[bought("2024-12-10", "433.00"), back("2025-01-20", "-433.00")],
    ),
    Story(
        name="a restocking fee is kept",
        told={"biz": [export(order(1, "2025-03-02", ARM, total="108.25")), refunds(1, ("88.25", "2025-03-20"))]},
        costs={number(1): ("108.25", "88.25")},
        entries=[bought("2025-03-02", "108.25"), back("2025-03-20", "-88.25")],
    ),
    Story(
        name="digital lines have their own prices",
        told={
            "biz": [
                document(
                    "digital",
                    SourceKind.DIGITAL_EXPORT,
                    order(1, "2025-03-02", row("Song", "8.79"), total="8.79", kind=OrderKind.DIGITAL),
                    order(2, "2025-03-03", row("App", "1.00"), row("Course", "99.00"), total="100.00", kind=OrderKind.DIGITAL),
                )
            ]
        },
        costs={number(1): ("8.79", "0.00"), number(2): ("100.00", "0.00")},
        entries=[bought("2025-03-02", "8.79"), bought("2025-03-03", "1.00"), bought("2025-03-03", "99.00")],
    ),
    Story(
        name="subscribe and save is a price cut",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Coffee", "26.96"),
                        total="25.71",
                        amounts={Amount.SUBTOTAL: "26.96", Amount.SUBSCRIBE_AND_SAVE: "-1.25"},
                    )
                )
            ]
        },
        costs={number(1): ("25.71", "0.00")},
        entries=[bought("2025-03-02", "25.71")],
    ),
    Story(
        name="yen have no decimals",
        unit="JPY",
        told={
            "biz": [
                export(
                    order(1, "2025-03-02", row("Pen", "1280", unit="JPY"), unit="JPY", total="1280", marketplace="amazon.co.jp"),
                    order(2, "2025-03-03", row("Ink", "720", unit="JPY"), unit="JPY", total="720", marketplace="amazon.co.jp"),
                )
            ]
        },
        costs={number(1): ("1280", "0"), number(2): ("720", "0")},
        entries=[bought("2025-03-02", "1280"), bought("2025-03-03", "720")],
    ),
    Story(
        name="gift wrap is part of the cost",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Scarf", "21.65"),
                        total="26.64",
                        amounts={Amount.SUBTOTAL: "21.65", Amount.GIFT_WRAP: "4.99"},
                    )
                )
            ]
        },
        costs={number(1): ("26.64", "0.00")},
        entries=[bought("2025-03-02", "26.64")],
    ),
    Story(
        name="tax on one of two lines",
        told={"biz": [export(order(1, "2025-03-02", row("Pen", "10.83", price="10.00", tax="0.83"), row("Rice", "20.00"), total="30.83"))]},
        costs={number(1): ("30.83", "0.00")},
        entries=[bought("2025-03-02", "10.83"), bought("2025-03-02", "20.00")],
    ),
    Story(
        name="a cancelled order and a cancelled line",
        told={
            "biz": [
                export(
                    order(1, "2025-03-02", row("Shelf", "43.30"), row("Bracket", "8.66", units=0, cancelled=True), total="43.30"),
                    order(2, "2025-03-03", row("Lamp", "50.00"), total="50.00", status=OrderStatus.CANCELLED, cancelled=True),
                )
            ]
        },
        costs={number(1): ("43.30", "0.00"), number(2): None},
        entries=[bought("2025-03-02", "43.30")],
    ),
    Story(
        name="a tip and an order without items",
        told={
            "biz": [
                page(
                    order(
                        1,
                        "2025-03-02",
                        line("Groceries", "40.00"),
                        total="45.00",
                        amounts={Amount.SUBTOTAL: "40.00", Amount.TIP: "5.00"},
                        kind=OrderKind.GROCERY,
                    ),
                    order(2, "2025-03-03", total="62.92", kind=OrderKind.WHOLE_FOODS),
                )
            ]
        },
        costs={number(1): ("45.00", "0.00"), number(2): ("62.92", "0.00")},
        entries=[bought("2025-03-02", "45.00"), bought("2025-03-03", "62.92")],
    ),
    Story(
        name="new year's eve twice",
        told={
            "biz": [
                export(
                    order(1, "2026-01-01", row("Film", "30.00"), total="30.00", placed_at=LATE),
                    order(2, "2025-12-30", row("Stand", "64.95"), total="64.95"),
                ),
                document("payments", SourceKind.TRANSACTIONS, paid=(charge("2026-01-02", "-64.95", 2),)),
            ]
        },
        costs={number(1): ("30.00", "0.00"), number(2): ("64.95", "0.00")},
        entries=[bought("2025-12-31", "30.00"), bought("2026-01-02", "64.95")],
    ),
    Story(
        name="business on the private account, and the reverse",
        told={
            "per": [export(order(1, "2025-03-02", row("Toner", "129.90"), total="129.90"), name="private")],
            "biz": [export(order(2, "2025-03-03", row("Toys", "35.72"), total="35.72"), name="business")],
        },
        purposes={number(1): "business", number(2): "personal"},
        costs={number(1): ("129.90", "0.00"), number(2): ("35.72", "0.00")},
        entries=[bought("2025-03-02", "129.90"), bought("2025-03-03", "35.72", "personal")],
    ),
    Story(
        name="three sources disagree",
        told={
            "biz": [
                export(order(1, "2025-03-02", row("Drill", "64.95"), total="64.95")),
                page(order(1, "2025-03-02", line("Drill", "65.23"), total="65.23", amounts={Amount.SUBTOTAL: "65.23"})),
                document("mail", SourceKind.EMAIL, order(1, "2025-03-02", total="64.90")),
            ]
        },
        costs={number(1): ("65.23", "0.00")},
        entries=[bought("2025-03-02", "65.23")],
    ),
    Story(
        name="hostile titles",
        told={
            "biz": [
                export(
                    order(1, "2025-03-02", row('=cmd|calc [/b] \x1b]52;c;x\x07 "a"', "9.00"), total="9.00"),
                    order(2, "2025-03-03", row("Bürostuhl\n万年筆", "8.00"), total="8.00"),
                )
            ]
        },
        costs={number(1): ("9.00", "0.00"), number(2): ("8.00", "0.00")},
        entries=[bought("2025-03-02", "9.00"), bought("2025-03-03", "8.00")],
    ),
    Story(
        name="two items refunded on one day, told by export and mails",
        told={
            "biz": [
                export(order(1, "2025-03-02", row("Lens", "21.65"), row("Tripod", "32.48"), total="54.13")),
                refunds(1, ("21.65", "2025-03-20"), ("32.48", "2025-03-20")),
                refunds(1, ("21.65", "2025-03-19"), kind=SourceKind.EMAIL, name="first mail"),
                refunds(1, ("32.48", "2025-03-19"), kind=SourceKind.EMAIL, name="second mail"),
            ]
        },
        costs={number(1): ("54.13", "54.13")},
        entries=[
            bought("2025-03-02", "21.65"),
            bought("2025-03-02", "32.48"),
            back("2025-03-20", "-21.65"),
            back("2025-03-20", "-32.48"),
        ],
    ),
    Story(
        name="a reload is no expense, what it buys is",
        told={
            "biz": [
                export(
                    order(1, "2025-03-02", row("Amazon Gift Card Balance Reload", "50.00"), total="50.00", kind=OrderKind.GIFT_CARD),
                    order(2, "2025-03-05", row("Fan", "50.00"), total="50.00"),
                ),
                page(
                    order(
                        2,
                        "2025-03-05",
                        line("Fan", "50.00"),
                        total="0.00",
                        amounts={Amount.SUBTOTAL: "50.00", Amount.GIFT_CARD: "-50.00"},
                    )
                ),
            ]
        },
        costs={number(1): ("50.00", "0.00"), number(2): ("50.00", "0.00")},
        entries=[("2025-03-02", "top_up", "50.00", "business"), bought("2025-03-05", "50.00")],
    ),
    Story(
        name="a business report says tax, discount and refund of each line",
        told={
            "biz": [
                document(
                    "report",
                    SourceKind.BUSINESS_REPORT,
                    order(
                        1,
                        "2025-03-02",
                        row("Laptop", "1036.80", price="960.00", tax="76.80"),
                        row("Dock", "259.20", price="250.00", tax="19.20", discount=Money.of("-10.00", "USD")),
                        total="1296.00",
                        payments=(Payment(method="Visa", last4="1234", amount=Money.of("1296.00", "USD"), charged_on=day("2025-03-04")),),
                        refunds=(Refund(amount=Money.of("259.20", "USD"), refunded_on=day("2025-04-02"), item=1),),
                    ),
                )
            ]
        },
        costs={number(1): ("1296.00", "259.20")},
        entries=[bought("2025-03-04", "1036.80"), bought("2025-03-04", "259.20"), back("2025-04-02", "-259.20")],
    ),
)
