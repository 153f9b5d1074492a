"""Reads the cells of Amazon's files: missing values, money, days, joined fields.

Facts: exports write missing values as "", "Not Available", "Not Applicable" or "N/A"; money bare ("22.75"), with
apostrophes inside the field ("'1,495'") and thousands commas; instants as ISO-8601 UTC or "11/24/2013 14:47:08 UTC";
two values of one row joined with " and ".
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from assistant.amazon.values.money import read_money
from assistant.domain.money import NO_CURRENCY, Money, exponent
from assistant.domain.text import clean_text

K = TypeVar("K")
V = TypeVar("V")

MISSING = frozenset({"", "not available", "not applicable", "n/a", "none", "null"})
_LONGEST_MISSING = max(map(len, MISSING))
# ISO 4217 reserves the second for tests.
_NONE = (NO_CURRENCY, "XTS")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_COUNT = re.compile(r"\d{1,9}(?:\.\d{1,6})?\Z", re.ASCII)
_LONGEST_METHOD = 100
_LONGEST_DAY = len("2025-01-31")
_LARGEST = 10**12
_MOST_FIGURES = 14
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?\Z")
# Shops, digital orders, old orders; payments of physical shops; groceries.
_ORDER_NUMBER = re.compile(r"(?:[A-Z0-9]{3,4}-\d{6,7}-\d{7}|\d{10,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z", re.ASCII)
_SITE = re.compile(r"amazon(?:\.[a-z]{2,3}){1,2}\Z")
_COMMA_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d{3})*,\d{1,2}\Z")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
_CARD = re.compile(r"(.+?)\s*(?:-|ending in|\*+)\s*(\d{4})\Z")
_LINKED_ASIN = re.compile(r"/(?:dp|gp/product)/([A-Z0-9]{10})(?![A-Z0-9])")
_DECORATION = str.maketrans(
    {"'": None, '"': None, "=": None, "$": None, "€": None, "£": None, "¥": None, "\u00a0": None, " ": None, "\u2212": "-"}
)


class Remembered(dict[K, V]):
    """A cache of parsed texts, because exports repeat most of them."""

    def __init__(self, read: Callable[[K], V]) -> None:
        """Create the cache for a parsing function. Its errors are raised at the lookup."""
        super().__init__()
        self._read = read

    def __missing__(self, cell: K) -> V:
        value = self[cell] = self._read(cell)
        return value


def present(cell: str) -> str | None:
    """Return the cell's text, None for a missing value."""
    text = cell.strip()
    return None if text.lower() in MISSING else text


def words(cell: str) -> str | None:
    """Return the cell's text, safe to keep and to show, None for a missing value."""
    text = clean_text(cell)
    return None if len(text) <= _LONGEST_MISSING and text.lower() in MISSING else text


def unwrapped(cell: str) -> str | None:
    """Return the same as `words`, for a cell that may be wrapped for Excel (`="0468"`)."""
    return words(_bare(cell))


def _bare(cell: str) -> str:
    """Return the text inside Excel's wrapping. A single quotation mark at the end of a title means inches."""
    text = cell.strip()
    return text[2:].removesuffix('"') if text.startswith('="') else text


def order_number(cell: str) -> str | None:
    """Return an order id, also one wrapped for Excel (`="302-..."`), or None for a missing one. Raises ValueError."""
    text = present(_bare(cell))
    if text is not None and not _ORDER_NUMBER.match(text):
        raise ValueError(cell)
    return text


def amounts_in(currency: str) -> Callable[[str], Money | None]:
    """Return a function like `money` for this currency that is fast for plain numbers."""
    digits = exponent(currency)

    def amount(cell: str) -> Money | None:
        whole, _, part = cell.partition(".")
        figures = whole + part.ljust(digits, "0")
        if whole and len(part) <= digits and len(figures) <= _MOST_FIGURES and figures.isdecimal():
            return Money(int(figures), currency)
        return money(cell, currency)

    return amount


def money(cell: str, currency: str) -> Money | None:
    """Return an amount, None for a missing value. Raises ValueError for other text."""
    if cell.strip().lower() in MISSING:
        return None
    amount = _decimal(cell.translate(_DECORATION))
    if amount is None or abs(amount) >= _LARGEST:
        raise ValueError(cell)
    return Money.of(amount, currency)


def linked_asin(link: str) -> str | None:
    """Return the ASIN in a link to a product's page."""
    found = _LINKED_ASIN.search(link)
    return found[1] if found else None


