"""The interface of exporters: they write a view of the books to a stream and do not see the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import IO, Protocol

from assistant.domain.books.entries import PurseShare
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.money import Money

_UK_YEAR_STARTS = (4, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedReceipt:
    """A receipt of an order, for the index of receipts."""

    order_id: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something that is open, for the list of open questions."""

    order_id: str
    text: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksView:
    """The data of an export: the entries, oldest first and iterable once, for one purpose; a title; labels of accounts.

    `byte_order_mark`: a file for Excel on Windows starts with one, which it needs to read UTF-8; other programs get none. `receipts` may
    be more than those of the entries. `assets` are the entries that a tax form treats as assets, with how; None where no form decides.
    `open_points` are the form's.
    """

    title: str
    period: str
    purpose: str
    entries: Iterable[Entry]
    labels: Mapping[str, str]
    byte_order_mark: bool = False
    receipts: Sequence[AttachedReceipt] = ()
    assets: Mapping[str, str] | None = None
    open_points: Sequence[OpenPoint] = ()


class ExportFormat(Protocol):
    """A format: who needs it (`audience`), what it contains (`keeps`) and what it leaves out (`loses`)."""

    name: str
    description: str
    audience: str
    keeps: str
    loses: str
    suffix: str


class Exporter(ExportFormat, Protocol):
    """Writes one format from the books.

    `with_top_ups`: it also wants money that was put on a gift-card balance, which is no expense.
    """

    with_top_ups: bool

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the whole file."""


def deductible(entry: Entry, purpose: str) -> Money:
    """Return the part of an entry that serves the purpose, negative for a refund."""
    return Money(entry.share_for(purpose), entry.currency)


def percent_for(entry: Entry, purpose: str) -> str:
    """Return the share of the purpose in percent: "60", "33.33"."""
    first = entry.shares[0] if len(entry.shares) == 1 else None
    if first and first.purpose == purpose and first.share == 1:
        return "100"
    share: Decimal | int = 0
    for each in entry.shares:
        if each.purpose == purpose or each.purpose.casefold() == purpose.casefold():
            share += each.share
    return _percent(share)


@lru_cache(maxsize=1024)
def _percent(share: Decimal | int) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")


def tax_year(entry: Entry) -> str:
    """Return the tax year of an entry's day: "2025", in the United Kingdom, whose year starts on 6 April, "2024-25"."""
    if (entry.order.marketplace or "") != "amazon.co.uk" and not (entry.order.marketplace is None and entry.currency == "GBP"):
        return str(entry.on.year)
    first = entry.on.year if entry.on >= date(entry.on.year, *_UK_YEAR_STARTS) else entry.on.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def name_of(paid: PurseShare) -> str:
    """Return the name of a purse: "visa 1234"."""
    name = paid.network or paid.instrument.replace("_", " ")
    return f"{name} {paid.last4}" if paid.last4 else name


def missing(entry: Entry) -> tuple[str, ...]:
    """Return the fields that a bookkeeper needs and no source has."""
    item = entry.item
    if item is None:
        return ("items",)
    if item.title and item.category:
        return ()
    return tuple([name for name, value in (("description", item.title), ("category", item.category)) if not value])
