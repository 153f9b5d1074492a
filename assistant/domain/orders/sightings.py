"""What one document says about an order, how much it is trusted, and which doubts are open."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.domain.errors import Problem
from assistant.domain.orders.order import Amount, Order, OrderStatus
from assistant.domain.orders.precedence import FILES, PAGES, rank
from assistant.domain.pages.kinds import SourceKind

PROGRESS = (
    OrderStatus.UNKNOWN,
    OrderStatus.PLACED,
    OrderStatus.SHIPPING,
    OrderStatus.DELIVERED,
    OrderStatus.RETURNED,
    OrderStatus.CANCELLED,
)
"""Statuses by progress, the furthest last."""

_PLACE = re.compile(r"orders\[(\d+)\]\.?(.*)\Z", re.DOTALL)
_CONTRADICTIONS = frozenset({"arithmetic", "count", "mixed-currencies"})
_UNREAD = frozenset({"unreadable", "missing"})
_REQUIRED = frozenset({"placed_on", "currency", "items", f"amounts.{Amount.GRAND_TOTAL.value}"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one document says about an order. `document` is its id in the ledger, 0 if it is not stored.

    `doubts` are problems found while reading the order; `where` is a field of the order ("amounts.grand_total").
    """

    document: int
    kind: SourceKind
    order: Order
    doubts: tuple[Problem, ...] = ()


def doubts_of(kind: SourceKind, orders: Sequence[Order], problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Return by order number the problems found in a document: wrong sums or counts, missing required fields.

    Only pages locate problems by order; readers of files leave out doubtful rows.
    """
    found: dict[str, list[Problem]] = defaultdict(list)
    if kind not in PAGES:
        return {}
    for problem in problems:
        place = _PLACE.match(problem.where)
        if place is None or int(place[1]) >= len(orders):
            continue
        if problem.code in _CONTRADICTIONS or (problem.code in _UNREAD and place[2] in _REQUIRED):
            found[orders[int(place[1])].number].append(Problem(where=place[2], code=problem.code, said=problem.said))
    return {number: tuple(problems) for number, problems in found.items()}


def open_doubts(sightings: Sequence[Sighting]) -> tuple[Problem, ...]:
    """Return the doubts that no other sighting of the order explains; a cancelled order has none."""
    if not any(sighting.doubts for sighting in sightings) or any(sighting.order.cancelled for sighting in sightings):
        return ()
    found = {
        doubt: None
        for sighting in sightings
        for doubt in sighting.doubts
        if not any(_explains(other, sighting, doubt) for other in sightings if other is not sighting)
    }
    return tuple(sorted(found, key=lambda doubt: (doubt.where, doubt.code, doubt.said.english)))


def _explains(other: Sighting, doubtful: Sighting, doubt: Problem) -> bool:
    """Another source may have what could not be read; only the user or an equally trusted source settles a contradiction."""
    if other.kind is SourceKind.USER and doubt.code in _CONTRADICTIONS:
        return _corrects_money(other.order)
    if doubt.code in _UNREAD:
        return _states(other.order, doubt.where) and all(mine.where != doubt.where for mine in other.doubts)
    return not other.doubts and other.order.total is not None and rank(other.kind) <= rank(doubtful.kind)


def _corrects_money(order: Order) -> bool:
    return bool(order.amounts or order.currency) or any(item.quantity is not None or item.unit_price for item in order.items)


def _states(order: Order, field: str) -> bool:
    if field.startswith("amounts."):
        return Amount(field.partition(".")[2]) in order.amounts
    return bool(getattr(order, field))


def by_belief(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings, the most trusted first, independent of the order of import.

    Sorted by kind of source; within a kind those without doubts first; of files and mails those with more lines; then those
    with more fields and a later state.
    """
    ranked = sorted(sightings, key=_belief)
    return [sighting for _, alike in groupby(ranked, key=_belief) for sighting in _settled(list(alike))]


def _belief(sighting: Sighting) -> tuple[int, bool, int, int, int]:
    order = sighting.order
    fuller = -len(order.items) if sighting.kind in FILES or sighting.kind is SourceKind.EMAIL else 0
    told = len(order.amounts) + len(order.items) + len(order.shipments) + len(order.payments) + len(order.refunds)
    return rank(sighting.kind), bool(sighting.doubts), fuller, -PROGRESS.index(order.status), -told


def _settled(alike: list[Sighting]) -> list[Sighting]:
    """Tie-break for two equally complete documents of one kind: only their content may decide."""
    if len(alike) == 1:
        return alike
    return sorted(alike, key=lambda sighting: (_text(sighting.order), -sighting.document))


def _text(order: Order) -> str:
    """An order as text, independent of the order of its summary lines."""
    return repr((sorted(order.amounts.items()), replace(order, amounts={})))
