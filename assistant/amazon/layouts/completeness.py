"""Whether a page shows all that it should: orders that are still hidden or being drawn, and the count that it prints itself."""

import re
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.layouts.table import Field, Scope
from assistant.amazon.notes import Notes

_PAGE = 10
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?!\d)|\d+")
NOT_RENDERED = "not-rendered"
"""The code of what a page holds encrypted or as a grey placeholder; the same page sent again a little later says more."""


def _count(text: str) -> int | None:
    found = _GROUPED.search(text[:100])
    return int(re.sub(r"\D", "", found[0])) if found else None


HIDDEN = Scope(anchors=(".csd-encrypted-sensitive", "[class*=HeaderTitleSkeleton]", "[id*=HeaderTitleSkeleton]"))
COUNT = Field(anchors=(".num-orders", ".js-time-filter-form .time-filter__label b"), read=_count)


def hidden_in(node: LexborNode | LexborHTMLParser) -> int:
    """Return how many encrypted or not yet drawn pieces lie below a node."""
    return len(HIDDEN.nodes(node))


def check_rendered(tree: LexborHTMLParser, cards: int, left_out: int, notes: Notes) -> bool:
    """Note orders that were left out because the page did not show them yet; True where there were none."""
    waiting = left_out if cards else hidden_in(tree)
    if not waiting:
        return True
    text = f"{waiting} of {max(cards, waiting)} orders were not to be seen yet. Wait until the page shows them, then save it again."
    notes.problem("orders", NOT_RENDERED, text)
    return False


def check_count(tree: LexborHTMLParser, read: int, notes: Notes, url: str | None) -> None:
    """Compare the orders read with the count printed, which is of the whole filter; the page's own address tells where it starts."""
    shown = COUNT.first(tree.root) if tree.root is not None else None
    if shown is None:
        if not read:
            notes.problem("orders", "missing", "No order could be found on this page. Open the list of orders and save it again.")
        return
    start = _start(url)
    least, most = (min(1, shown), shown) if start is None else (max(0, min(_PAGE, shown - start)),) * 2
    if not least <= read <= most:
        notes.problem("orders", "count", f"The page counts {shown} orders, so {least} should stand here, but {read} could be read.")


def _start(url: str | None) -> int | None:
    """The place of the page's first order in the list, where its address tells it: the first page often leaves it out."""
    asked = parse_qs(urlsplit(url).query[:4000]) if url else {}
    given = asked.get("startIndex", ["0"] if "timeFilter" in asked else [""])[0]
    return int(given) if re.fullmatch(r"\d{1,6}", given) else None
