"""The merged answer of an order as rows, written anew whenever it changes: what the user said of lines and doubts survives."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Order
from assistant.storage.orders.rows import Row, child_values, item_values, order_values
from assistant.storage.tables import ItemRow, OrderRow, PaymentRow, RefundRow, ShipmentRow

_CHILDREN = (ItemRow, ShipmentRow, PaymentRow, RefundRow)
_Words = tuple[str | None, str | None]


def children(rows: dict[Any, list[Row]], order_id: int, order: Order, document_id: int) -> None:
    """Add the rows of an order's items, shipments, payments and refunds to `rows`, by table."""
    items = [item_values(order_id, line, item, document_id) for line, item in enumerate(order.items)]
    for table, entries in zip(_CHILDREN, (items, *child_values(order_id, order, document_id)), strict=True):
        rows.setdefault(table, []).extend(entries)


def write_merged(session: Session, account_id: int, order_id: int, merged: Merged, before: Merged | None = None) -> bool:
    """Write the answer unless `before` was the same; tell whether it was written. The caller commits."""
    if before is not None and (before.order, before.conflicts, before.doubts) == (merged.order, merged.conflicts, merged.doubts):
        return False
    words = _own_words(session, order_id)
    values = order_values(account_id, merged)
    if values["quarantine"]:
        dismissed = session.scalar(select(col(OrderRow.confirmed)).where(col(OrderRow.id) == order_id)) or []
        values["quarantine"] = [doubt for doubt in values["quarantine"] if doubt not in dismissed] or None
    session.execute(update(OrderRow).where(col(OrderRow.id) == order_id).values(**values))
    rows: dict[Any, list[Row]] = {}
    children(rows, order_id, merged.order, merged.sources["order"])
    for entry, name in zip(rows[ItemRow], _names(rows[ItemRow]), strict=True):
        kept = words.get(name) or words.get((f"line {entry['line']} of {len(rows[ItemRow])}", 0))
        if kept:
            entry["category"], entry["purpose"] = kept
    for table, entries in rows.items():
        session.execute(delete(table).where(col(table.order_id) == order_id))
        if entries:
            session.execute(insert(table), entries)
    return True


def _own_words(session: Session, order_id: int) -> dict[tuple[str, int], _Words]:
    """Return the categories and purposes that the user gave, by product and, for a line without one, by its place."""
    lines = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id).order_by(col(ItemRow.line))).all()
    found: dict[tuple[str, int], _Words] = {}
    for row, name in zip(lines, _names([{"asin": row.asin, "title": row.title} for row in lines]), strict=True):
        if row.category or row.purpose:
            found[name] = (row.category, row.purpose)
            if not row.asin:
                found[f"line {row.line} of {len(lines)}", 0] = (row.category, row.purpose)
    return found


def _names(lines: Iterable[Row]) -> list[tuple[str, int]]:
    """Return what each line is called: its product and the how manieth line of that product it is."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        name = str(line["asin"] or line["title"])
        found.append((name, seen[name]))
        seen[name] += 1
    return found
