"""A line of screens with their keys, the current one marked. Each can be clicked."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.keymap import Place


class Navigation(Widget):
    """Shows the current screen and the others. The first letter of a title is its key; another key stands before the title."""

    class PlaceClicked(Message):
        """A screen's name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, here: str, places: Sequence[Place]) -> None:
        super().__init__()
        self._here = here
        self._shown = places
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Return the line, and remember the position of each name in it. Screens without room are shown by their key only."""
        line, self._places = Content(" "), []
        titled = self._with_titles()
        for place in self._shown:
            name = _name(place, here=place.name == self._here, titled=place.name in titled)
            self._places.append((line.cell_length, line.cell_length + name.cell_length, place.name))
            line = line + name
        return line

    def _with_titles(self) -> set[str]:
        """Return the names of the screens whose titles fit: the current one, then from the left."""
        room = self.size.width - 1 - sum(_width(place, titled=place.name == self._here) for place in self._shown)
        found = {self._here}
        for place in self._shown:
            more = _width(place, titled=True) - _width(place, titled=False)
            if place.name != self._here and more <= room:
                found.add(place.name)
                room -= more
        return found

    def on_click(self, event: events.Click) -> None:
        """Post which screen was clicked."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.PlaceClicked(name))
                return


def _name(place: Place, *, here: bool, titled: bool) -> Content:
    key, rest = place.shown_key, ""
    if titled:
        title = place.shown_title
        rest = title[1:] if title.startswith(key) else f" {title}"
    style = "bold reverse" if here else ""
    return Content.assemble((f" {key}", f"{style} underline $primary".strip()), (f"{rest} ", style or "$muted"))


def _width(place: Place, *, titled: bool) -> int:
    return _name(place, here=False, titled=titled).cell_length
