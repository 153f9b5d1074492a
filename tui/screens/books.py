"""Books: every purchase, refund and top-up on the day it was paid, item by item, for one year at a time."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.books.ledger_entry import Entry, ExpenseRow, orders_by_currency
from assistant.domain.filter_language import parse_filter
from assistant.domain.languages.formats import number
from assistant.domain.languages.labels import label_named, shown_purpose
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money, main_first
from assistant.wire.books import ExportFormatJson
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import Answers, FormDialog, FormField, asking_before_replacing
from tui.formatting import plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.path_completion import expanded, write_file
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.books.entry_facts import entry_facts, entry_line
from tui.widgets.row_list import RowList

_MOST = 500


class BooksScreen(FilteredScreen):
    """A list of entries and, beside it, the one under the cursor; Enter shows its order."""

    PLACE = "books"
    YEARLY = True
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "export", "Export")]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._purpose: str | None = None
        self._entries: dict[str, Entry] = {}

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        yield Static(id="book-sums", markup=False)
        with Horizontal():
            with Vertical(classes="panel book-list", id="book-panel"):
                yield RowList(
                    empty=translated("No entries match. Press { for the period before, or / to change the filter."), id="book-list"
                )
            with VerticalScroll(classes="panel book-detail", id="book-detail", can_focus=False):
                yield Static(id="book-facts", markup=False)

    def on_mount(self) -> None:
        """Start on the list."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self.query_one(RowList).focus()

    async def find(self, text: str) -> str:
        """Load and draw the entries and their sums."""
        purpose = parse_filter(text, self.store.settings.filters).purpose
        known = [account.purpose for account in self.store.accounts]
        self._purpose = (label_named("purpose", purpose, known) or purpose) if purpose else None
        page, sums = await asyncio.gather(self.store.client.books(text, limit=_MOST), self.store.client.expenses(text))
        self.query_one("#book-sums", Static).update(self._sums(sums.items))
        self._entries = {entry.id: entry for entry in page.items}
        shown = (
            translated("the first {items} of {total}, narrow them with /", items=len(page.items), total=number(page.total))
            if page.total > len(page.items)
            else f"{page.total:,}"
        )
        self.query_one("#book-panel").border_title = translated("Entries: {shown}", shown=shown)
        self.query_one(RowList).show((key, entry_line(entry, self.store.pen, self._purpose)) for key, entry in self._entries.items())
        self._draw_detail()
        return ""

    def _sums(self, rows: Sequence[ExpenseRow]) -> str:
        """Return spending less refunds of all entries found, per currency: top-ups of a gift card are no expenses."""
        sums = {unit: Money(0, unit) for unit in main_first(orders_by_currency(rows), self.store.settings.currency)}
        for row in rows:
            sums[row.currency] += row.net
        what = (
            translated("for {purpose}, less refunds", purpose=plain(shown_purpose(self._purpose)))
            if self._purpose
            else translated("less refunds")
        )
        return f"{self.store.pen.amounts(sums.values())} {what}" if sums else translated("No purchases and no refunds.")

    def action_export(self) -> None:
        """Ask for a format and a file, and export the entries that are shown."""
        if self.is_refused():
            return
        text = self.whole_filter

        async def ask() -> None:
            formats = {entry.name: entry for entry in await self.store.client.export_formats()}
            words = [
                (name, Content.assemble(f"{name:<18} ", (plain(translated(entry.description)), "$muted")))
                for name, entry in formats.items()
            ]
            self.app.push_screen(
                ChoiceDialog(translated("Export as"), words), lambda name: self._ask_for_file(formats[name], text) if name else None
            )

        self.act(ask, group="export")

    def _ask_for_file(self, wanted: ExportFormatJson, text: str) -> None:
        async def save(answers: Answers) -> str:
            path = expanded(answers["path"])
            await asyncio.to_thread(write_file, path, await self.store.client.export(wanted.name, text))
            self.say(translated("Written: {path}", path=path))
            return str(path)

        file = FormField(name="path", label=translated("File"), value=f"~/{wanted.name}-{self.store.today}{wanted.suffix}", is_path=True)
        about = translated(
            "The entries of: {filter}. Without purpose: in the filter, those for the business.\nCommand: {command}",
            filter=text or translated("all days"),
            command=f"shopper export {wanted.name} -o FILE",
        )
        title = translated("Export as {wanted}", wanted=wanted.name)
        self.app.push_screen(FormDialog(title, [file], asking_before_replacing(save), about=about))

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
