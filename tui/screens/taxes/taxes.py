"""Taxes: one form and year at a time. Its lines with their entries, its open questions, the evidence, the pack, and the lock."""

import asyncio
from collections.abc import Mapping, Sequence
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
from assistant.domain.taxes.evidence import EvidencePart
from assistant.domain.taxes.questions import TaxQuestionCode
from assistant.domain.taxes.returns import FilledLine, TaxReturn
from assistant.wire.taxes import ItemEvidenceJson, SetUpReturnJson, TaxQuestionJson
from tui.formatting import Pen
from tui.messages import AccountsChanged, GoTo, OrdersChanged, ServerChange, ShowBooks, ShowOrders
from tui.screens.taxes.tax_answers import line_dialog, purpose_dialog, receipt_dialog
from tui.screens.taxes.tax_return_screen import TaxReturnScreen
from tui.store import Store
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
    tax_question_facts,
    tax_question_line,
)

_EMPTY = {
    "lines": to_translate("No business entries in this year. Press { for the year before, z for another form."),
    "questions": to_translate("No questions: the form is complete. Press v for the evidence of each item."),
    "worklist": to_translate("No business items in this year. Press { for the year before, z for another form."),
    "entries": to_translate("This line has no entries."),
}
_NEXT_VIEW = {"lines": "questions", "questions": "worklist", "worklist": "lines", "entries": "lines"}


