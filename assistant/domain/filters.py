"""Filters for lists of the ledger, and a page of such a list: the same for screens, command line and HTTP."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from assistant.domain.errors import InvalidInput

T = TypeVar("T")
_TERM = re.compile(r'"([^"]*)"|([a-z]+:"[^"]*"|\S+)')
_MOST_DIGITS = 15
"""Digits before the point of the largest amount in a filter; the ledger has no larger ones."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "purchase": ("purchase",),
    "refund": ("refund",),
    "top_up": ("top_up",),
    "expense": ("purchase", "refund"),
}
"""The kinds of book entries that each word of a filter selects."""
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{1,2})))?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Selects orders. All parts must match; `words` are searched in titles, order id, seller, recipient.

    `since` and `until` are civil dates, both included. `above` and `below` are major units, any currency. `kind` is a kind of book
    entry, or "expense": purchases and refunds.
    """

    accounts: tuple[str, ...] = ()
    purpose: str | None = None
    category: str | None = None
    person: str | None = None
    status: str | None = None
    currency: str | None = None
    since: date | None = None
    until: date | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    kind: str | None = None
    words: tuple[str, ...] = ()

    @property
    def of_orders(self) -> "Filter":
        """The part that applies to orders only; warnings and reminders are matched by their order."""
        return Filter(category=self.category, status=self.status, currency=self.currency, above=self.above, below=self.below)


def period(text: str) -> tuple[date, date]:
    """Return first and last day of "2025", "2025-03" or "2025-Q1". Raises InvalidInput."""
    match = _PERIOD.match(text)
    if match is None:
        raise InvalidInput(f"'{text[:40]}' is not a period. Write 2025, 2025-03 or 2025-Q1.")
    try:
        year, quarter, month = int(match[1]), match[2], match[3]
        first, months = (int(quarter) * 3 - 2, 3) if quarter else (int(month), 1) if month else (1, 12)
        last = first + months - 1
        start, after = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
    except ValueError as error:  # month 13, year 0
        raise InvalidInput(f"'{text[:40]}' is not a period. Write 2025, 2025-03 or 2025-Q1.") from error
    return start, after - timedelta(days=1)


def parse_filter(text: str) -> Filter:
    """Read `account:biz cat:office purpose:business status:delivered cur:EUR >50 <100 date:2025-Q1 kind:refund "desk lamp" toner`.

    A value with spaces is quoted: purpose:"my shop". Raises InvalidInput with the unknown word.
    """
    found = Filter()
    for match in _TERM.finditer(text):
        word = match[2]
        found = _with_term(found, word) if word is not None else replace(found, words=(*found.words, match[1]))
    return found


def _with_term(found: Filter, word: str) -> Filter:
    key, colon, value = word.partition(":")
    value = value.strip('"')
    if word[0] in "<>":
        limit = _amount(word)
        return replace(found, above=limit) if word[0] == ">" else replace(found, below=limit)
    return _with_key(found, key, value) if colon and value else replace(found, words=(*found.words, word))


def _amount(word: str) -> Decimal:
    try:
        limit = Decimal(word[1:])
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit.adjusted() >= _MOST_DIGITS:
        raise InvalidInput(f"'{word[:40]}' needs a number, like >50.")
    return limit


def _with_key(found: Filter, key: str, value: str) -> Filter:
    readers: dict[str, Callable[[], Filter]] = {
        "account": lambda: replace(found, accounts=(*found.accounts, value)),
        "cat": lambda: replace(found, category=value),
        "category": lambda: replace(found, category=value),
        "purpose": lambda: replace(found, purpose=value),
        "person": lambda: replace(found, person=value),
        "status": lambda: replace(found, status=value),
        "cur": lambda: replace(found, currency=value.upper()),
        "currency": lambda: replace(found, currency=value.upper()),
        "date": lambda: _in_period(found, value),
        "kind": lambda: replace(found, kind=_checked_kind(value)),
    }
    reader = readers.get(key)
    return reader() if reader else replace(found, words=(*found.words, f"{key}:{value}"))


def _checked_kind(word: str) -> str:
    if word not in KINDS:
        raise InvalidInput(f"'{word[:40]}' is not a kind of entry. Use {', '.join(KINDS)}.")
    return word


def _in_period(found: Filter, value: str) -> Filter:
    since, until = period(value)
    return replace(found, since=since, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list: `next` is the cursor of the next page, None at the end; `total` counts the whole list."""

    items: tuple[T, ...]
    next: str | None
    total: int
