"""The line in which a filter is typed: completes words, marks mistakes, and says what was found."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from assistant.domain.filter_language import HINT, Mistake, completed, completions, mistake_in
from assistant.domain.languages.translating import to_translate, translated

Known = Callable[[], Mapping[str, Sequence[str]]]
"""Returns the values of each key that can be completed; "@" are the names of saved filters."""
_MOST_SHOWN = 8


class _FilterSuggester(Suggester):
    """Suggests how the last word goes on."""

    def __init__(self, known: Known) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole filter with its last word completed."""
        found = completions(value, self._known())
        whole = completed(value, found[0]) if found else ""
        return whole if whole.startswith(value) else None


class _MistakeHighlighter(Highlighter):
    """Underlines the first mistake."""

    def __init__(self, saved: Callable[[], Mapping[str, str]]) -> None:
        self._saved = saved

    def highlight(self, text: Text) -> None:
        """Style the part of the text that is wrong."""
        mistake = mistake_in(text.plain, self._saved())
        if mistake is not None:
            text.stylize("underline", mistake.start, mistake.end)


class FilterInput(Input):
    """The input itself: Tab completes, Down goes to what was found."""

    HELP = to_translate(
        "Every word must fit: a part of a title, seller or number, or account:biz, cat:office, seller:acme, is:refunded, date:2025-01..03, "
        '>50. A minus leaves out (-toner), quotes hold words together ("desk lamp"), or separates alternatives.'
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="filter.complete"),
        Binding("down", "submit", "To the list", show=False, id="filter.to-list"),
    ]

    def __init__(self, known: Known, saved: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(
            placeholder=(translated("Press / to filter:") + " ") + HINT,
            id="filter",
            select_on_focus=False,
            compact=True,
            suggester=_FilterSuggester(known),
            highlighter=_MistakeHighlighter(saved),
        )
        self._known = known

    def on_focus(self, event: events.Focus) -> None:
        """Begin a new word, so that the next letters do not join the last word of the filter."""
        is_open = self.value.count('"') % 2
        if not event.from_app_focus and self.value.strip() and not self.value.endswith(" ") and not is_open:
            self.value += " "
            self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Complete the last word; if there is nothing to complete, go on to what was found."""
        found = completions(self.value, self._known())
        if not found:
            self.screen.focus_next()
            return
        self.value = completed(self.value, found[0]) + ("" if found[0].endswith(":") else " ")
        self.cursor_position = len(self.value)


class FilterLine(Vertical):
    """The line and, while it is needed, a second one with the mistake or with words to choose from."""

    class Changed(Message):
        """The filter has changed; `mistake` is None if it can be used."""

        def __init__(self, text: str, mistake: Mistake | None) -> None:
            super().__init__()
            self.text = text
            self.mistake = mistake

    class Left(Message):
        """The user goes from the line to what was found."""

    def __init__(self, known: Known, saved: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(id="filter-line")
        self._known, self._saved = known, saved
        self._refused = ("", "")

    def compose(self) -> ComposeResult:
        """Compose the line."""
        with Horizontal(id="filter-row"):
            yield Static(id="filter-period", markup=False)
            yield FilterInput(self._known, self._saved)
            yield Static(id="filter-says", markup=False)
        yield Static(id="filter-note", markup=False)

    @property
    def text(self) -> str:
        """The filter as it is written."""
        return self.query_one(FilterInput).value.strip()

    @text.setter
    def text(self, text: str) -> None:
        line = self.query_one(FilterInput)
        line.value = text
        line.cursor_position = len(text)

    @property
    def mistake(self) -> Mistake | None:
        """What is wrong with the words of the filter."""
        return mistake_in(self.text, self._saved())

    @property
    def refusal(self) -> str:
        """Why the filter cannot be used, "" if it can be or is not tried yet."""
        mistake, (text, reason) = self.mistake, self._refused
        return mistake.text if mistake else reason if text == self.text else ""

    def say(self, text: str) -> None:
        """Say what was found, at the end of the line."""
        self.query_one("#filter-says", Static).update(Content.styled(text, "$muted"))

    def show_period(self, text: str) -> None:
        """Say which days are shown, before the line."""
        before = Content.assemble(("‹ ", "$muted"), (text, "bold"), (" ›", "$muted")) if text else Content("")
        self.query_one("#filter-period", Static).update(before)

    def refuse(self, reason: str) -> None:
        """Remember and show why the filter, whose words are right, finds nothing: an account that is not there."""
        self._refused = (self.text, reason)
        self._note(reason if self.query_one(FilterInput).has_focus else "")

    def accept(self) -> None:
        """Forget why a filter could not be used: it can be now."""
        self._refused = ("", "")

    def _note(self, text: str) -> None:
        note = self.query_one("#filter-note", Static)
        note.update(Content.styled(text, "$error"))
        note.set_class(bool(text), "-shown")

    @on(Input.Changed, "#filter")
    def typed(self, event: Input.Changed) -> None:
        """Pass on the filter, and show its mistake or how its last word can go on."""
        event.stop()
        mistake = mistake_in(event.value, self._saved())
        found = completions(event.value, self._known()) if event.input.has_focus else []
        if found and event.value:
            self._offer(found)
        else:
            self._note(mistake.text if mistake is not None and event.input.has_focus else "")
        self.post_message(self.Changed(event.value.strip(), mistake))

    def _offer(self, found: Sequence[str]) -> None:
        more = " …" if len(found) > _MOST_SHOWN else ""
        note = self.query_one("#filter-note", Static)
        note.update(Content.assemble(("Tab  ", "$primary"), ("   ".join(found[:_MOST_SHOWN]) + more, "$muted")))
        note.set_class(True, "-shown")

    @on(Input.Submitted, "#filter")
    def submitted(self, event: Input.Submitted) -> None:
        """Go to what was found."""
        event.stop()
        self.query_one("#filter-note", Static).set_class(False, "-shown")
        self.post_message(self.Left())
