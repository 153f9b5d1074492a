"""Lines to read: how complete each month is, why a warning was raised."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from tui.dialogs.dialog import Dialog


class LinesDialog(Dialog[None]):
    """Shows lines that can be scrolled."""

    def __init__(self, title: str, lines: Iterable[Content | str]) -> None:
        super().__init__()
        self._title = title
        self._lines = [Content(line) if isinstance(line, str) else line for line in lines]

    def compose(self) -> ComposeResult:
        """Compose the lines."""
        with Vertical(classes="dialog wide lines") as panel:
            panel.border_title = self._title
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines), markup=False)
        yield Footer(show_command_palette=False)
