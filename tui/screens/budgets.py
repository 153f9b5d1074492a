"""Budgets: what was planned, carried over, spent and is likely to be spent, month by month."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.accounts.account import usual_currency
from assistant.domain.books.budgets import Budget
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.rule_forms import new_rule, rule_form
from tui.filter_text import moved, shown_period
from tui.messages import AccountsChanged, OrdersChanged, RulesChanged, ServerChange, ShowBooks
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.books.budget_facts import budget_facts, budget_line, budget_name, entries_behind
from tui.widgets.row_list import RowList

_EMPTY = to_translate("No budgets yet. Press a to set one for an account, a purpose or a category, for each month or for a year.")


class BudgetsScreen(FramedScreen):
    """A list of budgets and, beside it, the one under the cursor; Enter shows the entries that it counts."""

    PLACE = "budgets"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (RulesChanged, OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "edit", "Edit"),
        Binding("d", "remove_budget", "Remove"),
        Binding("left_curly_bracket,shift+left", "turn_month(-1)", "Previous month", show=False, key_display="{"),
        Binding("right_curly_bracket,shift+right", "turn_month(1)", "Next month", show=False, key_display="}"),
        Binding("T", "this_month", "This month", show=False),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._budgets: dict[str, Budget] = {}
        self._month = ""

    def body(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel book-list", id="budget-panel"):
                yield RowList(empty=translated(_EMPTY), id="budget-list")
            with VerticalScroll(classes="panel book-detail", id="budget-detail", can_focus=False):
                yield Static(id="budget-facts", markup=False)

    @property
    def _shown_month(self) -> str:
        return self._month or f"{self.store.today:%Y-%m}"

    async def load(self) -> None:
        """Load the budgets of the month."""
        month = self._shown_month
        found = await self.store.client.budgets(month)
        self._budgets = {str(budget.rule): budget for budget in found}
        panel = self.query_one("#budget-panel")
        panel.border_title, panel.border_subtitle = (
            translated("Budgets, {month}", month=shown_period(month)),
            translated("{ } other months"),
        )
        self.query_one(RowList).show((key, budget_line(budget, self.store.pen)) for key, budget in self._budgets.items())
        self._draw_detail()

    @property
    def _budget(self) -> Budget | None:
        return self._budgets.get(self.query_one(RowList).chosen or "") if self._budgets else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        budget = self._budget
        self.query_one("#budget-detail").display = budget is not None
        self.query_one("#budget-facts", Static).update(budget_facts(budget, self.store.pen) if budget else Content(""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer changing only with a budget under the cursor."""
        return self._budget is not None if action in ("edit", "remove_budget") else super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def show_entries(self) -> None:
        """Show the entries that the budget under the cursor counts."""
        if self._budget is not None:
            self.post_message(ShowBooks(entries_behind(self._budget)))

    def action_turn_month(self, by: int) -> None:
        """Show another month."""
        self._month = moved(self._shown_month, by)
        self.reload()

    def action_this_month(self) -> None:
        """Show the month of today."""
        self._month = ""
        self.reload()

    def action_add(self) -> None:
        """Ask for a budget."""
        self._ask(new_rule("budget", self.store.settings.currency or usual_currency(self.store.overview)), None)

    def action_edit(self) -> None:
        """Change the budget under the cursor."""
        budget = self._budget
        if budget is None:
            return

        async def ask() -> None:
            rule = next((rule for rule in await self.store.client.rules() if rule.id == budget.rule), None)
            if rule is not None:
                self._ask(dict(rule.body), rule.id)

        self.act(ask, group="edit")

    def _ask(self, rule: dict[str, Any], rule_id: int | None) -> None:
        async def save(given: Any) -> str:
            client = self.store.client
            kept = await (client.add_rule(given) if rule_id is None else client.edit_rule(rule_id, given))
            self.say(translated("Kept: {kept}. To reverse this press u.", kept=kept.text))
            self.store.announce(RulesChanged)
            return kept.text

        then = translated("It also warns while you shop, if it is for a month.")
        self.app.push_screen(rule_form(rule, self.store.accounts, save, then))

    def action_remove_budget(self) -> None:
        """Remove the budget under the cursor, after asking."""
        budget = self._budget
        if budget is not None:
            text = translated(
                "{budget_name}: {planned}. This can be undone.",
                budget_name=budget_name(budget, self.store.pen),
                planned=self.store.pen.amount(budget.planned),
            )
            screen = ConfirmDialog(translated("Remove this budget?"), text, translated("Remove"))
            self.app.push_screen(screen, lambda sure: self._remove(budget.rule) if sure else None)

    def _remove(self, rule: int) -> None:
        async def remove() -> None:
            await self.store.client.remove_rule(rule)
            self.say(translated("Removed. To reverse this press u."))
            self.store.announce(RulesChanged)

        self.act(remove, group="remove")
