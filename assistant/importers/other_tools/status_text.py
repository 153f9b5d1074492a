"""Reads the state of shipments and orders from the status line that another tool copied from Amazon's page."""

from collections.abc import Iterable
from datetime import date

from assistant.amazon.labels.states import State, state_of
from assistant.amazon.values.dates import read_day
from assistant.domain.orders.order import OrderStatus, Shipment

_STATUSES = {
    State.PLACED: OrderStatus.PLACED,
    State.SHIPPING: OrderStatus.SHIPPING,
    State.DELIVERED: OrderStatus.DELIVERED,
    State.CANCELLED: OrderStatus.CANCELLED,
    State.RETURNED: OrderStatus.RETURNED,
}


def shipment_of(status: str | None, tracking: str | None, items: Iterable[int], placed_on: date | None) -> Shipment:
    """Return a shipment, with its delivery day if the line says that it has arrived."""
    arrived = read_day(status, near=placed_on) if status and state_of(status) is State.DELIVERED else None
    return Shipment(status=status, delivered_on=arrived, tracking=tracking, items=tuple(items))


def status_of(shipments: Iterable[Shipment]) -> OrderStatus:
    """Return the status that all shipments of an order share, or else UNKNOWN."""
    states = {state_of(shipment.status or "") for shipment in shipments}
    only = states.pop() if len(states) == 1 else None
    return _STATUSES[only] if only else OrderStatus.UNKNOWN
