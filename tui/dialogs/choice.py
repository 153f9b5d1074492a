"""Choose an entry of a list by typing part of it or, if allowed, a new word."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList

from assistant.domain.languages.translating import translated
from assistant.domain.text import fold
from tui.dialogs.dialog import Dialog
from tui.formatting import plain
from tui.widgets.row_list import RowList


class ChoiceDialog(Dialog[str]):
    """Returns the chosen word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("enter", "choose", "Choose", priority=True),
    ]

    def __init__(self, title: str, words: Sequence[str | tuple[str, Content]] | None, *, own_word: bool = False) -> None:
        """Offer words, or (answer, text) pairs. None: they are still being loaded, and `offer` shows them."""
        super().__init__()
        self._title = title
        self._loaded = words is not None
        self._choices = _choices(words or ())
        self._own_word = own_word

    def compose(self) -> ComposeResult:
        """Compose the input line and the list."""
        with Vertical(classes="dialog") as panel:
            panel.border_title = self._title
            yield Input(
                placeholder=translated("Type to narrow the list") + (translated(", or write a new word") if self._own_word else ""),
                compact=True,
            )
            yield RowList(empty=translated("No match.") if not self._own_word else translated("Press Enter to use this word."))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show all choices."""
        self._narrow("")

    def offer(self, words: Sequence[str | tuple[str, Content]]) -> None:
        """Show choices that were loaded while the user may have typed already."""
        self._loaded, self._choices = True, _choices(words)
        self._narrow(self.query_one(Input).value)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show the matching entries."""
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        sought = fold(text.strip())
        fitting = [(word, look) for word, look in self._choices if sought in fold(look.plain)]
        self.query_one(RowList).show(fitting)

    def action_move(self, by: int) -> None:
        """Move the list's cursor from the line."""
        listing = self.query_one(RowList)
        if by > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    def action_choose(self) -> None:
        """Return the word under the cursor, or the typed one."""
        if not self._loaded:
            return
        word = self.query_one(RowList).chosen
        own = plain(self.query_one(Input).value)
        if word is not None:
            self.dismiss(word)
        elif self._own_word and own:
            self.dismiss(own)

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """Return the clicked word."""
        if event.option_id is not None:
            self.dismiss(event.option_id)


def _choices(words: Sequence[str | tuple[str, Content]]) -> list[tuple[str, Content]]:
    return [(word, Content(plain(word))) if isinstance(word, str) else word for word in words]
