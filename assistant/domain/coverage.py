"""How much of an account's history is known: month by month, proven by exports and by complete order lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from assistant.domain.documents import Listing
from assistant.domain.languages.formats import current_format
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.orders.precedence import PAGES, spoken
from assistant.domain.pages.kinds import SourceKind


class Cover(StrEnum):
    """How much of a month is known."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredMonth:
    """A month of an account. `gaps` say why it may be incomplete; `held` orders are in quarantine, so no total counts them."""

    account: str
    month: str
    cover: Cover
    orders: int = 0
    held: int = 0
    gaps: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class MonthCounts:
    """How many orders a month has: all, in quarantine, without a total, and by kind of source those known from that kind only."""

    orders: int = 0
    held: int = 0
    unpriced: int = 0
    only_from: dict[SourceKind | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenList:
    """One page of an order list as seen on a day, with its order numbers."""

    seen_on: date
    listing: Listing
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A period without gaps, both days included; `why` is the file or list that proves it."""

    first: date
    last: date
    why: Literal["export", "list"]


@dataclass(frozen=True, slots=True)
class ShortList:
    """A list with unseen pages or unread orders."""

    first: date
    last: date
    seen: int
    shown: int


def proven(pages: Iterable[SeenList]) -> tuple[list[Span], list[ShortList]]:
    """Return what lists prove, and the incomplete ones: a list proves its period once all the orders it counts were seen."""
    lists: dict[tuple[str, date | None], list[SeenList]] = defaultdict(list)
    for page in pages:
        period = page.listing.period
        if period is not None and not page.listing.filtered:
            # "Last 30 days" is a different period every day; a year stays the same.
            lists[period, None if period.startswith("year-") else page.seen_on].append(page)
    spans: list[Span] = []
    short: list[ShortList] = []
    for (period, _), seen in lists.items():
        counted = [page for page in sorted(seen, key=lambda page: page.seen_on) if page.listing.shown is not None]
        if not counted:
            continue
        newest = counted[-1]
        first, last = _period(period, newest.seen_on)
        known, shown = len({number for page in seen for number in page.numbers}), newest.listing.shown or 0
        if known >= shown:
            spans.append(Span(first, last, "list"))
        else:
            short.append(ShortList(first, last, known, shown))
    return spans, short


def _period(period: str, seen_on: date) -> tuple[date, date]:
    kind, _, number = period.partition("-")
    if kind == "year":
        return date(int(number), 1, 1), min(seen_on, date(int(number), 12, 31))
    return seen_on - timedelta(days=30 if kind == "last30" else 30 * int(number)), seen_on


def months_between(first: date, last: date) -> list[str]:
    """Return the months of these days, the oldest first."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [_month(first.year * 12 + first.month - 1 + offset) for offset in range(max(0, count))]


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def covered(
    account: str, months: Sequence[str], counts: Mapping[str, MonthCounts], proof: tuple[Sequence[Span], Sequence[ShortList]], today: date
) -> list[CoveredMonth]:
    """Return these months of an account and how much of each is known. `counts` may lack months without orders.

    `proof`: the periods without gaps, and the incomplete lists.
    """
    spans, short = proof
    found = []
    for month in months:
        known = counts.get(month, MonthCounts())
        first, last = _days(month, today)
        gaps = [*_uncovered(first, last, known, spans, short), *_uncounted(known)]
        touched = known.orders or any(span.first <= last and first <= span.last for span in spans)
        cover = Cover.COMPLETE if not gaps else Cover.PARTIAL if touched else Cover.NEVER
        found.append(CoveredMonth(account=account, month=month, cover=cover, orders=known.orders, held=known.held, gaps=tuple(gaps)))
    return found


def is_whole(month: str, spans: Sequence[Span], today: date) -> bool:
    """Return whether every past day of a month is proven."""
    first, last = _days(month, today)
    return _proven_until(first, last, spans) >= last


def _days(month: str, today: date) -> tuple[date, date]:
    first = date(int(month[:4]), int(month[5:]), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, max(first, min(after - timedelta(days=1), today))


def _proven_until(first: date, last: date, spans: Sequence[Span]) -> date:
    """Return the last day up to which all days from `first` on are proven; the day before `first` for none."""
    until = first - timedelta(days=1)
    for span in sorted(spans, key=lambda span: span.first):
        if span.first <= until + timedelta(days=1):
            until = max(until, span.last)
    return min(until, last)


_COVERS = {
    "export": to_translate("the export covers until {day} {month}"),
    "list": to_translate("the list covers until {day} {month}"),
}
"""Up to which day a source proves a month, by the source."""


def _uncovered(first: date, last: date, known: MonthCounts, spans: Sequence[Span], short: Sequence[ShortList]) -> list[str]:
    until = _proven_until(first, last, spans)
    if until >= last:
        return []
    gaps = []
    if until >= first:
        why = next(span.why for span in spans if min(span.last, last) == until)
        gaps.append(translated(_COVERS[why], day=until.day, month=current_format().months[until.month - 1]))
    lists = [entry for entry in short if entry.first <= last and first <= entry.last]
    gaps += [translated("{seen} of the {shown} orders of the list were seen", seen=entry.seen, shown=entry.shown) for entry in lists]
    gaps += [
        translated("{orders} known only from {source}", orders=_orders(number), source=_source(kind))
        for kind, number in sorted(known.only_from.items(), key=str)
    ]
    return gaps or [translated("nothing was seen for this month")]


def _uncounted(known: MonthCounts) -> list[str]:
    gaps = [translated("{orders} in quarantine, not counted", orders=_orders(known.held))] if known.held else []
    return gaps + ([translated("{orders} without a total", orders=_orders(known.unpriced))] if known.unpriced else [])


def _orders(number: int) -> str:
    return translated_count("{count} order", "{count} orders", number)


def _source(kind: SourceKind | None) -> str:
    if kind is None:
        return translated("single documents")
    return translated("pages that were opened") if kind in PAGES else translated(spoken(kind))
