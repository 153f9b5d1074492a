"""Books: every purchase, refund and top-up on the day it was paid, item by item, for one year at a time."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from assistant.domain.books.ledger_entry import Entry, ExpenseRow
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import parse_filter
from assistant.domain.money import Money
from tui.formatting import plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.books.entry_facts import entry_facts, entry_line
from tui.widgets.row_list import RowList

_MOST = 500


class BooksScreen(FramedScreen):
    """A list of entries and, beside it, the one under the cursor; Enter shows its order."""

    PLACE = "books"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Filter", key_display="/"),
        Binding("left_square_bracket", "turn_year(-1)", "Previous year", key_display="["),
        Binding("right_square_bracket", "turn_year(1)", "Next year", key_display="]"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._year: int | None = None
        self._visiting: str | None = None
        self._purpose: str | None = None
        self._entries: dict[str, Entry] = {}

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self._year or self.store.today.year

    def body(self) -> ComposeResult:
        """Compose filter line, list and detail."""
        with Horizontal(id="book-row"):
            yield Static(id="book-year", markup=False)
            yield Input(placeholder="Press / to filter: account:biz  purpose:business  kind:refund  toner", id="book-search", compact=True)
        yield Static(id="book-sums", markup=False)
        with Horizontal():
            with Vertical(classes="panel book-list", id="book-panel"):
                yield RowList(empty="No entries match. Press [ for the previous year, or / to change the filter.", id="book-list")
            with VerticalScroll(classes="panel book-detail", id="book-detail", can_focus=False):
                yield Static(id="book-facts", markup=False)

    def on_mount(self) -> None:
        """Start on the list."""
        self.query_one(RowList).focus()

    def look_for(self, text: str) -> None:
        """Show what a filter finds; the user came from another screen and can go back to it."""
        self._visiting = text
        self.query_one(Input).value = text
        self.query_one(RowList).focus()

    async def load(self) -> None:
        """Load the entries of this year and their sums."""
        text = self.query_one(Input).value.strip()
        wanted = text if "date:" in text else f"date:{self.year} {text}".strip()
        try:
            self._purpose = parse_filter(text).purpose
            page, sums = await asyncio.gather(self.store.client.books(wanted, limit=_MOST), self.store.client.expenses(wanted))
        except (InvalidInput, NotFound) as error:
            self.query_one("#book-panel").border_title = str(error)
            return
        self.query_one("#book-sums", Static).update(self._sums(sums.items))
        self._entries = {entry.id: entry for entry in page.items}
        shown = f"the first {len(page.items)} of {page.total:,}, narrow them with /" if page.total > len(page.items) else f"{page.total:,}"
        self.query_one("#book-panel").border_title = f"Entries: {shown}"
        dated = next((word for word in text.split() if word.startswith("date:")), f"date:{self.year}")
        head = Content.assemble(("‹ ", "$muted"), (dated.removeprefix("date:"), "bold"), (" ›", "$muted"))
        self.query_one("#book-year", Static).update(head)
        self.query_one(RowList).show((key, entry_line(entry, self.store.pen, self._purpose)) for key, entry in self._entries.items())
        self._draw_detail()

    def _sums(self, rows: Sequence[ExpenseRow]) -> str:
        """Return spending less refunds of all entries found, per currency: top-ups of a gift card are no expenses."""
        sums: dict[str, Money] = {}
        for row in rows:
            sums[row.currency] = sums[row.currency] + row.net if row.currency in sums else row.net
        what = f"for {plain(self._purpose)}, less refunds" if self._purpose else "less refunds"
        return f"{self.store.pen.amounts(sums.values())} {what}" if sums else "No purchases and no refunds."

    @property
    def _entry(self) -> Entry | None:
        return self._entries.get(self.query_one(RowList).chosen or "")

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        entry = self._entry
        self.query_one("#book-detail").display = entry is not None
        self.query_one("#book-facts", Static).update(entry_facts(entry, self.store.pen) if entry else Content(""))

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Show the order of the entry under the cursor."""
        entry = self._entry
        if entry is not None:
            self.post_message(ShowOrders(f'account:{entry.account} "{entry.order.number}"'))

    @on(Input.Changed)
    def filter_typed(self) -> None:
        """Filter while the user types."""
        if self.store.connected:
            self.reload()

    @on(Input.Submitted)
    def filter_done(self) -> None:
        """Go from the filter to the list."""
        self.query_one(RowList).focus()

    def step_back(self) -> bool:
        """Leave the filter line, or clear it."""
        search = self.query_one(Input)
        if self.focused is search:
            self.query_one(RowList).focus()
        elif search.value and search.value != self._visiting:
            search.value = ""
        else:
            return False
        return True

    def action_search(self) -> None:
        """Go to the filter line."""
        self.query_one(Input).focus()

    def action_turn_year(self, by: int) -> None:
        """Show another year."""
        self._year = min(self.store.today.year, self.year + by)
        self.reload()
