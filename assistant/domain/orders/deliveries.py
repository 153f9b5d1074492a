"""Deliveries: where each parcel of an order is, and whether it came on the day that was promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.orders.order import Order, OrderStatus, Shipment

NEWS_LASTS = timedelta(days=30)
"""A parcel that was sent longer ago, and of which nothing was heard since, has probably arrived: exports never say "delivered"."""
_WAITING_LASTS = timedelta(days=60)
"""The same for an order of which nothing was ever sent, as far as the sources know."""


class DeliveryState(StrEnum):
    """Where a parcel is, the most urgent first."""

    LATE = "late"
    EXPECTED = "expected"
    ON_THE_WAY = "on_the_way"
    NOT_SENT = "not_sent"
    DELIVERED = "delivered"
    PROBABLY_DELIVERED = "probably_delivered"


def has_probably_arrived(status: OrderStatus, placed_on: date | None, today: date) -> bool:
    """Return whether an order that was sent long ago has probably arrived: exports never say so."""
    return status is OrderStatus.SHIPPING and (placed_on is None or today - placed_on > NEWS_LASTS)


UNDERWAY = (DeliveryState.LATE, DeliveryState.EXPECTED, DeliveryState.ON_THE_WAY, DeliveryState.NOT_SENT)
"""The states of parcels that have not arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One parcel of an order.

    `promised_on` is the first day that a source promised, `expected_on` the latest; both None if no source named a day. `said` is
    Amazon's own status line. `title` is that of the first item in the parcel, `items` how many there are.
    """

    account: str
    number: str
    state: DeliveryState
    title: str
    items: int
    placed_on: date | None
    shipped_on: date | None = None
    promised_on: date | None = None
    expected_on: date | None = None
    delivered_on: date | None = None
    tracking: str | None = None
    said: str = ""

    @property
    def slipped(self) -> int:
        """By how many days the delivery came, or will come, later than first promised; 0 if it did not."""
        end = self.delivered_on or self.expected_on
        return max(0, (end - self.promised_on).days) if end and self.promised_on else 0


def delivery(account: str, order: Order, parcel: Shipment, *, status: OrderStatus, promises: Iterable[date], today: date) -> Delivery:
    """Return one parcel as a delivery. `status` is the parcel's own; `promises` are the promised days, the oldest source first."""
    days = [*promises]
    inside = [order.items[place] for place in parcel.items if place < len(order.items)] or [*order.items]
    return Delivery(
        account=account,
        number=order.number,
        state=_state(order, parcel, status, days[-1] if days else None, today),
        title=next((item.title for item in inside if item.title), None) or "",
        items=len(inside),
        placed_on=order.placed_on,
        shipped_on=parcel.shipped_on,
        promised_on=days[0] if days else None,
        expected_on=days[-1] if days else None,
        delivered_on=parcel.delivered_on,
        tracking=parcel.tracking,
        said=parcel.status or "",
    )


def _state(order: Order, parcel: Shipment, status: OrderStatus, expected: date | None, today: date) -> DeliveryState:
    if parcel.delivered_on is not None or status in (OrderStatus.DELIVERED, OrderStatus.RETURNED):
        return DeliveryState.DELIVERED
    last_news = max((day for day in (order.placed_on, parcel.shipped_on, expected) if day is not None), default=None)
    sent = parcel.shipped_on is not None or status is OrderStatus.SHIPPING
    if last_news is None or today - last_news > (NEWS_LASTS if sent else _WAITING_LASTS):
        return DeliveryState.PROBABLY_DELIVERED
    if expected is not None:
        return DeliveryState.LATE if expected < today else DeliveryState.EXPECTED
    return DeliveryState.ON_THE_WAY if sent else DeliveryState.NOT_SENT


def urgency(found: Delivery) -> tuple[int, date, str]:
    """Return the place of a delivery in a list: late ones first, then by the day on which they are expected."""
    order = [*DeliveryState].index(found.state)
    if found.state in UNDERWAY:
        return order, found.expected_on or found.placed_on or date.max, found.number
    last = found.delivered_on or found.shipped_on or found.placed_on or date.min
    return order, date.min + (date.max - last), found.number
