"""Reading an order page, against what lexbor alone needs to parse it."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant.amazon import read_page
from assistant.domain.documents import Document

PAGES = {
    "order list of 10": "amazon-orders/orders/order-history-2024-0.html",
    "order details": "amazon-orders/orders/order-details-coupon-savings.html",
    "German order details": "amazon-orders/de/orders/order-details-302-1027899-2645350.html",
}


def fastest(call, times=15):
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


@pytest.mark.bench
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_ten_times_the_bare_parse(name, samples, capsys):
    content = (samples / PAGES[name]).read_bytes()
    document = Document(name="page.html", content=content, media_type="text/html")
    assert read_page(document).orders
    text = content.decode("utf-8")
    bare = fastest(lambda: LexborHTMLParser(text).root)
    ours = fastest(lambda: read_page(document))
    with capsys.disabled():
        print(f"\n{name}: {ours * 1000:.1f} ms, bare parse {bare * 1000:.1f} ms, ratio {ours / bare:.1f} (at most 10)")
    assert ours <= 10 * bare
