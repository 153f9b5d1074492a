"""Find orders: pages by cursor or offset, as lines of a list or as whole orders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlmodel import Session, col

from assistant.domain.categories import CategorySource, Filed
from assistant.domain.days import stored_day
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter, Page
from assistant.domain.languages.translating import translated
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.storage.accounts.register import account_keys
from assistant.storage.cursors import id_of
from assistant.storage.filters import conditions, matching
from assistant.storage.orders.rows import order_of
from assistant.storage.products import filed, key_of
from assistant.storage.tables import AccountRow, DocumentRow, ItemRow, OrderRow, PaymentRow, RefundRow, ShipmentRow
from assistant.wire.orders import problems_of

_CHILDREN: tuple[tuple[Any, Any], ...] = (
    (ItemRow, col(ItemRow.line)),
    (ShipmentRow, col(ShipmentRow.position)),
    (PaymentRow, col(PaymentRow.position)),
    (RefundRow, col(RefundRow.position)),
)
_NEWEST_FIRST = (col(OrderRow.placed_on).desc().nulls_last(), col(OrderRow.id).desc())


MOST = 500
"""The most orders of one page."""


def order_lines(
    session: Session, found: Filter, *, cursor: str | None, offset: int | None, limit: int, counted: bool = True
) -> Page[OrderSummary]:
    """Return a page of order lines, newest first. Raises InvalidInput for a bad filter, cursor or limit.

    If not `counted`, `total` is only how many there are at least: counting what a filter finds reads the whole ledger.
    """
    rows, after, total = _part(session, found, cursor=cursor, offset=offset, limit=limit, counted=counted)
    keys = account_keys(session)
    return Page(items=tuple(_line_of(row, keys[row.account_id]) for row in rows), next=after, total=total)


def order_views(session: Session, found: Filter, *, cursor: str | None, offset: int | None, limit: int) -> Page[OrderView]:
    """Return a page of whole orders, newest first. Raises InvalidInput for a bad filter, cursor or limit."""
    rows, after, total = _part(session, found, cursor=cursor, offset=offset, limit=limit)
    return Page(items=tuple(views(session, rows)), next=after, total=total)


def next_views(session: Session, found: Filter, cursor: str | None) -> tuple[list[OrderView], str | None]:
    """Return the orders after a cursor, as many as one page holds, and the cursor after them, None at the end."""
    rows = _rows(session, found, cursor=cursor, offset=None, limit=MOST)
    return views(session, rows), _cursor_of(rows[-1]) if len(rows) == MOST else None


def _part(
    session: Session, found: Filter, *, cursor: str | None, offset: int | None, limit: int, counted: bool = True
) -> tuple[list[OrderRow], str | None, int]:
    if not 0 < limit <= MOST:
        raise InvalidInput(translated("A page holds 1 to {most} entries.", most=MOST))
    rows = _rows(session, found, cursor=cursor, offset=offset, limit=limit + 1)
    if counted:
        total = session.scalar(select(func.count()).select_from(matching(session, found).subquery())) or 0
    else:
        total = len(rows) + (offset or 0 if rows else 0)
    return rows[:limit], _cursor_of(rows[limit - 1]) if len(rows) > limit else None, total


def _rows(session: Session, found: Filter, *, cursor: str | None, offset: int | None, limit: int) -> list[OrderRow]:
    query = select(OrderRow).where(*conditions(session, found)).order_by(*_NEWEST_FIRST).limit(limit)
    if cursor:
        query = query.where(_after(cursor))
    elif offset:
        query = query.offset(offset)
    return list(session.scalars(query))


def accounts_with(session: Session, numbers: Sequence[str]) -> dict[str, list[int]]:
    """Return by order number the ids of the accounts that have it; numbers that no account has are left out."""
    found: dict[str, list[int]] = {}
    query = select(col(OrderRow.number), col(OrderRow.account_id)).where(col(OrderRow.number).in_(numbers))
    for number, account_id in session.execute(query.order_by(col(OrderRow.id))):
        found.setdefault(number, []).append(account_id)
    return found


def _cursor_of(row: OrderRow) -> str:
    """Return the cursor that continues after this order."""
    return f"{row.placed_on or ''}~{row.id}"


def _line_of(row: OrderRow, account: str) -> OrderSummary:
    """Return the row as one line of a list."""
    unit = row.currency or NO_CURRENCY
    return OrderSummary(
        account=account,
        number=row.number,
        placed_on=stored_day(row.placed_on),
        status=row.status,
        title=row.title,
        items=row.item_count,
        total=Money(row.total, unit) if row.total is not None else None,
        cost=Money(row.cost, unit) if row.cost is not None else None,
        refunded=Money(row.refunded, unit) if row.refunded else None,
        held=row.quarantine is not None,
    )


def views(session: Session, found: Sequence[OrderRow]) -> list[OrderView]:
    """Return whole orders, in the same order; seven queries whatever their number."""
    ids = [row.id for row in found if row.id is not None]
    accounts = {row.id: row for row in session.scalars(select(AccountRow))}
    items, shipments, payments, refunds = (
        _by_order(session.scalars(select(table).where(col(table.order_id).in_(ids)).order_by(position))) for table, position in _CHILDREN
    )
    wanted = {document_id for row in found for document_id in row.sources.values()}
    names = {row.id: row.name for row in session.scalars(select(DocumentRow).where(col(DocumentRow.id).in_(wanted)))}
    known = filed(session, {key for lines in items.values() for line in lines if (key := key_of(line.asin, line.title))})
    seen = []
    for row in found:
        account, lines = accounts[row.account_id], items[row.id]
        seen.append(
            OrderView(
                account=account.key,
                order=order_of(row, lines, shipments[row.id], payments[row.id], refunds[row.id]),
                purposes=tuple(line.purpose or account.purpose for line in lines),
                categories=tuple(entry.category if entry else None for entry in (_filed(line, known) for line in lines)),
                filed=tuple(_filed(line, known) for line in lines),
                sources={field: names.get(document_id, "") for field, document_id in row.sources.items()},
                cost=Money(row.cost, row.currency or NO_CURRENCY) if row.cost is not None else None,
                refunded=Money(row.refunded, row.currency or NO_CURRENCY) if row.refunded else None,
                conflicts=problems_of(row.conflicts),
                quarantine=problems_of(row.quarantine),
            )
        )
    return seen


def _filed(line: ItemRow, known: Mapping[str, Filed | None]) -> Filed | None:
    if line.category:
        return Filed(category=line.category, source=CategorySource.YOURS)
    return known.get(key_of(line.asin, line.title) or "")


def _by_order(found: Iterable[Any]) -> defaultdict[int | None, list[Any]]:
    grouped: defaultdict[int | None, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.order_id].append(row)
    return grouped


def _after(cursor: str) -> ColumnElement[bool]:
    placed, _, number = cursor.rpartition("~")
    order_id = id_of(number)
    if not placed:
        return and_(col(OrderRow.placed_on).is_(None), col(OrderRow.id) < order_id)
    earlier = tuple_(col(OrderRow.placed_on), col(OrderRow.id)) < tuple_(placed, order_id)
    return or_(earlier, col(OrderRow.placed_on).is_(None))
