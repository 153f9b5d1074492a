"""Which business orders lack a receipt, and how much money is at stake."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.domain.books.entries import EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.taxes.conversion import PURPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReceipt:
    """A business order without a receipt. `amount` is the business part of its purchases, `page_kept`: a page of it can be printed."""

    account: str
    number: str
    on: date
    title: str
    amount: Money
    page_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCount:
    """How many business orders there are, and those without a receipt, largest amounts first."""

    orders: int
    missing: tuple[MissingReceipt, ...]

    @property
    def said(self) -> str:
        """The count in one sentence."""
        if not self.orders:
            return translated("There are no business orders in this period.")
        if not self.missing:
            return translated("Each of the {orders} business orders has a receipt.", orders=self.orders)
        sums: dict[str, int] = {}
        for each in self.missing:
            sums[each.amount.currency] = sums.get(each.amount.currency, 0) + each.amount.minor
        amounts = ", ".join(f"{decimal_text(Money(minor, unit).decimal)} {unit}" for unit, minor in sorted(sums.items()))
        return translated(
            "{missing} of {orders} business orders have no receipt: {amounts}.",
            missing=len(self.missing),
            orders=self.orders,
            amounts=amounts,
        )


def count_receipts(entries: Iterable[Entry], with_receipt: Container[str], with_page: Container[str]) -> ReceiptCount:
    """Count the orders of business purchases; `with_receipt` and `with_page` are order numbers."""
    orders: dict[tuple[str, str], MissingReceipt] = {}
    for entry in entries:
        part = entry.share_for(PURPOSE)
        if entry.kind is not EntryKind.PURCHASE or not part:
            continue
        key = (entry.account, entry.order.number)
        before = orders.get(key)
        title = (entry.item.title if entry.item else None) or "whole order"
        orders[key] = MissingReceipt(
            account=entry.account,
            number=entry.order.number,
            on=before.on if before else entry.on,
            title=before.title if before else title,
            amount=Money(part + (before.amount.minor if before else 0), entry.currency),
            page_kept=entry.order.number in with_page,
        )
    missing = [each for each in orders.values() if each.number not in with_receipt]
    missing.sort(key=lambda each: (-float(each.amount.decimal), each.number))
    return ReceiptCount(orders=len(orders), missing=tuple(missing))
