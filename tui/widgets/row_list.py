"""A short list: arrows or j and k move; the cursor stays on the same row when the rows change."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.languages.translating import to_translate
from tui.keymap import LIST_KEYS


class EmptyText(Static, can_focus=True):
    """Replaces an empty list and takes its focus, so that keys never go into an input line."""


class RowList(OptionList):
    """An option list for text from outside: nothing in it is read as markup."""

    HELP = to_translate("A list. What is known about the line under the cursor is beside it, if there is room.")
    BINDINGS: ClassVar[list[BindingType]] = list(LIST_KEYS)

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id, classes=classes, markup=False)
        self.empty = empty
        self.wanted: str | None = None
        """The line that the cursor goes to once it is shown."""

    def show(self, lines: Iterable[tuple[str, Content]]) -> None:
        """Replace the lines, given as (id, text); the cursor stays on its id. Without lines, show the empty text."""
        kept, place = self.chosen, self.highlighted
        options = [Option(text, id=key) for key, text in lines]
        scroll = self.scroll_y
        self.clear_options()
        if not options:
            keyed = getattr(self.screen, "keyed", str)
            self.add_option(Option(Content.styled(keyed(self.empty), "$muted"), id=None, disabled=True))
            return
        self.add_options(options)
        ids = [option.id for option in options]
        if self.wanted in ids:
            kept, self.wanted = self.wanted, None
        self.highlighted = ids.index(kept) if kept in ids else min(place or 0, len(ids) - 1)
        self.scroll_to(y=scroll, animate=False)

    @property
    def chosen(self) -> str | None:
        """The id of the line under the cursor, None when there is none."""
        if self.highlighted is None or not self.option_count:
            return None
        return self.get_option_at_index(self.highlighted).id

    def point_at(self, key: str) -> bool:
        """Move the cursor to the line of that id; False when there is none."""
        places = [index for index in range(self.option_count) if self.get_option_at_index(index).id == key]
        if places:
            self.highlighted = places[0]
        return bool(places)