class TaxesScreen(TaxReturnScreen):
    """A list (lines of the form, entries of a line, open questions, or the evidence) and, beside it, the one under the cursor."""

    PLACE = "taxes"
    CSS_PATH = "../../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "choose_form", "Form"),
        Binding("e", "set_up", "Set up"),
        Binding("left_curly_bracket", "turn_year(-1)", "Previous year", key_display="{"),
        Binding("right_curly_bracket", "turn_year(1)", "Next year", key_display="}"),
        Binding("v", "turn_view", "Questions"),
        Binding("o", "show_order", "Show the order"),
        Binding("f", "say_purpose", "Why bought"),
        Binding("a", "attach", "Receipt"),
        Binding("w", "export", "Write pack"),
        Binding("y", "lock", "Lock"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._rows: dict[str, Row] = {}
        self._items: dict[str, ItemEvidenceJson] = {}
        self._questions: dict[str, TaxQuestionJson] = {}
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
        await self.return_chosen.load(self.store)
        where = self.where
        filled, items, questions = await asyncio.gather(client.tax_year(*where), client.tax_worklist(*where), client.tax_questions(*where))
        self._items = {item.entry: item for item in items}
        self._questions = {str(place): question for place, question in enumerate(questions)}
        self.filled, self._rows = filled, _rows_of(filled)
        self.query_one("#tax-head", Static).update(_heading(filled, questions, self.return_chosen.set_up, self.store.pen))
        self._draw_list()

    def _draw_list(self) -> None:
        pen, filled = self.store.pen, self.filled
        if filled is None:
            return
        listed = self.query_one(RowList)
        listed.empty = translated(_EMPTY[self.view])
        title = _list_title(self.view, filled, self._questions, self._items, self._entries)
        self.query_one("#tax-panel").border_title = f"{filled.form} {filled.year}: {title}"
        if self.view == "questions":
            listed.show((key, tax_question_line(question, pen)) for key, question in self._questions.items())
        elif self.view == "worklist":
            listed.show((key, evidence_line(item, pen)) for key, item in self._items.items())
        elif self.view == "entries":
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
        pen, filled = self.store.pen, self.filled
        if self.view == "questions":
            return tax_question_facts(self._questions[key], pen) if key in self._questions else None
        if self.view == "worklist":
            return evidence_facts(self._items[key], pen) if key in self._items else None
        if self.view == "entries":
            return entry_facts(self._entries[key], pen) if key in self._entries else None
        return row_facts(self._rows[key], pen) if filled and key in self._rows else None

    @property
    def _item(self) -> ItemEvidenceJson | None:
        return self._items.get(self.query_one(RowList).chosen or "") if self.view == "worklist" else None

    @property
    def _question(self) -> TaxQuestionJson | None:
        return self._questions.get(self.query_one(RowList).chosen or "") if self.view == "questions" else None

    @property
    def _order(self) -> tuple[str | None, str] | None:
        """The account and number of the order that the row under the cursor is about."""
        entry = self._entries.get(self.query_one(RowList).chosen or "") if self.view == "entries" else None
        if entry is not None:
            return entry.account, entry.order.number
        about = self._item or self._question
        return (about.account, about.order_id) if about is not None and about.order_id else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable only keys that lead somewhere from here."""
        if action == "say_purpose":
            return self._item is not None
        if action in ("attach", "show_order"):
            return self._order is not None and (action == "show_order" or self._order[0] is not None)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Show the entries of a line or the order of an entry; answer a question, or add what an item lacks."""
        row, item, question = self._rows.get(self.query_one(RowList).chosen or ""), self._item, self._question
        if self.view == "lines":
            if isinstance(row, FilledLine):
                self.act(partial(self._show_entries, row.key))
        elif question is not None:
            self._answer(question)
        elif item is not None and EvidencePart.RECEIPT in item.missing:
            self.action_attach()
        elif item is not None and EvidencePart.PURPOSE in item.missing:
            self.action_say_purpose()
        else:
            self.action_show_order()

    def _answer(self, question: TaxQuestionJson) -> None:
        """Lead to what answers a question."""
        code, filled = question.code, self.filled
        if code in (TaxQuestionCode.NOT_SET_UP, TaxQuestionCode.ACCOUNT_TWICE):
            self.action_set_up()
        elif code is TaxQuestionCode.MISSING_RECEIPT:
            self.action_attach()
        elif code in (TaxQuestionCode.RECEIPT_LOST, TaxQuestionCode.RECEIPT_UNREADABLE):
            self.post_message(GoTo("receipts"))
        elif code is TaxQuestionCode.CHANGED_SINCE_LOCK:
            self.action_lock()
        elif code is TaxQuestionCode.NO_ENTRIES and filled is not None:
            self.post_message(ShowBooks(f"date:{filled.first}..{filled.last}"))
        elif question.subject is not None:
            self.app.push_screen(purpose_dialog(self.store, question.subject))
        elif question.category is not None and (form := self.return_chosen.of_year) is not None:
            self.app.push_screen(line_dialog(self.store, form, self.return_chosen.form, question.category))
        elif question.key is not None:
            self.act(partial(self._show_entries, question.key))
        else:
            self.action_show_order()

    def action_show_order(self) -> None:
        """Show the order of the row under the cursor."""
        if self._order is not None:
            account, number = self._order
            self.post_message(ShowOrders(f'account:{account} "{number}"' if account else f'"{number}"'))

    async def _show_entries(self, key: str) -> None:
        found = await self.store.client.tax_line_entries(*self.where, key)
        self._entries, self.view = {entry.id: entry for entry in found}, "entries"
        self._draw_list()

    def step_back(self) -> bool:
        """Cancel a pack that is being written; else go from another view back to the lines."""
        if self.workers.cancel_group(self, "pack"):
            self.store.note_work("")
            self.say(translated("Cancelled: no pack was written, and no number was used."))
            return True
        if self.view == "lines":
            return False
        self.view = "lines"
        self._draw_list()
        return True

    def action_turn_view(self) -> None:
        """Show the open questions instead of the lines, then the evidence of each item, then the lines again."""
        self.view = _NEXT_VIEW[self.view]
        self._draw_list()

    def action_say_purpose(self) -> None:
        """Ask why such items are bought for the business, once for the category, the seller or the order."""
        if self._item is not None:
            self.app.push_screen(purpose_dialog(self.store, self._item.subject, self._item.purpose))

    def action_attach(self) -> None:
        """Ask for a file and attach it to the order of this row."""
        account, number = self._order or (None, "")
        if account is not None:
            self.app.push_screen(receipt_dialog(self.store, account, number))


def _heading(filled: TaxReturn, questions: Sequence[TaxQuestionJson], set_up: SetUpReturnJson | None, pen: Pen) -> Content:
    lines = [heading_text(filled, len(questions), pen)]
    lines += [Content.styled(return_line(set_up, pen), "$muted")] if set_up else []
    lines += [Content.styled(open_line(questions), "$warning")] if questions else []
    return Content("\n").join(lines)


def _list_title(
    view: str,
    filled: TaxReturn,
    questions: Mapping[str, TaxQuestionJson],
    items: Mapping[str, ItemEvidenceJson],
    entries: Mapping[str, Entry],
) -> str:
    if view == "questions":
        return translated_count("{count} question open", "{count} questions open", len(questions))
    if view == "worklist":
        complete = sum(not item.missing for item in items.values())
        return translated("evidence complete for {complete} of {items} items", complete=complete, items=len(items))
    if view == "entries":
        return translated_count("{count} entry of a line", "{count} entries of a line", len(entries))
    return translated_count("{count} line", "{count} lines", len(filled.lines))


def _rows_of(filled: TaxReturn) -> dict[str, Row]:
    sections: Sequence[tuple[str, Sequence[Row]]] = (
        ("line", filled.lines),
        ("income", filled.income),
        ("asset", filled.assets),
        ("left", filled.left_out),
    )
    return {f"{name}-{place}": row for name, rows in sections for place, row in enumerate(rows)}
