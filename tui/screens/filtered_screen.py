"""A screen with a filter line: every key that changes the filter, and going back to the filter of before."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Input

from assistant.domain.accounts.account import Purpose
from assistant.domain.categories import BUSINESS_CATEGORIES, CATEGORIES
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filter_language import in_english
from assistant.domain.filters import KINDS, STATES
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.orders.order import OrderStatus
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.filter_text import ALL_DAYS, moved, now_like, other_length, shown_period, turned, value_of, with_value
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.filter_line import FilterInput, FilterLine
from tui.widgets.row_list import EmptyText, RowList

PAUSE = 0.01
"""Seconds without a key before the server is asked, so that a filter that comes as one burst of keys is one question."""


_KEYS = (
    ("right_square_bracket", "]", "turn_account(1)", to_translate("Next account"), "next-account"),
    ("left_square_bracket", "[", "turn_account(-1)", to_translate("Previous account"), "previous-account"),
    ("full_stop", ".", "other_length", to_translate("Year, quarter, month"), "period-length"),
    ("right_curly_bracket,shift+right", "}", "move_period(1)", to_translate("Next period"), "next-period"),
    ("left_curly_bracket,shift+left", "{", "move_period(-1)", to_translate("Previous period"), "previous-period"),
    ("T", "T", "this_period", to_translate("Today"), "today"),
    ("at", "@", "choose_saved", to_translate("Saved filters"), "saved"),
    ("ctrl+s", "^s", "save_filter", to_translate("Save this filter"), "save"),
)
"""Key, the key as people write it, action, description and name."""


class RefusingScreen(FramedScreen):
    """Shows why its filter cannot be used, instead of a list that the filter does not describe."""

    def focus_list(self) -> None:
        """Put the focus on what was found."""
        raise NotImplementedError

    def empty_list(self) -> None:
        """Remove what was found before, so that no key acts on a row that is not shown."""
        for listing in self.query(RowList):
            listing.show(())

    @property
    def line(self) -> FilterLine:
        """The filter line."""
        return self.query_one(FilterLine)

    @property
    def focus_chain(self) -> list[Widget]:
        """What Tab goes to: not the filter line, in which the keys of the list would be lost."""
        chain = super().focus_chain
        return [each for each in chain if not isinstance(each, FilterInput) or each is self.focused]

    @property
    def filter_text(self) -> str:
        """The filter as it is written."""
        return self.line.text

    def _show_refusal(self) -> None:
        """Show why the filter cannot be used instead of a list that it does not describe. While it is typed, the list before stays."""
        refused = bool(self.line.refusal) and (self.has_class("-refused") or not isinstance(self.focused, FilterInput))
        if refused:
            advice = translated("Nothing is shown, because this filter cannot be used. Press / to correct it, or x to clear it.")
            self.query_one("#filter-refused", EmptyText).update(Content(f"{self.line.refusal}\n\n{self.keyed(advice)}"))
            self.line.say("")
            self.empty_list()
        if refused != self.has_class("-refused"):
            typing = isinstance(self.focused, FilterInput)
            self.set_class(refused, "-refused")
            self.query_one("#filter-refused").display = refused
            self.query_one("#found").display = not refused
            if not typing:
                self._leave_line()

    def _leave_line(self) -> None:
        """Put the focus on what was found, or on why nothing is."""
        if self.has_class("-refused"):
            self.set_focus(self.query_one("#filter-refused", EmptyText))
        else:
            self.focus_list()

    def is_refused(self) -> bool:
        """Say why the filter cannot be used; return False if it can be."""
        if self.line.refusal:
            self.say(self.line.refusal)
        return bool(self.line.refusal)


class FilteredScreen(RefusingScreen):
    """A screen over a list. A subclass composes its `content` and shows in `find` what a filter finds."""

    AUTO_FOCUS = ""
    """No focus until the list has it: keys typed ahead must not go into the filter."""
    YEARLY: ClassVar[bool] = False
    """Whether the screen shows this year if the filter has no `date:`."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Filter", key_display="/", priority=True, id="filter"),
        Binding("x", "clear", "Clear", id="filter.clear"),
        *(Binding(key, action, about, show=False, key_display=shown, id=f"filter.{name}") for key, shown, action, about, name in _KEYS),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._before: str | None = None
        self._visiting: str | None = None
        self._had_filter = False

    def body(self) -> ComposeResult:
        """Compose the filter line and what it finds."""
        yield FilterLine(lambda: known_values(self.store), lambda: self.store.settings.filters)
        refusal = EmptyText(id="filter-refused", markup=False)
        refusal.display = False
        yield refusal
        with Container(id="found"):
            yield from self.content()

    def content(self) -> ComposeResult:
        """Compose what the filter finds."""
        yield from ()

    async def find(self, text: str) -> str:
        """Load and draw what a filter finds, and return a short summary ("12 orders"). Raises InvalidInput, NotFound."""
        raise NotImplementedError

    @property
    def whole_filter(self) -> str:
        """The filter with the days that are shown."""
        text = self.filter_text
        return text if self.usual_period == ALL_DAYS else with_value(text, "date", self.period)

    @property
    def usual_period(self) -> str:
        """The period that is shown while the filter has no `date:`."""
        return str(self.store.today.year) if self.YEARLY else ALL_DAYS

    @property
    def period(self) -> str:
        """The period that is shown, like "2026", or "all"."""
        return value_of(self.filter_text, "date") or self.usual_period

    def look_for(self, text: str, *, visiting: bool = False) -> None:
        """Show what a filter finds. `visiting`: the user came from another screen, and going back restores the previous filter."""
        if visiting and self._visiting is None:
            self._before = self.filter_text
        self._visiting = text if visiting else None
        self.line.text = text
        self._leave_line()

    async def load(self) -> None:
        """Show what the filter finds; say what is wrong with it."""
        await self._find()

    async def _find(self) -> None:
        text = self.whole_filter
        if self.line.mistake:
            self._show_refusal()
            return
        self.line.show_period("" if self.usual_period == ALL_DAYS else shown_period(self.period))
        try:
            found = await self.find(text)
        except (InvalidInput, NotFound) as error:
            if text == self.whole_filter:
                self.line.refuse(str(error))
                self._show_refusal()
            return
        if text == self.whole_filter:
            self.line.accept()
            self._show_refusal()
            self.line.say(found)

    @on(FilterLine.Changed)
    def filter_changed(self, event: FilterLine.Changed) -> None:
        """Search when typing pauses."""
        if bool(event.text) != self._had_filter:  # drawing the keys again takes longer than drawing the list
            self._had_filter = bool(event.text)
            self.refresh_bindings()
        if event.mistake is not None:
            self._show_refusal()
        elif self.store.connected:
            self.load_by(self._find_after_pause)

    async def _find_after_pause(self) -> None:
        if isinstance(self.focused, FilterInput):
            await asyncio.sleep(PAUSE)
        await self._find()

    @on(FilterLine.Left)
    def filter_left(self) -> None:
        """Go from the filter line to what was found."""
        self._leave_line()

    @on(Input.Blurred, "#filter")
    def filter_blurred(self) -> None:
        """Show no list under a filter that cannot be used, also if the user clicks elsewhere."""
        self._show_refusal()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let / be typed into a line, and offer clearing only if there is a filter."""
        if action == "search":
            return not isinstance(self.focused, Input)
        if action == "clear":
            try:
                return bool(self.filter_text)
            except NoMatches:  # before the screen is composed
                return False
        return super().check_action(action, parameters)

    def step_back(self) -> bool:
        """Leave the filter line, or clear the filter; a filter from another screen leads back to it."""
        text = self.filter_text
        if isinstance(self.focused, FilterInput):
            self._leave_line()
        elif self._visiting is not None and text in (self._visiting, ""):
            self._visiting = None
            self.line.text = self._before or ""
            return False
        elif text:
            self.action_clear()
        else:
            return False
        return True

    def choose_account(self, key: str) -> None:
        """Show only this account, or all again if it is chosen already."""
        text = self.filter_text
        chosen = with_value(text, "account", key)
        self.line.text = with_value(text, "account", "") if chosen == text else chosen

    def action_search(self) -> None:
        """Go to the filter line, behind what it says."""
        self.query_one(FilterInput).focus()

    def action_clear(self) -> None:
        """Remove the filter."""
        self.look_for("")

    def action_turn_account(self, by: int) -> None:
        """Show only the next or previous account; after the last one, all accounts."""
        self.line.text = turned(self.filter_text, [account.key for account in self.store.accounts], by)

    def action_other_length(self) -> None:
        """Show a year, a quarter, a month or all days."""
        self._show_days(other_length(self.period, self.store.today))

    def action_move_period(self, by: int) -> None:
        """Show the period before or after."""
        period = self.period if self.period != ALL_DAYS else str(self.store.today.year)
        self._show_days(moved(period, by))

    def action_this_period(self) -> None:
        """Show the period that contains today."""
        self._show_days(now_like(self.period, self.store.today))

    def _show_days(self, period: str) -> None:
        self.line.text = with_value(self.filter_text, "date", "" if period == self.usual_period else period)

    def action_choose_saved(self) -> None:
        """Choose one of the saved filters."""
        saved = self.store.settings.filters
        if not saved:
            self.say(translated("No filter is saved yet. Type one and press Ctrl+S to save it under a name."))
            return
        self.app.push_screen(
            ChoiceDialog(translated("Saved filters"), tuple(saved)), lambda name: self.look_for(f"@{name}") if name else None
        )

    def action_save_filter(self) -> None:
        """Save the filter under a name."""
        text = self.filter_text
        if not text:
            self.say(translated("There is no filter to save. Press / and type one."))
            return
        if self.is_refused():
            return

        async def save(answers: Answers) -> str:
            name = answers["name"].removeprefix("@").strip()
            if not name or '"' in name or " " in name:
                raise InvalidInput(translated("The name needs to be one word, like big."))
            await self.store.save_setting(f"filters.{name}", await _in_english(self.store, text))
            self.say(translated("Saved: write @{name} in any filter, also on the command line.", name=name))
            return name

        about = translated("{text}\n\nWrite @name wherever a filter can be written, or press @ to choose one.", text=text)
        self.app.push_screen(
            FormDialog(translated("Save this filter"), [FormField(name="name", label=translated("Name"), hint="big")], save, about=about)
        )


async def _in_english(store: Store, text: str) -> str:
    """Return a filter as it is stored."""
    if current_language() == DEFAULT:
        return text
    return in_english(text, {kind: await store.client.words(kind) for kind in ("category", "purpose")})


def known_values(store: Store) -> Mapping[str, Sequence[str]]:
    """Return the values of each key of the filter language, for completion."""
    year, overview = store.today.year, store.overview
    purposes = dict.fromkeys([*(purpose.value for purpose in Purpose), *(account.purpose for account in store.accounts)])
    owners = {account.owner for account in store.accounts if account.owner}
    return {
        "account": [account.key for account in store.accounts],
        "cat": [shown_category(word) for word in (*CATEGORIES, *BUSINESS_CATEGORIES)],
        "purpose": [shown_purpose(word) for word in purposes],
        "person": sorted(owners),
        "is": [shown_word(state) for state in STATES],
        "status": [shown_word(status.value) for status in OrderStatus],
        "cur": sorted({money.currency for row in overview for money in (*row.year, *row.month)}),
        "date": [str(year), f"{store.today:%Y-%m}", f"{year}-Q1", str(year - 1), ALL_DAYS],
        "kind": [shown_word(kind) for kind in KINDS],
        "@": tuple(store.settings.filters),
    }
