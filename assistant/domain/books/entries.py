"""Book entries: one per money movement of one item."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Self


class EntryKind(StrEnum):
    """What moved: a purchase, a refund, or a top-up of one's own gift-card balance."""

    PURCHASE = "purchase"
    REFUND = "refund"
    TOP_UP = "top_up"


class DateBasis(StrEnum):
    """What the day of an entry is based on."""

    CHARGED = "charged"
    SHIPPED = "shipped"
    PLACED = "placed"
    REFUNDED = "refunded"


class Certainty(StrEnum):
    """How sure an amount is: printed for this line, computed, or allocated by weight."""

    STATED = "stated"
    DERIVED = "derived"
    ESTIMATED = "estimated"

    def at_most(self, other: "Certainty") -> "Certainty":
        """Return the less certain of the two."""
        order = list(Certainty)
        return max(self, other, key=order.index)


class Parts(NamedTuple):
    """The parts of an amount, minor units; discount and points are negative. Their sum is the gross amount."""

    goods: int = 0
    shipping: int = 0
    gift_wrap: int = 0
    tip: int = 0
    fee: int = 0
    discount: int = 0
    points: int = 0
    tax: int = 0

    @property
    def gross(self) -> int:
        """The sum of all parts."""
        return sum(self)

    def plus(self, **more: int) -> Self:
        """Return the parts with some increased by an amount."""
        return self._replace(**{name: getattr(self, name) + minor for name, minor in more.items()})

    def minus(self, other: "Parts") -> "Parts":
        """Return the difference, part by part."""
        return Parts(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))

    def negative(self) -> "Parts":
        """Return every part negated."""
        return Parts(*(-minor for minor in self))


class TaxShare(NamedTuple):
    """One tax within an entry, minor units. `rate` is a fraction (0.19), None where it is not known or has no single rate."""

    code: str
    rate: Decimal | None
    base: int
    amount: int
    certainty: Certainty


class PurseShare(NamedTuple):
    """What one purse paid of an entry, minor units. `instrument`: card, gift_card, bank, invoice or other."""

    instrument: str
    amount: int
    network: str | None = None
    last4: str | None = None


class BookEntry(NamedTuple):
    """One money movement of one item of an order, minor units of `currency`. An import makes one per row: a tuple is made fastest.

    `item` is the item's place in the order, None for an order without items. `refund` is the place of the refund among
    those of the order, None for a purchase. `nth` tells several entries of one item and kind apart (charged on several days).
    """

    kind: EntryKind
    on: date
    basis: DateBasis
    item: int | None
    parts: Parts
    certainty: Certainty
    refund: int | None = None
    nth: int = 0
    quantity: int | None = None
    taxes: tuple[TaxShare, ...] = ()
    paid: tuple[PurseShare, ...] = ()

    @property
    def gross(self) -> int:
        """What moved, negative for a refund."""
        return self.parts.gross


class QuestionCode(StrEnum):
    """Kinds of open questions."""

    REFUND_EXCEEDS_COST = "refund_exceeds_cost"
    SOURCES_DISAGREE = "sources_disagree"
    MISSING_CHARGE_DATE = "missing_charge_date"
    MISSING_SELLER = "missing_seller"
    MISSING_PURPOSE = "missing_purpose"
    MISSING_RECEIPT = "missing_receipt"
    UNKNOWN_PURPOSE = "unknown_purpose"
    ESTIMATED_TAX = "estimated_tax"
    ESTIMATED_REFUND = "estimated_refund"
    UNMATCHED_CHARGE = "unmatched_charge"
    SAME_ORDER_TWICE = "same_order_twice"
    REFUND_EXPECTED = "refund_expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question that deriving the entries of one order raised; `minor` is the amount at stake, `on` the day where one is known."""

    code: QuestionCode
    minor: int
    item: int | None = None
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBooks:
    """The entries of one order in one currency, and its open questions."""

    currency: str | None = None
    entries: Sequence[BookEntry] = ()
    doubts: Sequence[Doubt] = field(default_factory=tuple)

    @property
    def cost(self) -> int:
        """What the order cost before refunds."""
        return sum([entry.gross for entry in self.entries if entry.kind is not EntryKind.REFUND])

    @property
    def refunded(self) -> int:
        """What was refunded, as a positive amount."""
        return -sum([entry.gross for entry in self.entries if entry.kind is EntryKind.REFUND])
