"""Amounts in one currency, each with the rate and its day. Nothing is converted unless the user asks for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.domain.books.entries import EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.sharing import share_out
from assistant.domain.books.taxes import round_half
from assistant.domain.money import Money, exponent


class DayRate(NamedTuple):
    """An exchange rate: what one unit is worth, the day it is of, and its source."""

    rate: Decimal
    day: date
    source: str


Rates = Callable[[str, str, date], DayRate | None]
"""Returns the last known rate of a currency in another one on a day, or None."""


class SettledPart(NamedTuple):
    """What a card was charged, in its own currency, for `paid` of an entry; minor units of either currency."""

    paid: int
    settled: int
    currency: str
    day: date
    card: str


class ConvertedEntry(NamedTuple):
    """An entry with its amount in another currency. `rate` is None for an entry that has this currency already.

    `amount` is None where no rate is known. `shares` are the amounts of the entry's shares, in their order.
    """

    entry: Entry
    amount: Money | None
    rate: DayRate | None = None
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedExpense:
    """What one account spent for one purpose in one month, in one currency, and the rates that were used, by currency."""

    account: str
    purpose: str
    month: str
    spent: Money
    refunded: Money
    orders: int
    rates: Mapping[str, tuple[DayRate, ...]]

    @property
    def net(self) -> Money:
        """Spending less refunds."""
        return self.spent - self.refunded


def converted(minor: int, unit: str, rate: Decimal, home: str) -> int:
    """Return minor units of one currency as minor units of another."""
    return round_half(Decimal(minor).scaleb(exponent(home) - exponent(unit)) * rate)


def in_currency(entry: Entry, unit: str, rates: Rates, settled: Iterable[SettledPart] = ()) -> ConvertedEntry:
    """Return an entry in another currency: what a card was charged for it, and the rest by the last known rate."""
    gross = entry.parts.gross
    grosses = tuple([share.gross for share in entry.shares])
    if entry.currency == unit:
        return ConvertedEntry(entry, Money(gross, unit), None, grosses)
    mine = [part for part in settled if part.currency == unit]
    rest = gross - sum(part.paid for part in mine)
    found = rates(entry.currency, unit, entry.on) if rest or not mine else None
    if rest and found is None:
        return ConvertedEntry(entry=entry, amount=None)
    minor = sum(part.settled for part in mine) + (converted(rest, entry.currency, found.rate, unit) if found else 0)
    if mine:
        implied = Decimal(minor).scaleb(exponent(entry.currency) - exponent(unit)) / gross
        found = DayRate(implied.quantize(Decimal("0.000001")), mine[-1].day, f"charged to {mine[-1].card}")
    return ConvertedEntry(entry=entry, amount=Money(minor, unit), rate=found, shares=tuple(share_out(minor, grosses)))


def expenses_of(entries: Iterable[ConvertedEntry], unit: str, purpose: str | None) -> tuple[list[ConvertedExpense], list[Entry]]:
    """Return the sums by account, purpose and month, newest month first, and the entries that no rate is known for."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    orders: dict[tuple[str, str, str], set[str]] = {}
    used: dict[tuple[str, str, str], dict[str, dict[DayRate, None]]] = {}
    without: list[Entry] = []
    for found in entries:
        entry = found.entry
        if entry.kind is EntryKind.TOP_UP:
            continue
        if found.amount is None:
            without.append(entry)
            continue
        for share, minor in zip(entry.shares, found.shares, strict=True):
            if purpose and share.purpose.casefold() != purpose.casefold():
                continue
            key = (entry.account, share.purpose, f"{entry.on:%Y-%m}")
            both = sums.setdefault(key, [0, 0])
            both[entry.kind is EntryKind.REFUND] += minor
            orders.setdefault(key, set()).add(entry.order.number)
            if found.rate:
                used.setdefault(key, {}).setdefault(entry.currency, {})[found.rate] = None
    rows = [
        ConvertedExpense(
            account=key[0],
            purpose=key[1],
            month=key[2],
            spent=Money(spent, unit),
            refunded=Money(-back, unit),
            orders=len(orders[key]),
            rates={currency: tuple(rates) for currency, rates in sorted(used.get(key, {}).items())},
        )
        for key, (spent, back) in sums.items()
    ]
    rows.sort(key=lambda row: (row.account, row.purpose))
    return sorted(rows, key=lambda row: row.month, reverse=True), without
