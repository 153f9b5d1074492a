"""Orders, items, shipments, payments, refunds and transactions, as one page or file states them.

Every field may be None: unknown, never a guess. Lists keep the order of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from assistant.domain.money import Money


class OrderKind(StrEnum):
    """The kind of an order."""

    RETAIL = "retail"
    DIGITAL = "digital"
    GIFT_CARD = "gift_card"
    GROCERY = "grocery"
    WHOLE_FOODS = "whole_foods"
    STORE = "store"


class OrderStatus(StrEnum):
    """The status of an order; UNKNOWN if the source does not state it clearly."""

    PLACED = "placed"
    SHIPPING = "shipping"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    UNKNOWN = "unknown"


class Amount(StrEnum):
    """The lines of an order's summary; signs as printed, from the buyer's point of view.

    FEE is a fee that the source prints as such (delivery fee, bag fee). GST, HST, PST and QST are the parts of TAX that a
    Canadian source prints apart.
    """

    SUBTOTAL = "subtotal"
    SHIPPING = "shipping"
    FREE_SHIPPING = "free_shipping"
    PROMOTION = "promotion"
    COUPON = "coupon"
    SUBSCRIBE_AND_SAVE = "subscribe_and_save"
    MULTIBUY = "multibuy"
    AMAZON_DISCOUNT = "amazon_discount"
    GIFT_WRAP = "gift_wrap"
    TOTAL_BEFORE_TAX = "total_before_tax"
    TAX = "tax"
    GIFT_CARD = "gift_card"
    POINTS = "points"
    TIP = "tip"
    GRAND_TOTAL = "grand_total"
    REFUND_TOTAL = "refund_total"
    FEE = "fee"
    GST = "gst"
    HST = "hst"
    PST = "pst"
    QST = "qst"


EXTRA_AMOUNTS = (Amount.FEE, Amount.GST, Amount.HST, Amount.PST, Amount.QST)
"""Amounts that are in an order's JSON only if a source prints them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Where an order goes; address lines joined with ", "."""

    name: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an order.

    `unit_price` as printed (net of tax in exports, with VAT on European pages). `unit_tax`, `tax` (of the whole
    line) and `total` (the row's own: (price + tax) x quantity + shipping + discounts) only come from exports and
    reports. Business reports alone name the `unspsc` code (8 digits), Amazon's own `product_category`, and what the
    organization books the line on: general ledger code, cost center, department.

    `tax_rate` is the printed rate as a fraction (0.19). `cancelled` and `pending` are what the source says of this line
    alone: pending means neither shipped nor charged yet. `returned` counts the units that a list of returns says went back.
    """

    asin: str | None = None
    title: str | None = None
    quantity: int | None = None
    unit_price: Money | None = None
    unit_tax: Money | None = None
    tax: Money | None = None
    total: Money | None = None
    shipping: Money | None = None
    discount: Money | None = None
    seller: str | None = None
    condition: str | None = None
    return_by: date | None = None
    return_closed_on: date | None = None
    subscription_every: str | None = None
    gift: bool | None = None
    brand: str | None = None
    product_category: str | None = None
    unspsc: str | None = None
    gl_code: str | None = None
    cost_center: str | None = None
    department: str | None = None
    tax_rate: Decimal | None = None
    cancelled: bool | None = None
    pending: bool | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """One delivery of an order; `items` are positions in the order's item list.

    `shipped_at` is the instant in UTC if the source has one; `shipped_on` is then its UTC day. Only the instant gives
    the day in the marketplace's own zone.
    """

    status: str | None = None
    shipped_on: date | None = None
    delivered_on: date | None = None
    tracking: str | None = None
    items: tuple[int, ...] = ()
    shipped_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A charge, or a payment method that is named without one; `items` are the positions that the source says it paid for."""

    method: str | None = None
    last4: str | None = None
    amount: Money | None = None
    charged_on: date | None = None
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A refund; `item` is a position in the order's items if the source names one.

    `key` is the source's own id of this refund (reversal id, return id, transaction id, message id). `refunded_at` is the
    instant in UTC if the source has one. `tax` is the part of `amount` that the source calls tax, `quantity` the units
    that went back, `last4` the card that the money went to.
    """

    amount: Money | None = None
    refunded_on: date | None = None
    item: int | None = None
    key: str | None = None
    refunded_at: datetime | None = None
    tax: Money | None = None
    quantity: int | None = None
    method: str | None = None
    last4: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order from one source. `number` is Amazon's order id; `placed_on` the order's civil date.

    `purchase_order` is the organization's own number, `buyer` the person who ordered under a business account,
    `replaces` the order whose goods this one sent again.
    """

    number: str
    kind: OrderKind = OrderKind.RETAIL
    placed_on: date | None = None
    placed_at: datetime | None = None
    status: OrderStatus = OrderStatus.UNKNOWN
    cancelled: bool = False
    currency: str | None = None
    marketplace: str | None = None
    recipient: Recipient = field(default_factory=Recipient)
    purchase_order: str | None = None
    buyer: str | None = None
    replaces: str | None = None
    amounts: Mapping[Amount, Money] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def total(self) -> Money | None:
        """The grand total, if the source states it."""
        return self.amounts.get(Amount.GRAND_TOTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A line of the account's payment history: negative = charged, positive = refunded."""

    on: date | None = None
    amount: Money | None = None
    method: str | None = None
    last4: str | None = None
    status: str | None = None
    order_numbers: tuple[str, ...] = ()
    descriptor: str | None = None

    @property
    def currency(self) -> str | None:
        """The currency of the amount."""
        return self.amount.currency if self.amount else None
