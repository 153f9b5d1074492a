"""Matches refunds across sources: which reports are the same money, and which are separate refunds.

Exports, pages, mails and the payment history all report refunds. Within one document every refund is separate. Across
documents two reports are the same refund if they share a key, or if they name the same amount within some days and no two
different items. One report may also be the sum of several others (an export books one sum for two items that two mails
name): then the more detailed reports are kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant.domain.money import NO_CURRENCY
from assistant.domain.orders.order import Item, Refund
from assistant.domain.orders.precedence import FILES, PAGES
from assistant.domain.pages.kinds import SourceKind

_APART = 10
"""Maximum days between two sources' dates of one refund: a mail may come some days before or after the money."""
_MOST_PARTS = 12
"""With more refunds than this in one order, sums of several are not searched."""


@dataclass(slots=True)
class _FoundRefund:
    """A merged refund, the kinds of source that report it, and the trust rank of its day (0 is best)."""

    refund: Refund
    kinds: set[SourceKind]
    day_rank: int


def united(tellings: Iterable[tuple[SourceKind, Sequence[Refund]]], items: Sequence[Item]) -> tuple[Refund, ...]:
    """Return every refund once, from each document's refunds (the most trusted document first), by position of the item."""
    found: list[_FoundRefund] = []
    for kind, refunds in sorted(tellings, key=lambda telling: _turn(telling[0])):
        _add(found, kind, refunds, items)
    return tuple(known.refund for known in found)


def _turn(kind: SourceKind) -> int:
    """Return the processing order of a kind of source: those that book money first, announcements later, cards last."""
    if kind in FILES or kind in (SourceKind.REFUND_EXPORT, SourceKind.RETURNS_EXPORT):
        return 0
    return 1 if kind in PAGES else 4 if kind is SourceKind.TRANSACTIONS else 3 if kind is SourceKind.EMAIL else 2


def _day_rank(kind: SourceKind) -> int:
    """Return the trust rank of a kind of source for the day: payment history, exports, pages, mails."""
    return -1 if kind is SourceKind.USER else 0 if kind is SourceKind.TRANSACTIONS else _turn(kind) + 1


def _add(found: list[_FoundRefund], kind: SourceKind, refunds: Sequence[Refund], items: Sequence[Item]) -> None:
    free, waiting = set(range(len(found))), dict(enumerate(refunds))
    pairs = [
        (distance, place, at)
        for at, refund in waiting.items()
        for place in free
        if (distance := _distance(found[place], refund, kind, items)) is not None
    ]
    for _, place, at in sorted(pairs):
        if place in free and at in waiting:
            free.discard(place)
            found[place] = _filled(found[place], waiting.pop(at), kind)
    _add_sums(found, free, waiting, kind)
    _split_sums(found, free, waiting, kind)
    found += [_FoundRefund(refund, {kind}, _rank_of(refund, kind)) for refund in waiting.values()]


def _distance(known: _FoundRefund, refund: Refund, kind: SourceKind, items: Sequence[Item]) -> int | None:
    """Return the days between two reports of one refund, -1 for a shared key, None for different refunds."""
    if known.refund.key and known.refund.key == refund.key:
        return -1
    if not _alike(known.refund, refund):
        return None
    apart = _days_between(known.refund, refund)
    return apart if apart <= _allowed(known, refund, kind, items) else None


def _alike(known: Refund, other: Refund) -> bool:
    if known.item is not None and other.item is not None and known.item != other.item:
        return False
    if known.amount is None or other.amount is None:
        return known.amount is other.amount
    # A list of returns may not state its currency.
    alike = known.amount.currency == other.amount.currency or NO_CURRENCY in (known.amount.currency, other.amount.currency)
    return alike and known.amount.minor == other.amount.minor


def _days_between(known: Refund, other: Refund) -> int:
    if known.refunded_on is None or other.refunded_on is None:
        return 0
    return abs((known.refunded_on - other.refunded_on).days)


