"""Evidence: what shows that an item was bought for the business, and what is missing, largest amounts first.

The parts are those that tax offices ask for: payee, amount, proof of payment, date, description (IRS Publication 583), with the business
purpose and the receipt.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
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
        return (
            self.by_order.get(number.casefold())
            or self.by_seller.get((seller or "").casefold())
            or self.by_category.get((category or "").casefold())
            or ""
        )


class ItemEvidence(NamedTuple):
    """The evidence for one item of a form. `amount` is its business part in the form's currency, `fix` the command that helps most."""

    entry: str
    account: str
    number: str
    asin: str | None
    title: str | None
    amount: Money
    purpose: str
    missing: tuple[EvidencePart, ...]
    fix: str

    @property
    def score(self) -> int:
        """How many of the seven parts are there."""
        return len(EvidencePart) - len(self.missing)


def evidence_of(items: Iterable[TaxItem], receipts: Container[str], purposes: BusinessPurposes, currency: str) -> list[ItemEvidence]:
    """Return the evidence for each item, incomplete ones first, then the largest amounts. `receipts` are the orders that have one."""
    found = [_evidence(item, receipts, purposes, currency) for item in items if item.bought_this_year]
    return sorted(found, key=lambda each: (not each.missing, -each.amount.minor, each.number, each.entry))


def _evidence(item: TaxItem, receipts: Container[str], purposes: BusinessPurposes, currency: str) -> ItemEvidence:
    purpose = purposes.of(item.number, item.seller, item.category)
    missing, amounts = _missing(item, purpose, has_receipt=item.number in receipts), item.amounts
    return ItemEvidence(
        entry=item.entry,
        account=item.account,
        number=item.number,
        asin=item.asin,
        title=item.title,
        amount=Money(amounts.net + amounts.tax, currency),
        purpose=purpose,
        missing=missing,
        fix=_fix(item, missing),
    )


def _missing(item: TaxItem, purpose: str, *, has_receipt: bool) -> tuple[EvidencePart, ...]:
    there = (
        (EvidencePart.PAYEE, item.seller),
        (EvidencePart.AMOUNT, not item.estimated_amount),
        (EvidencePart.PROOF_OF_PAYMENT, item.proof_of_payment),
        (EvidencePart.DATE, item.has_payment_day),
        (EvidencePart.DESCRIPTION, item.title),
        (EvidencePart.PURPOSE, purpose),
        (EvidencePart.RECEIPT, has_receipt),
    )
    return tuple([part for part, known in there if not known])


def _fix(item: TaxItem, missing: tuple[EvidencePart, ...]) -> str:
    if EvidencePart.RECEIPT in missing:
        return f"shopper receipts add {item.number} FILE"
    if missing == (EvidencePart.PURPOSE,):
        return purpose_command(item.category, item.seller, item.number)
    # The order's own page has the seller, the payment and its day.
    return "shopper import ORDER-PAGE.html" if missing else ""


def purpose_command(category: str | None, seller: str | None, number: str) -> str:
    """Return the command that says why an item was bought: for its category, else its seller, else its order."""
    if category:
        return f"shopper receipts purpose '{category}' TEXT"
    return f"shopper receipts purpose --seller '{seller}' TEXT" if seller else f"shopper receipts purpose --order {number} TEXT"
