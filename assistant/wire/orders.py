"""Orders, items and payments. Amounts are decimals; their currency is stated once per order.

Keys with a default are extras: only exports and business reports have them, and other sources leave them out.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from msgspec import UNSET, Meta, Struct, UnsetType, field, structs

from assistant.domain.categories import CategorySource, Filed
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.order_view import Charge, FieldSources, OrderSummary, OrderView
from assistant.domain.orders.deliveries import Delivery, DeliveryState
from assistant.domain.orders.order import (
    EXTRA_AMOUNTS,
    Amount,
    Item,
    Order,
    OrderKind,
    OrderStatus,
    Payment,
    Recipient,
    Refund,
    Shipment,
    Transaction,
)
from assistant.wire.books import EntryJson
from assistant.wire.shape import Count, DecimalText, InstantText, JsonShape, MoneyJson, Short, Text, builtins, from_builtins


class ProblemJson(JsonShape[Problem]):
    """Something that could not be read; `where` is a path, such as "orders[3].amounts.grand_total"."""

    where: str
    code: str
    text: str

    def to_domain(self, currency: str = "") -> Problem:  # noqa: ARG002  # no amounts
        """Return the problem, in the language that it was sent in."""
        return Problem(where=self.where, code=self.code, said=Sentence(self.text))


class StoredProblem(ProblemJson):
    """A problem as the ledger stores it: its text in English, and the sentence for every language. Early ledgers have the text only."""

    said: Sentence | None = None

    @classmethod
    def of(cls, value: Problem) -> Self:
        """Return what to store of a problem."""
        return cls(where=value.where, code=value.code, text=value.said.english, said=value.said if value.said.values else None)

    def to_domain(self, currency: str = "") -> Problem:  # noqa: ARG002  # no amounts
        """Return the problem, in every language."""
        return Problem(where=self.where, code=self.code, said=self.said or Sentence(self.text))


# Looked up once: an import writes every order of an export this way.
_NAMES = {name.value: name.value for name in Amount}
_NOT_STATED = {name.value: None for name in Amount if name not in EXTRA_AMOUNTS}


class AmountsJson(dict[str, str | None]):
    """The lines of an order's summary, null where the source does not print one. Fees and Canadian taxes are extras."""

    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {name: {"anyOf": [DecimalText.SCHEMA, {"type": "null"}]} for name in _NOT_STATED}
        | {name.value: DecimalText.SCHEMA for name in EXTRA_AMOUNTS},
        "required": list(_NOT_STATED),
        "additionalProperties": False,
    }

    @classmethod
    def read(cls, value: Any) -> Self:
        """Return amounts from an order, or from JSON."""
        if not isinstance(value, Mapping):
            raise TypeError("Expected `object`")
        amounts = cls(_NOT_STATED)
        for name, money in value.items():
            if money is not None and name in _NAMES:
                amounts[_NAMES[name]] = DecimalText.read(money)
        return amounts

    def to_domain(self, currency: str) -> dict[Amount, Money]:
        """Return the amounts that are stated. Raises InvalidInput for an impossible one."""
        return {Amount(name): Money.of(text, currency) for name, text in self.items() if text is not None}


class RecipientJson(JsonShape[Recipient]):
    """Where an order goes; address lines are joined with ", "."""

    name: str | None
    address: str | None


class ItemJson(JsonShape[Item]):
    """An item of an order."""

    asin: str | None
    title: str | None
    quantity: int | None
    unit_price: DecimalText | None
    seller: str | None
    condition: str | None
    return_by: date | None
    return_closed_on: date | None
    subscription_every: str | None
    gift: bool | None
    unit_tax: DecimalText | None = None
    tax: DecimalText | None = None
    total: DecimalText | None = None
    shipping: DecimalText | None = None
    discount: DecimalText | None = None
    brand: str | None = None
    product_category: str | None = None
    unspsc: str | None = None
    gl_code: str | None = None
    cost_center: str | None = None
    department: str | None = None
    cancelled: bool | None = None
    pending: bool | None = None
    returned: int | None = None
    tax_rate: Decimal | None = None


