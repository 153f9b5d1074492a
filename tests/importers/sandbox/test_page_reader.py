"""Large opened pages are read in child processes: with the same result, and a slow page does not hold up other pages."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.amazon.observed_page import read_visit
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.importers.sandbox import page_reader
from assistant.importers.sandbox.page_reader import PageReader, is_large

CART = '<div id="sc-active-cart"><div data-asin="B0TEAPOT01" data-itemtype="active" data-price="20.00">Teapot</div></div>'
PADDING = "<p>Something else that was bought</p>" * 3000


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    made = PageReader()
    yield made
    made.close()


def visit(html: str, host: str = "www.amazon.com") -> Visit:
    scripts = ("fwcimData = { customerId: 'A1CUSTOMER0001' }",)
    at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    return Visit(id="1", at=at, url=f"https://{host}/gp/cart/view.html", tab=1, store="default", html=html, scripts=scripts)


@pytest.mark.parametrize("host", ["www.amazon.com", "www.amazon.de"])
def test_a_large_page_gives_the_same_as_when_it_is_read_in_this_process(reader: PageReader, host: str) -> None:
    large = visit(CART + PADDING, host)
    assert is_large(large)
    assert not is_large(visit(CART, host))
    assert reader.read(large) == read_visit(large)
    assert reader.read(large).account.customer_id == "A1CUSTOMER0001"


def test_a_page_that_takes_too_long_gives_only_its_kind_and_others_are_read(reader: PageReader, monkeypatch: pytest.MonkeyPatch) -> None:
    # Stop the child, as a page would that makes the parser hang.
    monkeypatch.setattr(page_reader, "_PATIENCE", 4.0)
    honest = visit(CART + PADDING)
    expected = reader.read(honest)
    child = page_reader._Child()
    child._process.send_signal(signal.SIGSTOP)
    reader._children.get()
    reader._children.put(child)
    stuck: list[object] = []
    waiting = [threading.Thread(target=lambda: stuck.append(reader.read(honest))) for _ in range(2)]
    started = time.monotonic()
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()
    assert time.monotonic() - started < 30
    unread = [seen for seen in stuck if seen != expected]
    assert len(unread) <= 1
    assert [(seen.kind, seen.account.customer_id) for seen in unread] == [(SourceKind.CART, None)] * len(unread)
    assert reader.read(honest) == expected


def test_the_child_ends_itself_after_its_time() -> None:
    """Neither a thread nor a Python signal handler can stop the parser, so the operating system does."""
    code = "from assistant.importers.sandbox.limits import limit_time\nlimit_time(0.3)\nwhile True: pass"
    started = time.monotonic()
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode < 0
    assert time.monotonic() - started < 10
