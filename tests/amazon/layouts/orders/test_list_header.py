"""The header of the order list: period, page and number of orders."""

import pytest

from assistant.domain.documents import Listing
from tests.amazon.markup import card, head_entry, page, reading

CARD = card(head_entry("Order placed", "March 2, 2025"), head_entry("Total", "$19.49"))
CHOICE = '<select name="timeFilter"><option value="last30">30 days</option><option value="year-2025" selected>2025</option></select>'


def listing(count: str, query: str = "", choice: str = "") -> Listing | None:
    url = f"https://www.amazon.com/your-orders/orders{query}"
    return reading(page(f'<span class="num-orders">{count}</span>{choice}{CARD}'), url=url).listing


@pytest.mark.parametrize(
    ("count", "shown"),
    [("37 orders", 37), ("1.234 Bestellungen", 1234), ("1 234 commandes", 1234), ("٣٧ طلبًا", 37), ("注文12件", 12), ("orders", None)],
)
def test_the_order_count_is_read_in_every_language(count, shown):
    assert listing(count) == Listing(shown=shown)


def test_period_and_offset_come_from_the_address_or_the_selected_filter():
    assert listing("37 orders", "?timeFilter=year-2024&startIndex=20", CHOICE) == Listing(period="year-2024", start=20, shown=37)
    assert listing("37 orders", "?timeFilter=year-2024&page=3", CHOICE) == Listing(period="year-2024", start=30, shown=37)
    assert listing("37 orders", "", CHOICE) == Listing(period="year-2025", shown=37)


@pytest.mark.parametrize(
    "query", ["?timeFilter=year-2024&orderFilter=digital", "?timeFilter=year-2024&householdMembers=A1", "?search=lamp"]
)
def test_a_partial_period_is_marked_as_partial(query):
    assert listing("37 orders", query).filtered


@pytest.mark.parametrize(
    "query", ["?timeFilter=year-99999", "?timeFilter=%00", "?startIndex=-5", "?startIndex=99999999999999", "?startIndex=x"]
)
def test_an_invalid_period_in_the_address_is_ignored(query):
    assert listing("37 orders", query) == Listing(shown=37)


@pytest.mark.parametrize(
    ("count", "query", "complete"),
    [
        ("11 orders", "?timeFilter=year-2024&page=1", True), ("12 orders", "?timeFilter=year-2024&page=1", False),
        ("11 orders", "?timeFilter=year-2024&startIndex=10", True), ("1 order", "", True), ("2 orders", "", False), ("12 orders", "", True),
    ],
)  # fmt: skip
def test_the_count_gives_how_many_orders_the_page_should_show(count, query, complete):
    url = f"https://www.amazon.com/your-orders/orders{query}"
    found = reading(page(f'<span class="num-orders">{count}</span>{CARD}'), url=url)
    assert ("count" in {problem.code for problem in found.problems}) is not complete


def test_an_order_listed_twice_counts_once():
    found = reading(page(f'<span class="num-orders">1 order</span>{CARD}{CARD}'))
    assert "count" not in {problem.code for problem in found.problems}
