"""Deliveries: late, slipped, arrived, and orders of exports that never say that they arrived."""

from datetime import date

import pytest

from assistant.domain.filter_language import parse_filter
from assistant.domain.orders.deliveries import DeliveryState
from assistant.domain.orders.order import Item, Order, OrderStatus, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import account_row
from assistant.storage.orders.store_orders import take_in
from assistant.storage.tables import DocumentRow

TODAY = date(2026, 11, 25)


def order(number: int, placed_on: date, status: OrderStatus, *shipments: Shipment) -> Order:
    items = tuple(Item(title=title, quantity=1) for title in (f"Toner {number}", f"Paper {number}"))
    return Order(number=f"112-{number:07d}-0000001", placed_on=placed_on, status=status, currency="USD", items=items, shipments=shipments)


def parcel(said: str, *items: int, **days: date) -> Shipment:
    return Shipment(status=said, items=items or (0, 1), **days)


@pytest.fixture
def read(household):
    """Store orders as one page of an account would bring them."""
    digests = iter(range(100))

    def read(account: str, *orders: Order) -> None:
        with household.database.writing() as work:
            page = DocumentRow(digest=f"{next(digests)}", name="page.html", kind="order_details", received_at="2026-11-20", state="read")
            work.session.add(page)
            work.session.flush()
            owner = account_row(work.session, account).id
            take_in(work.session, owner or 0, page.id or 0, SourceKind.ORDER_DETAILS, orders)
            work.commit()

    return read


def listed(household, text: str = "", **options: bool) -> dict[str, list[DeliveryState]]:
    found: dict[str, list[DeliveryState]] = {}
    for entry in household.deliveries.all(parse_filter(text), TODAY, **options):
        found.setdefault(entry.number[4:11].lstrip("0"), []).append(entry.state)
    return found


def test_a_parcel_is_late_once_its_promised_day_is_past_and_a_moved_promise_is_counted(household, read):
    placed = date(2026, 11, 14)
    read("biz", order(1, placed, OrderStatus.SHIPPING, parcel("Arriving November 18")))
    read("biz", order(1, placed, OrderStatus.SHIPPING, parcel("Now arriving November 23")))
    read("per", order(2, placed, OrderStatus.SHIPPING, parcel("Ankunft: 27. November")))
    late, expected = household.deliveries.all(parse_filter(""), TODAY)
    assert (late.state, late.promised_on, late.expected_on, late.slipped) == (
        DeliveryState.LATE,
        date(2026, 11, 18),
        date(2026, 11, 23),
        5,
    )
    assert (expected.state, expected.expected_on, expected.slipped) == (DeliveryState.EXPECTED, date(2026, 11, 27), 0)
    assert late.title == "Toner 1"
    assert late.items == 2


def test_each_parcel_of_an_order_has_a_state_of_its_own(household, read):
    arrived = parcel("Delivered November 22", 0, delivered_on=date(2026, 11, 22))
    read("biz", order(1, date(2026, 11, 20), OrderStatus.SHIPPING, arrived, parcel("Arriving November 26", 1)))
    read("per", order(2, date(2026, 11, 20), OrderStatus.DELIVERED, parcel("Delivered November 23", delivered_on=date(2026, 11, 23))))
    assert listed(household) == {"1": [DeliveryState.EXPECTED, DeliveryState.DELIVERED], "2": [DeliveryState.DELIVERED]}


def test_an_order_that_only_an_export_knows_is_not_on_its_way_for_ever(household, read):
    sent = {"shipped_on": date(2026, 9, 2)}
    read("biz", order(1, date(2026, 9, 1), OrderStatus.SHIPPING, Shipment(items=(0, 1), **sent)))
    read("biz", order(2, date(2026, 11, 20), OrderStatus.SHIPPING, Shipment(items=(0, 1), shipped_on=date(2026, 11, 21))))
    read("per", order(3, date(2026, 11, 24), OrderStatus.PLACED))
    read("per", order(4, date(2026, 8, 24), OrderStatus.PLACED))
    assert listed(household) == {"2": [DeliveryState.ON_THE_WAY], "3": [DeliveryState.NOT_SENT]}
    probably = [DeliveryState.PROBABLY_DELIVERED]
    assert {number: states for number, states in listed(household, arrived=True).items() if number in "14"} == {
        "1": probably,
        "4": probably,
    }


def test_a_filter_chooses_accounts_and_days_and_cancelled_orders_are_left_out(household, read):
    read("biz", order(1, date(2026, 11, 20), OrderStatus.SHIPPING, parcel("Arriving November 26")))
    read("per", order(2, date(2026, 11, 21), OrderStatus.SHIPPING, parcel("Arriving November 27")))
    read("per", order(3, date(2026, 11, 21), OrderStatus.CANCELLED, parcel("Cancelled")))
    read("per", order(4, date(2025, 3, 1), OrderStatus.DELIVERED, parcel("Delivered March 5", delivered_on=date(2025, 3, 5))))
    assert set(listed(household)) == {"1", "2"}
    assert set(listed(household, "account:per")) == {"2"}
    assert set(listed(household, "date:2025")) == {"4"}
