"""Statements: one month of a card at a time, its lines with what they pay for, and the charges that no statement has."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.accounts.account import Account
from assistant.domain.books.statements.card_charges import CardCharge, LineState, MatchedLine, pays_with
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.domain.books.statements.statement_lines import StatementImport
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.rows import row_facts
from assistant.wire.statements import StatementBody
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.statement_form import statement_form
from tui.formatting import plain
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.books.statement_facts import candidate_choice, charge_facts, charge_row, line_facts, line_row, month_head, month_sums
from tui.widgets.row_list import RowList

_EMPTY = to_translate(
    "No statements yet. Press a to import one from your bank (CSV, OFX, QFX or QIF): every line then finds its charge or refund."
)
_NO_LINES = to_translate("This month has no lines.")
_NO_PURCHASE = "none"


class StatementsScreen(ListedScreen):
    """The lines of a month and, beside them, the one under the cursor with its match or its candidates."""

    PLACE = "statements"
    LISTS = "statements"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Import a statement"),
        Binding("enter", "decide", "Decide"),
        Binding("d", "no_purchase", "No purchase"),
        Binding("u", "take_back", "Take back"),
        Binding("o", "show_order", "Show the order"),
        Binding("y", "close_month", "Close month"),
        Binding("left_curly_bracket", "turn_month(1)", "Previous month", key_display="{"),
        Binding("right_curly_bracket", "turn_month(-1)", "Next month", key_display="}"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._months: list[StatementMonth] = []
        self._shown: tuple[str, str] | None = None
        self._lines: dict[str, MatchedLine] = {}
        self._charges: dict[str, CardCharge] = {}

    def content(self) -> ComposeResult:
        """Compose head, list and detail."""
        yield Static(id="statement-head", markup=False)
        yield Static(id="statement-sums", markup=False)
        with Horizontal():
            with Vertical(classes="panel book-list", id="statement-panel"):
                yield RowList(empty=translated(_EMPTY), id="statement-list")
            with VerticalScroll(classes="panel book-detail", id="statement-detail", can_focus=False):
                yield Static(id="statement-facts", markup=False)

    async def read(self) -> None:
        """Read the months, then the lines of the shown month and its charges without a line."""
        self._months = await self.store.client.statement_months()
        month = self._month
        if month is None:
            self._lines, self._charges = {}, {}
        else:
            client = self.store.client
            lines, charges = await asyncio.gather(client.statement_lines(month.card, month.month), client.unmatched_charges())
            self._lines = {f"line {line.entry.id}": line for line in lines}
            mine = [charge for charge in charges if f"{charge.on:%Y-%m}" == month.month and pays_with(charge, month.card)]
            self._charges = {f"charge {place} {charge.entry}": charge for place, charge in enumerate(mine)}

    @property
    def _month(self) -> StatementMonth | None:
        """The month that is shown: the one chosen before, else the newest."""
        chosen = next((month for month in self._months if (month.card, month.month) == self._shown), None)
        return chosen or next(iter(self._months), None)

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the month, and of its lines and missing charges those that are wanted."""
        month, pen, rows = self._month, self.store.pen, self.query_one(RowList)
        self.query_one("#statement-head", Static).update(month_head(month, self.store.pen) if month else "")
        self.query_one("#statement-sums", Static).update(month_sums(month, pen) if month else "")
        lines = translated("Lines: {lines}", lines=number(len(self._lines)))
        self.query_one("#statement-panel").border_title = lines if month else translated("Statements")
        rows.empty = self.empty_text(translated(_NO_LINES) if month else translated(_EMPTY))
        shown = [(key, line_row(line, pen)) for key, line in self._lines.items() if is_wanted(row_facts.statement_facts(line))]
        charges = self._charges.items()
        shown += [(key, charge_row(charge, pen)) for key, charge in charges if is_wanted(row_facts.charge_facts(charge))]
        rows.show(shown)
        self._draw_detail()
        return self.found_text(len(shown), len(self._lines) + len(self._charges))

    @property
    def _line(self) -> MatchedLine | None:
        return self._lines.get(self.query_one(RowList).chosen or "") if self._lines else None

    @property
    def _charge(self) -> CardCharge | None:
        return self._charges.get(self.query_one(RowList).chosen or "") if self._charges else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        line, charge, pen = self._line, self._charge, self.store.pen
        self.query_one("#statement-detail").display = line is not None or charge is not None
        facts = line_facts(line, pen) if line else charge_facts(charge, pen) if charge else Content("")
        self.query_one("#statement-facts", Static).update(facts)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable only keys that do something here."""
        line = self._line
        open_states, decided = {LineState.TIED, LineState.UNMATCHED}, {LineState.MATCHED, LineState.IGNORED}
        able = {
            "decide": line is not None or self._charge is not None,
            "no_purchase": line is not None and line.state in open_states,
            "take_back": line is not None and line.state in decided,
            "show_order": self._order_text() is not None,
            "close_month": self._changed is not None or any(month.state is not MonthState.CLOSED for month in self._months),
            "turn_month": len(self._months) > 1,
        }
        return able[action] if action in able else super().check_action(action, parameters)

    @property
    def _changed(self) -> StatementMonth | None:
        """The month that is shown, if it changed since it was closed."""
        month = self._month
        return month if month is not None and month.state is MonthState.CHANGED else None

    def _order_text(self) -> str | None:
        """Return the filter for the order of the line or charge under the cursor."""
        line, charge = self._line, self._charge
        if line is not None and line.match is not None:
            charge = line.match.charges[0] if line.match.charges else None
        return f'account:{charge.account} "{charge.number}"' if charge else None

    @on(OptionList.OptionSelected)
    def action_decide(self) -> None:
        """Choose what an open line pays for; for a line that has its charge, show the order."""
        line = self._line
        if line is None or line.match is not None:
            self.action_show_order()
        elif line.state is not LineState.IGNORED:
            self._ask(line)

    def _ask(self, line: MatchedLine) -> None:
        pen, found = self.store.pen, line.entry.line
        choices = {
            " ".join(charge.entry for charge in candidate.charges): candidate_choice(candidate, pen)
            for candidate in line.candidates
            if len(candidate.lines) < 2  # noqa: PLR2004  # several lines together cannot be decided one by one
        }
        if not choices:
            near = sorted(self._charges.values(), key=lambda charge: abs((charge.on - found.on).days))
            choices = {charge.entry: charge_row(charge, pen) for charge in near}
        title = translated("What does {amount} of {on} pay for?", amount=pen.amount(found.amount), on=pen.day(found.on))
        words = [*choices.items(), (_NO_PURCHASE, Content(translated("It is not a purchase")))]
        self.app.push_screen(ChoiceDialog(title, words), partial(self._chosen, line.entry.id))

    def _chosen(self, line: str, answer: str | None) -> None:
        if answer is not None:
            self._decide(line, () if answer == _NO_PURCHASE else answer.split())

    def _decide(self, line: str, entries: Sequence[str] | None) -> None:
        async def decide() -> None:
            await self.store.client.match_line(line, entries)
            again = translated("Shopper decides again what this line pays for.")
            self.say(again if entries is None else translated("Decided. To reverse this press u."))
            self.store.announce(OrdersChanged)

        self.act(decide, group="decide")

    def action_no_purchase(self) -> None:
        """Mark the line under the cursor as not a purchase."""
        if self._line is not None:
            self._decide(self._line.entry.id, ())

    def action_take_back(self) -> None:
        """Undo the decision about the line under the cursor."""
        if self._line is not None:
            self._decide(self._line.entry.id, None)

    def action_show_order(self) -> None:
        """Show the order of the line or charge under the cursor."""
        text = self._order_text()
        if text is not None:
            self.post_message(ShowOrders(text))

    def action_turn_month(self, by: int) -> None:
        """Show another month; the list of months is newest first."""
        month = self._month
        if month is not None:
            place = max(0, min(len(self._months) - 1, self._months.index(month) + by))
            self._shown = (self._months[place].card, self._months[place].month)
            self.reload()

    def action_close_month(self) -> None:
        """Close every complete month; a month that changed since it was closed is closed as it is now."""
        changed, month = self._changed, self._month
        waits_for = " ".join(month.waits_for) if month is not None else ""

        async def close() -> None:
            if changed is not None:
                closed = await self.store.client.close_months(changed.card, changed.month)
            else:
                closed = await self.store.client.close_months()
            self.say(_closed_text(closed) if closed else translated("Not closed: {reason}", reason=waits_for))
            self.store.announce(OrdersChanged)

        self.act(close, group="close")

    def action_add(self) -> None:
        """Ask for a statement and import it."""
        cards = dict.fromkeys([*(month.card for month in self._months), *(card for one in self.store.accounts for card in one.cards)])
        self.app.push_screen(statement_form(tuple(cards), partial(_look, self.store), self._import))

    async def _import(self, statement: StatementBody) -> str:
        done = await self.store.client.import_statement(statement)
        self.say(_import_text(done))
        if not done.again:
            self._shown = None
            self.store.announce(OrdersChanged)
        return done.name


def _closed_text(closed: Iterable[StatementMonth]) -> str:
    names = ", ".join(translated("{month} of {card}", month=one.month, card=plain(one.card)) for one in closed)
    return translated("Closed: {names}. To reverse this press u.", names=names)


async def _look(store: Store, statement: StatementBody) -> str:
    """Return what a statement would bring."""
    found = await store.client.import_statement(structs.replace(statement, dry_run=True))
    return f"{_card_text(found.card, store.accounts)} {_import_text(found)}"


def _card_text(card: str, accounts: Iterable[Account]) -> str:
    owners = [plain(account.label) for account in accounts if card in account.cards]
    return translated("For the card {card}:", card=f"{plain(card)} ({', '.join(owners)})" if owners else plain(card))


def _import_text(done: StatementImport) -> str:
    name = plain(done.name)
    if done.again:
        return translated("{name} was imported before; nothing changes.", name=name)
    others = " " + translated("Not kept, because about something else: {others}.", others=done.others) if done.others else ""
    state = translated(
        "{matched} matched, {tied} undecided, {unmatched} without a charge.", matched=done.matched, tied=done.tied, unmatched=done.unmatched
    )
    return translated(
        "{name}: {lines} lines about Amazon, {new} new.{others} {state}",
        name=name,
        lines=done.lines,
        new=done.new,
        others=others,
        state=state,
    )
