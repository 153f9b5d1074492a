"""Expenses: account and purpose by month, totals per currency and never across currencies."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from assistant.domain.accounts.account import colour
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.money import Money
from tui.filter_text import shown_period
from tui.formatting import Pen, month_name, plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowBooks
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.expense_table import ExpenseLine, ExpenseTable, filter_behind, gaps_text, lines, months_of


class ExpensesScreen(FilteredScreen):
    """One period at a time; Enter on an amount shows the entries of the books behind it."""

    PLACE = "expenses"
    YEARLY = True
    CSS_PATH = "../styles/expenses.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._lines: list[ExpenseLine] = []
        self._months: list[str] = []

    def content(self) -> ComposeResult:
        """Compose the table."""
        yield Static(id="expense-says", markup=False)
        yield ExpenseTable(id="expense-table", fixed_columns=1)

    def on_mount(self) -> None:
        """Start on the table."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the table."""
        self.query_one(ExpenseTable).focus()

    async def find(self, text: str) -> str:
        """Load and draw the sums."""
        page = await self.store.client.expenses(text)
        self._draw(page.items)
        return ""

    def _draw(self, rows: Sequence[ExpenseRow]) -> None:
        pen, table = self.store.pen, self.query_one(ExpenseTable)
        place = table.cursor_coordinate
        self._lines, self._months = lines(rows), months_of(rows)
        table.clear(columns=True)
        self.query_one("#expense-says", Static).update(Content.styled(gaps_text(rows) if rows else self._empty_text(), "$muted"))
        if not rows:
            return
        heads = ["Together", *(self._month(month, rows) for month in self._months)]
        cells = [
            [self._cell(line, money, pen) for money in (line.sum, *(line.months.get(month) for month in self._months))]
            for line in self._lines
        ]
        table.set_columns("Account and purpose", [_name(line, pen) for line in self._lines], heads, cells)
        last = self._lines[-1].key
        for line, amounts in zip(self._lines, cells, strict=True):
            height = 2 if line.kind == "total" and line.key != last else 1
            table.add_row(_name(line, pen), *amounts, key=line.key, height=height)
        table.move_cursor(row=min(place.row, len(self._lines) - 1), column=max(1, min(place.column, len(self._months) + 1)))

    def _month(self, month: str, rows: Sequence[ExpenseRow]) -> str:
        """Return the heading of a month; "…" marks one that may be incomplete."""
        name = month_name(int(month[5:])) + ("" if month[:4] == self.period[:4] else f" {month[:4]}")
        unfinished = month == self.store.today.isoformat()[:7] or any(row.gaps for row in rows if row.month == month)
        return f"{name} …" if unfinished else name

    def _empty_text(self) -> str:
        if any(row.orders for row in self.store.overview):
            return f"Nothing matches: {shown_period(self.period)}. Press {{ for the period before, or / to change the filter."
        return "No expenses yet. Press i to import Amazon's export, or p to pair a browser."

    def _cell(self, line: ExpenseLine, money: Money | None, pen: Pen) -> Text:
        if money is None:
            return Text("·", style="dim", justify="right")
        if line.kind == "refunded" or money.minor < 0:
            return Text(pen.amount(money), style=self.app.theme_variables["refund"], justify="right")
        return Text(pen.amount(money), style="bold" if line.kind == "total" else "", justify="right")

    @on(DataTable.CellSelected)
    def cell_chosen(self, event: DataTable.CellSelected) -> None:
        """Show the entries behind an amount."""
        self.post_message(ShowBooks(self._entries_of(event.coordinate)))

    def _entries_of(self, place: Coordinate) -> str:
        """Return the filter that finds the entries behind an amount."""
        when = self._months[place.column - 2] if place.column > 1 else self.period
        return filter_behind(self._lines[place.row], self.filter_text, when)


def _name(line: ExpenseLine, pen: Pen) -> Text:
    if line.kind == "total":
        return Text(f"All in {line.currency}, less refunds", style="bold")
    if line.kind == "refunded":
        return Text("        refund", style="dim")
    account = pen.account(line.account)
    look = colour(account.colour if account else "charcoal")
    return Text.assemble((f" {pen.mark(line.account)} ", f"{look.ink} on {look.hex}"), f" {plain(line.purpose) or 'no purpose'}")
