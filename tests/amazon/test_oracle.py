"""Our results on English pages agree with amazon-orders, or the reason for the difference is known."""

from pathlib import Path

import pytest
from amazonorders.exception import AmazonOrdersError

from assistant.domain.documents import Extraction
from assistant.domain.orders.order import OrderKind
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.golden import Golden, goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.markup import reading
from tests.amazon.oracle import differences, oracle

REFUSED = {
    "I0 en-us": "does not read printable summaries",
    "digital I0": "does not read printable summaries",
    "T1 data en-us": "reads such data on other marketplaces only",
    "T1 rendered en-us": "does not read rendered rows",
    "all sorts": "refuses the whole list for one receipt without a title",
    "recipients": "refuses the whole list for one old item without a class",
    "receipt": "finds the number of a receipt only in its address",
    "failed": "raises an exception where we report a problem",
    "hidden": "also drops the card that can be read",
}
"""Golden pages that amazon-orders does not read at all, and why."""

KNOWN = {
    "pay-later": ({"orders"}, "it counts a bill of Amazon Pay Later as a purchase"),
    "gift card": ({"items", "prices"}, "it loses the item of a gift card; ours at 5.00 adds up to the subtotal"),
}
"""Golden pages that it reads differently: the fields that differ, and why ours are right."""

PAGES = [page for page in (*goldens(), *rarer_goldens()) if page.name.endswith("en-us") or page in tuple(rarer_goldens())]


@pytest.mark.parametrize("golden", PAGES, ids=lambda golden: golden.name)
def test_the_oracle_agrees_on_a_golden_page_or_the_difference_is_known(golden: Golden, tmp_path: Path):
    ours = reading(golden.html, url=golden.url)
    if golden.name in REFUSED:
        with pytest.raises(AmazonOrdersError):
            list(differences(golden.html, ours, oracle(tmp_path)))
        return
    fields = {field for field, _, _ in differences(golden.html, ours, oracle(tmp_path))}
    assert fields == (KNOWN[golden.name][0] if golden.name in KNOWN else set())


def test_the_oracle_agrees_on_sample_pages_or_the_page_proves_us_right(samples: Path, tmp_path: Path):
    settings, undecided, compared = oracle(tmp_path), {}, 0
    for file in sorted(samples.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        ours = reading(html)
        if ours.source.language != "en" or ours.source.marketplace != "amazon.com" or not (ours.orders or ours.transactions):
            continue
        if any(problem.code == "missing" for problem in ours.problems):
            continue
        compared += 1
        left = [entry for entry in differences(html, ours, settings) if not _decided(entry, ours)]
        undecided |= {file.name: left} if left else {}
    assert compared
    assert undecided == {}


def _decided(entry: tuple[str, object, object], ours: Extraction) -> bool:
    """Return whether the page proves our value: prices add up to the subtotal, or it is a grocery card with only totals and pictures."""
    field, _, theirs = entry
    if field == "prices":
        return ours.problems == () and not any(theirs) if isinstance(theirs, list) else False
    groceries = any(order.kind in (OrderKind.GROCERY, OrderKind.WHOLE_FOODS, OrderKind.STORE) for order in ours.orders)
    return groceries and ours.source.kind is SourceKind.ORDER_LIST and field in ("grand_total", "items") and not theirs
