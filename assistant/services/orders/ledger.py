"""Reading the ledger: lists of orders, one order, sums; and the user's own words on a line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.domain.text import clean_text
from assistant.domain.views import AccountOverview, Due, ExpenseRow, OrderRow, OrderView, Page
from assistant.services.imports.coverage import covered_months, gaps_of, gaps_of_year
from assistant.services.orders.categories import learn
from assistant.services.orders.corrections import correct
from assistant.storage.accounts import register
from assistant.storage.books.spending import Lately, expenses, lately
from assistant.storage.engine import Database
from assistant.storage.orders import queries
from assistant.storage.orders.details import detail, order_row
from assistant.storage.tables import AlertRow, ItemRow
from assistant.storage.tables import OrderRow as OrderTable

MOST = 500
"""The most orders of one page of a list."""


class _Part(NamedTuple):
    """A part of a list, as rows."""

    rows: list[OrderTable]
    next: str | None
    total: int


class Ledger:
    """What the ledger says."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read an open ledger."""
        self._database = database
        self._clock = clock

    def orders(self, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[OrderRow]:
        """Return a page of order lines, newest first. Raises InvalidInput for a bad filter or cursor."""
        with self._database.reading() as session:
            part = _part(session, found, cursor, offset, limit)
            keys = {row.id: row.key for row in register.account_rows(session)}
            items = tuple(queries.line_of(row, keys[row.account_id]) for row in part.rows)
        return Page(items=items, next=part.next, total=part.total)

    def views(self, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[OrderView]:
        """Return a page of whole orders, newest first."""
        with self._database.reading() as session:
            part = _part(session, found, cursor, offset, limit)
            items = tuple(queries.views(session, part.rows))
        return Page(items=items, next=part.next, total=part.total)

    def each_order(self, found: Filter) -> Iterator[OrderView]:
        """Yield every order that a filter means, newest first."""
        cursor: str | None = None
        while True:
            with self._database.reading() as session:
                rows = queries.rows(session, found, cursor=cursor, offset=None, limit=MOST)
                batch = queries.views(session, rows)
            yield from batch
            if len(rows) < MOST:
                return
            cursor = queries.cursor_of(rows[-1])

    def order(self, account: str, number: str) -> OrderView:
        """Return one order with what every source says of it. Raises NotFound."""
        with self._database.reading() as session:
            return detail(session, order_row(session, account, number))

    def expenses(self, found: Filter) -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency, each with why its month may not be whole."""
        with self._database.reading() as session:
            rows = expenses(session, found)
            gaps = gaps_of(covered_months(session, self._clock().astimezone().date(), {row.account for row in rows})) if rows else {}
        items = tuple(replace(row, gaps=gaps.get((row.account, row.month), ())) for row in rows)
        return Page(items=items, next=None, total=len(items))

    def overview(self, today: date) -> list[AccountOverview]:
        """Return every account with its month, year and open warnings."""
        with self._database.reading() as session:
            spent = lately(session, today)
            open_alerts = select(col(AlertRow.account_id), func.count()).where(col(AlertRow.dismissed_at).is_(None))
            alerts = dict(session.execute(open_alerts.group_by(col(AlertRow.account_id))).all())
            newest = select(col(OrderTable.account_id), func.count(), func.max(col(OrderTable.placed_on)))
            orders = {owner: (number, last) for owner, number, last in session.execute(newest.group_by(col(OrderTable.account_id)))}
            ids = {row.key: row.id or 0 for row in register.account_rows(session)}
            gaps = gaps_of(covered_months(session, today))
            return [
                AccountOverview(
                    account=account,
                    month=_this_month(spent.get(ids[account.key], [])),
                    year=tuple(Money(entry.year, entry.currency) for entry in spent.get(ids[account.key], ())),
                    orders=orders.get(ids[account.key], (0, None))[0],
                    alerts=alerts.get(ids[account.key], 0),
                    last_order_on=_date(orders.get(ids[account.key], (0, None))[1]),
                    gaps=gaps_of_year(gaps, account.key, today.year),
                )
                for account in register.accounts(session)
            ]

    def returns_due(self, today: date, days: int) -> list[Due]:
        """Return what can be sent back and whose window ends within so many days, soonest first; what went back is left out."""
        last = (today + timedelta(days=days)).isoformat()
        query = (
            select(col(ItemRow.return_by), col(OrderTable.account_id), col(OrderTable.number), col(ItemRow.title))
            .join(OrderTable, col(OrderTable.id) == col(ItemRow.order_id))
            .where(col(ItemRow.return_by) >= today.isoformat(), col(ItemRow.return_by) <= last)
            .where(col(OrderTable.status).not_in(["returned", "cancelled"]))
            .order_by(col(ItemRow.return_by), col(OrderTable.number))
        )
        with self._database.reading() as session:
            keys = {row.id: row.key for row in register.account_rows(session)}
            return [
                Due(due=date.fromisoformat(due), account=keys[owner], what="last day to return", title=title or "", number=number)
                for due, owner, number, title in session.execute(query)
                if due
            ]

    def set_item(self, account: str, number: str, line: int, *, category: str | None = None, purpose: str | None = None) -> OrderView:
        """Give a line of an order a category or a purpose of its own; "" takes it away. Raises NotFound."""
        words = {"category": category, "purpose": purpose}
        given = {name: clean_text(word)[:60] or None for name, word in words.items() if word is not None}
        with self._database.writing() as work:
            row = order_row(work.session, account, number)
            here = (col(ItemRow.order_id) == row.id, col(ItemRow.line) == line)
            if work.session.scalar(select(col(ItemRow.id)).where(*here)) is None:
                raise NotFound(f"The order {number} has no line {line}.")
            if given:
                work.session.execute(update(ItemRow).where(*here).values(**given))
            if "category" in given:
                asin, title = work.session.execute(select(col(ItemRow.asin), col(ItemRow.title)).where(*here)).one()
                learn(work.session, asin, title, given["category"])
            work.commit()
        return self.order(account, number)

    def correct(self, account: str, number: str, words: Mapping[str, str | None]) -> OrderView:
        """Correct what a source got wrong of an order (`services.corrections`). Raises NotFound, InvalidInput."""
        with self._database.writing() as work:
            correct(work, account, number, words, self._clock())
            work.commit()
        return self.order(account, number)

    def file_product(self, asin: str, category: str) -> int:
        """Give every line of a product a category, where it has none yet; return how many lines that were."""
        word = clean_text(category)[:60]
        with self._database.writing() as work:
            bare = (col(ItemRow.asin) == asin, col(ItemRow.category).is_(None))
            lines = work.session.scalar(select(func.count()).select_from(ItemRow).where(*bare)) or 0
            if lines:
                work.session.execute(update(ItemRow).where(*bare).values(category=word))
                work.commit()
        return lines


def _this_month(spent: list[Lately]) -> tuple[Money, ...]:
    """Return what this month holds; where it holds nothing, a nought in the currency that the year is mostly in."""
    found = [entry for entry in spent if entry.month] or sorted(spent, key=lambda entry: -abs(entry.year))[:1]
    return tuple(Money(entry.month, entry.currency) for entry in found)


def _part(session: Session, found: Filter, cursor: str | None, offset: int | None, limit: int) -> _Part:
    if not 0 < limit <= MOST:
        raise InvalidInput(f"A page holds 1 to {MOST} entries.")
    rows = queries.rows(session, found, cursor=cursor, offset=offset, limit=limit + 1)
    after = queries.cursor_of(rows[limit - 1]) if len(rows) > limit else None
    return _Part(rows[:limit], after, queries.count(session, found))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
