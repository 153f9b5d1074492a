"""Removes one document's orders from the ledger, and restores the user's labels when the document returns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.domain.errors import Problem
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.books.charges import charges, forget_payments, payments_told_by
from assistant.storage.books.same_order import mark_twins
from assistant.storage.books.tables import SplitRow
from assistant.storage.orders.sightings import forget_document, sightings_of
from assistant.storage.orders.store_orders import merge_again
from assistant.storage.tables import ItemRow, OrderRow, SightingRow

_CHUNK = 500


@dataclass(slots=True)
class TakenOut:
    """The content of a removed document. `words` and `splits` are the user's own, for orders that no other document reports, by number."""

    orders: list[Order] = field(default_factory=list)
    doubts: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    transactions: list[Transaction] = field(default_factory=list)
    words: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    splits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    corrections: list[Order] = field(default_factory=list)


def take_out(session: Session, account_id: int, document_id: int) -> TakenOut:
    """Delete a document's orders and payments; the caller commits.

    Orders that other documents report too are merged again without it. The others are deleted with the user's labels.
    """
    found = TakenOut(transactions=payments_told_by(session, document_id))
    told = select(col(OrderRow.number), col(OrderRow.id)).join(SightingRow, col(SightingRow.order_id) == col(OrderRow.id))
    rows = session.execute(told.where(col(SightingRow.document_id) == document_id).order_by(col(OrderRow.id))).all()
    kept: dict[str, int] = {}
    for part in _chunks(rows):
        sightings = sightings_of(session, [order_id for _, order_id in part], repeated=True)
        for number, order_id in part:
            mine = [entry.sighting for entry in sightings[order_id]]
            this = next(sighting for sighting in mine if sighting.document == document_id)
            found.orders.append(this.order)
            if this.doubts:
                found.doubts[number] = this.doubts
            others = [sighting for sighting in mine if sighting.document != document_id]
            if any(sighting.kind is not SourceKind.USER for sighting in others):
                kept[number] = order_id
            else:
                found.corrections += [sighting.order for sighting in others]
                found.words |= _words(session, number, order_id)
                found.splits |= _splits(session, number, order_id)
                session.execute(delete(OrderRow).where(col(OrderRow.id) == order_id))
    # The same order may count on another account now.
    mark_twins(session, account_id, [number for number, _ in rows if number not in kept])
    forget_document(session, document_id)
    paid = forget_payments(session, document_id)
    kept |= _numbered(session, account_id, paid)
    for part in _chunks(list(kept.items())):
        numbers = dict(part)
        merge_again(session, account_id, numbers, charges(session, account_id, numbers))
    return found


def give_back(
    session: Session, account_id: int, words: Mapping[str, Sequence[Mapping[str, Any]]], splits: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Restore the user's labels and splits on items; newer ones stay."""
    orders = _numbered(session, account_id, [*words, *splits])
    for number, order_id in orders.items():
        items = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id)).all()
        for word in words.get(number, ()):
            for item in items:
                same = (item.line, item.asin or item.title) == (word["line"], word["item"])
                if same and not (item.category or item.purpose or item.person):
                    item.category, item.purpose, item.person = word["category"], word["purpose"], word.get("person")
        if number in splits and not session.scalars(select(SplitRow).where(col(SplitRow.order_id) == order_id)).first():
            session.add_all(SplitRow(order_id=order_id, **split) for split in splits[number])
    session.flush()
    for part in _chunks(list(orders.items())):
        numbers = dict(part)
        merge_again(session, account_id, numbers, charges(session, account_id, numbers))


def _splits(session: Session, number: str, order_id: int) -> dict[str, list[dict[str, Any]]]:
    rows = session.scalars(select(SplitRow).where(col(SplitRow.order_id) == order_id)).all()
    return {number: [row.model_dump(exclude={"order_id"}) for row in rows]} if rows else {}


def _words(session: Session, number: str, order_id: int) -> dict[str, list[dict[str, Any]]]:
    own = col(ItemRow.category).is_not(None) | col(ItemRow.purpose).is_not(None) | col(ItemRow.person).is_not(None)
    labelled = select(ItemRow).where(col(ItemRow.order_id) == order_id, own)
    words = [
        {
            "line": item.line,
            "item": item.asin or item.title,
            "category": item.category,
            "purpose": item.purpose,
            "person": item.person,
        }
        for item in session.scalars(labelled)
    ]
    return {number: words} if words else {}


def _numbered(session: Session, account_id: int, numbers: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _chunks(list(numbers)):
        query = select(col(OrderRow.number), col(OrderRow.id)).where(col(OrderRow.account_id) == account_id, col(OrderRow.number).in_(part))
        found |= {number: order_id for number, order_id in session.execute(query) if order_id is not None}
    return found


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))
