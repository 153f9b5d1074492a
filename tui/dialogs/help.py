"""What the widget with the focus does, the keys that work here, what the signs mean, and the keys that work everywhere."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Column, Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.dialog import Dialog
from tui.formatting import plain
from tui.keymap import EVERYWHERE, PLACES
from tui.signs import signs_of
from tui.store import Store
from tui.theme import chip_style

_MOVES = (
    (to_translate("↑ ↓ or j k"), to_translate("Move the cursor")),
    ("Tab", to_translate("Next panel")),
    ("Enter", to_translate("Open or choose")),
    ("^p", to_translate("All commands, themes too")),
)
_KEY = 12
"""Cells of the column of keys."""
_MOST_BADGES = 9
_HIDDEN = frozenset({"tab", "shift+tab", "ctrl+c", "super+c", "ctrl+q", "enter", "up", "down", "j", "k", "ctrl+p"})


class HelpDialog(Dialog[None]):
    """Explains a widget, and lists the keys and signs of the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q", "leave", "Close", key_display="?", show=False)]

    def __init__(self, below: Screen[object], widget: Widget | None = None) -> None:
        super().__init__()
        self._about = _about(below, widget) if widget else ""
        self._keys = _keys_of(below, widget) if widget else []
        self._in_dialog = below.is_modal
        everywhere = {binding.id for binding in EVERYWHERE}
        here: dict[str, str] = {}
        for key, active in below.active_bindings.items():
            binding = active.binding
            meant = active.node is below or binding.show
            if meant and binding.description and binding.id not in everywhere and (below.is_modal or key not in _HIDDEN):
                here.setdefault(binding.description, below.app.get_key_display(binding))
        self._here = [(key, text) for text, key in here.items()]
        self._signs = [] if below.is_modal else _signs_of(below)
        self._command = next((place.command for place in PLACES if place.name == getattr(below, "PLACE", None)), "")
        self._everywhere = [
            (below.app.get_key_display(binding), translated(binding.description)) for binding in EVERYWHERE if binding.key not in _HIDDEN
        ]

    def compose(self) -> ComposeResult:
        """Compose both lists."""
        with Vertical(classes="dialog help") as panel:
            panel.border_title = translated("Keys")
            with VerticalScroll():
                if self._about:
                    yield Static(Content(f"{self._about}\n"), markup=False)
                if self._keys:
                    yield Static(_table(translated("Here"), self._keys), markup=False)
                if self._command:
                    yield Static(Content.assemble(translated("The same as text:"), " ", (self._command, "bold"), "\n"), markup=False)
                where = translated("In this dialog") if self._in_dialog else translated("On this screen")
                yield Static(_table(where, self._here), markup=False)
                if self._signs:
                    yield Static(Content.styled(translated("Signs"), "bold $secondary"))
                    yield Static(self._sign_table())
                if not self._in_dialog:
                    yield Static(_table(translated("Moving"), [(translated(key), translated(text)) for key, text in _MOVES]), markup=False)
                    yield Static(_table(translated("Everywhere"), self._everywhere), markup=False)
                yield Static(Content.styled(translated("Everything can be clicked too. The mouse wheel scrolls."), "$muted"), markup=False)
        yield Footer(show_command_palette=False)

    def _sign_table(self) -> Table:
        """Return the signs beside what they mean; long texts are wrapped beside their sign."""
        table = Table.grid(Column(justify="right", width=_KEY, no_wrap=True), Column(), padding=(0, 2, 0, 0))
        for sign, style, about in self._signs:
            # A style of the text, not of its cell, which would be painted as wide as the column.
            table.add_row(Text.assemble((sign, style or f"bold {self.app.theme_variables['primary']}")), Text(about))
        table.add_row()
        return table


def _about(below: Screen[object], widget: Widget) -> str:
    """Return what a widget is for: what its dialog says about it, else its own text."""
    if isinstance(below, Dialog) and (found := below.about(widget)):
        return found
    return next((translated(node.HELP) for node in widget.ancestors_with_self if isinstance(node, Widget) and node.HELP), "")


def _keys_of(below: Screen[object], widget: Widget) -> list[tuple[str, str]]:
    """Return the keys of a widget of this app, also those that the line at the bottom leaves out."""
    classes = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("tui.")]
    bindings = [binding for kind in classes for binding in vars(kind).get("BINDINGS", ()) if isinstance(binding, Binding)]
    return [(below.app.get_key_display(binding), translated(binding.description)) for binding in bindings]


def _signs_of(below: Screen[object]) -> list[tuple[str, str, str]]:
    """Return the badges of the accounts with their names, then the other signs of a screen: sign, style ("" = usual), meaning."""
    store: Store | None = getattr(below, "store", None)
    if store is None:
        return []
    pen, accounts = store.pen, store.accounts[:_MOST_BADGES]
    badges = [(f" {pen.mark(account.key)}\u00a0", chip_style(account.colour), plain(account.label)) for account in accounts]
    return [*badges, *((signs, "", translated(about)) for signs, about in signs_of(getattr(below, "PLACE", "")))]


def _table(title: str, rows: Sequence[tuple[str, str]]) -> Content:
    lines = [Content.assemble((f"{key:>{_KEY}}", "bold $primary"), f"  {text}") for key, text in rows]
    return Content("\n").join([Content.styled(title, "bold $secondary"), *lines, Content("")]) if rows else Content("")
