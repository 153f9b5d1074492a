"""Checks that a page is complete: no orders that are still hidden or being drawn, and as many as the page counts."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, has_class
from assistant.amazon.layouts.orders.list_header import PAGE, start_in
from assistant.amazon.layouts.table import Boxes, Field
from assistant.amazon.notes import Notes
from assistant.amazon.values.web_address import parts_of
from assistant.domain.languages.sentences import sentence_of

_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?!\d)|\d+")
NOT_RENDERED = "not-rendered"
"""The code for content that is still encrypted or a grey placeholder; the same page sent again a little later has it."""

PARTLY_HIDDEN = sentence_of("Parts of this order were not visible yet. Wait until they are, then save the page again.")


def _count(text: str) -> int | None:
    found = _GROUPED.search(text[:100])
    return int(re.sub(r"\D", "", found[0])) if found else None


ENCRYPTED = "csd-encrypted-sensitive"
HIDDEN = Boxes(anchors=(f".{ENCRYPTED}", "[class*=HeaderTitleSkeleton]", "[id*=HeaderTitleSkeleton]"))
COUNT = Field(anchors=(".num-orders", ".js-time-filter-form .time-filter__label b"), read=_count)


def check_rendered(hidden: Sequence[LexborNode], cards: Sequence[LexborNode], left_out: int, notes: Notes) -> bool:
    """Record orders that the page does not show yet: missing cards and skeletons. Return True if there are none.

    `hidden` are all encrypted parts of the page and all that are not drawn yet.
    """
    known = {card.mem_id for card in cards}
    marks = [mark for mark in hidden if not (cards and has_class(mark, ENCRYPTED))]
    waiting = left_out + sum(known.isdisjoint(above.mem_id for above in (mark, *ancestors(mark))) for mark in marks)
    if not waiting:
        return True
    all_cards = len(cards) + waiting - left_out
    text = sentence_of(
        "{waiting} of {orders} orders were not visible yet. Wait until the page shows them, then save it again.",
        waiting=waiting,
        orders=all_cards,
    )
    notes.problem("orders", NOT_RENDERED, text)
    return False


def check_count(tree: LexborHTMLParser, read: int, notes: Notes, url: str | None) -> None:
    """Compare the number of orders with the printed count, which covers all pages. The page's address says where it starts."""
    shown = COUNT.first(tree.root) if tree.root is not None else None
    if shown is None:
        if not read:
            notes.problem(
                "orders", "missing", sentence_of("No order could be found on this page. Open the list of orders and save it again.")
            )
        return
    start = 0 if shown <= PAGE else _start(url)
    least, most = (min(1, shown), shown) if start is None else (max(0, min(PAGE, shown - start)),) * 2
    if not least <= read <= most:
        notes.problem(
            "orders",
            "count",
            sentence_of(
                "The page counts {shown} orders, so {least} should be here, but {read} could be read.", shown=shown, least=least, read=read
            ),
        )


def _start(url: str | None) -> int | None:
    """Return the position of the page's first order in the list, from its address. The first page often omits it."""
    asked = parse_qs(parts_of(url).query[:4000]) if url else {}
    told = start_in(asked)
    return 0 if told is None and "timeFilter" in asked else told
