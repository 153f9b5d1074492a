"""Exports in any subset, sequence and repetition give the same ledger as their union."""

import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.importers.reading import read_path
from assistant.services.imports.import_files import Arrival, take
from tests.importers.export_files import csv_bytes, refund_row, retail_csv, retail_row, write_files

# For more random histories: SHOPPER_HISTORIES=10000 pytest tests/importers/amazon_export/test_overlaps.py
HISTORIES = int(os.environ.get("SHOPPER_HISTORIES", "150"))
NUMBERS = count()


@dataclass(frozen=True)
class Bought:
    """An order of a history: its lines as (article, price), some of them equal, and the amounts that were refunded."""

    lines: tuple[tuple[int, int], ...]
    refunds: tuple[int, ...]


@dataclass(frozen=True)
class Export:
    """Which orders of the history an export contains, whether they had been shipped by then, and how it words titles."""

    orders: frozenset[int]
    shipped: bool
    wording: int
    layout: str


LINES = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([500, 1999])), min_size=1, max_size=4).map(tuple)
ORDERS = st.builds(Bought, LINES, st.lists(st.sampled_from([500, 1999]), max_size=2).map(tuple))
EXPORTS = st.builds(
    Export, st.frozensets(st.integers(0, 3), min_size=1), st.booleans(), st.integers(0, 2), st.sampled_from(["old", "current"])
)


def number_of(run, order):
    return f"302-{run:07}-{order:07}"


def rows(number, bought, export):
    subtotal = sum(price for _, price in bought.lines)
    for article, price in bought.lines:
        cells = {
            "Order ID": number,
            "ASIN": f"B0INVENT0{article}",
            "Product Name": f"Article {article}, wording {export.wording}",
            "Unit Price": f"{price / 100:.2f}",
            "Unit Price Tax": "0",
            "Total Owed": f"{price / 100:.2f}",
            "Shipment Item Subtotal": f"{subtotal / 100:.2f}",
            "Shipment Item Subtotal Tax": "0",
        }
        if not export.shipped:
            nothing = dict.fromkeys(("Ship Date", "Carrier Name & Tracking Number"), "Not Available")
            cells |= nothing | {"Shipment Status": "Pending", "Order Status": "Open"}
        yield retail_row(cells)


def written(folder, run, history, export):
    orders_of = [(number_of(run, order), history[order]) for order in sorted(export.orders) if order < len(history)]
    files = {"Order History.csv": retail_csv([row for number, bought in orders_of for row in rows(number, bought, export)], export.layout)}
    # Refunds follow shipments: an export without the shipment has no refund either.
    back = [
        refund_row({"Order ID": number, "Refund Amount": f"{amount / 100:.2f}", "Refund Date": f"2024-04-{day + 1:02}T10:00:00Z"})
        for number, bought in orders_of
        for day, amount in enumerate(bought.refunds)
        if export.shipped
    ]
    if back:
        files["Refund Details.csv"] = csv_bytes(back)
    return write_files(folder / f"{next(NUMBERS)}.zip", files)


def union(exports):
    """Return exports that together contain each order once, in its latest state."""
    shipped = frozenset().union(*(export.orders for export in exports if export.shipped))
    waiting = frozenset().union(*(export.orders for export in exports)) - shipped
    return [Export(orders, state, 0, "current") for orders, state in ((shipped, True), (waiting, False)) if orders]


def imported(services, clock, history, exports):
    """Import exports under order numbers of their own, and return the orders of the ledger without their wording."""
    run = next(NUMBERS)
    with tempfile.TemporaryDirectory() as folder:
        for export in exports:
            extraction = read_path(written(Path(folder), run, history, export))
            with services.database.writing() as work:
                take(work, Arrival(extraction=extraction, digest=f"{next(NUMBERS)}", name="export.zip"), "Me", clock(), new_account=True)
                work.commit()
    found = [services.ledger.order("me", number_of(run, order)).order for order in orders_of(history, exports)]
    return [facts(order) for order in found]


def orders_of(history, exports):
    return sorted({order for export in exports for order in export.orders if order < len(history)})


def facts(order):
    return (
        order.status,
        order.total,
        Counter((item.asin, item.quantity, item.unit_price, item.total) for item in order.items),
        Counter(order.refunds),
        Counter((shipment.shipped_on, shipment.tracking, len(shipment.items)) for shipment in order.shipments),
        Counter(order.payments),
    )


@pytest.mark.timeout(120 + HISTORIES)
@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ORDERS, min_size=1, max_size=4), st.lists(EXPORTS, min_size=1, max_size=4), st.data())
def test_overlapping_exports_in_any_sequence_give_the_same_as_their_union(services, clock, history, exports, data):
    again = data.draw(st.lists(st.sampled_from(exports), max_size=2))
    assert imported(services, clock, history, data.draw(st.permutations([*exports, *again]))) == imported(
        services, clock, history, union(exports)
    )
