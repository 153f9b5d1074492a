"""The parcels of an order, told by several mails: each tells of one, some tell of the same parcel later in its way."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain.orders.order import OrderStatus, Shipment
from assistant.domain.orders.sightings import PROGRESS

ShipmentState = tuple[OrderStatus, Shipment]


def united(told: Sequence[ShipmentState]) -> list[ShipmentState]:
    """Return each parcel once, as far as it has come; what tells of a parcel without its items belongs to the only one known."""
    found: list[ShipmentState] = []
    for status, shipment in sorted(told, key=lambda each: not (each[1].items or each[1].tracking)):
        place = next((at for at, (_, known) in enumerate(found) if _same(known, shipment)), None)
        if place is None and not shipment.items and not shipment.tracking and len(found) == 1:
            place = 0
        if place is None:
            found.append((status, shipment))
        else:
            found[place] = _further(found[place], (status, shipment))
    return found


def status_of(parcels: Iterable[ShipmentState], items: int) -> OrderStatus:
    """Return how far an order of so many items has come: delivered once every parcel is, and every item lies in one."""
    statuses = {status for status, _ in parcels} - {OrderStatus.UNKNOWN}
    if statuses != {OrderStatus.DELIVERED}:
        return OrderStatus.SHIPPING if statuses else OrderStatus.UNKNOWN
    inside = [set(shipment.items) for _, shipment in parcels]
    whole = not all(inside) or len(set().union(*inside)) == items
    return OrderStatus.DELIVERED if whole else OrderStatus.SHIPPING


def _same(known: Shipment, other: Shipment) -> bool:
    if known.tracking and other.tracking:
        return known.tracking == other.tracking
    here, there = set(known.items), set(other.items)
    return bool(here and there) and (here <= there or there <= here)


def _further(known: ShipmentState, other: ShipmentState) -> ShipmentState:
    """The status line of the one that has come further, of two alike the one told first; days and numbers from either."""
    lead, rest = (other, known) if PROGRESS.index(other[0]) > PROGRESS.index(known[0]) else (known, other)
    return lead[0], replace(
        lead[1],
        shipped_on=lead[1].shipped_on or rest[1].shipped_on,
        delivered_on=lead[1].delivered_on or rest[1].delivered_on,
        tracking=lead[1].tracking or rest[1].tracking,
        items=tuple(sorted({*lead[1].items, *rest[1].items})),
    )
