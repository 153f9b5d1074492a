"""Sums entries in the database: by account, purpose, month and currency."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, or_, select
from sqlmodel import Session, col

from assistant.domain.books.entries import EntryKind
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.books.pivot import Pivot, PivotRow
from assistant.domain.books.sharing import share_out
from assistant.domain.days import stored_day
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.storage.books.read_entries import SAME_ENTRY, entry_conditions, joined
from assistant.storage.books.tables import EntryRow, EntryShareRow
from assistant.storage.books.write_entries import paid_of
from assistant.storage.products import CATEGORY
from assistant.storage.tables import AccountRow, ItemRow, OrderRow

_IS_EXPENSE = col(EntryRow.kind) != EntryKind.TOP_UP.value
_IS_REFUND = col(EntryRow.kind) == EntryKind.REFUND.value


def expenses(session: Session, found: Filter) -> list[ExpenseRow]:
    """Return the sums, newest month first. Top-ups of one's own gift-card balance are not expenses."""
    shared = session.scalar(select(col(EntryShareRow.order_id)).limit(1)) is not None
    rows = _sums_of_all(session) if not shared and found == Filter() else _sums(session, found, shared=shared)
    sums = [
        ExpenseRow(
            account=account,
            purpose=word,
            month=when,
            currency=unit,
            orders=int(orders),
            spent=Money(int(spent or 0), unit),
            refunded=Money(-int(back or 0), unit),
        )
        for account, word, when, unit, orders, spent, back in rows
    ]
    sums.sort(key=lambda row: (row.account, row.purpose, row.currency))
    return sorted(sums, key=lambda row: row.month, reverse=True)


def _sums(session: Session, found: Filter, *, shared: bool) -> Iterable[Any]:
    """Return account, purpose, month, currency, number of orders, spent and refunded of the entries that match a filter."""
    gross: Any = func.coalesce(col(EntryShareRow.gross), col(EntryRow.gross)) if shared else col(EntryRow.gross)
    purpose: Any = func.coalesce(col(EntryShareRow.purpose), col(AccountRow.purpose)) if shared else col(AccountRow.purpose)
    month = func.substr(col(EntryRow.on), 1, 7)
    keys = (col(AccountRow.key), purpose, month, col(EntryRow.currency))
    query = joined(
        select(
            *keys,
            func.count(func.distinct(col(EntryRow.order_id))),
            func.sum(case((_IS_REFUND, 0), else_=gross)),
            func.sum(case((_IS_REFUND, gross), else_=0)),
        )
    )
    if shared:
        query = query.outerjoin(EntryShareRow, and_(*SAME_ENTRY))
    return session.execute(query.where(_IS_EXPENSE, *entry_conditions(session, found, purpose)).group_by(*keys))


def _sums_of_all(session: Session) -> list[Any]:
    """Return the same for all entries if none is shared, without sorting a million of them.

    First each order is summed, in the order of the table. Only an order whose entries are of several months or currencies, such as one
    refunded later, is summed entry by entry.
    """
    month, unit, order_id = func.substr(col(EntryRow.on), 1, 7), col(EntryRow.currency), col(EntryRow.order_id)
    amounts = (func.sum(case((_IS_REFUND, 0), else_=col(EntryRow.gross))), func.sum(case((_IS_REFUND, col(EntryRow.gross)), else_=0)))
    spent, back = (amount.label(name) for amount, name in zip(amounts, ("spent", "back"), strict=True))
    columns: tuple[Any, ...] = (order_id.label("order_id"), func.min(month).label("month"), func.min(unit).label("unit"), spent, back)
    each = select(*columns)
    each = each.where(_IS_EXPENSE).group_by(order_id)
    several = or_(func.min(month) != func.max(month), func.min(unit) != func.max(unit))
    plain, parts = each.having(~several).subquery(), select(order_id).where(_IS_EXPENSE).group_by(order_id).having(several)
    keys = (col(OrderRow.account_id), plain.c.month, plain.c.unit)
    whole = select(*keys, func.count(), func.sum(plain.c.spent), func.sum(plain.c.back))
    whole = whole.join(OrderRow, col(OrderRow.id) == plain.c.order_id).group_by(*keys)
    own = (col(OrderRow.account_id), month, unit)
    rest = select(*own, func.count(func.distinct(order_id)), *amounts).join(OrderRow, col(OrderRow.id) == order_id)
    rest = rest.where(_IS_EXPENSE, order_id.in_(parts)).group_by(*own)
    sums: dict[tuple[int, str, str], list[int]] = {}
    for account_id, when, currency, *numbers in (*session.execute(whole), *session.execute(rest)):
        before = sums.get((account_id, when, currency), [0, 0, 0])
        sums[account_id, when, currency] = [int(mine) + int(more or 0) for mine, more in zip(before, numbers, strict=True)]
    accounts = {row.id: row for row in session.scalars(select(AccountRow))}
    return [
        (accounts[account_id].key, accounts[account_id].purpose, when, currency, *numbers)
        for (account_id, when, currency), numbers in sums.items()
    ]


