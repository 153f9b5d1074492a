"""Sightings as rows: what a document says about an order, unchanged."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.tables import AccountRow, DocumentRow, OrderRow, SightingRow
from assistant.wire.orders import OrderJson, StoredProblem
from assistant.wire.shape import decode, encode

_AT_ONCE = 500
"""How many orders one query names."""


class Kept(NamedTuple):
    """A stored sighting with its text."""

    payload: str
    sighting: Sighting


def payload(order: Order) -> str:
    """Serialise an order for storage."""
    return encode(OrderJson.of(order)).decode()


def order_of_payload(text: str) -> Order:
    """Parse a stored order."""
    return decode(text, OrderJson).to_domain()


def sighting_values(order_id: int, sighting: Sighting) -> dict[str, Any]:
    """Return the columns of a sighting."""
    doubts = [StoredProblem.of(doubt) for doubt in sighting.doubts]
    return {
        "order_id": order_id,
        "document_id": sighting.document,
        "payload": payload(sighting.order),
        "doubts": encode(doubts).decode() if doubts else None,
    }


def write_sighting(session: Session, order_id: int, sighting: Sighting) -> None:
    """Store what a document says about an order, replacing what it said before."""
    mine = (col(SightingRow.order_id) == order_id, col(SightingRow.document_id) == sighting.document)
    session.execute(delete(SightingRow).where(*mine))
    session.execute(insert(SightingRow), [sighting_values(order_id, sighting)])


def forget_document(session: Session, document_id: int) -> None:
    """Delete everything that a document says about orders."""
    session.execute(delete(SightingRow).where(col(SightingRow.document_id) == document_id))


def sightings_of(session: Session, order_ids: Sequence[int], *, repeated: bool = False) -> dict[int, list[Kept]]:
    """Return by order id what documents say about it, oldest first; equal sightings once unless `repeated`."""
    query = (
        select(
            col(SightingRow.order_id),
            col(SightingRow.document_id),
            col(SightingRow.payload),
            col(SightingRow.doubts),
            col(DocumentRow.kind),
        )
        .join(DocumentRow, col(DocumentRow.id) == col(SightingRow.document_id))
        .where(col(SightingRow.order_id).in_(order_ids))
        .order_by(col(SightingRow.id))
    )
    found: dict[int, list[Kept]] = {}
    for order_id, document_id, text, doubts, kind in session.execute(query):
        wrong = tuple(entry.to_domain() for entry in decode(doubts, list[StoredProblem])) if doubts else ()
        sighting = Sighting(document_id, SourceKind(kind), decode(text, OrderJson).to_domain(), wrong)
        found.setdefault(order_id, []).append(Kept(text, sighting))
    return found if repeated else {order_id: distinct(kept) for order_id, kept in found.items()}


def distinct(kept: Iterable[Kept]) -> list[Kept]:
    """Return sightings without those that say the same as an earlier one."""
    found: dict[tuple[Any, ...], Kept] = {}
    for entry in kept:
        doubts = tuple((doubt.where, doubt.code, doubt.said.english) for doubt in entry.sighting.doubts)
        found.setdefault((entry.payload, entry.sighting.kind, doubts), entry)
    return list(found.values())


def told_by(session: Session, document_id: int, numbers: Sequence[str]) -> dict[str, Order]:
    """Return by number what one document says about these orders."""
    query = (
        select(col(OrderRow.number), col(SightingRow.payload))
        .join(OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .where(col(SightingRow.document_id) == document_id, col(OrderRow.number).in_(numbers))
    )
    return {number: decode(text, OrderJson).to_domain() for number, text in session.execute(query)}


def orders_told(session: Session, numbers: Sequence[str]) -> dict[tuple[str, str], list[Order]]:
    """Return by account key and order number what each document says about these orders, the oldest document first."""
    found: dict[tuple[str, str], list[Order]] = {}
    query = (
        select(col(AccountRow.key), col(OrderRow.number), col(SightingRow.payload))
        .join(OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .order_by(col(SightingRow.document_id))
    )
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        for account, number, text in session.execute(query.where(col(OrderRow.number).in_(part))):
            found.setdefault((account, number), []).append(decode(text, OrderJson).to_domain())
    return found
