"""Golden pages of every kind, generation and language give exactly their expected values."""

import pytest

from assistant.domain.orders.order import OrderStatus
from tests.amazon.golden import DELIVERED, PLACED, Golden, goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.markup import reading

PAGES = tuple(goldens())
ALL = (*PAGES, *rarer_goldens())


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: golden.name)
def test_a_golden_page_gives_its_expected_values(golden: Golden):
    found = reading(golden.html, url=golden.url)
    assert tuple(sorted(problem.code for problem in found.problems)) == golden.problems, found.problems
    assert (found.source.kind, found.source.layout) == (golden.kind, golden.layout)
    assert [order.number for order in found.orders] == [says.number for says in golden.orders]
    for order, says in zip(found.orders, golden.orders, strict=True):
        assert (order.placed_on, order.total, order.kind, order.cancelled) == (PLACED, says.total, says.kind, says.cancelled)
        assert order.currency == (says.total.currency if says.total else order.currency)
        assert tuple((entry.asin, entry.title, entry.quantity) for entry in order.items) == says.items
    assert tuple(row.amount for row in found.transactions) == golden.rows


@pytest.mark.parametrize("golden", [page for page in PAGES if page.orders], ids=lambda golden: golden.name)
def test_a_golden_order_has_seller_condition_and_parcel(golden: Golden):
    order = reading(golden.html, url=golden.url).orders[0]
    if golden.name.startswith("L0"):
        assert order.shipments[0].delivered_on == DELIVERED
        return
    assert (order.items[0].seller, order.items[0].condition) == ("Sample Shop", "New")
    assert [box.items for box in order.shipments] == [(0, 1)]
    assert order.shipments[0].delivered_on == (None if golden.name.startswith("I0") else DELIVERED)
    assert order.status is (OrderStatus.SHIPPING if golden.name.startswith("I0") else OrderStatus.DELIVERED)


@pytest.mark.parametrize("golden", [page for page in PAGES if page.name[:2] in ("D0", "D2", "I0")], ids=lambda golden: golden.name)
def test_a_golden_page_gives_its_payment_method(golden: Golden):
    order = reading(golden.html, url=golden.url).orders[0]
    assert [(paid.method, paid.last4) for paid in order.payments] == [("Visa", "1234")]
    if not golden.name.startswith("D2"):
        assert order.payments[0].amount == order.total


@pytest.mark.parametrize("golden", [page for page in PAGES if page.rows], ids=lambda golden: golden.name)
def test_a_golden_charge_has_date_order_and_card(golden: Golden):
    row = reading(golden.html).transactions[0]
    assert (row.on, row.order_numbers, row.method, row.last4) == (PLACED, ("305-0000001-0000001",), "Visa", "1234")
