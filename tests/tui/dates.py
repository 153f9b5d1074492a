"""Invented parcels and dates that the tests of the terminal app show."""

from datetime import timedelta

from assistant.domain.due_dates import Due, DueKind
from assistant.domain.orders.deliveries import Delivery, DeliveryState
from tests.tui.household import TODAY


def _day(ahead: int):
    return TODAY + timedelta(days=ahead)


PARCELS = (
    Delivery(
        account="biz",
        number="112-0000001-0000007",
        state=DeliveryState.LATE,
        title="Toner cartridge, black",
        items=1,
        placed_on=_day(-9),
        shipped_on=_day(-7),
        promised_on=_day(-5),
        expected_on=_day(-2),
        tracking="TBA0INVENTED1",
        said="Now arriving November 23",
    ),
    Delivery(
        account="per",
        number="112-0000000-0000000",
        state=DeliveryState.EXPECTED,
        title="Thermos bottle 0.7 l",
        items=2,
        placed_on=_day(-1),
        promised_on=_day(3),
        expected_on=_day(3),
        said="Arriving November 28",
    ),
    Delivery(
        account="home",
        number="302-0000002-0000014",
        state=DeliveryState.ON_THE_WAY,
        title="Dishwasher tablets, 100 pieces",
        items=1,
        placed_on=_day(-3),
        shipped_on=_day(-2),
    ),
    Delivery(
        account="home",
        number="302-0000005-0000035",
        state=DeliveryState.DELIVERED,
        title="Rice 10 kg",
        items=1,
        placed_on=_day(-8),
        promised_on=_day(-6),
        expected_on=_day(-6),
        delivered_on=_day(-4),
        said="Delivered November 21",
    ),
    Delivery(
        account="per",
        number="112-0000033-0000231",
        state=DeliveryState.PROBABLY_DELIVERED,
        title="Novel about a lighthouse",
        items=1,
        placed_on=_day(-80),
        shipped_on=_day(-79),
    ),
)
DUES = (
    Due(
        due=_day(2),
        account="per",
        kind=DueKind.RETURN,
        what="last day to return",
        title="Desk lamp with two arms",
        number="112-0000003-0000021",
    ),
    Due(due=_day(2), account="biz", kind=DueKind.TRIAL, what="free trial goes on paid", title="business prime"),
    Due(
        due=_day(12),
        account="home",
        kind=DueKind.SUBSCRIPTION,
        what="subscription is delivered",
        title="Dishwasher tablets, 100 pieces",
        recurs=True,
    ),
)
