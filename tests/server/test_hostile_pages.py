"""A page that was made to be slow is not read and does not hold up other pages."""

import threading
import time
from typing import Any
from uuid import uuid4

import pytest

from tests.server.conftest import Caller

SOON = 5.0
"""Seconds; an honest answer takes some milliseconds."""


def crowded(separator: str = " ", quote: str = "") -> str:
    """Return a tag with 60,000 attributes; a parser that compares each one with all others needs ten seconds."""
    value = f"={quote}<p>{quote}" if quote else ""
    return f"<div {separator.join(f'a{number}{value}' for number in range(60_000))}>"


HOSTILE = {
    "names alone": crowded(),
    "slashes between names": crowded("/"),
    "tags in quoted values": crowded(quote='"'),
    "no space between quoted values": crowded(separator="", quote="'"),
    "nested tags": "<div>" * 200_000,
    "formatting that is never closed": "<b><i>" * 100_000,
}


@pytest.mark.parametrize("place", ["html", "nav"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_answered_soon_and_so_is_the_next(
    call: Caller, browser: str, a_visit: dict[str, Any], kind: str, place: str
) -> None:
    hostile = a_visit | {"id": str(uuid4()), "page": {"html": "", "nav": "", place: HOSTILE[kind]}}
    started = time.monotonic()
    first = threading.Thread(target=call, args=("POST", "/visits", hostile), kwargs={"token": browser})
    first.start()
    honest = call("POST", "/visits", a_visit | {"id": str(uuid4())}, token=browser)
    first.join()
    assert honest.status == 200
    assert time.monotonic() - started < SOON
    assert call("POST", "/visits", hostile, token=browser).json["kind"] == "cart"


def test_a_page_with_many_attributes_in_many_tags_is_read(call: Caller, browser: str, a_visit: dict[str, Any]) -> None:
    attributes = " ".join(f"data-a{number}='x > y'" for number in range(200))
    page = f"<div id='checkout-main'>{f'<p {attributes}>a</p>' * 40}</div>"
    answer = call("POST", "/visits", a_visit | {"page": {"html": page}}, token=browser)
    assert answer.status == 200