class ShipmentJson(JsonShape[Shipment], kw_only=True):
    """A delivery; `items` are positions in the order's list of items."""

    status: str | None
    # Ledgers of early versions keep shipments without it.
    shipped_on: date | UnsetType | None = UNSET
    delivered_on: date | None
    tracking: str | None
    items: tuple[int, ...]
    shipped_at: InstantText | None = None


class PaymentJson(JsonShape[Payment]):
    """A charge, or a payment method that is named without one."""

    method: str | None
    last4: str | None
    amount: DecimalText | None
    charged_on: date | None
    items: tuple[int, ...] = ()


class RefundJson(JsonShape[Refund]):
    """A refund; `item` is a position in the order's list of items."""

    amount: DecimalText | None
    refunded_on: date | None
    item: int | None
    key: str | None = None
    refunded_at: InstantText | None = None
    tax: DecimalText | None = None
    quantity: int | None = None
    method: str | None = None
    last4: str | None = None


class OrderJson(JsonShape[Order], kw_only=True):
    """An order from one source."""

    number: str = field(name="order_id")
    kind: OrderKind
    placed_on: date | None
    # Ledgers of early versions keep orders without these two.
    placed_at: InstantText | UnsetType | None = UNSET
    status: OrderStatus
    cancelled: bool
    currency: str | None
    marketplace: str | UnsetType | None = UNSET
    recipient: RecipientJson
    amounts: AmountsJson
    items: tuple[ItemJson, ...]
    shipments: tuple[ShipmentJson, ...]
    payments: tuple[PaymentJson, ...]
    refunds: tuple[RefundJson, ...]
    purchase_order: str | None = None
    buyer: str | None = None
    replaces: str | None = None

    def to_domain(self, currency: str = "") -> Order:
        """Return the order. Raises InvalidInput for an impossible amount."""
        return super().to_domain(self.currency or currency)


class TransactionJson(JsonShape[Transaction]):
    """A line of the payment history: negative is charged, positive is refunded."""

    on: date | None
    amount: DecimalText | None
    currency: str | None
    method: str | None
    last4: str | None
    status: str | None
    order_numbers: tuple[str, ...] = field(name="order_ids")
    descriptor: str | None

    def to_domain(self, currency: str = "") -> Transaction:
        """Return the transaction. Raises InvalidInput for an impossible amount."""
        return super().to_domain(self.currency or currency)


class FiledJson(JsonShape[Filed]):
    """The source of an item's category, and its confidence in percent."""

    source: CategorySource
    confidence: Count


class FieldSourcesJson(JsonShape[FieldSources]):
    """What every source says about one field, the most trusted first; `name` is the field's name for people."""

    field: str
    name: str
    said: tuple[str, ...]


class ChargeJson(TransactionJson):
    """A line of the payment history that names an order; `share` is the order's part of it, null if unknown."""

    share: MoneyJson | None

    @classmethod
    def of(cls, value: Charge) -> Self:  # type: ignore[override]  # a charge holds the transaction that it extends
        """Return the charge of an order."""
        share = MoneyJson.of(value.share) if value.share else None
        return cls(**structs.asdict(TransactionJson.of(value.entry)), share=share)

    def to_domain(self, currency: str = "") -> Charge:  # type: ignore[override]  # a charge holds the transaction that it extends
        """Return the charge. Raises InvalidInput for an impossible amount."""
        return Charge(entry=super().to_domain(currency), share=self.share.to_domain() if self.share else None)


