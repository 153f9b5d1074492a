"""Removes one document's orders from the ledger."""

from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.domain.errors import Problem
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.books.charges import charges, forget_payments, payments_told_by
from assistant.storage.books.same_order import mark_twins
from assistant.storage.orders.removed_orders import RemovedOrder, in_parts, order_ids, removed_orders
from assistant.storage.orders.removed_warnings import take_warnings
from assistant.storage.orders.sightings import forget_document, sightings_of
from assistant.storage.orders.store_orders import merge_again
from assistant.storage.tables import OrderRow, SightingRow


@dataclass(slots=True)
class TakenOut:
    """The content of a removed document. `removed` are the orders that no other document reports, by number."""

    orders: list[Order] = field(default_factory=list)
    doubts: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    transactions: list[Transaction] = field(default_factory=list)
    removed: dict[str, RemovedOrder] = field(default_factory=dict)
    corrections: list[Order] = field(default_factory=list)


def take_out(session: Session, account_id: int, document_id: int) -> TakenOut:
    """Delete a document's orders and payments; the caller commits.

    Orders that other documents report too are merged again without it. The others are deleted with the user's decisions.
    """
    found = TakenOut(transactions=payments_told_by(session, document_id))
    told = select(col(OrderRow.number), col(OrderRow.id)).join(SightingRow, col(SightingRow.order_id) == col(OrderRow.id))
    rows = session.execute(told.where(col(SightingRow.document_id) == document_id).order_by(col(OrderRow.id))).all()
    kept: dict[str, int] = {}
    gone: dict[int, str] = {}
    for part in in_parts(rows):
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
                gone[order_id] = number
    found.removed = removed_orders(session, gone)
    for number, warnings in take_warnings(session, account_id, gone).items() if gone else ():
        found.removed[number].warnings = warnings
    for part in in_parts(list(gone)):
        session.execute(delete(OrderRow).where(col(OrderRow.id).in_(part)))
    # The same order may count on another account now.
    mark_twins(session, account_id, [number for number, _ in rows if number not in kept])
    forget_document(session, document_id)
    paid = forget_payments(session, document_id)
    kept |= order_ids(session, account_id, list(paid))
    for part in in_parts(list(kept.items())):
        numbers = dict(part)
        merge_again(session, account_id, numbers, charges(session, account_id, numbers))
    return found