def printed(cell: str, currency: str) -> Money | None:
    """Return an amount as people's own tools print it (`$1,240.00`, `12,34 €`, `-5.5`), or None for a missing value.

    Raises ValueError for text that is not an amount, or an amount in another currency. Without a currency (XXX) any sign is allowed.
    """
    text = unwrapped(cell)
    if text is None:
        return None
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if currency == NO_CURRENCY:
        bare = read_money(f"{text.translate(_DECORATION)} EUR")
        amount = Money(bare.minor, currency) if bare else None
    else:
        amount = read_money(text, currency) or read_money(f"{text} {currency}", currency)
    if amount is None or amount.currency != currency:
        raise ValueError(cell)
    return amount


def named_currency(cell: str) -> str | None:
    """Return the currency in an amount; a bare "$" or "kr" is ambiguous."""
    text = unwrapped(cell)
    amount = read_money(text) if text else None
    # With a currency that is not a dollar, a bare dollar sign is meaningless.
    return amount.currency if text and amount and read_money(text, "EUR") == amount else None


def _decimal(text: str) -> Decimal | None:
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if _COMMA_DECIMAL.match(text):
        text = text.replace(".", "").replace(",", ".")
    elif not _NUMBER.match(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def quantity(cell: str) -> int | None:
    """Return a count of units, or None for a missing value. Raises ValueError."""
    text = cell.strip()
    if text.lower() in MISSING:
        return None
    digits = text.translate(_DECORATION).replace(",", "")
    count = Decimal(digits) if _COUNT.match(digits) else None
    if count is None or count != int(count):
        raise ValueError(cell)
    return int(count)


def currency(cell: str) -> str | None:
    """Return an ISO 4217 code, or None for a missing value. Raises ValueError."""
    text = present(cell)
    if text is not None and (text in _NONE or not _CURRENCY.match(text)):
        raise ValueError(cell)
    return text


def marketplace(cell: str) -> str | None:
    """Return the marketplace that a cell names ("amazon.co.uk"), or None."""
    site = cell.strip().lower()
    return site if _SITE.match(site) else None


def instant(cell: str) -> datetime | None:
    """Return a UTC instant, or None for a missing value; the first of a joined field. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        text = present(cell)
        if text is None:
            return None
        text = text.split(" and ", 1)[0]
        moment = _slashed(text) or datetime.fromisoformat(text.removesuffix(" UTC"))
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(cell) from error


def _slashed(text: str) -> datetime | None:
    found = _SLASHED.match(text)
    if found is None:
        return None
    month, day, year = int(found[1]), int(found[2]), int(found[3])
    clock = (int(found[4] or 0), int(found[5] or 0), int(found[6] or 0))
    return datetime(year + 2000 if year < 100 else year, month, day, *clock, tzinfo=UTC)  # noqa: PLR2004  # two-digit years are 20xx


@lru_cache(maxsize=1 << 15)
def shared(day: date) -> date:
    """Return the same object for equal days, because a hundred thousand rows contain only a few thousand days."""
    return day


def day(cell: str) -> date | None:
    """Return the civil date in a cell. Raises ValueError."""
    moment = instant(cell)
    return shared(moment.date()) if moment else None


def days(cell: str) -> tuple[date, ...]:
    """Return the civil dates of a joined field ("A and B"). Raises ValueError."""
    return tuple([found for part in cell.split(" and ") if (found := day(part))])


def moments(cell: str) -> tuple[date | datetime, ...]:
    """Return the parts of a joined field ("A and B"): each a UTC instant, or a day if it has no time. Raises ValueError."""
    return tuple([found for part in cell.split(" and ") if (found := moment(part))])


def moment(cell: str) -> date | datetime | None:
    """Return the UTC instant in a cell, its day if there is no time, None for a missing value. Raises ValueError."""
    found = instant(cell)
    return shared(found.date()) if found and len(cell.strip()) <= _LONGEST_DAY else found


def day_and_instant(found: date | datetime | None) -> tuple[date | None, datetime | None]:
    """Return the day and the instant that `moment` found: a cell with a day alone names no instant, which would move it to another day."""
    if isinstance(found, datetime):
        return shared(found.date()), found
    return found, None


def joined(cell: str) -> tuple[str, ...]:
    """Return the values of a joined field ("A and B"), missing ones left out."""
    return tuple([part for piece in cell.split(" and ") if (part := words(piece))])


def payment(text: str) -> tuple[str, str | None]:
    """Return method and last four digits of "Visa - 9225"."""
    text = text[:_LONGEST_METHOD]
    card = _CARD.match(text)
    return (card[1].strip(), card[2]) if card else (text, None)
