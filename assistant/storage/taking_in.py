"""Taking orders into the ledger: one row per order of an account, every sighting kept, the merged answer beside it."""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from assistant.domain.documents import SourceKind
from assistant.domain.ledger import Merged, Sighting, merge
from assistant.domain.orders import Order
from assistant.storage.many_rows import insert_rows
from assistant.storage.order_rows import Row, child_values, item_values, order_values
from assistant.storage.tables import DocumentRow, ItemRow, OrderRow, PaymentRow, RefundRow, ShipmentRow, SightingRow
from assistant.wire.orders import order_from_json, order_json

_CHUNK = 500
_PART = 2000
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


@dataclass(slots=True)
class Counts:
    """How many orders were new, changed, or already there with nothing to add."""

    new: int = 0
    changed: int = 0
    same: int = 0


def take_in(session: Session, account_id: int, document_id: int, kind: SourceKind, orders: Iterable[Order]) -> Counts:
    """Put orders that one document tells of into the ledger, part by part as they come. The caller commits."""
    counts, waiting = Counts(), iter(orders)
    with _no_collections():
        while part := {order.number: order for order in islice(waiting, _PART)}:
            brought = _take_part(session, account_id, document_id, kind, part)
            counts.new, counts.changed, counts.same = counts.new + brought.new, counts.changed + brought.changed, counts.same + brought.same
    return counts


def _take_part(session: Session, account_id: int, document_id: int, kind: SourceKind, told: dict[str, Order]) -> Counts:
    known = _known(session, account_id, list(told))
    fresh = [order for number, order in told.items() if number not in known]
    if fresh:
        _insert(session, account_id, document_id, kind, fresh)
    counts = Counts(new=len(fresh))
    for part in _chunks([number for number in told if number in known]):
        earlier = _sightings(session, [known[number] for number in part])
        for number in part:
            order_id = known[number]
            if _add(session, account_id, order_id, Sighting(document_id, kind, told[number]), earlier.get(order_id, [])):
                counts.changed += 1
            else:
                counts.same += 1
    return counts


@contextmanager
def _no_collections() -> Iterator[None]:
    """Hold the cyclic collector off: an import makes a million objects and no cycles; looking for them costs a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _known(session: Session, account_id: int, numbers: Sequence[str]) -> dict[str, int]:
    query = select(col(OrderRow.number), col(OrderRow.id)).where(col(OrderRow.account_id) == account_id)
    rows = session.execute(query.where(col(OrderRow.number).in_(numbers)))
    return {number: order_id for number, order_id in rows if order_id is not None}


def _insert(session: Session, account_id: int, document_id: int, kind: SourceKind, orders: Sequence[Order]) -> None:
    alone = [merge([Sighting(document_id, kind, order)]) for order in orders]
    values = [order_values(account_id, merged) for merged in alone]
    ids = session.scalars(insert(OrderRow).returning(col(OrderRow.id), sort_by_parameter_order=True), values).all()
    rows: dict[Any, list[Row]] = {ItemRow: [], ShipmentRow: [], PaymentRow: [], RefundRow: [], SightingRow: []}
    for order_id, order in zip(ids, orders, strict=True):
        if order_id is not None:
            _collect(rows, order_id, order, document_id)
            rows[SightingRow].append({"order_id": order_id, "document_id": document_id, "payload": _payload(order)})
    for table, entries in rows.items():
        insert_rows(session, table, entries)


def _collect(rows: dict[Any, list[Row]], order_id: int, order: Order, document_id: int) -> None:
    rows[ItemRow] += [item_values(order_id, line, item, document_id) for line, item in enumerate(order.items)]
    shipments, payments, refunds = child_values(order_id, order, document_id)
    rows[ShipmentRow] += shipments
    rows[PaymentRow] += payments
    rows[RefundRow] += refunds


def _payload(order: Order) -> str:
    return _WRITER.encode(order_json(order))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A sighting that is in the ledger, with its text as stored."""

    payload: str
    sighting: Sighting


def _sightings(session: Session, order_ids: Sequence[int]) -> dict[int, list[_Earlier]]:
    query = (
        select(col(SightingRow.order_id), col(SightingRow.document_id), col(SightingRow.payload), col(DocumentRow.kind))
        .join(DocumentRow, col(DocumentRow.id) == col(SightingRow.document_id))
        .where(col(SightingRow.order_id).in_(order_ids))
    )
    found: dict[int, list[_Earlier]] = {}
    for order_id, document_id, payload, kind in session.execute(query):
        sighting = Sighting(document_id, SourceKind(kind), order_from_json(json.loads(payload)))
        found.setdefault(order_id, []).append(_Earlier(payload, sighting))
    return found


def _add(session: Session, account_id: int, order_id: int, sighting: Sighting, earlier: list[_Earlier]) -> bool:
    """Add what a document says of a known order; return whether that changed the merged answer."""
    payload = _payload(sighting.order)
    if any(entry.payload == payload and entry.sighting.kind is sighting.kind for entry in earlier):
        return False
    session.execute(delete(SightingRow).where(col(SightingRow.order_id) == order_id, col(SightingRow.document_id) == sighting.document))
    session.execute(insert(SightingRow), [{"order_id": order_id, "document_id": sighting.document, "payload": payload}])
    others = [entry.sighting for entry in earlier if entry.sighting.document != sighting.document]
    merged = merge([*others, sighting])
    if earlier and merged.order == merge([entry.sighting for entry in earlier]).order:
        return False
    _rewrite(session, account_id, order_id, merged)
    return True


def _rewrite(session: Session, account_id: int, order_id: int, merged: Merged) -> None:
    order, document_id = merged.order, merged.sources["order"]
    words = _own_words(session, order_id)
    session.execute(update(OrderRow).where(col(OrderRow.id) == order_id).values(**order_values(account_id, merged)))
    rows: dict[Any, list[Row]] = {ItemRow: [], ShipmentRow: [], PaymentRow: [], RefundRow: []}
    _collect(rows, order_id, order, document_id)
    for line, entry in enumerate(rows[ItemRow]):
        kept = words.get(str(entry["asin"] or entry["title"])) or words.get(f"line {line}")
        if kept:
            entry["category"], entry["purpose"] = kept
    for table, entries in rows.items():
        session.execute(delete(table).where(col(table.order_id) == order_id))
        if entries:
            session.execute(insert(table), entries)


def _own_words(session: Session, order_id: int) -> dict[str, tuple[str | None, str | None]]:
    """Return the categories and purposes that the user gave, by ASIN, title and line: they survive every re-import."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id)):
        if row.category or row.purpose:
            found[f"line {row.line}"] = (row.category, row.purpose)
            found[str(row.asin or row.title)] = (row.category, row.purpose)
    return found


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
