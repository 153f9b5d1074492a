"""What stands in a cell of Amazon's files: missing values, money, days, joined fields.

Facts: exports write missing values as "", "Not Available", "Not Applicable" or "N/A"; money bare ("22.75"), with
apostrophes inside the field ("'1,495'") and thousands commas; instants as ISO-8601 UTC or "11/24/2013 14:47:08 UTC";
two values of one row joined with " and ".
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant.domain.money import Money

MISSING = frozenset({"", "not available", "not applicable", "n/a", "none", "null"})
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?\Z")
_COMMA_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d{3})*,\d{1,2}\Z")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
_CARD = re.compile(r"(.+?)\s*(?:-|ending in|\*+)\s*(\d{4})\Z")
_DECORATION = str.maketrans(
    {"'": None, '"': None, "=": None, "$": None, "€": None, "£": None, "¥": None, "\u00a0": None, " ": None, "\u2212": "-"}
)


def present(cell: str) -> str | None:
    """Return the cell's text, or None where Amazon says that there is none."""
    text = cell.strip()
    return None if text.lower() in MISSING else text


def unescaped(cell: str) -> str | None:
    """Return the text of a cell that may be wrapped for Excel (`="9468"`)."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return present(text)


@lru_cache(maxsize=65536)
def money(cell: str, currency: str) -> Money | None:
    """Return an amount, or None for a missing value. Raises ValueError for text that is no amount."""
    if cell.strip().lower() in MISSING:
        return None
    text = cell.translate(_DECORATION)
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if _COMMA_DECIMAL.match(text):
        text = text.replace(".", "").replace(",", ".")
    elif not _NUMBER.match(text):
        raise ValueError(cell)
    try:
        return Money.of(Decimal(text.replace(",", "")), currency)
    except InvalidOperation as error:
        raise ValueError(cell) from error


@lru_cache(maxsize=8192)
def quantity(cell: str) -> int | None:
    """Return a count of units, or None for a missing value. Raises ValueError."""
    text = cell.strip()
    return None if text.lower() in MISSING else int(float(text.replace(",", "")))


def currency(cell: str) -> str | None:
    """Return an ISO 4217 code, or None for a missing value. Raises ValueError."""
    text = present(cell)
    if text is not None and not _CURRENCY.match(text):
        raise ValueError(cell)
    return text


def instant(cell: str) -> datetime | None:
    """Return a UTC instant, or None for a missing value; of a joined field the first. Raises ValueError."""
    text = present(cell)
    if text is None:
        return None
    text = text.split(" and ", 1)[0]
    slashed = _SLASHED.match(text)
    if slashed:
        month, day, year = int(slashed[1]), int(slashed[2]), int(slashed[3])
        clock = (int(slashed[4] or 0), int(slashed[5] or 0), int(slashed[6] or 0))
        return datetime(year + 2000 if year < 100 else year, month, day, *clock, tzinfo=UTC)  # noqa: PLR2004  # two-digit years are 20xx
    moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def day(cell: str) -> date | None:
    """Return the civil date that a cell states. Raises ValueError."""
    moment = instant(cell)
    return moment.date() if moment else None


def days(cell: str) -> tuple[date, ...]:
    """Return the civil dates of a joined field ("A and B"). Raises ValueError."""
    if " and " not in cell:
        found = day(cell)
        return (found,) if found else ()
    return tuple(found for found in map(day, joined(cell)) if found)


def joined(cell: str) -> list[str]:
    """Return the values of a joined field ("A and B"), missing ones left out."""
    return [part for part in (present(piece) for piece in cell.split(" and ")) if part is not None]


@lru_cache(maxsize=4096)
def payment(text: str) -> tuple[str, str | None]:
    """Return method and last four digits of "Visa - 9225"."""
    card = _CARD.match(text)
    return (card[1].strip(), card[2]) if card else (text, None)
