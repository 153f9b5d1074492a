"""What was spent, summed where the rows are: by account, purpose, month and currency."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlmodel import Session, col

from assistant.domain.books.allocation import allocate
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount
from assistant.domain.views import ExpenseRow, OrderView
from assistant.storage.filters import matching
from assistant.storage.imports.quarantine import is_counted
from assistant.storage.orders.queries import views
from assistant.storage.tables import AccountRow, ItemRow, OrderRow

_Key = tuple[str, str, str, str]


@dataclass(slots=True)
class _Sum:
    """Minor units spent and refunded, and how many orders."""

    orders: int = 0
    spent: int = 0
    refunded: int = 0


def expenses(session: Session, found: Filter) -> list[ExpenseRow]:
    """Return the sums, newest month first; cancelled orders and orders without a total or date are left out."""
    sums: dict[_Key, _Sum] = defaultdict(_Sum)
    for key, orders, spent, back in _plain(session, found):
        entry = sums[key]
        entry.orders, entry.spent, entry.refunded = entry.orders + orders, entry.spent + spent, entry.refunded + back
    for view in _split(session, found):
        _add_split(sums, view)
    wanted = found.purpose.casefold() if found.purpose else None
    ordered = sorted(sums.items(), key=lambda entry: (_later_first(entry[0][2]), entry[0][0], entry[0][1], entry[0][3]))
    return [
        ExpenseRow(
            account=account,
            purpose=purpose,
            month=month,
            currency=unit,
            orders=entry.orders,
            spent=Money(entry.spent, unit),
            refunded=Money(entry.refunded, unit),
        )
        for (account, purpose, month, unit), entry in ordered
        if wanted in (None, purpose.casefold())
    ]


def _later_first(month: str) -> str:
    return "".join(chr(ord("9") - ord(sign)) if sign.isdigit() else sign for sign in month)


def _plain(session: Session, found: Filter) -> Iterator[tuple[_Key, int, int, int]]:
    """Yield sums of the orders whose lines all have their account's purpose."""
    month = func.substr(col(OrderRow.placed_on), 1, 7)
    query = (
        select(
            col(AccountRow.key),
            col(AccountRow.purpose),
            month,
            col(OrderRow.currency),
            func.count(),
            func.sum(_cost()),
            func.sum(col(OrderRow.refunded)),
        )
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(*_counted(session, found), ~_has_purpose())
        .group_by(col(AccountRow.key), col(AccountRow.purpose), month, col(OrderRow.currency))
    )
    for key, purpose, when, unit, orders, spent, back in session.execute(query):
        yield (key, purpose, when, unit), int(orders), int(spent or 0), int(back or 0)


def _split(session: Session, found: Filter) -> Iterable[OrderView]:
    return views(session, session.scalars(select(OrderRow).where(*_counted(session, found), _has_purpose())).all())


def _add_split(sums: dict[_Key, _Sum], view: OrderView) -> None:
    order, parts = view.order, allocate(view.order)
    if not parts or order.total is None or order.placed_on is None:
        return
    month, unit = order.placed_on.isoformat()[:7], order.total.currency
    for purpose, part in zip(view.purposes, parts, strict=True):
        entry = sums[view.account, purpose, month, unit]
        entry.spent, entry.refunded = entry.spent + part.cost, entry.refunded + part.refund
    for purpose in set(view.purposes):
        sums[view.account, purpose, month, unit].orders += 1


def _cost() -> ColumnElement[Any]:
    """Return `splits.cost` as SQL: a gift card pays, it does not make cheaper."""
    return col(OrderRow.total) + func.abs(func.coalesce(col(OrderRow.amounts)[Amount.GIFT_CARD.value].as_integer(), 0))


def _counted(session: Session, found: Filter) -> list[ColumnElement[bool]]:
    return [
        col(OrderRow.id).in_(matching(session, found)),
        is_counted(),
        col(OrderRow.cancelled).is_(False),
        col(OrderRow.total).is_not(None),
        col(OrderRow.placed_on).is_not(None),
        col(OrderRow.currency).is_not(None),
    ]


def _has_purpose() -> ColumnElement[bool]:
    return exists().where(col(ItemRow.order_id) == col(OrderRow.id), col(ItemRow.purpose).is_not(None))


@dataclass(frozen=True, slots=True)
class Lately:
    """One account's spending less refunds, in one currency: this month, this year (minor units)."""

    currency: str
    month: int
    year: int


def lately(session: Session, today: date) -> dict[int, list[Lately]]:
    """Return spending of this month and year by account id."""
    net = _cost() - col(OrderRow.refunded)
    in_month = case((col(OrderRow.placed_on) >= today.replace(day=1).isoformat(), net), else_=0)
    query = (
        select(col(OrderRow.account_id), col(OrderRow.currency), func.sum(in_month), func.sum(net))
        .where(
            col(OrderRow.placed_on) >= today.replace(month=1, day=1).isoformat(),
            col(OrderRow.placed_on) <= today.isoformat(),
            is_counted(),
            col(OrderRow.cancelled).is_(False),
            col(OrderRow.total).is_not(None),
            col(OrderRow.currency).is_not(None),
        )
        .group_by(col(OrderRow.account_id), col(OrderRow.currency))
        .order_by(col(OrderRow.currency))
    )
    found: dict[int, list[Lately]] = {}
    for account_id, unit, month, year in session.execute(query):
        found.setdefault(account_id, []).append(Lately(unit, int(month or 0), int(year or 0)))
    return found