def _allowed(known: _FoundRefund, refund: Refund, kind: SourceKind, items: Sequence[Item]) -> int:
    """Return how many days apart two reports may be. Sources of one kind use the same date, so another day is another refund."""
    if kind not in known.kinds:
        return 1 if kind in FILES and known.kinds & FILES else _APART
    same_item = refund.item is not None and refund.item == known.refund.item
    single = same_item and refund.item is not None and (items[refund.item].quantity or 1) == 1
    # Several mails report one return; a single unit is returned only once.
    return _APART if kind is SourceKind.EMAIL and single else 0


def _add_sums(found: list[_FoundRefund], free: set[int], waiting: dict[int, Refund], kind: SourceKind) -> None:
    """Treat a report that is the sum of several known refunds as those, and keep the more detailed ones."""
    for at, refund in list(waiting.items()):
        parts = _parts_of(refund, {place: found[place].refund for place in free if kind not in found[place].kinds})
        if parts:
            del waiting[at]
            free.difference_update(parts)
            for place in parts:
                found[place] = _dated(found[place], refund, kind)


def _split_sums(found: list[_FoundRefund], free: set[int], waiting: dict[int, Refund], kind: SourceKind) -> None:
    """Replace a known refund by several reports that add up to it; one that went to several cards on one day stays one."""
    for place in sorted(free):
        known = found[place]
        parts = _parts_of(known.refund, waiting) if kind not in known.kinds else ()
        if not parts:
            continue
        finer = [waiting.pop(at) for at in parts]
        if kind is SourceKind.TRANSACTIONS and len({part.refunded_on for part in finer}) > 1:
            # The money came on several days, and each day has its own year.
            finer = [replace(part, item=known.refund.item) for part in finer]
        elif kind is SourceKind.TRANSACTIONS or (known.refund.item is not None and all(part.item is None for part in finer)):
            found[place] = _dated(known, finer[0], kind)
            continue
        split = [
            _dated(_FoundRefund(part, known.kinds | {kind}, _rank_of(part, kind)), known.refund, None, known.day_rank) for part in finer
        ]
        found[place] = split[0]
        found += split[1:]


def _parts_of(whole: Refund, others: dict[int, Refund]) -> tuple[int, ...]:
    """Return the positions of two or more refunds within some days that add up to `whole`, smallest sets first."""
    if whole.amount is None:
        return ()
    amounts = {
        place: other.amount.minor
        for place, other in others.items()
        if other.amount is not None
        and other.amount.currency == whole.amount.currency
        and other.amount.minor < whole.amount.minor
        and _days_between(whole, other) <= _APART
        and (whole.item is None or other.item in (None, whole.item))
    }
    if len(amounts) > _MOST_PARTS:
        return ()
    for size in range(2, len(amounts) + 1):
        for places in combinations(sorted(amounts), size):
            if sum(amounts[place] for place in places) == whole.amount.minor:
                return places
    return ()


def _rank_of(refund: Refund, kind: SourceKind) -> int:
    return _day_rank(kind) if refund.refunded_on else _UNDATED


_UNDATED = 99


def _filled(known: _FoundRefund, other: Refund, kind: SourceKind) -> _FoundRefund:
    """Return a refund completed from another report of it."""
    lacking = {
        name: getattr(other, name)
        for name in ("item", "key", "tax", "quantity", "method", "last4", "amount")
        if getattr(known.refund, name) is None and getattr(other, name) is not None
    }
    if other.amount and known.refund.amount and known.refund.amount.currency == NO_CURRENCY:
        lacking["amount"] = other.amount
    return _dated(_FoundRefund(replace(known.refund, **lacking), known.kinds, known.day_rank), other, kind)


def _dated(known: _FoundRefund, other: Refund, kind: SourceKind | None, rank: int | None = None) -> _FoundRefund:
    """Return a refund with the more trusted day. `kind` is the source of `other`; without one its day has this `rank`."""
    their_rank = rank if rank is not None else _rank_of(other, kind) if kind else _UNDATED
    kinds = known.kinds | ({kind} if kind else set())
    if their_rank < known.day_rank and other.refunded_on is not None:
        return _FoundRefund(replace(known.refund, refunded_on=other.refunded_on, refunded_at=other.refunded_at), kinds, their_rank)
    return _FoundRefund(known.refund, kinds, known.day_rank)
