"""A closed list in one line of a form: only its words can be chosen."""

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Select

from assistant.domain.languages.translating import to_translate, translated
from tui.formatting import plain

OTHER = "\0other"
"""The answer of the last entry, which asks for a word of the user's own."""
_PAUSE = 1.5
"""Seconds after which a typed letter begins a new word."""


class Picker(Select[str], inherit_bindings=False):
    """Left and right move through the choices, letters go to the first match, space opens the list."""

    HELP = to_translate("Only the words of the list can be chosen: letters go to the first that fits, left and right turn, space opens it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "show_overlay", "All choices", id="picker.open"),
        Binding("left", "turn(-1)", "Previous choice", show=False, id="picker.previous"),
        Binding("right", "turn(1)", "Next choice", show=False, id="picker.next"),
    ]

    class NotThere(Message):
        """No choice begins with the letters that were typed."""

        def __init__(self, typed: str, choices: Sequence[str]) -> None:
            super().__init__()
            self.typed = typed
            self.choices = choices

    def __init__(
        self,
        choices: Sequence[str | tuple[str, str]],
        value: str = "",
        *,
        blank: str | None = None,
        other: str = "",
        id: str | None = None,  # noqa: A002  # textual's name for it
    ) -> None:
        """Offer choices, each a word or (word, text).

        `blank` is shown for no choice, None if there must be one; `other` is the text of a last entry for a word of the user's own.
        A value that is not among the choices is offered too: what is stored is never changed by opening a form.
        """
        entries = [(word, word) if isinstance(word, str) else word for word in choices]
        if value and value not in {word for word, _ in entries}:
            entries.insert(0, (value, value))
        if other:
            entries.append((OTHER, other))
        if blank is None and not entries:
            blank = translated("nothing to choose from")
        options = [(plain(text) or word, word) for word, text in entries]
        start = value or (Select.NULL if blank is not None else options[0][1])
        super().__init__(options, prompt=blank or "", allow_blank=blank is not None, value=start, compact=True, id=id)
        self._words = [*([""] if blank is not None else []), *(word for _, word in options)]
        self._texts = {word: text for text, word in options}
        self._typed, self._typed_at = "", 0.0

    @property
    def word(self) -> str:
        """The chosen word, "" for none."""
        return self.selection or ""

    def choose(self, word: str) -> None:
        """Choose a word, "" for none."""
        self.value = word or Select.NULL

    def action_turn(self, by: int) -> None:
        """Choose the next or the previous entry."""
        self.choose(self._words[(self._words.index(self.word) + by) % len(self._words)])

    def on_key(self, event: events.Key) -> None:
        """Go to the first choice that begins with what is typed. A space opens the list, except within a word: "United S"."""
        if self.expanded or event.character is None or not event.is_printable:
            return
        now = monotonic()
        typed = (self._typed if now - self._typed_at < _PAUSE else "") + event.character
        found = next((word for word in self._words if self._begins(word, typed)), None)
        if event.character == " " and (typed == " " or found is None):
            return
        event.stop()
        event.prevent_default()
        self._typed, self._typed_at = typed, now
        if found is None:
            self.post_message(self.NotThere(self._typed, [text for word, text in self._texts.items() if word != OTHER]))
        else:
            self.choose(found)

    def _begins(self, word: str, typed: str) -> bool:
        return bool(word) and any(text.casefold().startswith(typed.casefold()) for text in (word, self._texts[word]))
