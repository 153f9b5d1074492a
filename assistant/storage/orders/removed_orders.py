"""Removed orders: their rows with the user's decisions, kept with their packed document until it is restored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import insert, select
from sqlmodel import Session, SQLModel, col

from assistant.storage.books.charges import charges
from assistant.storage.books.same_order import mark_twins
from assistant.storage.books.tables import ClaimSettlementRow, SplitRow
from assistant.storage.orders.store_orders import merge_again
from assistant.storage.orders.write_order import product_names
from assistant.storage.tables import ItemRow, OrderRow, RefundRow

_CHUNK = 500
_TABLES: tuple[tuple[Any, str], ...] = (
    (ItemRow, "items"),
    (RefundRow, "refunds"),
    (SplitRow, "splits"),
    (ClaimSettlementRow, "settlements"),
)


class RemovedOrder(Struct, omit_defaults=True):
    """The rows of an order by table, as they were when it was removed. Packs of earlier versions have no `row` and no refunds."""

    row: dict[str, Any] = {}
    items: list[dict[str, Any]] = []
    refunds: list[dict[str, Any]] = []
    splits: list[dict[str, Any]] = []
    settlements: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []


def removed_orders(session: Session, numbers: Mapping[int, str]) -> dict[str, RemovedOrder]:
    """Return the rows of orders that are about to be removed, by number; `numbers` are theirs by id."""
    found: dict[str, RemovedOrder] = {}
    for part in in_parts(list(numbers)):
        for order in session.scalars(select(OrderRow).where(col(OrderRow.id).in_(part))):
            found[order.number] = RemovedOrder(row=order.model_dump(exclude_none=True))
        for table, name in _TABLES:
            key = SQLModel.metadata.tables[str(table.__tablename__)].primary_key
            for row in session.scalars(select(table).where(col(table.order_id).in_(part)).order_by(*key)):
                getattr(found[numbers[row.order_id]], name).append(row.model_dump(exclude_none=True, exclude={"document_id"}))
    return found


def bring_back(session: Session, account_id: int, removed: Mapping[str, RemovedOrder]) -> set[str]:
    """Insert removed orders again before their document is stored; return the numbers of these orders.

    They keep their ids and keys: so do their entries, and earlier steps of the history can still be undone. An order that the account
    has by now, or whose id another one has, is left to `give_back`.
    """
    waiting = {number: order for number, order in removed.items() if order.row}
    known = order_ids(session, account_id, list(waiting))
    taken = _existing(session, OrderRow, [order.row["id"] for order in waiting.values()])
    found = {number: order for number, order in waiting.items() if number not in known and order.row["id"] not in taken}
    derived = {"account_id": account_id, "booked": False, "cost": None, "refunded": 0}
    _insert(session, OrderRow, [order.row | derived for order in found.values()])
    for table, name in _TABLES[:-1]:
        _insert(session, table, [_without_id(row) for order in found.values() for row in getattr(order, name)])
    settled = [row for order in found.values() for row in order.settlements]
    taken = _existing(session, ClaimSettlementRow, [row["id"] for row in settled])
    _insert(session, ClaimSettlementRow, [row for row in settled if row["id"] not in taken])
    _insert(session, ClaimSettlementRow, [_without_id(row) for row in settled if row["id"] in taken])
    mark_twins(session, account_id, list(found))
    return set(found)


def give_back(session: Session, account_id: int, removed: Mapping[str, RemovedOrder]) -> None:
    """Restore the user's labels, splits and settlements on orders that the account has; newer ones stay."""
    orders = order_ids(session, account_id, list(removed))
    for number, order_id in orders.items():
        was = removed[number]
        keys = _label_again(session, order_id, was.items)
        for table, kept in ((SplitRow, was.splits), (ClaimSettlementRow, was.settlements)):
            if session.scalars(select(table).where(col(table.order_id) == order_id)).first() is None:
                again = ({"order_id": order_id, "item": keys.get(row["item"], row["item"])} for row in kept)
                session.add_all(table(**_without_id(row) | here) for row, here in zip(kept, again, strict=True))
    session.flush()
    for part in in_parts(list(orders.items())):
        numbers = dict(part)
        merge_again(session, account_id, numbers, charges(session, account_id, numbers))


def _label_again(session: Session, order_id: int, items: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Label the items that have no labels as the removed ones were; return the key of each removed item's product now."""
    here = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id).order_by(col(ItemRow.line))).all()
    named = dict(zip(product_names([{"asin": item.asin, "title": item.title} for item in here]), here, strict=True))
    keys = {}
    for was, name in zip(items, product_names(items), strict=True):
        item = named.get(name)
        if item is not None:
            keys[was.get("key", 0)] = item.key
            if not (item.category or item.purpose or item.person):
                item.category, item.purpose, item.person = was.get("category"), was.get("purpose"), was.get("person")
    return keys


def order_ids(session: Session, account_id: int, numbers: Sequence[str]) -> dict[str, int]:
    """Return the ids of the orders that an account has of these numbers."""
    found: dict[str, int] = {}
    for part in in_parts(numbers):
        query = select(col(OrderRow.number), col(OrderRow.id)).where(col(OrderRow.account_id) == account_id, col(OrderRow.number).in_(part))
        found |= {number: order_id for number, order_id in session.execute(query) if order_id is not None}
    return found


def in_parts(entries: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield entries in parts that fit into one statement."""
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))


def _existing(session: Session, table: Any, ids: Sequence[int]) -> set[int]:
    return {found for part in in_parts(ids) for found in session.scalars(select(col(table.id)).where(col(table.id).in_(part)))}


def _insert(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    # Rows without a value have a default, so that all rows of a statement name the same columns.
    whole = [{name: value for name, value in table(**row).model_dump().items() if name != "id" or value is not None} for row in rows]
    for part in in_parts(whole):
        session.execute(insert(table), part)


def _without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
