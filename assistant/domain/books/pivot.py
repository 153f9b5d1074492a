"""Spending by account, purpose, category, seller, card, person or day, month by month, and beside the same days a year earlier."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.domain.filters import Filter
from assistant.domain.money import Money


class Pivot(StrEnum):
    """What spending is summed by, besides month and currency."""

    ACCOUNT = "account"
    PURPOSE = "purpose"
    CATEGORY = "category"
    SELLER = "seller"
    CARD = "card"
    PERSON = "person"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotRow:
    """What was spent for one account, category, … in one month and currency; `name` is "" where no source says it.

    Refunds are positive and not subtracted. The name of a card is like "visa/1234", or another instrument like "gift_card",
    that of a day is like "2026-11-30".
    """

    name: str
    month: str
    currency: str
    spent: Money
    refunded: Money

    @property
    def net(self) -> Money:
        """Spending less refunds."""
        return self.spent - self.refunded


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOverYear:
    """What was spent for one account, category, …, less refunds, and in the same days a year earlier."""

    name: str
    net: Money
    before: Money

    @property
    def change(self) -> int | None:
        """By how many per cent it changed, None if nothing was spent a year earlier."""
        return round((self.net.minor - self.before.minor) * 100 / abs(self.before.minor)) if self.before.minor else None


def a_year_earlier(found: Filter, today: date) -> Filter:
    """Return the filter for the same days a year earlier, of a running period up to the day of today; without days it stays."""
    until = found.until
    if (found.since or until) and (found.since is None or found.since <= today):
        until = min(until or today, today)
    return replace(found, since=_earlier(found.since), until=_earlier(until, last=until == found.until))


def _earlier(day: date | None, *, last: bool = False) -> date | None:
    """Return the same day a year earlier; the last day of a month stays its last day."""
    if day is None or day.year == date.min.year:
        return day
    days = monthrange(day.year - 1, day.month)[1]
    is_end = last and day.day == monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=days if is_end else min(day.day, days))


def year_over_year(now: Iterable[PivotRow], before: Iterable[PivotRow]) -> list[YearOverYear]:
    """Return each name and currency once, the dearest first; currencies are never added together."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, rows in enumerate((now, before)):
        for row in rows:
            sums[row.currency, row.name][place] += row.net.minor
    found = [
        YearOverYear(name=name, net=Money(minor, unit), before=Money(earlier, unit)) for (unit, name), (minor, earlier) in sums.items()
    ]
    return sorted(found, key=lambda row: (row.net.currency, -row.net.minor, row.name))