def pivot(session: Session, found: Filter, by: Pivot) -> list[PivotRow]:
    """Return the sums by account, purpose, category, seller, card, person or day, then by month and currency, the newest month first."""
    shared = session.scalar(select(col(EntryShareRow.order_id)).limit(1)) is not None
    gross: Any = func.coalesce(col(EntryShareRow.gross), col(EntryRow.gross)) if shared else col(EntryRow.gross)
    purpose: Any = func.coalesce(col(EntryShareRow.purpose), col(AccountRow.purpose)) if shared else col(AccountRow.purpose)
    month, unit = func.substr(col(EntryRow.on), 1, 7), col(EntryRow.currency)
    if by is Pivot.CARD:
        rows: Iterable[Any] = _by_card(session, _pivot_query((month, unit, gross, col(EntryRow.paid)), shared=shared), found, purpose)
    else:
        names = {
            Pivot.ACCOUNT: col(AccountRow.key),
            Pivot.PURPOSE: purpose,
            Pivot.CATEGORY: CATEGORY,
            Pivot.SELLER: col(ItemRow.seller),
            Pivot.PERSON: col(ItemRow.person),
            Pivot.DAY: col(EntryRow.on),
        }
        keys = (func.coalesce(names[by], "").label("name"), month, unit)
        query = _pivot_query(
            (*keys, func.sum(case((_IS_REFUND, 0), else_=gross)), func.sum(case((_IS_REFUND, gross), else_=0))), shared=shared
        )
        rows = session.execute(query.where(_IS_EXPENSE, *entry_conditions(session, found, purpose)).group_by(*keys))
    sums = [
        PivotRow(name=name, month=when, currency=unit, spent=Money(int(spent or 0), unit), refunded=Money(-int(back or 0), unit))
        for name, when, unit, spent, back in rows
    ]
    return sorted(sorted(sums, key=lambda row: (row.currency, row.name)), key=lambda row: row.month, reverse=True)


def _pivot_query(columns: tuple[Any, ...], *, shared: bool) -> Select[Any]:
    line = and_(col(ItemRow.order_id) == col(EntryRow.order_id), col(ItemRow.line) == col(EntryRow.line))
    query = joined(select(*columns)).outerjoin(ItemRow, line)
    return query.outerjoin(EntryShareRow, and_(*SAME_ENTRY)) if shared else query


def _by_card(session: Session, query: Select[Any], found: Filter, purpose: Any) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield the sums by card. What several purses paid of an entry is only known to Python."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for month, unit, gross, text in session.execute(query.where(_IS_EXPENSE, *entry_conditions(session, found, purpose))).yield_per(1000):
        purses = paid_of(text)
        names = [f"{network or instrument}/{last4}" if last4 else network or instrument for instrument, network, last4, _ in purses]
        for name, part in zip(names or [""], share_out(gross, [amount for *_, amount in purses] or [1]), strict=True):
            sums.setdefault((name, month, unit), [0, 0])[gross < 0] += part
    for (name, month, unit), (spent, back) in sums.items():
        yield name, month, unit, spent, back


class SpentOn(NamedTuple):
    """Cost or refunds of one order on one day, in minor units, with the day on which it was placed."""

    on: date
    order_id: int
    placed_on: date | None
    account_id: int
    currency: str
    minor: int


def spent_since(session: Session, first: date) -> Iterator[SpentOn]:
    """Yield cost and refunds of each order from a day on, by the days of the entries, oldest first."""
    keys = (col(EntryRow.on), col(OrderRow.id), col(OrderRow.placed_on), col(OrderRow.account_id), col(EntryRow.currency))
    query = select(*keys, func.sum(col(EntryRow.gross))).join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
    query = query.where(_IS_EXPENSE, col(EntryRow.on) >= first.isoformat()).group_by(*keys).order_by(*keys[:2])
    for on, order_id, placed, account_id, unit, minor in session.execute(query).yield_per(1000):
        yield SpentOn(date.fromisoformat(on), order_id, stored_day(placed), account_id, unit, int(minor))


def spent_between(session: Session, first: date, last: date) -> Iterator[tuple[int, Money]]:
    """Yield each account's id and what it spent less refunds on these days, by the entries' days, once for each currency."""
    keys = (col(OrderRow.account_id), col(EntryRow.currency))
    query = select(*keys, func.sum(col(EntryRow.gross))).join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
    query = query.where(_IS_EXPENSE, col(EntryRow.on) >= first.isoformat(), col(EntryRow.on) <= last.isoformat())
    for account_id, unit, minor in session.execute(query.group_by(*keys).order_by(*keys)):
        yield account_id, Money(int(minor), unit)


@dataclass(frozen=True, slots=True)
class Lately:
    """One account's spending less refunds, in one currency: this month, this year (minor units)."""

    currency: str
    month: int
    year: int


def lately(session: Session, today: date) -> dict[int, list[Lately]]:
    """Return spending of this month and year by account id, for each currency; the one with most entries first."""
    in_month = case((col(EntryRow.on) >= today.replace(day=1).isoformat(), col(EntryRow.gross)), else_=0)
    query = (
        select(col(OrderRow.account_id), col(EntryRow.currency), func.sum(in_month), func.sum(col(EntryRow.gross)))
        .join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
        .where(
            col(EntryRow.on) >= today.replace(month=1, day=1).isoformat(),
            col(EntryRow.on) <= today.isoformat(),
            _IS_EXPENSE,
        )
        .group_by(col(OrderRow.account_id), col(EntryRow.currency))
        .order_by(func.count().desc(), col(EntryRow.currency))
    )
    found: dict[int, list[Lately]] = {}
    for account_id, unit, month, year in session.execute(query):
        found.setdefault(account_id, []).append(Lately(unit, int(month or 0), int(year or 0)))
    return found
