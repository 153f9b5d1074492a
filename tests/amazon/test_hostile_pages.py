"""Hostile pages: broken, huge, deeply nested, in other encodings. They never raise and never take minutes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import card, codes, delivery, head_entry, item, page, reading

GOOD = card(
    head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("Delivered May 12", item(title="Café crème"))
)
MOST_SECONDS = 20


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<", b"\x00" * 5000, b"\xff\xfe<\x00", b"<html", bytes(range(256)) * 50, b"<!--" * 10_000, b"PK\x03\x04",
        "<div>\ud83d".encode("utf-8", "surrogatepass"),
    ],
)  # fmt: skip
def test_broken_bytes_give_kind_other_and_a_problem(content):
    found = reading(content)
    assert found.source.kind is SourceKind.OTHER
    assert found.problems


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_damaged_page_never_raises(noise, place):
    html = page(GOOD).encode()
    assert reading(html[:place] + noise + html[place:]).source.name == "page.html"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2500))
def test_a_page_cut_anywhere_never_raises(end):
    assert reading(page(GOOD).encode()[:end]).source.name == "page.html"


@pytest.mark.parametrize(
    "piece",
    [
        '<div class="item-box">',
        '<div class="order-card js-order-card">',
        '<div id="od-subtotals"><div class="a-row">',
        "<b id=x><i>",
        "<table><tr><td>",
    ],
)
def test_deep_nesting_is_refused_quickly(piece):
    start = time.monotonic()
    found = reading(page('<div id="orderDetails">') + piece * 200_000)
    assert codes(found) == {"page.html": "too-much"}
    assert time.monotonic() - start < MOST_SECONDS


def test_moderate_nesting_is_read_in_time():
    start = time.monotonic()
    found = reading(
        page(
            '<div class="js-order-card"><div class="yohtmlc-order-id">111-0000001-0000001</div>'
            + '<div class="item-box delivery-box">' * 5000
        )
    )
    assert [order.number for order in found.orders] == ["111-0000001-0000001"]
    assert time.monotonic() - start < MOST_SECONDS


def test_huge_attributes_and_texts_do_no_harm():
    start = time.monotonic()
    big = "9" * 1_000_000
    body = card(
        head_entry("Order placed", big), head_entry("Total", f"${big}"), body=delivery(f"Delivered {big}", item(title=big, quantity=big))
    )
    order = reading(page(body)).orders[0]
    assert order.total is None
    assert len(order.items[0].title or "") <= 2000
    assert time.monotonic() - start < MOST_SECONDS


def test_only_the_first_eight_mebibytes_are_read():
    found = reading(page(GOOD).encode() + b" " * (9 << 20))
    assert len(found.orders) == 1
    assert codes(found) == {"page.html": "truncated"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1252"])
def test_other_encodings_are_understood(encoding):
    html = page(GOOD).replace("<head>", f'<head><meta charset="{encoding if encoding.startswith(("iso", "cp")) else "utf-8"}">')
    assert reading(html.encode(encoding)).orders[0].items[0].title == "Café crème"


def test_another_shops_page_is_kind_other_by_content_and_by_address():
    shop = '<html lang="en"><div class="order-card"><span>Order 12345</span><span>$5.00</span></div></html>'
    assert (reading(shop).source.kind, codes(reading(shop))) == (SourceKind.OTHER, {"page.html": "unknown-page"})
    foreign = reading(page(GOOD), url="https://www.amazon.com.evil.tld/your-orders/orders")
    assert (foreign.source.kind, foreign.orders, foreign.account) == (SourceKind.OTHER, (), None)


def test_control_and_direction_signs_never_reach_a_title():
    found = reading(page(GOOD.replace("Café crème", "Mug\u202e\u200b\x07 blue")))
    assert found.orders[0].items[0].title == "Mug blue"
