"""Merges the parcels of an order from several mails: each mail is about one parcel, some about the same one later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain.orders.order import OrderStatus, Shipment
from assistant.domain.orders.sightings import PROGRESS

ShipmentState = tuple[OrderStatus, Shipment]


def united(told: Sequence[ShipmentState]) -> list[ShipmentState]:
    """Return each parcel once with its latest status; a report without items belongs to the only known parcel."""
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
    """Return the status of an order with this many items: delivered once every item is in a delivered parcel."""
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
    """Take the status of the parcel that is further along (the first if equal); days and numbers from either."""
    lead, rest = (other, known) if PROGRESS.index(other[0]) > PROGRESS.index(known[0]) else (known, other)
    return lead[0], replace(
        lead[1],
        shipped_on=lead[1].shipped_on or rest[1].shipped_on,
        delivered_on=lead[1].delivered_on or rest[1].delivered_on,
        tracking=lead[1].tracking or rest[1].tracking,
        items=tuple(sorted({*lead[1].items, *rest[1].items})),
    )
