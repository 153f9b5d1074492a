"""One order from many sources."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Refund, Shipment
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind

USD = "USD"
NUMBER = "112-0000001-0000001"
EXPORT = Order(
    number=NUMBER,
    placed_on=date(2025, 3, 2),
    currency=USD,
    status=OrderStatus.SHIPPING,
    amounts={Amount.GRAND_TOTAL: Money(1949, USD), Amount.TAX: Money(149, USD)},
    items=(Item(asin="B0LAMP0001", title="Desk lamp (old wording)", quantity=2, unit_price=Money(900, USD), total=Money(1949, USD)),),
    payments=(Payment(method="Visa", last4="1111"),),
)
DETAILS = Order(
    number=NUMBER,
    placed_on=date(2025, 3, 2),
    currency=USD,
    status=OrderStatus.DELIVERED,
    amounts={Amount.GRAND_TOTAL: Money(1949, USD), Amount.SUBTOTAL: Money(1800, USD)},
    items=(Item(asin="B0LAMP0001", title="Desk lamp", seller="Lamps Inc."),),
    shipments=(Shipment(status="Delivered March 5", delivered_on=date(2025, 3, 5), items=(0,)),),
    payments=(Payment(method="Visa", last4="1111", amount=Money(1949, USD), charged_on=date(2025, 3, 3)),),
)
REFUND = Order(number=NUMBER, currency=USD, refunds=(Refund(amount=Money(500, USD), refunded_on=date(2025, 3, 20)),))
SIGHTINGS = (
    Sighting(1, SourceKind.RETAIL_EXPORT, EXPORT),
    Sighting(2, SourceKind.ORDER_DETAILS, DETAILS),
    Sighting(3, SourceKind.REFUND_EXPORT, REFUND),
)


def test_the_order_of_sources_does_not_matter():
    answers = {repr(merge(each)) for each in permutations(SIGHTINGS)}
    assert len(answers) == 1


def test_the_page_wins_and_the_file_fills_the_gaps():
    merged = merge(SIGHTINGS)
    item = merged.order.items[0]
    assert (item.title, item.seller, item.quantity, item.unit_price) == ("Desk lamp", "Lamps Inc.", 2, Money(900, USD))
    assert merged.order.amounts[Amount.TAX] == Money(149, USD)
    assert merged.order.status is OrderStatus.DELIVERED
    assert merged.sources["amounts.tax"] == 1
    assert merged.sources["amounts.subtotal"] == 2


def test_a_card_without_a_charge_is_matched_to_the_charged_card():
    assert merge(SIGHTINGS).order.payments == DETAILS.payments


def test_the_same_refund_from_two_sources_is_one():
    page = Order(number=NUMBER, currency=USD, refunds=(Refund(amount=Money(500, USD)),))
    merged = merge([*SIGHTINGS, Sighting(4, SourceKind.ORDER_LIST, page)])
    assert merged.order.refunds == REFUND.refunds


def test_two_refunds_of_one_amount_on_two_days_stay_two():
    again = Order(number=NUMBER, currency=USD, refunds=(Refund(amount=Money(500, USD), refunded_on=date(2025, 4, 1)),))
    assert len(merge([*SIGHTINGS, Sighting(4, SourceKind.REFUND_EXPORT, again)]).order.refunds) == 2


def test_different_totals_are_shown_as_a_conflict():
    other = Order(number=NUMBER, currency=USD, amounts={Amount.GRAND_TOTAL: Money(2000, USD)})
    conflicts = merge([*SIGHTINGS, Sighting(4, SourceKind.ORDER_LIST, other)]).conflicts
    assert [problem.where for problem in conflicts] == ["amounts.grand_total"]
    assert "19.49 USD" in conflicts[0].text
    assert "20.00 USD" in conflicts[0].text


def test_parts_of_one_order_in_two_files_are_combined_and_added_up():
    second = Order(
        number=NUMBER,
        currency=USD,
        amounts={Amount.GRAND_TOTAL: Money(700, USD)},
        items=(Item(asin="B0BULB0001", title="Bulb", total=Money(700, USD)),),
    )
    merged = merge([Sighting(1, SourceKind.RETAIL_EXPORT, EXPORT), Sighting(2, SourceKind.RETAIL_EXPORT, second)])
    assert sorted(str(item.asin) for item in merged.order.items) == ["B0BULB0001", "B0LAMP0001"]
    assert merged.order.total == Money(2649, USD)


def two_lamps(*, cancelled: bool) -> Order:
    bulb = Item(asin="B0BULB0001", title="Bulb", quantity=0 if cancelled else 1, total=Money(700, USD), cancelled=cancelled or None)
    total = 1949 if cancelled else 2649
    return replace(EXPORT, amounts={Amount.GRAND_TOTAL: Money(total, USD)}, items=(*EXPORT.items, bulb))


@pytest.mark.parametrize("kind", [SourceKind.RETAIL_EXPORT, SourceKind.ORDER_DETAILS, SourceKind.EMAIL])
def test_the_total_from_before_an_item_was_cancelled_no_longer_counts_and_is_no_conflict(kind):
    before = Sighting(1, kind, two_lamps(cancelled=False))
    after = Sighting(2, SourceKind.RETAIL_EXPORT, two_lamps(cancelled=True))
    for sightings in ([before, after], [after, before], [before, after, Sighting(3, SourceKind.REFUND_EXPORT, REFUND)]):
        merged = merge(sightings)
        assert (merged.order.total, merged.conflicts) == (Money(1949, USD), ())
        assert [bool(item.cancelled) for item in merged.order.items] == [False, True]


def test_a_cancelled_item_of_a_second_file_adds_nothing_to_the_total():
    cancelled = Item(asin="B0BULB0001", title="Bulb", total=Money(700, USD), cancelled=True)
    second = replace(
        EXPORT, amounts={Amount.GRAND_TOTAL: Money(500, USD)}, items=(cancelled, Item(asin="B0SHADE001", total=Money(500, USD)))
    )
    merged = merge([Sighting(1, SourceKind.RETAIL_EXPORT, EXPORT), Sighting(2, SourceKind.RETAIL_EXPORT, second)])
    assert merged.order.total == Money(2449, USD)


MUG, KETTLE = Item(asin="B0MUG00001", title="Blue mug with a lid"), Item(asin="B0KETTLE01", title="Green kettle")


def mail_sighting(number: int, status: OrderStatus = OrderStatus.UNKNOWN, **said: object) -> Sighting:
    return Sighting(number, SourceKind.EMAIL, Order(number=NUMBER, status=status, **said))


CONFIRMED = mail_sighting(
    1, OrderStatus.PLACED, items=(MUG, KETTLE), placed_on=date(2025, 3, 1), amounts={Amount.GRAND_TOTAL: Money(1949, USD)}
)
SENT = mail_sighting(2, OrderStatus.SHIPPING, items=(MUG,), shipments=(Shipment(status="Shipped", tracking="T1", items=(0,)),))
SENT_TOO = mail_sighting(3, OrderStatus.SHIPPING, items=(KETTLE,), shipments=(Shipment(status="On its way", tracking="T2", items=(0,)),))
ARRIVED = mail_sighting(4, OrderStatus.DELIVERED, items=(MUG,), shipments=(Shipment(status="Delivered", items=(0,)),))


def test_parcel_mails_make_one_order_in_any_sequence():
    answers = {repr(merge(each)) for each in permutations((CONFIRMED, SENT, SENT_TOO, ARRIVED))}
    assert len(answers) == 1
    order = merge((CONFIRMED, SENT, SENT_TOO, ARRIVED)).order
    assert [item.asin for item in order.items] == ["B0MUG00001", "B0KETTLE01"]
    assert [(parcel.status, parcel.tracking, parcel.items) for parcel in order.shipments] == [
        ("Delivered", "T1", (0,)),
        ("On its way", "T2", (1,)),
    ]
    assert order.status is OrderStatus.SHIPPING


def test_mails_about_single_parcels_combine_their_items():
    order = merge((SENT, SENT_TOO)).order
    assert {item.asin for item in order.items} == {"B0MUG00001", "B0KETTLE01"}
    assert sorted(parcel.items for parcel in order.shipments) == [(0,), (1,)]


def test_two_items_without_ids_from_two_mails_are_never_merged():
    mugs = mail_sighting(1, items=(Item(title="Blue mug"),))
    assert len(merge((mugs, mail_sighting(2, items=(Item(title="Red mug"),)))).order.items) == 2


def test_a_page_outweighs_a_mail_and_keeps_its_own_items():
    merged = merge((*SIGHTINGS, mail_sighting(9, items=(MUG,), amounts={Amount.GRAND_TOTAL: Money(1, USD)}, placed_on=date(2025, 3, 9))))
    assert merged.order.items[0].title == "Desk lamp"
    assert len(merged.order.items) == 1
    assert (merged.order.total, merged.order.placed_on) == (Money(1949, USD), date(2025, 3, 2))
    assert "0.01 USD from e-mail" in merged.conflicts[0].text


def test_a_refund_announced_by_mail_matches_the_one_booked_days_later():
    announced = mail_sighting(9, currency=USD, refunds=(Refund(amount=Money(500, USD), refunded_on=date(2025, 3, 16)),))
    assert merge((*SIGHTINGS, announced)).order.refunds == REFUND.refunds
    another = mail_sighting(9, currency=USD, refunds=(Refund(amount=Money(500, USD), refunded_on=date(2025, 5, 16)),))
    assert len(merge((*SIGHTINGS, another)).order.refunds) == 2


def test_a_shortened_title_is_the_same_item():
    short = mail_sighting(9, items=(Item(title="Desk la...", quantity=2),))
    page = Sighting(1, SourceKind.ORDER_LIST, Order(number=NUMBER, items=(Item(title="Desk lamp"), Item(title="Desk lamb"))))
    assert [item.quantity for item in merge((page, short)).order.items] == [None, None]
    longer = mail_sighting(9, items=(Item(title="Blue mug wi…", quantity=2),))
    page = Sighting(1, SourceKind.ORDER_LIST, Order(number=NUMBER, items=(KETTLE, Item(title="Blue mug with a lid"))))
    assert [(item.title, item.quantity) for item in merge((page, longer)).order.items] == [
        ("Green kettle", None),
        ("Blue mug with a lid", 2),
    ]
