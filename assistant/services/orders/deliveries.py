"""Deliveries: what is on its way, what is late, and what arrived lately."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.amazon.labels.states import State, is_failed_delivery, promises_a_day, state_of
from assistant.amazon.values.dates import read_day
from assistant.domain.filters import Filter
from assistant.domain.order_view import OrderView
from assistant.domain.orders.deliveries import UNDERWAY, Delivery, DeliveryState, delivery, urgency
from assistant.domain.orders.order import Order, OrderStatus, Shipment
from assistant.services.orders.ledger import Ledger
from assistant.storage.engine import Database
from assistant.storage.orders.sightings import orders_told

_LOOKS_BACK = timedelta(days=120)
"""How old an order may be that is shown without a filter for days."""
_ARRIVED_LATELY = timedelta(days=14)
_NOT_COMING = frozenset({OrderStatus.CANCELLED})
_STATUS = {
    State.DELIVERED: OrderStatus.DELIVERED,
    State.RETURNED: OrderStatus.RETURNED,
    State.SHIPPING: OrderStatus.SHIPPING,
    State.PLACED: OrderStatus.PLACED,
    State.CANCELLED: OrderStatus.CANCELLED,
}


class Deliveries:
    """Lists the parcels of orders."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        """Read an open ledger."""
        self._database = database
        self._ledger = ledger

    def all(self, found: Filter, today: date, *, arrived: bool = False) -> list[Delivery]:
        """Return the parcels of the orders that match a filter, the most urgent first. Raises InvalidInput, NotFound.

        Without days in the filter: those that have not arrived, and those that arrived in the last 14 days. `arrived`: all.
        """
        dated = found.since is not None or found.until is not None
        wanted = found if dated else replace(found, since=today - _LOOKS_BACK)
        views = [view for view in self._ledger.each_order(wanted) if view.order.status not in _NOT_COMING and not view.order.cancelled]
        with self._database.reading() as session:
            told = orders_told(session, [view.order.number for view in views])
        parcels = (parcel for view in views for parcel in _parcels(view, told.get((view.account, view.order.number), ()), today))
        return sorted((parcel for parcel in parcels if arrived or dated or _is_news(parcel, today)), key=urgency)


def _is_news(parcel: Delivery, today: date) -> bool:
    if parcel.state in UNDERWAY:
        return True
    last = parcel.delivered_on
    return parcel.state is DeliveryState.DELIVERED and last is not None and today - last <= _ARRIVED_LATELY


def _parcels(view: OrderView, told: Sequence[Order], today: date) -> Iterator[Delivery]:
    order = view.order
    shipments = order.shipments or (Shipment(),)
    for parcel in shipments:
        status = _status_of(parcel, order, alone=len(shipments) == 1)
        if status not in _NOT_COMING:
            promises = _promises(parcel, order, told)
            yield delivery(view.account, order, parcel, status=status, promises=promises, today=today)


def _status_of(parcel: Shipment, order: Order, *, alone: bool) -> OrderStatus:
    state = state_of(parcel.status) if parcel.status else None
    if parcel.status and is_failed_delivery(parcel.status):
        return OrderStatus.SHIPPING
    if state is not None:
        return _STATUS[state]
    return order.status if alone or order.status is not OrderStatus.UNKNOWN else OrderStatus.SHIPPING


def _promises(parcel: Shipment, order: Order, told: Iterable[Order]) -> Iterator[date]:
    """Yield the days that sources promised for a parcel: "Arriving March 5" is one, "Delivered March 5" and "Shipped March 5" are not."""
    for source in told:
        for known in source.shipments:
            if len(source.shipments) > 1 and not _is_same(known, parcel):
                continue
            said = known.status or ""
            if promises_a_day(said):
                day = read_day(said, near=order.placed_on)
                if day is not None:
                    yield day


def _is_same(known: Shipment, parcel: Shipment) -> bool:
    if known.tracking and parcel.tracking:
        return known.tracking == parcel.tracking
    return not known.items or not parcel.items or bool(set(known.items) & set(parcel.items))
