"""An export gives the same orders however its rows are split over files, and damaged bytes never raise."""

import itertools
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_bytes, read_path
from assistant.wire.imports import ExtractionJson
from assistant.wire.shape import builtins
from tests.importers.export_files import csv_bytes, digital_row, invented_rows, refund_row, retail_csv, write_files

ROWS = list(invented_rows(24))
WHOLE = retail_csv(ROWS)
GOLDEN = Path(__file__).parents[1] / "golden" / "importers"
KEPT = [path.read_bytes() for path in sorted(GOLDEN.iterdir()) if not path.name.endswith(".expected.json")]
FILES = (WHOLE, retail_csv(ROWS, "old"), csv_bytes([digital_row()] * 3), csv_bytes([refund_row()] * 3))


def by_number(orders):
    """Return orders by number, without the sequence of their rows."""
    return {
        order.number: replace(
            order,
            items=tuple(sorted(order.items, key=repr)),
            shipments=tuple(sorted((replace(shipment, items=()) for shipment in order.shipments), key=repr)),
            payments=tuple(sorted(order.payments, key=repr)),
        )
        for order in orders
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from(range(len(ROWS)))), st.sampled_from(["old", "current"])), max_size=4))
def test_any_split_into_overlapping_files_gives_the_same_orders(parts):
    seen = set().union(*(places for places, _ in parts)) if parts else set()
    parts = [*parts, (set(range(len(ROWS))) - seen, "old")]
    files = {
        f"{number}.csv": retail_csv([ROWS[place] for place in sorted(places)], layout) for number, (places, layout) in enumerate(parts)
    }
    with tempfile.TemporaryDirectory() as folder:
        found = read_path(write_files(Path(folder) / "orders", files))
    assert by_number(found.orders) == by_number(read_bytes("orders.csv", WHOLE).orders)
    assert not found.problems


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["orders.csv", "orders.json", "orders", "page.html"]))
def test_random_bytes_are_never_orders_and_never_raise(content, name):
    found = read_bytes(name, content)
    assert not found.orders
    assert builtins(ExtractionJson.of(found))["source"]["kind"] in {kind.value for kind in SourceKind}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([*FILES, *KEPT]), st.integers(), st.integers(0, 40))
def test_mutated_files_never_raise_and_give_printable_text(content, seed, changes):
    chance, mutated = random.Random(seed), bytearray(content)
    for _ in range(changes):
        start, length = chance.randrange(len(mutated) - 9), chance.randrange(9)
        mutated[start : start + length] = chance.choice(
            (b"", b'"', b",", b"\r", b"\x00", b"\xff", b"\x1b", b"9" * 40, b"and ", chance.randbytes(3))
        )
    found = read_bytes("orders.csv", bytes(mutated))
    titles = [item.title for order in found.orders for item in order.items if item.title]
    assert all(text.isprintable() for text in [*titles, *(problem.text for problem in found.problems)])
    assert builtins(ExtractionJson.of(found))["source"]["name"] == "orders.csv"


@pytest.mark.parametrize("content", FILES, ids=["current", "old", "digital", "refunds"])
def test_a_file_cut_off_anywhere_gives_no_other_orders(content):
    whole = {order.number for order in read_bytes("orders.csv", content).orders}
    for cut in itertools.chain(range(0, 700, 13), range(700, len(content), 97)):
        assert {order.number for order in read_bytes("orders.csv", content[:cut]).orders} <= whole
