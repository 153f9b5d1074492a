"""Expenses: account and purpose by month, or sums by category, seller, card …; totals per currency and never across currencies."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from assistant.domain.accounts.account import colour
from assistant.domain.books.ledger_entry import ExpenseRow, orders_by_currency
from assistant.domain.books.pivot import Pivot, PivotRow, a_year_earlier
from assistant.domain.categories import CategoryPlace
from assistant.domain.filter_language import days_of
from assistant.domain.filters import Filter
from assistant.domain.languages.formats import month_text
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import Money, main_first
from tui.filter_text import ALL_DAYS, shown_period, with_value
from tui.formatting import Pen, capital, month_name, plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowBooks
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.books.expense_table import ExpenseLine, ExpenseTable, filter_behind, gaps_text, lines, months_of
from tui.widgets.books.pivot_table import change_text, pivot_filter, pivot_lines, pivot_name
from tui.widgets.books.year_grid import YearGrid, first_day
from tui.widgets.month_chart import MonthChart, spent_by_month

_VIEWS: tuple[Pivot | None, ...] = (None, Pivot.CATEGORY, Pivot.SELLER, Pivot.CARD, Pivot.PERSON, Pivot.PURPOSE, Pivot.ACCOUNT, Pivot.DAY)
"""What v turns through; None is account and purpose together, days are a grid of 52 weeks."""


class ExpensesScreen(FilteredScreen):
    """One period at a time; v sums by something else, z shows the year before; Enter on an amount shows the entries behind it."""

    PLACE = "expenses"
    YEARLY = True
    CSS_PATH = "../styles/expenses.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "turn_view", "Sum by …"),
        Binding("z", "toggle_before", "Year before"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._lines: list[ExpenseLine] = []
        self._months: list[str] = []
        self._by: Pivot | None = None
        self._categories: Sequence[CategoryPlace] = ()
        self._compares = False
        self._currency = ""

    def content(self) -> ComposeResult:
        """Compose the table, and a chart for which only high terminals have room."""
        yield Static(id="expense-says", markup=False)
        yield ExpenseTable(id="expense-table", fixed_columns=1)
        yield MonthChart(id="expense-chart")
        yield YearGrid(self.store.today, id="expense-days")

    def on_mount(self) -> None:
        """Start on the table."""
        self.query_one(YearGrid).display = False
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the table, or on the days."""
        self.query_one(YearGrid if self._by is Pivot.DAY else ExpenseTable).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Compare with the year before only sums by one word, of certain days."""
        if action == "toggle_before":
            return self._by not in (None, Pivot.DAY) and self.period != ALL_DAYS
        return super().check_action(action, parameters)

    def action_turn_view(self) -> None:
        """Sum by the next of category, seller, card, person, purpose, account, day."""
        self._by = _VIEWS[(_VIEWS.index(self._by) + 1) % len(_VIEWS)]
        self.refresh_bindings()
        self.reload()

    def action_toggle_before(self) -> None:
        """Show the same days a year earlier beside the sums, or not."""
        self._compares = not self._compares
        self.reload()

    async def find(self, text: str) -> str:
        """Load and draw the sums."""
        client, by = self.store.client, self._by
        self._show_days_or_table()
        if by is Pivot.DAY:
            await self._draw_days(text)
            return translated("by {by}", by=shown_word(by.value))
        if by is None:
            rows = (await client.expenses(text)).items
            self._draw(rows, lines(rows, self._currencies(rows)))
        else:
            page, sums, before, self._categories = await asyncio.gather(
                client.expenses(text), client.pivot(by, text), self._year_before(by, text), self._known_categories(by)
            )
            rows = page.items
            self._draw(rows, pivot_lines(sums, before, self._currencies(rows)) if sums else [], by=by)
        self._draw_chart(rows)
        return translated("by {by}", by=shown_word(by.value)) if by else ""

    def _currencies(self, rows: Sequence[ExpenseRow]) -> list[str]:
        """Return the currencies in the order of their sections."""
        return main_first(orders_by_currency(rows), self.store.settings.currency)

    def _show_days_or_table(self) -> None:
        """Show the grid of days or the table, with the focus on what is shown."""
        days, table = self.query_one(YearGrid), self.query_one(ExpenseTable)
        shown, hidden = (days, table) if self._by is Pivot.DAY else (table, days)
        shown.display = True
        if self.focused is hidden:
            shown.focus()
        hidden.display = False
        self.set_class(self._by is Pivot.DAY, "-days")

    async def _draw_days(self, text: str) -> None:
        """Draw the 52 weeks up to today, or up to the end of an earlier period."""
        today, weekday = self.store.today, self.store.settings.first_weekday
        until = days_of(self.period)[1] if self.period != ALL_DAYS else None
        last = min(until or today, today)
        rows = await self.store.client.pivot(Pivot.DAY, with_value(text, "date", f"{first_day(last, weekday)}..{last}"))
        counts = Counter(row.currency for row in rows)
        currencies = main_first(counts, self.store.settings.currency) or [self.store.settings.currency]
        self._currency = currencies[0]
        spent = {date.fromisoformat(row.name): row.net.minor for row in rows if row.currency == self._currency and row.name}
        self.query_one(YearGrid).show(last, weekday, spent, currencies, self.store.pen)

    @on(YearGrid.DayOpened)
    def day_chosen(self, event: YearGrid.DayOpened) -> None:
        """Show the entries of a day."""
        text = with_value(with_value(self.filter_text, "date", str(event.day)), "kind", "expense")
        self.post_message(ShowBooks(with_value(text, "cur", self._currency)))

    async def _known_categories(self, by: Pivot) -> Sequence[CategoryPlace]:
        """Return the tree of categories, if the rows are categories."""
        return await self.store.client.categories() if by is Pivot.CATEGORY else ()

    async def _year_before(self, by: Pivot, text: str) -> Sequence[PivotRow]:
        """Return the sums of the same days a year earlier, if they are shown."""
        if not self._compares or self.period == ALL_DAYS:
            return ()
        since, until = days_of(self.period)
        found = a_year_earlier(Filter(since=since, until=until), self.store.today)
        return await self.store.client.pivot(by, with_value(text, "date", f"{found.since or ''}..{found.until or ''}"))

    def _draw(self, rows: Sequence[ExpenseRow], found: list[ExpenseLine], by: Pivot | None = None) -> None:
        table = self.query_one(ExpenseTable)
        place = table.cursor_coordinate
        self._lines, self._months = found, months_of(rows)
        table.clear(columns=True)
        self.query_one("#expense-says", Static).update(
            Content.styled(gaps_text(rows, self.store.pen) if found else self.keyed(self._empty_text()), "$muted")
        )
        if not found:
            return
        compares = by is not None and self._compares and self.period != ALL_DAYS
        heads = [
            translated("Together"),
            *((translated("Year before"), translated("Difference")) if compares else ()),
            *(self._month(month, rows) for month in self._months),
        ]
        cells = [self._cells(line, compares=compares) for line in found]
        dearest = Counter({line.currency: 0 for line in found})
        for line in found:
            if line.kind == "net":
                dearest[line.currency] = max(dearest[line.currency], line.sum.minor)
        pen = self.store.pen
        names = [pivot_name(line, dearest[line.currency], by, pen) if by else _name(line, pen) for line in found]
        table.set_columns(capital(shown_word(by.value)) if by else translated("Account and purpose"), names, heads, cells)
        for line, name, amounts in zip(found, names, cells, strict=True):
            height = 2 if line.kind == "total" and line.key != found[-1].key else 1
            table.add_row(name, *amounts, key=line.key, height=height)
        table.move_cursor(row=min(place.row, len(found) - 1), column=max(1, min(place.column, len(heads))))

    def _cells(self, line: ExpenseLine, *, compares: bool) -> list[Text]:
        pen = self.store.pen
        before = [self._cell(line, line.before, pen), Text(change_text(line), justify="right")] if compares else []
        return [self._cell(line, line.sum, pen), *before, *(self._cell(line, line.months.get(month), pen) for month in self._months)]

    def _draw_chart(self, rows: Sequence[ExpenseRow]) -> None:
        """Draw the months of the currency that most orders have, by account."""
        ranked, spent = spent_by_month(rows, self.store.settings.currency)
        chart = self.query_one(MonthChart)
        chart.set_class(not spent, "-empty")
        chart.show(sorted(spent)[-24:], spent, ranked[0] if ranked else "", (), self.store.pen)

    def _month(self, month: str, rows: Sequence[ExpenseRow]) -> str:
        """Return the heading of a month; "…" marks one that may be incomplete."""
        name = month_name(int(month[5:])) if month[:4] == self.period[:4] else month_text(int(month[:4]), int(month[5:]))
        unfinished = month == self.store.today.isoformat()[:7] or any(row.gaps for row in rows if row.month == month)
        return f"{name} …" if unfinished else name

    def _empty_text(self) -> str:
        if any(row.orders for row in self.store.overview):
            return translated(
                "Nothing matches: {period}. Press {{ for the period before, or / to change the filter.", period=shown_period(self.period)
            )
        return translated("No expenses yet. Press i to import Amazon's export, or p to pair a browser.")

    def _cell(self, line: ExpenseLine, money: Money | None, pen: Pen) -> Text:
        if money is None:
            return Text("·", style="dim", justify="right")
        if line.kind == "refunded" or money.minor < 0:
            return Text(pen.amount(money), style=self.app.theme_variables["refund"], justify="right")
        return Text(pen.amount(money), style="bold" if line.kind == "total" else "", justify="right")

    @on(DataTable.CellSelected)
    def cell_chosen(self, event: DataTable.CellSelected) -> None:
        """Show the entries behind an amount."""
        text = self._entries_of(event.coordinate)
        if text is None:
            self.say(translated("No filter finds these entries. Press v to sum by something else."))
        else:
            self.post_message(ShowBooks(text))

    def _entries_of(self, place: Coordinate) -> str | None:
        """Return the filter that finds the entries behind an amount, None if there is none."""
        first = 4 if self._by is not None and self._compares and self.period != ALL_DAYS else 2
        when = self._months[place.column - first] if place.column >= first else self.period
        line = self._lines[place.row]
        if self._by is not None:
            names = [other.name for other in self._lines]
            return pivot_filter(line, self._by, self.filter_text, when, names=names, categories=self._categories)
        return filter_behind(line, self.filter_text, when)


def _name(line: ExpenseLine, pen: Pen) -> Text:
    if line.kind == "total":
        return Text(translated("All in {currency}, less refunds", currency=line.currency), style="bold")
    if line.kind == "refunded":
        return Text("        " + translated("refund"), style="dim")
    account = pen.account(line.account)
    look = colour(account.colour if account else "charcoal")
    return Text.assemble(
        (f" {pen.mark(line.account)} ", f"{look.ink} on {look.hex}"),
        f" {plain(shown_purpose(line.purpose or '')) or translated('no purpose')}",
    )
