"""The layout tables: a sample page uses every selector, and the layout with the most marks wins."""

import importlib
import pkgutil

from assistant.amazon import layouts
from assistant.amazon.dom import parsed
from assistant.amazon.layouts.table import Boxes, Field, Generation, generation_of
from tests.amazon import offer_pages
from tests.amazon.golden import goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.markup import card, delivery, head_entry, item, old_card, old_item, old_shipment, page, reading


def selectors() -> dict[str, str]:
    """Every selector of every table, with the name of its table."""
    found = {}
    for module in pkgutil.walk_packages(layouts.__path__, f"{layouts.__name__}."):
        for name, table in vars(importlib.import_module(module.name)).items():
            for part in table.values() if isinstance(table, dict) else table if isinstance(table, tuple) else [table]:
                anchors = part.marks if isinstance(part, Generation) else part.anchors if isinstance(part, (Field, Boxes)) else ()
                found |= dict.fromkeys(anchors, f"{module.name}.{name}")
    return found


def test_every_selector_is_used_by_a_sample_page():
    trees = [parsed(invented.html) for invented in (*goldens(), *rarer_goldens(), *offer_pages.PAGES)]
    wanted = selectors()
    assert len(wanted) > 80
    assert {anchor: table for anchor, table in wanted.items() if not any(tree.css_first(anchor) for tree in trees)} == {}


def test_the_layout_generation_with_the_most_marks_wins():
    table = (Generation(name="new", marks=(".a", ".b")), Generation(name="old", marks=(".c",)))
    assert generation_of(parsed("<i class=a></i><i class=c></i>"), table) == "old"
    assert generation_of(parsed("<i class=a></i><i class=b></i><i class=c></i>"), table) == "new"
    assert generation_of(parsed("<i></i>"), table) is None


def test_a_page_that_mixes_two_generations_is_read():
    newer = card(
        head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), slot=True, body=delivery("Delivered May 12", item())
    )
    older = old_card(placed="May 1, 2025", total="$7.00", body=old_shipment("Delivered May 3", old_item("B0EXAMPLE2", "Pan")))
    mixed = card(
        head_entry("Order placed", "May 9, 2025"), head_entry("Total", "$9.00"), number="305-0000003-0000001",
        body=old_shipment("Delivered May 11", old_item("B0EXAMPLE3", "Cup")),
    )  # fmt: skip
    found = reading(page(newer + older + mixed))
    assert found.problems == ()
    assert [(order.total.decimal if order.total else None, order.items[0].title) for order in found.orders] == [
        ("5.00", "Blue mug"),
        ("7.00", "Pan"),
        ("9.00", "Cup"),
    ]
