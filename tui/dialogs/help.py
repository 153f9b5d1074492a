"""The keys that work here, and those that work everywhere."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.dialog import Dialog
from tui.keymap import EVERYWHERE, PLACES

_MOVES = (
    (to_translate("↑ ↓ or j k"), to_translate("Move")),
    ("Tab", to_translate("Next panel")),
    ("Enter", to_translate("Open or choose")),
    ("^p", to_translate("All commands, themes too")),
)
_HIDDEN = frozenset({"tab", "shift+tab", "ctrl+c", "super+c", "ctrl+q", "enter", "up", "down", "j", "k", "ctrl+p"})


class HelpDialog(Dialog[None]):
    """Lists the keys of the screen below, so it is never out of date."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q,f1", "leave", "Close", key_display="?", show=False)]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        everywhere = {binding.id for binding in EVERYWHERE}
        here: dict[str, str] = {}
        for key, active in below.active_bindings.items():
            binding = active.binding
            meant = active.node is below or binding.show
            if meant and binding.description and binding.id not in everywhere and key not in _HIDDEN:
                here.setdefault(binding.description, below.app.get_key_display(binding))
        self._here = [(key, text) for text, key in here.items()]
        self._command = next((place.command for place in PLACES if place.name == getattr(below, "PLACE", None)), "")
        self._everywhere = [
            (below.app.get_key_display(binding), translated(binding.description)) for binding in EVERYWHERE if binding.key not in _HIDDEN
        ]

    def compose(self) -> ComposeResult:
        """Compose both lists."""
        with Vertical(classes="dialog help") as panel:
            panel.border_title = translated("Keys")
            with VerticalScroll():
                if self._command:
                    yield Static(Content.assemble(translated("The same as text:"), " ", (self._command, "bold"), "\n"), markup=False)
                yield Static(_table(translated("On this screen"), self._here), markup=False)
                yield Static(_table(translated("Moving"), [(translated(key), translated(text)) for key, text in _MOVES]), markup=False)
                yield Static(_table(translated("Everywhere"), self._everywhere), markup=False)
                yield Static(Content.styled(translated("Everything can be clicked too. The mouse wheel scrolls."), "$muted"), markup=False)
        yield Footer(show_command_palette=False)


def _table(title: str, rows: list[tuple[str, str]]) -> Content:
    lines = [Content.assemble((f"{key:>12}", "bold $primary"), f"  {text}") for key, text in rows]
    return Content("\n").join([Content.styled(title, "bold $secondary"), *lines, Content("")]) if rows else Content("")
