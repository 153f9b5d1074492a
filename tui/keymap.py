"""All keys: those that work everywhere, and the screens with their letters. Every action has an id, by which the settings change its keys.

One key means one thing on every screen that has it: a adds, e edits, d removes or puts away, y agrees, links or settles, m settles a
month, u undoes, v shows another view (other sums, what is missing, how complete months are, why a warning was raised), z lists others
(older ones, one kind, another form), n the next thing, b goes once more over what is there (past orders, kept pages, a folder), c sets a
category, f what something is for, t to whom it goes, * labels all items of a filter, s splits, o opens the order or the window, w writes
a file, / filters, x clears the filter, [ ] turn the account, 1-9 choose one, . changes the length of the period, { } turn it, T goes to
today, space and backspace turn the pages of what is beside a list, h j k l move as the arrows do. Other capital letters go to a screen, G
to the end of a list. `tests/tui/test_keymap.py` holds the meanings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pkgutil import resolve_name
from typing import TypeVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.translating import to_translate, translated
from tui.own_keys import shown_key

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: its key, name in the code, title, class as "module:Class" in `tui/screens/`.

    `part_of`: the screen that it is a part of. `command`: what prints the same as text.
    """

    key: str
    name: str
    title: str
    screen: str
    part_of: str = ""
    command: str = ""

    @property
    def shown_key(self) -> str:
        """The key as people write it."""
        return shown_key(self.key)

    @property
    def shown_title(self) -> str:
        """The title in the current language."""
        return translated(self.title)


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Something that a key does. `keys` are separated by commas."""

    id: str
    keys: str
    about: str


PLACES = (
    Place("H", "overview", "Home", "overview:OverviewScreen", command="shopper expenses"),
    Place("O", "orders", "Orders", "orders.orders:OrdersScreen", command="shopper orders"),
    Place("D", "deliveries", "Deliveries", "orders.deliveries:DeliveriesScreen", part_of="orders", command="shopper deliveries"),
    Place("L", "calendar", "Calendar", "orders.calendar:CalendarScreen", part_of="orders", command="shopper reminders"),
    Place("E", "expenses", "Expenses", "expenses:ExpensesScreen", command="shopper expenses"),
    Place("U", "budgets", "Budgets", "budgets:BudgetsScreen", part_of="expenses", command="shopper budgets"),
    Place("B", "books", "Books", "books:BooksScreen", command="shopper books"),
    Place("Q", "questions", "Questions", "questions:QuestionsScreen", part_of="books", command="shopper questions"),
    Place("C", "claims", "Claims", "claims:ClaimsScreen", part_of="books", command="shopper claims"),
    Place("S", "statements", "Statements", "statements:StatementsScreen", part_of="books", command="shopper statements"),
    Place("K", "labels", "Labels", "orders.labels:LabelsScreen", part_of="books", command="shopper categories"),
    Place("F", "taxes", "Taxes", "taxes.taxes:TaxesScreen", part_of="books", command="shopper tax show"),
    Place("P", "receipts", "Receipts", "taxes.receipts:ReceiptsScreen", part_of="books", command="shopper receipts list"),
    Place("W", "warnings", "Warnings", "warnings:WarningsScreen", command="shopper alerts"),
    Place("A", "accounts", "Accounts", "accounts:AccountsScreen", command="shopper accounts list"),
    Place("I", "imports", "Imports", "imports:ImportsScreen", command="shopper imports"),
    Place("R", "rules", "Rules", "rules:RulesScreen", command="shopper rules list"),
    Place("M", "terms", "Terms", "terms:TermsScreen", part_of="rules", command="shopper terms list"),
    Place("Y", "history", "History", "history:HistoryScreen", command="shopper history"),
    Place("comma", "settings", "Settings", "settings:SettingsScreen", command="shopper settings list"),
)


HOME = "overview"
"""The screen that Escape leads to in the end."""


def places_at(name: str) -> tuple[Place, ...]:
    """Return a screen that has parts, or whose part `name` is, with all its parts; nothing for other screens."""
    whole = next((place.part_of for place in PLACES if place.name == name and place.part_of), name)
    found = tuple(place for place in PLACES if whole in (place.name, place.part_of))
    return found if len(found) > 1 else ()


_OF_TEXTUAL = (to_translate("palette"),)
"""Descriptions of Textual's own keys that the footer shows."""
_ACCOUNTS = (
    to_translate("Account 1"),
    to_translate("Account 2"),
    to_translate("Account 3"),
    to_translate("Account 4"),
    to_translate("Account 5"),
    to_translate("Account 6"),
    to_translate("Account 7"),
    to_translate("Account 8"),
    to_translate("Account 9"),
)
EVERYWHERE = (
    *(Binding(place.key, f"go('{place.name}')", place.title, show=False, id=f"go-{place.name}") for place in PLACES),
    *(
        Binding(str(number), f"choose_account({number})", about, show=False, id=f"account-{number}")
        for number, about in enumerate(_ACCOUNTS, start=1)
    ),
    Binding("i", "import_file", "Import", id="import"),
    Binding("ctrl+x", "cancel_import", "Cancel the import", show=False, id="cancel-import"),
    Binding("p", "pair", "Pair a browser", show=False, id="pair"),
    Binding("r", "reload", "Refresh", show=False, id="reload"),
    Binding("u", "undo_last", "Undo", show=False, id="undo"),
    Binding("dollar_sign", "hide_amounts", "Hide amounts", show=False, key_display="$", id="hide-amounts"),
    Binding("escape", "back", "Back", show=False, id="back"),
    Binding("question_mark", "help", "Help", key_display="?", id="help"),
    Binding("f1", "help_here", "Help on what has the focus", show=False, priority=True, id="help-here"),
    Binding("ctrl+z", "suspend_process", "To the shell", show=False, priority=True, id="suspend"),
    Binding("q", "quit", "Quit", id="quit"),
    Binding("ctrl+q", "quit", "Quit", show=False, system=True, id="quit-always"),
)
LIST_KEYS = (
    Binding("j", "cursor_down", "Down", show=False, id="list.down"),
    Binding("k", "cursor_up", "Up", show=False, id="list.up"),
    Binding("g", "first", "First", show=False, id="list.first"),
    Binding("G", "last", "Last", show=False, id="list.last"),
)


