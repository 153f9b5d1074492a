"""Taxes: one form and year at a time. The worklist of evidence, then the lines with their entries, the pack, and the lock."""

import asyncio
from collections.abc import Collection, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.taxes.evidence import PurposeScope
from assistant.domain.taxes.returns import FilledLine, TaxReturn, YearStatus
from assistant.wire.taxes import ItemEvidenceJson, PackBody, PurposeBody, SetUpReturnJson, TaxQuestionJson
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import Answers
from tui.dialogs.tax_forms import lock_form, pack_form, purpose_form, receipt_form, setup_form
from tui.formatting import Pen, plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.path_completion import expanded, write_file
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.tax_returns import ChosenReturn
from tui.widgets.books.entry_facts import entry_facts
from tui.widgets.row_list import RowList
from tui.widgets.taxes.tax_facts import (
    Row,
    entry_row,
    evidence_facts,
    evidence_line,
    heading_text,
    open_line,
    return_line,
    row_facts,
    row_line,
)

_EMPTY = {
    "lines": to_translate("No business entries in this year. Press { for the year before, z for another form."),
    "worklist": to_translate("No business items in this year. Press { for the year before, z for another form."),
    "entries": to_translate("This line has no entries."),
}


class TaxesScreen(FramedScreen):
    """A list (lines of the form, entries of a line, or the worklist) and, beside it, the one under the cursor."""

    PLACE = "taxes"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "choose_form", "Form"),
        Binding("e", "set_up", "Set up"),
        Binding("left_curly_bracket", "turn_year(-1)", "Previous year", key_display="{"),
        Binding("right_curly_bracket", "turn_year(1)", "Next year", key_display="}"),
        Binding("v", "turn_view", "Worklist"),
        Binding("f", "say_purpose", "Why bought"),
        Binding("a", "attach", "Receipt"),
        Binding("w", "export", "Write pack"),
        Binding("y", "lock", "Lock"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._chosen = ChosenReturn()
        self._view = "lines"
        self._filled: TaxReturn | None = None
        self._rows: dict[str, Row] = {}
        self._items: dict[str, ItemEvidenceJson] = {}
        self._entries: dict[str, Entry] = {}

    def body(self) -> ComposeResult:
        """Compose heading, list and detail."""
        yield Static(id="tax-head", markup=False)
        with Horizontal():
            with Vertical(classes="panel book-list", id="tax-panel"):
                yield RowList(empty=translated(_EMPTY["lines"]), id="tax-list")
            with VerticalScroll(classes="panel book-detail", id="tax-detail", can_focus=False):
                yield Static(id="tax-facts", markup=False)

    async def load(self) -> None:
        """Load the forms, the filled form and its worklist."""
        client = self.store.client
        await self._chosen.load(self.store)
        where = self._where
        filled, items, questions = await asyncio.gather(client.tax_year(*where), client.tax_worklist(*where), client.tax_questions(*where))
        self._items = {item.entry: item for item in items}
        self._filled, self._rows = filled, _rows_of(filled)
        self.query_one("#tax-head", Static).update(_heading(filled, questions, self._chosen.set_up, self.store.pen))
        self._draw_list()

    def _draw_list(self) -> None:
        pen, filled = self.store.pen, self._filled
        if filled is None:
            return
        listed = self.query_one(RowList)
        listed.empty = translated(_EMPTY[self._view])
        self.query_one(
            "#tax-panel"
        ).border_title = f"{filled.form} {filled.year}: {_list_title(self._view, filled, self._items.values(), len(self._entries))}"
        if self._view == "worklist":
            listed.show((key, evidence_line(item, pen)) for key, item in self._items.items())
        elif self._view == "entries":
            listed.show((key, entry_row(entry, pen)) for key, entry in self._entries.items())
        else:
            listed.show((key, row_line(row, pen, income=key.startswith("income"))) for key, row in self._rows.items())
        self._draw_detail()

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        facts = self._facts(self.query_one(RowList).chosen or "")
        self.query_one("#tax-detail").display = facts is not None
        self.query_one("#tax-facts", Static).update(facts or Content(""))
        self.refresh_bindings()

    def _facts(self, key: str) -> Content | None:
        pen, filled = self.store.pen, self._filled
        if self._view == "worklist":
            return evidence_facts(self._items[key], pen) if key in self._items else None
        if self._view == "entries":
            return entry_facts(self._entries[key], pen) if key in self._entries else None
        return row_facts(self._rows[key], filled, pen) if filled and key in self._rows else None

    @property
    def _item(self) -> ItemEvidenceJson | None:
        return self._items.get(self.query_one(RowList).chosen or "") if self._view == "worklist" else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable only keys that lead somewhere from here."""
        if action in ("say_purpose", "attach"):
            return self._item is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Show the entries of a line, or the order of an entry or item."""
        key = self.query_one(RowList).chosen or ""
        row, entry, item = self._rows.get(key), self._entries.get(key), self._item
        if self._view == "lines" and isinstance(row, FilledLine):
            self.act(partial(self._show_entries, row.key))
        elif entry is not None and self._view == "entries":
            self.post_message(ShowOrders(f'account:{entry.account} "{entry.order.number}"'))
        elif item is not None:
            self.post_message(ShowOrders(f'account:{item.account} "{item.order_id}"'))

    async def _show_entries(self, key: str) -> None:
        found = await self.store.client.tax_line_entries(*self._where, key)
        self._entries, self._view = {entry.id: entry for entry in found}, "entries"
        self._draw_list()

    def step_back(self) -> bool:
        """Cancel a pack that is being written; else go from the entries of a line, or the worklist, back to the lines."""
        if self.workers.cancel_group(self, "pack"):
            self.store.note_work("")
            self.say(translated("Cancelled: no pack was written, and no number was used."))
            return True
        if self._view == "lines":
            return False
        self._view = "lines"
        self._draw_list()
        return True

    def action_turn_view(self) -> None:
        """Show the worklist instead of the lines, or the other way round."""
        self._view = "worklist" if self._view == "lines" else "lines"
        self._draw_list()

    @property
    def _where(self) -> tuple[str, str]:
        return self._chosen.form, self._chosen.year

    def action_turn_year(self, by: int) -> None:
        """Show another year of this form."""
        if self._chosen.turn(by):
            self._view = "lines" if self._view == "entries" else self._view
            self.reload()

    def action_choose_form(self) -> None:
        """Choose another form, or the return of another business."""
        choices = [(name, Content(plain(title))) for name, title in self._chosen.titles().items()]

        def take(name: str | None) -> None:
            if name:
                self._chosen.form, self._view = name, "lines"
                self.reload()

        self.app.push_screen(ChoiceDialog(translated("Which form?"), choices), take)

    def action_set_up(self) -> None:
        """Ask for business, accounts and settings of this form and year; a new name makes another return."""
        form = self._chosen.of_year
        if form is not None:
            keys = [account.key for account in self.store.accounts]
            self.app.push_screen(setup_form(form, keys, self._chosen.set_up, self._save_setup))

    async def _save_setup(self, answers: Answers) -> str:
        await self._chosen.save(self.store, answers)
        self._view = "lines"
        self.reload()
        return self._chosen.form

    def action_say_purpose(self) -> None:
        """Ask why such items are bought for the business, once for the category, the seller or the order."""
        if self._item is not None:
            self.app.push_screen(purpose_form(self._item, partial(_remember_purpose, self.store)))

    def action_attach(self) -> None:
        """Ask for a file and attach it to the order of this item."""
        item = self._item
        if item is not None:
            self.app.push_screen(receipt_form(item.order_id, partial(_attach_file, self.store, item)))

    def action_export(self) -> None:
        """Ask for a file and write the pack under the next number."""
        self.app.push_screen(pack_form(*self._where, self._start_export))

    async def _start_export(self, answers: Answers) -> str:
        self.act(partial(self._export, answers), group="pack")
        return answers["path"]

    async def _export(self, answers: Answers) -> None:
        path = expanded(answers["path"])
        body = PackBody(kind="pdf" if path.suffix.lower() == ".pdf" else "zip", reason=answers["reason"])
        self.store.note_work(translated("Writing {path} …", path=path.name))
        try:
            content = await self.store.client.export_tax_year(*self._where, body)
            await asyncio.to_thread(write_file, path, content)
        finally:
            self.store.note_work("")
        self.say(translated("Written: {path}. Lock the year with y once it is filed.", path=path))
        self.reload()

    def action_lock(self) -> None:
        """Ask for the reason and lock the year, or unlock it."""
        locked = self._filled is not None and self._filled.status is YearStatus.LOCKED
        self.app.push_screen(lock_form(*self._where, partial(self._lock, locked), locked=locked))

    async def _lock(self, locked: bool, answers: Answers) -> str:  # noqa: FBT001  # bound by partial
        client, where = self.store.client, self._where
        await (client.unlock_tax_year if locked else client.lock_tax_year)(*where, answers["reason"])
        said = translated("{year} is open again.") if locked else translated("{year} is locked.")
        self.say(said.format(year=" ".join(where)))
        self.reload()
        return answers["reason"]


def _heading(filled: TaxReturn, questions: Sequence[TaxQuestionJson], set_up: SetUpReturnJson | None, pen: Pen) -> Content:
    lines = [heading_text(filled, len(questions))]
    lines += [Content.styled(return_line(set_up, pen), "$muted")] if set_up else []
    lines += [Content.styled(open_line(questions), "$warning")] if questions else []
    return Content("\n").join(lines)


def _list_title(view: str, filled: TaxReturn, items: Collection[ItemEvidenceJson], entries: int) -> str:
    if view == "worklist":
        return translated(
            "evidence complete for {complete} of {items} items", complete=sum(not item.missing for item in items), items=len(items)
        )
    return (
        translated_count("{count} line", "{count} lines", len(filled.lines))
        if view == "lines"
        else translated_count("{count} entry of a line", "{count} entries of a line", entries)
    )


def _rows_of(filled: TaxReturn) -> dict[str, Row]:
    sections: Sequence[tuple[str, Sequence[Row]]] = (
        ("line", filled.lines),
        ("income", filled.income),
        ("asset", filled.assets),
        ("left", filled.left_out),
    )
    return {f"{name}-{place}": row for name, rows in sections for place, row in enumerate(rows)}


async def _remember_purpose(store: Store, answers: Answers) -> str:
    scope = next((scope for scope in PurposeScope if scope.value == answers["scope"]), PurposeScope.ORDER)
    await store.client.remember_purpose(PurposeBody(scope, answers["value"], answers["text"]))
    store.announce(OrdersChanged)
    return answers["text"]


async def _attach_file(store: Store, item: ItemEvidenceJson, answers: Answers) -> str:
    path = expanded(answers["path"])
    await store.client.attach_receipts(item.account, item.order_id, [str(path)])
    store.announce(OrdersChanged)
    return str(path)
