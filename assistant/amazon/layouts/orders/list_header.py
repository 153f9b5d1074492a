"""Reads the head of an order list: the selected period, the start of the page, and the number of orders."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.dom import attribute, text_of
from assistant.amazon.values.folding import plain as folded
from assistant.amazon.values.web_address import parts_of
from assistant.domain.documents import Listing

PAGE = 10
"""The number of orders on a full page."""
_COUNTS = ".num-orders, .js-time-filter-form .time-filter__label b"
_CHOSEN = "select[name=timeFilter] option[selected], select[name=orderFilter] option[selected]"
_PERIOD = re.compile(r"(?:year-\d{4}|last30|months-\d+)\Z")
# A number with or without grouped thousands; the year may follow in the label.
_NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?!\d)|\d+")
_WHOLE = {"", "all", "orders"}


def read_listing(tree: LexborHTMLParser, url: str | None) -> Listing:
    """Return the header of the list. The address takes precedence over the form, which may show an earlier selection."""
    asked = parse_qs(parts_of(url).query) if url and len(url) < 4000 else {}  # noqa: PLR2004  # no address is longer
    period = _last(asked, "timeFilter") or attribute(tree.css_first(_CHOSEN), "value")
    part = _last(asked, "orderFilter") not in _WHOLE or _last(asked, "householdMembers") not in ("", "self") or _last(asked, "search")
    return Listing(
        period=period if _PERIOD.match(period) else None,
        start=start_in(asked) or 0,
        shown=_count(text_of(tree.css_first(_COUNTS))),
        filtered=bool(part),
    )


def start_in(asked: Mapping[str, Sequence[str]]) -> int | None:
    """Return how many orders come before the page, from its address, which counts orders or (since 2026) pages."""
    for name, each in (("startIndex", 1), ("page", PAGE)):
        given = _last(asked, name)
        if given.isascii() and given.isdecimal() and len(given) < 7:  # noqa: PLR2004  # nobody has more orders
            return int(given) * each
    return None


def _count(text: str) -> int | None:
    found = _NUMBER.search(folded(text))
    return int(re.sub(r"\D", "", found[0])) if found and len(found[0]) < 9 else None  # noqa: PLR2004  # nobody has more orders


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    return asked.get(name, [""])[-1]