class KeysScreen(Screen[Answer]):
    """A screen whose keys are described in the current language, wherever Textual shows them: in the footer, the help, the palette."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now."""
        found = super().active_bindings
        if current_language() == DEFAULT:
            return found
        return {
            key: active._replace(binding=replace(active.binding, description=translated(active.binding.description)))
            for key, active in found.items()
        }


def with_ids(prefix: str, bindings: Iterable[BindingType]) -> list[BindingType]:
    """Return bindings, each with an id: its own, else the prefix and the name of its action."""
    return [
        replace(binding, id=f"{prefix}.{_action_name(binding.action)}") if isinstance(binding, Binding) and not binding.id else binding
        for binding in bindings
    ]


def _action_name(action: str) -> str:
    """Return "set-item-category" for "set_item('category')"."""
    return "-".join(re.findall(r"-?\w+", action.rpartition(".")[2])).replace("_", "-")


def actions() -> list[KeyAction]:
    """Return every action of the app and its screens, by id."""
    screens = [resolve_name(f"tui.screens.{place.screen}") for place in PLACES]
    classes = dict.fromkeys(parent for screen in screens for parent in screen.__mro__)
    own = [binding for parent in classes for binding in vars(parent).get("BINDINGS", ()) if isinstance(binding, Binding)]
    found = {each.id: KeyAction(each.id, each.key, translated(each.description)) for each in (*EVERYWHERE, *LIST_KEYS, *own) if each.id}
    return sorted(found.values(), key=lambda action: action.id)
