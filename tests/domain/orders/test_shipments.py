"""Parcels from several mails."""

from datetime import date

from assistant.domain.orders.order import OrderStatus, Shipment
from assistant.domain.orders.shipments import status_of, united

SENT, THERE = OrderStatus.SHIPPING, OrderStatus.DELIVERED


def parcel(*items, tracking=None, shipped=None, delivered=None):
    return Shipment(status="", items=items, tracking=tracking, shipped_on=shipped, delivered_on=delivered)


def test_two_mails_about_one_parcel_give_its_latest_status_and_all_days():
    first = SENT, parcel(0, 1, tracking="T1", shipped=date(2026, 3, 1))
    later = THERE, parcel(0, tracking="T1", delivered=date(2026, 3, 4))
    for told in ([first, later], [later, first]):
        ((status, found),) = united(told)
        assert (status, found.items, found.shipped_on, found.delivered_on) == (THERE, (0, 1), date(2026, 3, 1), date(2026, 3, 4))


def test_two_tracking_numbers_are_two_parcels_even_with_the_same_item():
    assert len(united([(SENT, parcel(0, tracking="T1")), (SENT, parcel(0, tracking="T2"))])) == 2


def test_a_mail_without_items_belongs_to_the_only_parcel_and_to_none_of_two():
    bare = THERE, parcel()
    assert [status for status, _ in united([bare, (SENT, parcel(0))])] == [THERE]
    assert len(united([bare, (SENT, parcel(0)), (SENT, parcel(1))])) == 3


def test_an_order_is_delivered_once_every_item_is():
    assert status_of([(THERE, parcel(0)), (THERE, parcel(1))], 2) is THERE
    assert status_of([(THERE, parcel(0))], 2) is SENT
    assert status_of([(THERE, parcel(0)), (SENT, parcel(1))], 2) is SENT
    assert status_of([(OrderStatus.UNKNOWN, parcel(0))], 1) is OrderStatus.UNKNOWN