class OrderViewJson(OrderJson, kw_only=True):
    """An order with everything known; purposes, categories and their sources are in the order of its items.

    `cost` and `refunded` are sums of its book entries, however it was paid.
    `sources` maps a field to the document that it came from, `conflicts` are fields on which two documents disagree,
    `quarantine` says why no total counts the order. `told`, `charges`, `entries` (of the books) and `version` are
    filled where one order is asked for; a change that names another version as `seen` is refused.
    """

    account: str
    cost: DecimalText | None
    refunded: DecimalText | None
    purposes: tuple[str, ...]
    categories: tuple[str | None, ...]
    category_sources: tuple[FiledJson | None, ...]
    sources: dict[str, str]
    conflicts: tuple[ProblemJson, ...]
    quarantine: tuple[ProblemJson, ...]
    told: tuple[FieldSourcesJson, ...]
    charges: tuple[ChargeJson, ...]
    entries: tuple[EntryJson, ...]
    version: str = ""

    @classmethod
    def of(cls, value: OrderView) -> Self:  # type: ignore[override]  # a view holds the order that it extends
        """Return the order with everything known."""
        return cls(
            **structs.asdict(OrderJson.of(value.order)),
            account=value.account,
            cost=DecimalText.read(value.cost) if value.cost else None,
            refunded=DecimalText.read(value.refunded) if value.refunded else None,
            purposes=value.purposes,
            categories=value.categories,
            category_sources=tuple(FiledJson.of(entry) if entry else None for entry in value.filed),
            sources=dict(value.sources),
            conflicts=tuple(map(ProblemJson.of, value.conflicts)),
            quarantine=tuple(map(ProblemJson.of, value.quarantine)),
            told=tuple(map(FieldSourcesJson.of, value.told)),
            charges=tuple(map(ChargeJson.of, value.charges)),
            entries=tuple(map(EntryJson.of, value.entries)),
            version=value.version,
        )

    def to_domain(self, currency: str = "") -> OrderView:  # type: ignore[override]  # a view holds the order and its charges
        """Return the order with everything known. Raises InvalidInput for an impossible amount."""
        currency = self.currency or currency or NO_CURRENCY
        filed = zip(self.categories, self.category_sources, strict=True)
        return OrderView(
            order=super().to_domain(currency),
            account=self.account,
            cost=Money.of(self.cost, currency) if self.cost is not None else None,
            refunded=Money.of(self.refunded, currency) if self.refunded is not None else None,
            purposes=self.purposes,
            categories=self.categories,
            filed=tuple(Filed(category=word, source=by.source, confidence=by.confidence) if word and by else None for word, by in filed),
            sources=self.sources,
            conflicts=tuple(entry.to_domain() for entry in self.conflicts),
            quarantine=tuple(entry.to_domain() for entry in self.quarantine),
            told=tuple(entry.to_domain() for entry in self.told),
            charges=tuple(entry.to_domain() for entry in self.charges),
            entries=tuple(entry.to_domain() for entry in self.entries),
            version=self.version,
        )


class OrderSummaryJson(JsonShape[OrderSummary]):
    """One line of an order list, cheap to draw: `title` is the first item's, `items` counts them, `held`: it is in quarantine.

    `cost` is what the books count, null while they do not count it; `total` is printed by the sources.
    """

    account: str
    number: str = field(name="order_id")
    placed_on: date | None
    status: str
    title: str
    items: Count
    total: MoneyJson | None
    cost: MoneyJson | None
    refunded: MoneyJson | None
    held: bool


class ItemBody(Struct):
    """The user's own labels of an item; "" removes one. `seen`: the version of the order that the user looks at."""

    category: Short | None = None
    purpose: Short | None = None
    person: Short | None = None
    new: bool = False
    seen: Short | None = None


class CorrectionBody(Struct):
    """Corrections: the right value by field ("total", "item1.quantity"); null removes a correction.

    `seen`: the version of the order that the user looks at.
    """

    corrections: Annotated[dict[Short, Text | None], Meta(min_length=1, max_length=200)]
    seen: Short | None = None


def problem_json(problem: Problem) -> dict[str, str]:
    """Return a problem as builtins, for a JSON column."""
    return dict(builtins(ProblemJson.of(problem)))


class DeliveryJson(JsonShape[Delivery]):
    """One parcel. `promised_on` is the first day that Amazon promised, `expected_on` the latest; `said` is Amazon's own line."""

    account: str
    number: str = field(name="order_id")
    state: DeliveryState
    title: str
    items: Count
    placed_on: date | None
    shipped_on: date | None
    promised_on: date | None
    expected_on: date | None
    delivered_on: date | None
    tracking: str | None
    said: str
    slipped: Count


def problem_values(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return problems as a JSON column stores them."""
    return [builtins(StoredProblem.of(entry)) for entry in problems]


def problems_of(entries: Sequence[Mapping[str, Any]] | None) -> tuple[Problem, ...]:
    """Return the problems that a JSON column stores."""
    return tuple(from_builtins(entry, StoredProblem).to_domain() for entry in entries or ())
