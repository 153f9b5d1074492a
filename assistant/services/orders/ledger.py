"""Reads the ledger (lists of orders, one order, sums) and stores the user's labels on orders."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.accounts.account import AccountOverview
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.books.pivot import Pivot, PivotRow
from assistant.domain.categories import labels_said
from assistant.domain.clock import Clock, today_of
from assistant.domain.due_dates import Due
from assistant.domain.filters import Filter, Page
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.domain.text import clean_text
from assistant.services.books.word_lists import known_word
from assistant.services.imports.coverage import covered_months, gaps_of, gaps_of_year
from assistant.services.orders.categories import learn
from assistant.services.orders.corrections import correct
from assistant.storage.accounts import register
from assistant.storage.books.spending import Lately, expenses, lately, pivot
from assistant.storage.books.splits import item_key, replace_split
from assistant.storage.engine import Database
from assistant.storage.orders import queries
from assistant.storage.orders.counts import OrderCount, orders_per_account, returns_due
from assistant.storage.orders.details import check_unchanged, label_item, label_product, order_detail, order_ref
from assistant.storage.warnings.alerts import open_alerts

MOST = queries.MOST


class Ledger:
    """Reads orders and sums; labels and corrects items."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def orders(
        self, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = 100, counted: bool = True
    ) -> Page[OrderSummary]:
        """Return a page of order lines, newest first. Raises InvalidInput for a bad filter or cursor.

        If not `counted`, `total` is only how many there are at least, and a page of a large ledger takes a fraction of the time.
        """
        with self._database.reading() as session:
            return queries.order_lines(session, found, cursor=cursor, offset=offset, limit=limit, counted=counted)

    def views(self, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[OrderView]:
        """Return a page of whole orders, newest first. Raises InvalidInput for a bad filter or cursor."""
        with self._database.reading() as session:
            return queries.order_views(session, found, cursor=cursor, offset=offset, limit=limit)

    def each_order(self, found: Filter) -> Iterator[OrderView]:
        """Yield every order that matches a filter, newest first."""
        cursor: str | None = None
        while True:
            with self._database.reading() as session:
                batch, cursor = queries.next_views(session, found, cursor)
            yield from batch
            if cursor is None:
                return

    def order(self, account: str, number: str) -> OrderView:
        """Return one order with what every source says about it. Raises NotFound."""
        with self._database.reading() as session:
            return order_detail(session, account, number)

    def expenses(self, found: Filter) -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency, each with why its month may be incomplete."""
        with self._database.reading() as session:
            rows = expenses(session, found)
            gaps = gaps_of(covered_months(session, today_of(self._clock), {row.account for row in rows})) if rows else {}
        items = tuple(replace(row, gaps=gaps.get((row.account, row.month), ())) for row in rows)
        return Page(items=items, next=None, total=len(items))

    def pivot(self, found: Filter, by: Pivot) -> list[PivotRow]:
        """Return sums by account, purpose, category, seller, card or person, then by month and currency. Raises NotFound."""
        with self._database.reading() as session:
            return pivot(session, found, by)

    def overview(self, today: date) -> list[AccountOverview]:
        """Return every account with its month, its year and its open warnings."""
        with self._database.reading() as session:
            spent, alerts, orders = lately(session, today), open_alerts(session), orders_per_account(session)
            gaps = gaps_of(covered_months(session, today))
            accounts = register.accounts_by_id(session)
        none = OrderCount(0, None)
        return [
            AccountOverview(
                account=account,
                month=_this_month(spent.get(number, [])),
                year=tuple(Money(entry.year, entry.currency) for entry in spent.get(number, ())),
                orders=orders.get(number, none).orders,
                alerts=alerts.get(number, 0),
                last_order_on=orders.get(number, none).last,
                gaps=gaps_of_year(gaps, account.key, today.year),
            )
            for number, account in accounts.items()
        ]

    def returns_due(self, today: date, days: int) -> list[Due]:
        """Return the items whose return window ends within this many days, soonest first, without returned items."""
        with self._database.reading() as session:
            return returns_due(session, today, today + timedelta(days=days))

    def set_item(
        self,
        account: str,
        number: str,
        line: int,
        *,
        category: str | None = None,
        purpose: str | None = None,
        person: str | None = None,
        new: bool = False,
        seen: str | None = None,
    ) -> OrderView:
        """Set the user's category, purpose or person of an item; "" removes it. `new` adds a word that is not in its list.

        Raises NotFound for an order, an item or a word; OrderChanged if the order is no longer in the version `seen`.
        """
        words = {"category": category, "purpose": purpose, "person": person}
        given = {name: clean_text(word)[:60] or None for name, word in words.items() if word is not None}
        with self._database.writing() as work:
            check_unchanged(work.session, account, number, seen)
            order = order_ref(work.session, account, number)
            what = sentence_of(
                "Labelled item {item} of the order {number} of '{account}': {labels}",
                item=line + 1,
                number=order.number,
                account=order.account,
                labels=labels_said(given) or sentence_of("nothing"),
            )
            with work.step(Action.ITEM_LABELLED, what):
                given |= {name: known_word(work.session, name, word, new=new, flag="--new") for name, word in given.items() if word}
                asin, title = label_item(work.session, order, line, given)
                if "purpose" in given:
                    # A purpose for the whole item replaces its split.
                    replace_split(work.session, order.id, item_key(work.session, order.id, line + 1), ())
            if "category" in given:
                learn(work.session, asin, title, given["category"])
            work.commit()
        return self.order(account, number)

    def correct(self, account: str, number: str, words: Mapping[str, str | None], *, seen: str | None = None) -> OrderView:
        """Correct an error of a source in an order (`services.orders.corrections`).

        Raises NotFound, InvalidInput; OrderChanged if the order is no longer in the version `seen`.
        """
        with self._database.writing() as work:
            check_unchanged(work.session, account, number, seen)
            correct(work, account, number, words, self._clock())
            work.commit()
        return self.order(account, number)

    def file_product(self, asin: str, category: str) -> int:
        """Set the category of every uncategorised item of a product; return the number of items."""
        word = clean_text(category)[:60]
        with self._database.writing() as work:
            with work.step(Action.ITEM_LABELLED, sentence_of("Labelled every {asin} as {word}", asin=asin, word=word)):
                lines = label_product(work.session, asin, word)
            if lines:
                work.commit()
        return lines


def _this_month(spent: list[Lately]) -> tuple[Money, ...]:
    """Return what was spent this month; zero in the year's main currency if the month is empty."""
    found = [entry for entry in spent if entry.month] or sorted(spent, key=lambda entry: -abs(entry.year))[:1]
    return tuple(Money(entry.month, entry.currency) for entry in found)
