"""Stores orders: one row per order of an account, every sighting, and the merged order."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.documents import Outcome
from assistant.domain.errors import Problem
from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.books.charges import any_payments, charges, keep_payments
from assistant.storage.books.same_order import mark_twins
from assistant.storage.books.write_entries import OrderKeys, books_of, entry_rows, share_rows, zone_setting
from assistant.storage.orders.bulk_insert import insert_numbered, insert_rows
from assistant.storage.orders.rows import order_values
from assistant.storage.orders.sightings import Kept, distinct, payload, sighting_values, sightings_of, write_sighting
from assistant.storage.orders.write_order import book_values, children, first_keys, write_merged
from assistant.storage.tables import OrderRow, SightingRow

_CHUNK = 500
_PART = 2000
Doubts = Mapping[str, tuple[Problem, ...]]
"""Problems with the orders of a document, by order number."""


@dataclass(slots=True)
class Counts:
    """How many orders were new, changed, or already there with nothing to add.

    `numbers` tells the outcome for each order number if that is wanted: a large import has no room for it.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    numbers: dict[str, Outcome] | None = None

    def note(self, number: str, outcome: Outcome) -> None:
        """Count an order that was changed, or that was the same."""
        self.changed, self.same = self.changed + (outcome == "changed"), self.same + (outcome == "same")
        self.name([number], outcome)

    def name(self, numbers: Iterable[str], outcome: Outcome) -> None:
        """Note the outcome for these orders."""
        if self.numbers is not None:
            self.numbers = dict.fromkeys(numbers, outcome) | self.numbers


def take_in(
    session: Session,
    account_id: int,
    document_id: int,
    kind: SourceKind,
    orders: Iterable[Order],
    *,
    doubts: Doubts | None = None,
    named: bool = False,
) -> Counts:
    """Store the orders of one document in parts as they arrive; `named`: also return the outcome of each. The caller commits."""
    counts, waiting = Counts(numbers={} if named else None), iter(orders)
    with _no_collections():
        while part := list(islice(waiting, _PART)):
            told = {order.number: Sighting(document_id, kind, order, (doubts or {}).get(order.number, ())) for order in part}
            _take_part(session, account_id, told, counts)
    return counts


def _take_part(session: Session, account_id: int, told: dict[str, Sighting], counts: Counts) -> None:
    known, elsewhere = _known(session, account_id, list(told))
    fresh = [sighting for number, sighting in told.items() if number not in known]
    if fresh:
        _insert(session, account_id, fresh)
        mark_twins(session, account_id, [sighting.order.number for sighting in fresh if sighting.order.number in elsewhere])
    counts.new += len(fresh)
    counts.name((sighting.order.number for sighting in fresh), "new")
    paid = any_payments(session, account_id)
    if paid:
        _charge(session, account_id, [sighting.order.number for sighting in fresh])
    repeats = []
    for part in _chunks([number for number in told if number in known]):
        earlier = sightings_of(session, [known[number] for number in part], repeated=True)
        charged = charges(session, account_id, part) if paid else {}
        for number in part:
            kept = earlier.get(known[number], [])
            if _repeats(told[number], kept):
                counts.note(number, "same")
                if all(entry.sighting.document != told[number].document for entry in kept):
                    repeats.append(sighting_values(known[number], told[number]))
            else:
                changed = _add(session, account_id, known[number], told[number], kept, charged=charged.get(number, []))
                counts.note(number, "changed" if changed else "same")
    insert_rows(session, SightingRow, repeats)


def _repeats(told: Sighting, kept: Sequence[Kept]) -> bool:
    """Return whether a document only repeats known sightings."""
    text = payload(told.order)
    same = [entry for entry in kept if (entry.payload, entry.sighting.kind, entry.sighting.doubts) == (text, told.kind, told.doubts)]
    documents = {entry.sighting.document for entry in kept}
    return any(entry.sighting.document == told.document for entry in same) or bool(same and told.document not in documents)


def _add(session: Session, account_id: int, order_id: int, told: Sighting, kept: Sequence[Kept], *, charged: list[Sighting]) -> bool:
    """Add a document's sighting of a known order; return whether the merged order changed."""
    write_sighting(session, order_id, told)
    before = [entry.sighting for entry in distinct(kept)]
    others = [entry.sighting for entry in distinct(entry for entry in kept if entry.sighting.document != told.document)]
    merged = merge([*others, told, *charged])
    return write_merged(session, account_id, order_id, merged, merge([*before, *charged]) if before else None)


def take_payments(session: Session, account_id: int, document_id: int, entries: Sequence[Transaction]) -> int:
    """Store lines of the payment history; return how many orders they concern. The caller commits."""
    numbers = keep_payments(session, account_id, document_id, entries)
    _charge(session, account_id, numbers)
    return len(numbers)


def _charge(session: Session, account_id: int, numbers: Sequence[str]) -> None:
    """Add to new orders their known lines of the payment history."""
    for part in _chunks(numbers):
        charged = charges(session, account_id, part)
        known, _ = _known(session, account_id, list(charged))
        merge_again(session, account_id, known, charged)


def merge_again(session: Session, account_id: int, known: Mapping[str, int], charged: Mapping[str, list[Sighting]]) -> int:
    """Merge orders, given as number and id, again from their sightings; return how many."""
    earlier = sightings_of(session, list(known.values()))
    for number, order_id in known.items():
        sightings = [entry.sighting for entry in earlier[order_id]]
        write_merged(session, account_id, order_id, merge([*sightings, *charged.get(number, [])]))
    return len(known)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Pause the garbage collector: an import creates a million objects without cycles, and collecting takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _known(session: Session, account_id: int, numbers: Sequence[str]) -> tuple[dict[str, int], set[str]]:
    """Return the ids of the orders that this account has of these numbers, and the numbers that other accounts have."""
    known, elsewhere = {}, set()
    query = select(col(OrderRow.number), col(OrderRow.id), col(OrderRow.account_id)).where(col(OrderRow.number).in_(numbers))
    for number, order_id, owner in session.execute(query):
        if owner != account_id:
            elsewhere.add(number)
        elif order_id is not None:
            known[number] = order_id
    return known, elsewhere


def _insert(session: Session, account_id: int, sightings: Sequence[Sighting]) -> None:
    answers = [merge([sighting]) for sighting in sightings]
    zone = zone_setting(session) or ""
    books = [books_of(session, merged, held=bool(merged.doubts), zone=zone) for merged in answers]
    values = [
        order_values(account_id, merged) | book_values(entries, len(merged.order.items), len(merged.order.refunds))
        for merged, entries in zip(answers, books, strict=True)
    ]
    ids = insert_numbered(session, OrderRow, values)
    rows: dict[Any, list[dict[str, Any]]] = {SightingRow: []}
    shared: dict[int, tuple[Order, OrderKeys, Sequence[str | None]]] = {}
    for order_id, sighting, entries in zip(ids, sightings, books, strict=True):
        order, keys = sighting.order, first_keys(sighting.order)
        children(rows, order_id, order, sighting.document, keys)
        rows[SightingRow].append(sighting_values(order_id, sighting))
        entry_rows(rows, order_id, order, entries, keys)
        shared[order_id] = (order, keys, (None,) * len(order.items))
    share_rows(session, rows, account_id, shared)
    for table, values_of_table in rows.items():
        insert_rows(session, table, values_of_table)


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
