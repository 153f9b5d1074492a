"""Reading an order page, against what lexbor alone needs to parse it and against amazon-orders, all in one run."""

import gc
import time
import tracemalloc

import pytest
from amazonorders.orders import AmazonOrders
from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document
from tests.amazon.oracle import oracle

LIST = "amazon-orders/orders/order-history-2024-0.html"
DETAILS = "amazon-orders/orders/order-details-coupon-savings.html"
SHORT = "amazon-orders/de/orders/order-details-302-1027899-2645350.html"
MOST_KEPT = 1 << 20


def fastest(*calls, times=25):
    """Return the least processor time of each call, in seconds. They alternate, so that other load on the machine affects all of them.

    Objects of the tests themselves are hidden from the garbage collector.
    """
    for call in calls:
        call()
    gc.collect()
    gc.freeze()
    best = [float("inf")] * len(calls)
    for _ in range(times):
        for place, call in enumerate(calls):
            gc.collect()
            started = time.process_time()
            call()
            best[place] = min(best[place], time.process_time() - started)
    gc.unfreeze()
    return best


@pytest.mark.bench
@pytest.mark.parametrize(
    ("name", "limits"),
    [(LIST, (4.5, 60)), (DETAILS, (3.5, 25)), (SHORT, (8, None))],
    ids=["list of 10", "details", "German details of 11 items"],
)
def test_reading_a_page_takes_a_few_bare_parses(name, limits, samples, tmp_path, capsys):
    most, faster = limits
    content = (samples / name).read_bytes()
    document = Document(name="page.html", content=content, media_type="text/html")
    assert read_page(document).orders
    text = content.decode("utf-8")
    bare, ours = fastest(lambda: LexborHTMLParser(text).root, lambda: read_page(document))
    said = f"{ours * 1000:.1f} ms, bare parse {bare * 1000:.1f} ms, ratio {ours / bare:.1f} (at most {most})"
    if faster is not None:
        read = AmazonOrders.parse_orders if name == LIST else AmazonOrders.parse_order_details
        settings = oracle(tmp_path)
        (theirs,) = fastest(lambda: read(text, settings), times=3)
        said += f", amazon-orders {theirs * 1000:.0f} ms, {theirs / ours:.0f} times ours (at least {faster})"
        assert theirs >= faster * ours
    with capsys.disabled():
        print(f"\n{said}")
    assert ours <= most * bare


@pytest.mark.bench
@pytest.mark.parametrize("name", [LIST, DETAILS, SHORT])
def test_little_memory_is_kept_after_reading_a_page(name, samples, capsys):
    document = Document(name="page.html", content=(samples / name).read_bytes())
    read_page(document)
    gc.collect()
    tracemalloc.start()
    found = read_page(document)
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.orders
    with capsys.disabled():
        print(f"\n{kept / 1024:.0f} KiB kept, {peak / 1024:.0f} KiB at most")
    assert kept < MOST_KEPT
