"""Writes a merged order as rows; the user's labels and confirmations stay."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from assistant.domain.books.entries import OrderBooks
from assistant.domain.orders.item_matching import matched
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Order, Refund
from assistant.storage.books.same_order import counted_elsewhere, told_twice
from assistant.storage.books.write_entries import OrderKeys, books_of, delete_entries, entry_rows, share_rows, zone_setting
from assistant.storage.orders.rows import Row, child_values, item_of, item_values, order_values
from assistant.storage.tables import ItemRow, OrderRow, PaymentRow, RefundRow, ShipmentRow
from assistant.wire.orders import problem_values

_CHILDREN = (ItemRow, ShipmentRow, PaymentRow, RefundRow)
_Words = tuple[str | None, str | None, str | None]


def children(rows: dict[Any, list[Row]], order_id: int, order: Order, document_id: int, keys: OrderKeys) -> None:
    """Add the rows of an order's items, shipments, payments and refunds to `rows`, by table."""
    items = [item_values(order_id, line, item, document_id, keys.items[line]) for line, item in enumerate(order.items)]
    for table, entries in zip(_CHILDREN, (items, *child_values(order_id, order, document_id, keys.refunds)), strict=True):
        rows.setdefault(table, []).extend(entries)


def write_merged(session: Session, account_id: int, order_id: int, merged: Merged, before: Merged | None = None) -> bool:
    """Write the merged order unless it equals `before`; return whether it was written. The caller commits."""
    if before is not None and (before.order, before.conflicts, before.doubts) == (merged.order, merged.conflicts, merged.doubts):
        return False
    words = _own_words(session, order_id)
    values = order_values(account_id, merged)
    given = _given(session, [order_id])[order_id]
    lines, backs = _items(session, [order_id])[order_id], _refunds(session, [order_id])[order_id]
    keys = _keys(merged.order, given, lines, backs)
    values["quarantine"] = _open(values["quarantine"], given.confirmed)
    rows: dict[Any, list[Row]] = {}
    children(rows, order_id, merged.order, merged.sources["order"], keys)
    for entry, name in zip(rows[ItemRow], product_names(rows[ItemRow]), strict=True):
        kept = words.get(name) or words.get((f"line {entry['line']} of {len(rows[ItemRow])}", 0))
        if kept:
            entry["category"], entry["purpose"], entry["person"] = kept
    for table, entries in rows.items():
        session.execute(delete(table).where(col(table.order_id) == order_id))
        if entries:
            session.execute(insert(table), entries)
    session.execute(update(OrderRow).where(col(OrderRow.id) == order_id).values(**values))
    _write_books(session, account_id, {order_id: _Ready(merged, keys, bool(values["quarantine"]), given)})
    return True


def rebook(session: Session, account_id: int, merged: Mapping[int, Merged]) -> None:
    """Derive the entries of orders of one account again, by id. The orders' own rows stay unless their sources changed."""
    ids = list(merged)
    given, lines, backs = _given(session, ids), _items(session, ids), _refunds(session, ids)
    ready = {}
    for order_id, answer in merged.items():
        refunds = answer.order.refunds
        keys = _keys(answer.order, given[order_id], lines[order_id], backs[order_id])
        told = [(key, refund.amount.minor if refund.amount else None) for key, refund in zip(keys.refunds, refunds, strict=True)]
        if [row.key for row in lines[order_id]] != list(keys.items) or [(row.key, row.amount) for row in backs[order_id]] != told:
            write_merged(session, account_id, order_id, answer)
            continue
        held = bool(_open(problem_values(answer.doubts), given[order_id].confirmed))
        ready[order_id] = _Ready(answer, keys, held, given[order_id])
    if ready:
        _write_books(session, account_id, ready)


class _Given(NamedTuple):
    """The columns of an order's row that do not come from its sources."""

    item_keys: int
    refund_keys: int
    confirmed: list[dict[str, Any]] | None


class _Ready(NamedTuple):
    """An order whose entries are about to be written."""

    merged: Merged
    keys: OrderKeys
    held: bool
    given: _Given


def _given(session: Session, ids: Sequence[int]) -> dict[int, _Given]:
    columns = (col(OrderRow.id), col(OrderRow.item_keys), col(OrderRow.refund_keys), col(OrderRow.confirmed))
    return {order_id or 0: _Given(*values) for order_id, *values in session.execute(select(*columns).where(col(OrderRow.id).in_(ids)))}


def _items(session: Session, ids: Sequence[int]) -> Mapping[int, list[ItemRow]]:
    """Return the items of orders by order, in their order."""
    found: dict[int, list[ItemRow]] = {order_id: [] for order_id in ids}
    query = select(ItemRow).where(col(ItemRow.order_id).in_(ids)).order_by(col(ItemRow.order_id), col(ItemRow.line))
    for row in session.scalars(query):
        found[row.order_id].append(row)
    return found


