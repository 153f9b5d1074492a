"""Rules: the user rules, what was learned, and habits that could become rules."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.accounts.account import usual_currency
from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.rows import row_facts
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.rule_forms import kind_choices, new_rule, rule_form
from tui.messages import AccountsChanged, OrdersChanged, RulesChanged, ServerChange
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.row_list import RowList
from tui.widgets.rule_facts import habit_facts, habit_line, preview_text, rule_facts, rule_line

_NO_RULES = to_translate("No rules yet. Press a to add one: where things belong, where an account may ship, a budget …")
_NO_HABITS = to_translate("Nothing yet. Items that you bought three times on one account, and never on your others, appear here.")


class RulesScreen(ListedScreen):
    """Two lists, rules and habits, and the one under the cursor in full."""

    PLACE = "rules"
    LISTS = "rules"
    CSS_PATH = "../styles/rules.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (RulesChanged, AccountsChanged, OrdersChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "edit", "Edit"),
        Binding("b", "try_rule", "Try on past orders"),
        Binding("y", "adopt", "Make it a rule"),
        Binding("d", "remove_rule", "Remove"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._rules: dict[str, OwnRule] = {}
        self._habits: dict[str, Habit] = {}
        self._tried: tuple[Mapping[str, Any], Preview] | None = None

    def content(self) -> ComposeResult:
        """Compose the lists and the detail."""
        with Horizontal():
            with Vertical(id="rules-side"):
                with Vertical(classes="panel", id="rule-panel"):
                    yield RowList(empty=translated(_NO_RULES), id="rule-list")
                with Vertical(classes="panel", id="habit-panel"):
                    yield RowList(empty=translated(_NO_HABITS), id="habit-list")
            with VerticalScroll(classes="panel", id="rule-detail", can_focus=False):
                yield Static(id="rule-facts", markup=False)

    def on_mount(self) -> None:
        """Name the lists."""
        self.query_one("#rule-panel").border_title = translated("Your rules")
        self.query_one("#habit-panel").border_title = translated("Always bought there")

    async def read(self) -> None:
        """Read rules and habits."""
        client = self.store.client
        self._rules = {str(rule.id): rule for rule in await client.rules()}
        self._habits = {f"{habit.kind}:{habit.name}": habit for habit in await client.habits()}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the rules and habits that are wanted."""
        pen, rules, habits = self.store.pen, self.query_one("#rule-list", RowList), self.query_one("#habit-list", RowList)
        shown = {key: rule for key, rule in self._rules.items() if is_wanted(row_facts.rule_facts(rule))}
        wanted = {key: habit for key, habit in self._habits.items() if is_wanted(row_facts.habit_facts(habit))}
        rules.empty, habits.empty = self.empty_text(translated(_NO_RULES)), self.empty_text(translated(_NO_HABITS))
        rules.show((key, rule_line(rule)) for key, rule in shown.items())
        habits.show((key, habit_line(habit, pen)) for key, habit in wanted.items())
        self._draw_detail()
        return self.found_text(len(shown) + len(wanted), len(self._rules) + len(self._habits))

    @on(OptionList.OptionHighlighted)
    def highlighted(self) -> None:
        """Show the one under the cursor."""
        self._draw_detail()

    def on_descendant_focus(self) -> None:
        """Show the one under the cursor of the focused list."""
        self._draw_detail()

    @property
    def _rule(self) -> OwnRule | None:
        return self._rules.get(self.query_one("#rule-list", RowList).chosen or "")

    @property
    def _habit(self) -> Habit | None:
        return self._habits.get(self.query_one("#habit-list", RowList).chosen or "")

    def _draw_detail(self) -> None:
        rule, habit, pen = self._rule, self._habit, self.store.pen
        if habit is not None and (rule is None or self.query_one("#habit-list").has_focus):
            shown = habit_facts(habit, pen)
        else:
            shown = rule_facts(rule, pen) if rule is not None else Content("")
        self.query_one("#rule-detail").display = bool(shown.plain)
        self.query_one("#rule-facts", Static).update(shown)

    def action_add(self) -> None:
        """Ask for a kind of rule, then for its parts."""
        self.app.push_screen(
            ChoiceDialog(translated("What is the rule about?"), kind_choices()),
            lambda kind: (
                self._ask(new_rule(kind, self.store.settings.currency or usual_currency(self.store.overview)), None) if kind else None
            ),
        )

    @on(OptionList.OptionSelected, "#rule-list")
    def action_edit(self) -> None:
        """Change the rule under the cursor."""
        if self._rule is not None:
            self._ask(self._rule.body, self._rule.id)

    def _ask(self, rule: Mapping[str, Any], rule_id: int | None) -> None:
        form = rule_form(rule, self.store.accounts, partial(self._try_first, rule_id))
        self.app.push_screen(form, partial(self._confirm, rule_id))

    async def _try_first(self, rule_id: int | None, rule: Mapping[str, Any]) -> str:
        self._tried = rule, await self.store.client.preview_rule(rule, rule_id)
        return "tried"

    def _confirm(self, rule_id: int | None, answer: str | None) -> None:
        """Show what the rule would have done before it is kept."""
        if answer is not None and self._tried is not None:
            rule, found = self._tried
            screen = ConfirmDialog(translated("Keep this rule?"), preview_text(found, self.store.pen), translated("Keep it"))
            self.app.push_screen(screen, partial(self._keep, rule_id, rule))

    def _keep(self, rule_id: int | None, rule: Mapping[str, Any], sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def keep() -> None:
            client = self.store.client
            kept = await (client.add_rule(rule) if rule_id is None else client.edit_rule(rule_id, rule))
            self.store.announce(RulesChanged)
            self.say(translated("Kept: {kept}.", kept=kept.text))

        if sure:
            self.act(keep, group="keep")

    @on(OptionList.OptionSelected, "#habit-list")
    def action_adopt(self) -> None:
        """Turn the habit under the cursor into a rule, after trying it."""
        habit = self._habit
        if habit is None:
            return
        part = "asin" if habit.kind == "item" else habit.kind
        rule = {"type": "route", "match": {part: [habit.name]}, "to": habit.account, "strength": "soft"}

        async def ask() -> None:
            self._confirm(None, await self._try_first(None, rule))

        self.act(ask, group="adopt")

    def action_try_rule(self) -> None:
        """Show what the rule under the cursor would have done with past orders."""
        rule = self._rule
        if rule is None:
            return

        async def ask() -> None:
            found = await self.store.client.preview_rule(rule.body, rule.id)
            self.query_one("#rule-facts", Static).update(
                Content("\n\n").join([rule_facts(rule, self.store.pen), Content(preview_text(found, self.store.pen))])
            )

        self.act(ask, group="try")

    def action_remove_rule(self) -> None:
        """Remove the rule under the cursor, after asking."""
        rule = self._rule
        if rule is not None:
            screen = ConfirmDialog(
                translated("Remove this rule?"), translated("{rule}. It causes no more warnings.", rule=rule.text), translated("Remove")
            )
            self.app.push_screen(screen, partial(self._remove, rule.id))

    def _remove(self, rule_id: int, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def remove() -> None:
            await self.store.client.remove_rule(rule_id)
            self.store.announce(RulesChanged)

        if sure:
            self.act(remove, group="remove")
