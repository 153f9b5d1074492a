"""Entries as bookkeeping programs want them: one movement of money per charge and per refund, with its items below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.domain.books.entries import EntryKind, PurseShare
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.errors import Conflict
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.exports.base import BooksView, deductible, name_of

NO_CATEGORY = "uncategorised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """The entries of one order that were charged, or refunded, on one day. `id` stays the same through imports and edits."""

    id: str
    on: date
    number: str
    account: str
    kind: EntryKind
    currency: str
    payee: str
    entries: tuple[Entry, ...]
    purpose: str

    @property
    def amount(self) -> Money:
        """The part that serves the purpose, negative for a refund."""
        return Money(sum(self.part_of(entry) for entry in self.entries), self.currency)

    @property
    def memo(self) -> str:
        """The titles of the items."""
        return ", ".join(dict.fromkeys(title_of(entry) for entry in self.entries))

    @property
    def last4(self) -> str:
        """The last digits of the card, if one card paid everything."""
        digits = {paid.last4 for entry in self.entries for paid in entry.paid if paid.last4}
        return digits.pop() if len(digits) == 1 else ""

    def part_of(self, entry: Entry) -> int:
        """Return the part of an entry that serves the purpose, minor units."""
        return deductible(entry, self.purpose).minor

    def by_category(self) -> dict[str, int]:
        """Return the parts by category, minor units."""
        found: dict[str, int] = {}
        for entry in self.entries:
            found[category_of(entry)] = found.get(category_of(entry), 0) + self.part_of(entry)
        return {category: minor for category, minor in found.items() if minor}


def movements(view: BooksView) -> Iterator[Movement]:
    """Yield the movements of a view, oldest first. Entries come by day, so only one day is held at a time."""
    for on, entries in groupby(view.entries, key=lambda entry: entry.on):
        groups: dict[tuple[str, str, EntryKind, str, str], list[Entry]] = {}
        for entry in entries:
            # Two refunds of one day are two movements: the third part of an id is the refund.
            refund = entry.id.rpartition(".")[0].rpartition(".")[2]
            groups.setdefault((entry.account, entry.order.number, entry.kind, refund, entry.currency), []).append(entry)
        for (account, number, kind, _, currency), found in groups.items():
            yield Movement(
                id=found[0].id,
                on=on,
                number=number,
                account=account,
                kind=kind,
                currency=currency,
                payee=_payee(found),
                entries=tuple(found),
                purpose=view.purpose,
            )


def paid_movements(view: BooksView) -> Iterator[Movement]:
    """Yield the movements whose part for the purpose is not zero."""
    return (found for found in movements(view) if found.amount.minor)


def _payee(entries: list[Entry]) -> str:
    return (entries[0].order.marketplace or "Amazon").replace("amazon", "Amazon", 1)


def title_of(entry: Entry) -> str:
    """Return the title of an entry's item, "whole order" without one."""
    return (entry.item.title if entry.item else None) or "whole order"


def category_of(entry: Entry) -> str:
    """Return the category of an entry's item."""
    return (entry.item.category if entry.item else None) or NO_CATEGORY


def purses_of(entry: Entry) -> tuple[PurseShare, ...]:
    """Return what each purse paid of an entry; the part without a known source gets a separate purse."""
    rest = entry.parts.gross - sum([paid.amount for paid in entry.paid])
    return (*entry.paid, PurseShare(instrument="unknown", amount=rest)) if rest else entry.paid


def purse_name(paid: PurseShare) -> str:
    """Return the name of a purse: "Visa 0042", "Gift card"."""
    if paid.instrument == "unknown":
        return "Amazon payments"
    return name_of(paid).capitalize()


def in_one_currency(found: Iterable[Movement], format_name: str) -> list[Movement]:
    """Return movements as a list. Raises Conflict if they have several currencies, which the format cannot hold."""
    listed = list(found)
    units = sorted({each.currency for each in listed})
    if len(units) > 1:
        text = to_translate("{format} holds one currency, and these entries are in {units}. Write one file for each: cur:{unit}")
        raise Conflict(translated(text, format=format_name, units=", ".join(units), unit=units[0]))
    return listed


def at_most(rows: list[list[str]], limit: int, format_name: str) -> list[list[str]]:
    """Return the rows. Raises Conflict if the program takes fewer."""
    if len(rows) > limit:
        text = to_translate("{format} takes {limit} rows, and there are {count}. Write several files: --split quarter or month.")
        raise Conflict(translated(text, format=format_name, limit=limit, count=len(rows)))
    return rows


def slashed(on: date, currency: str) -> str:
    """Return a day as people with this currency write it: 12/31/2025 for US dollars, else 31/12/2025."""
    return on.strftime("%m/%d/%Y" if currency == "USD" else "%d/%m/%Y")


def outgoing(amount: Money) -> str:
    """Return an expense as a bank shows it: money out is negative."""
    return (-amount).decimal


def plain(text: str, longest: int, *, forbidden: str = "") -> str:
    """Return text in one line without forbidden characters, shortened."""
    kept = "".join(" " if sign in forbidden or not sign.isprintable() else sign for sign in text)
    return " ".join(kept.split())[:longest].strip()
