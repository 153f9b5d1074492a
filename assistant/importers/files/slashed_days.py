"""Reads days like 03/04/2025: the whole file decides which part is the month, never one cell.

Facts: Amazon writes the month first on its American site and the day first on all others that use slashes.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto

from assistant.amazon.values.dates import read_day
from assistant.importers.files import cells

_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)")
_MONTHS = 12
_CENTURY = 100


class DayOrder(Enum):
    """Which part of a slashed day comes first."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()


# Canada and files in several currencies use both orders.
_BY_CURRENCY = {"USD": DayOrder.MONTH_FIRST} | dict.fromkeys(
    ("EUR", "GBP", "AUD", "INR", "BRL", "MXN", "SGD", "TRY", "AED", "SAR", "EGP"), DayOrder.DAY_FIRST
)


def day_order(written: Iterable[str], currencies: Iterable[str | None]) -> DayOrder | None:
    """Return the order that all these days share, None if neither the days nor their currency decide."""
    found = {_BY_PLACE[larger] for text in written if (larger := _larger(text)) is not None}
    if len(found) == 1:
        return found.pop()
    units = set(currencies)
    return None if found or len(units) != 1 else _BY_CURRENCY.get(units.pop() or "")


def read_in_order(cell: str, order: DayOrder | None) -> date | None:
    """Return the day a cell states, or None for a missing value. Raises ValueError for other text and for an ambiguous day."""
    text = cells.unwrapped(cell)
    if text is None:
        return None
    slashed = _SLASHED.match(text)
    found = read_day(text) if slashed is None else _slashed(slashed, order)
    if found is None:
        raise ValueError(cell)
    return found


def _slashed(found: re.Match[str], order: DayOrder | None) -> date | None:
    first, second, year = (int(part) for part in found.groups())
    if first > _MONTHS:
        order = DayOrder.DAY_FIRST
    elif second > _MONTHS:
        order = DayOrder.MONTH_FIRST
    elif order is None and first != second:
        return None
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    return date(year + 2000 if year < _CENTURY else year, month, day)


_BY_PLACE = (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)


def _larger(text: str) -> int | None:
    """Return which part (0, 1) cannot be a month, or None."""
    found = _SLASHED.match(cells.unwrapped(text) or "")
    if found is None:
        return None
    return next((place for place in (0, 1) if int(found[place + 1]) > _MONTHS), None)
