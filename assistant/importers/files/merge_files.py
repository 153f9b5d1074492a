"""Merges one order from several files of one import, by the same rules as the ledger."""

from collections.abc import Iterable

from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind


def joined_orders(told: Iterable[tuple[SourceKind, Iterable[Order]]]) -> list[Order]:
    """Return one order per order id, in the order of their first appearance."""
    found: dict[str, list[Sighting]] = {}
    for kind, orders in told:
        for order in orders:
            found.setdefault(order.number, []).append(Sighting(0, kind, order))
    return [sightings[0].order if len(sightings) == 1 else merge(sightings).order for sightings in found.values()]
