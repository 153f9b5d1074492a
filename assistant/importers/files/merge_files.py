"""Merges one order from several files of one import, by the same rules as the ledger."""

from collections.abc import Iterable

from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind


def joined_orders(told: Iterable[tuple[SourceKind, Iterable[Order]]]) -> list[Order]:
    """Return one order per order id, in the order of their first appearance."""
    found: dict[str, list[tuple[SourceKind, Order]]] = {}
    for kind, orders in told:
        for order in orders:
            found.setdefault(order.number, []).append((kind, order))
    return [same[0][1] if len(same) == 1 else merge([Sighting(0, kind, order) for kind, order in same]).order for same in found.values()]