def _refunds(session: Session, ids: Sequence[int]) -> Mapping[int, list[RefundRow]]:
    """Return the refunds of orders by order, in their order."""
    found: dict[int, list[RefundRow]] = {order_id: [] for order_id in ids}
    query = select(RefundRow).where(col(RefundRow.order_id).in_(ids)).order_by(col(RefundRow.order_id), col(RefundRow.position))
    for row in session.scalars(query):
        found[row.order_id].append(row)
    return found


def _open(doubts: list[dict[str, Any]] | None, confirmed: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Return the doubts that the user did not dismiss. Early ledgers keep a doubt without its values, so its English text decides."""
    known = [(doubt["where"], doubt["code"], doubt["text"]) for doubt in confirmed or ()]
    return [doubt for doubt in doubts or () if (doubt["where"], doubt["code"], doubt["text"]) not in known] or None


def _write_books(session: Session, account_id: int, ready: Mapping[int, _Ready]) -> None:
    """Replace the entries of orders of one account, by id."""
    zone = zone_setting(session) or ""
    elsewhere = counted_elsewhere(session, [each.merged.order.number for each in ready.values()])
    purposes: dict[int, list[str | None]] = {order_id: [] for order_id in ready}
    query = select(col(ItemRow.order_id), col(ItemRow.purpose)).where(col(ItemRow.order_id).in_(list(ready)))
    for order_id, purpose in session.execute(query.order_by(col(ItemRow.order_id), col(ItemRow.line))):
        purposes[order_id].append(purpose)
    rows: dict[Any, list[Row]] = {}
    values = []
    for order_id, (merged, keys, held, given) in ready.items():
        books = books_of(session, merged, held=held, zone=zone)
        if order_id in elsewhere:
            books = told_twice(books)
        entry_rows(rows, order_id, merged.order, books, keys)
        counted = book_values(books, max((given.item_keys, *keys.items)), max((given.refund_keys, *keys.refunds)))
        values.append({"id": order_id} | counted)
    delete_entries(session, list(ready))
    share_rows(
        session, rows, account_id, {order_id: (each.merged.order, each.keys, purposes[order_id]) for order_id, each in ready.items()}
    )
    for table, entries in rows.items():
        if entries:
            session.execute(insert(table), entries)
    session.execute(update(OrderRow), values)


def book_values(books: OrderBooks, item_keys: int, refund_keys: int) -> Row:
    """Return the columns of an order's row that come from its entries."""
    cost = books.cost if books.entries else None
    return {"cost": cost, "refunded": books.refunded, "booked": True, "item_keys": item_keys, "refund_keys": refund_keys}


def first_keys(order: Order) -> OrderKeys:
    """Return the keys of a new order."""
    return OrderKeys(range(1, len(order.items) + 1), range(1, len(order.refunds) + 1))


def _keys(order: Order, given: _Given, lines: Sequence[ItemRow], backs: Sequence[RefundRow]) -> OrderKeys:
    """Return the keys of items and refunds: known ones keep theirs, new ones get new keys."""
    items: list[int] = [0] * len(order.items)
    for row, place in zip(lines, matched(order.items, [item_of(row) for row in lines]), strict=True):
        if place is not None:
            items[place] = row.key
    return OrderKeys(_numbered(items, given.item_keys), _numbered(refund_keys_of(order.refunds, backs), given.refund_keys))


def _numbered(keys: list[int], given: int) -> list[int]:
    for place, key in enumerate(keys):
        if not key:
            given += 1
            keys[place] = given
    return keys


def refund_keys_of(refunds: Sequence[Refund], rows: Sequence[RefundRow]) -> list[int]:
    """Return the key that each refund had before, 0 for a new one: the same source key, else the same amount on the nearest day."""
    pairs = []
    for place, refund in enumerate(refunds):
        for at, row in enumerate(rows):
            if refund.key and refund.key == row.source_key:
                pairs.append((-1, at, place))
            elif refund.amount and refund.amount.minor == row.amount:
                pairs.append((_days_apart(refund.refunded_on, row.refunded_on), at, place))
    keys, free = [0] * len(refunds), set(range(len(rows)))
    for _, at, place in sorted(pairs):
        if at in free and not keys[place]:
            free.discard(at)
            keys[place] = rows[at].key
    return keys


def _days_apart(one: date | None, other: str | None) -> int:
    return abs((one - date.fromisoformat(other)).days) if one and other else 0


def _own_words(session: Session, order_id: int) -> dict[tuple[str, int], _Words]:
    """Return the user's categories, purposes and persons, by product or, for items without one, by position."""
    lines = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id).order_by(col(ItemRow.line))).all()
    found: dict[tuple[str, int], _Words] = {}
    for row, name in zip(lines, product_names([{"asin": row.asin, "title": row.title} for row in lines]), strict=True):
        own = (row.category, row.purpose, row.person)
        if any(own):
            found[name] = own
            if not row.asin:
                found[f"line {row.line} of {len(lines)}", 0] = own
    return found


def product_names(lines: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Return a name for each item: its product and which occurrence of that product it is."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        name = str(line.get("asin") or line.get("title"))
        found.append((name, seen[name]))
        seen[name] += 1
    return found
