"""Filters for lists of the ledger, and a page of such a list. `filter_language.py` reads them from text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

T = TypeVar("T")
KINDS: Mapping[str, tuple[str, ...]] = {
    "purchase": ("purchase",),
    "refund": ("refund",),
    "top_up": ("top_up",),
    "expense": ("purchase", "refund"),
}
"""The kinds of book entries that each word of a filter selects."""
STATES = ("refunded", "held", "business", "uncategorized", "placed", "shipping", "delivered", "cancelled", "returned")
"""What an order, or an item of it, can be: `is:refunded`."""
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{1,2})))?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Selects orders. All parts must match; `words` are searched in titles, order id, seller, recipient.

    `since` and `until` are civil dates, both included. `above` and `below` are major units, any currency. `kind` is a kind of book
    entry, or "expense": purchases and refunds. `items` are searched in titles only, `states` are among STATES. None of the filters
    in `without` may match. Each of the groups in `either` must have one filter that matches.
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
    seller: str | None = None
    items: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    without: tuple["Filter", ...] = ()
    either: tuple[tuple["Filter", ...], ...] = ()

    @property
    def of_orders(self) -> "Filter":
        """The part that applies to orders only; warnings and reminders are matched by their order. It has no `without` and `either`."""
        return Filter(
            category=self.category,
            status=self.status,
            currency=self.currency,
            above=self.above,
            below=self.below,
            seller=self.seller,
            items=self.items,
            states=self.states,
        )


def period(text: str) -> tuple[date, date]:
    """Return first and last day of "2025", "2025-03" or "2025-Q1". Raises InvalidInput."""
    match = _PERIOD.match(text)
    try:
        if match is None:
            raise ValueError(text)
        year, quarter, month = int(match[1]), match[2], match[3]
        first, months = (int(quarter) * 3 - 2, 3) if quarter else (int(month), 1) if month else (1, 12)
        last = first + months - 1
        start, after = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
    except ValueError as error:  # month 13, year 0
        raise InvalidInput(
            translated("'{text}' is not a period. Write 2025, 2025-03, 2025-Q1 or, in a filter, a day like 2025-03-31.", text=text[:40])
        ) from error
    return start, after - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list: `next` is the cursor of the next page, None at the end; `total` counts the whole list."""

    items: tuple[T, ...]
    next: str | None
    total: int
