"""Evidence: what shows that an item was bought for the business, and what is missing, largest amounts first.

The parts are those that tax offices ask for: payee, amount, proof of payment, date, description (IRS Publication 583), with the business
purpose and the receipt.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from shlex import quote
from typing import NamedTuple

from assistant.domain.money import Money
from assistant.domain.taxes.items import TaxItem


class EvidencePart(StrEnum):
    """A part of the evidence for an item."""

    PAYEE = "payee"
    AMOUNT = "amount"
    PROOF_OF_PAYMENT = "proof_of_payment"
    DATE = "date"
    DESCRIPTION = "description"
    PURPOSE = "business_purpose"
    RECEIPT = "receipt"


class PurposeScope(StrEnum):
    """What a business purpose applies to."""

    ORDER = "order"
    SELLER = "seller"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessPurposes:
    """Why items are bought for the business: stored for an order, a seller or a category; words are case-folded."""

    by_order: Mapping[str, str] = field(default_factory=dict)
    by_seller: Mapping[str, str] = field(default_factory=dict)
    by_category: Mapping[str, str] = field(default_factory=dict)

    def of(self, number: str, seller: str | None, category: str | None) -> str:
        """Return the purpose of an item, "" if none is stored. An order wins over its seller, a seller over a category."""
        if not (self.by_order or self.by_seller or self.by_category):
            return ""
        return (
            self.by_order.get(number.casefold())
            or self.by_seller.get((seller or "").casefold())
            or self.by_category.get((category or "").casefold())
            or ""
        )


class PurposeSubject(NamedTuple):
    """What a business purpose is best said for: a category, a seller or the number of an order."""

    scope: PurposeScope
    value: str

    @property
    def command(self) -> str:
        """The command that says it."""
        flag = "" if self.scope is PurposeScope.CATEGORY else f"--{self.scope} "
        return f"shopper receipts purpose {flag}{quote(self.value)} TEXT"


class ItemEvidence(NamedTuple):
    """The evidence for one item of a form. `minor` is its business part in the form's currency."""

    item: TaxItem
    minor: int
    currency: str
    purpose: str
    missing: tuple[EvidencePart, ...]

    @property
    def amount(self) -> Money:
        """The business part."""
        return Money(self.minor, self.currency)

    @property
    def score(self) -> int:
        """How many of the seven parts are there."""
        return len(EvidencePart) - len(self.missing)

    @property
    def subject(self) -> PurposeSubject:
        """What the purpose is best said for: the category, else the seller, else the order."""
        return subject_of(self.item.category, self.item.seller, self.item.number)

    @property
    def fix(self) -> str:
        """The command that helps most, "" if nothing is missing."""
        if EvidencePart.RECEIPT in self.missing:
            return f"shopper receipts add {self.item.number} FILE"
        if self.missing == (EvidencePart.PURPOSE,):
            return self.subject.command
        # The order's own page has the seller, the payment and its day.
        return "shopper import ORDER-PAGE.html" if self.missing else ""


def evidence_of(items: Iterable[TaxItem], receipts: Container[str], purposes: BusinessPurposes, currency: str) -> list[ItemEvidence]:
    """Return the evidence for each item, in their order. `receipts` are the orders that have one."""
    return [_evidence(item, receipts, purposes, currency) for item in items if item.bought_this_year]


def incomplete_first(found: Iterable[ItemEvidence]) -> list[ItemEvidence]:
    """Return evidence in the order of work: incomplete items first, then the largest amounts."""
    return sorted(found, key=lambda each: (not each.missing, -each.minor, each.item.number, each.item.entry))


def _evidence(item: TaxItem, receipts: Container[str], purposes: BusinessPurposes, currency: str) -> ItemEvidence:
    purpose, amounts = purposes.of(item.number, item.seller, item.category), item.amounts
    missing = _missing(
        (
            bool(item.seller),
            not item.estimated_amount,
            item.proof_of_payment,
            item.has_payment_day,
            bool(item.title),
            bool(purpose),
            item.number in receipts,
        )
    )
    return ItemEvidence(item, amounts.net + amounts.tax, currency, purpose, missing)


@cache
def _missing(there: tuple[bool, ...]) -> tuple[EvidencePart, ...]:
    """Return the parts that are not there, as `there` says in the order of the parts."""
    return tuple(part for part, known in zip(EvidencePart, there, strict=True) if not known)


def subject_of(category: str | None, seller: str | None, number: str) -> PurposeSubject:
    """Return what the purpose of an item is best said for."""
    if category:
        return PurposeSubject(PurposeScope.CATEGORY, category)
    return PurposeSubject(PurposeScope.SELLER, seller) if seller else PurposeSubject(PurposeScope.ORDER, number)
