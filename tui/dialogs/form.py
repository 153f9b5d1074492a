"""A small form: labelled lines and pickers, saved with Enter. Errors are shown in the form before it closes."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Button, Footer, Input, Label, Select, Static

from assistant.domain.errors import DomainError, InvalidInput
from assistant.domain.languages.translating import translated
from tui.dialogs.dialog import Dialog
from tui.errors import sentence
from tui.formatting import plain
from tui.path_completion import expanded, pasted_path, without_prefix
from tui.widgets.picker import OTHER, Picker

Answers = Mapping[str, str]
_FEW = 8
"""Choices that a message can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One line of a form.

    `choices` make it a picker: a closed list of words or (word, text); `required` leaves out the entry for none, and `other` adds one for a
    word of the user's own. `suggest` are words that are only suggested while the user types.
    `is_path`: a path that is pasted or dropped replaces the initial "~/".
    `describe` says how a text is understood; its sentences are shown under the line once the user changes it.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[str | tuple[str, str]] = ()
    required: bool = False
    other: str = ""
    suggest: Sequence[str] = ()
    describe: Callable[[str], Sequence[str]] | None = None
    is_path: bool = False


def asking_before_replacing(save: Callable[[Answers], Awaitable[str]]) -> Callable[[Answers], Awaitable[str]]:
    """Return `save` for the answer `path`, which refuses a file that exists until Enter is pressed again with the same name."""
    told: set[Path] = set()

    async def checked(answers: Answers) -> str:
        path = expanded(answers["path"])
        if path.is_file() and path not in told:
            told.add(path)
            raise InvalidInput(translated("{name} exists. Press Enter again to replace it, or choose another name.", name=path.name))
        return await save(answers)

    return checked


def translated_choices(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return choices, each a word and its text, with the texts in the current language."""
    return tuple((word, translated(text)) for word, text in choices)


class PathLine(Input):
    """A line for a path: a whole path that is pasted or dropped replaces what is in it, whatever was completed there before."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a whole path; leave anything else to the line."""
        whole = pasted_path(event.text, self.value)
        if whole:
            event.prevent_default()
            event.stop()
            self.put(whole)

    def put(self, path: str) -> None:
        """Replace the path, with the cursor at its end."""
        self.value = path
        self.cursor_position = len(path)


class FormDialog(Dialog[str]):
    """Passes the answers to `save` and closes with what it returns; stays open if `save` refuses them.

    With `preview` the first Enter shows what it returns, and only another Enter with the same answers saves.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", priority=True),
        # With priority, so that a key typed right afterwards already goes to the next line.
        Binding("down,tab", "next_line", "Next line", show=False, priority=True),
        Binding("up,shift+tab", "previous_line", "Previous line", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        save: Callable[[Answers], Awaitable[str]],
        *,
        about: str = "",
        preview: Callable[[Answers], Awaitable[str]] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._fields, self._save, self._about, self._preview = title, fields, save, about, preview
        self._seen: Answers | None = None
        self._last = next((field for field in fields if field.required and not field.value), fields[0])

    def on_mount(self) -> None:
        """Begin in the first line that must be filled, else in the first one."""
        self._focus_on(self._last.name)

    def compose(self) -> ComposeResult:
        """Compose the lines."""
        with Vertical(classes="dialog form") as panel:
            panel.border_title = self._title
            with Grid(classes="fields"):
                for field in self._fields:
                    yield Label(field.label, markup=False)
                    yield _editor(field)
                    if field.other:
                        own = Input(
                            placeholder=field.hint or translated("the new word"), id=f"own-{field.name}", classes="own-word", compact=True
                        )
                        own.display = False
                        yield own
                    if field.describe is not None:
                        yield Static(id=f"understood-{field.name}", classes="understood", markup=False)
            yield Static(self._about, id="form-says", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(translated("Save"), id="save", compact=True)
        yield Footer(show_command_palette=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter and the arrows to a list that is open."""
        if action in ("save", "next_line", "previous_line"):
            return not any(picker.expanded for picker in self.query(Picker))
        return super().check_action(action, parameters)

    def about(self, widget: Widget) -> str:
        """Return what a line of the form is for, "" for other widgets."""
        field = next((field for field in self._fields if widget.id in (f"field-{field.name}", f"own-{field.name}")), None)
        if field is None:
            return ""
        picked = f"\n{translated(Picker.HELP)}" if isinstance(widget, Picker) and Picker.HELP else ""
        return f"{field.label}{f': {field.hint}' if field.hint else ''}{picked}"

    def action_next_line(self) -> None:
        """Go to the next line."""
        self.focus_next()

    def action_previous_line(self) -> None:
        """Go to the line before."""
        self.focus_previous()

    @on(Input.Changed)
    def describe(self, event: Input.Changed) -> None:
        """Show how the line that the user is changing is understood."""
        field = next((field for field in self._fields if f"field-{field.name}" == event.input.id), None)
        if field is not None and field.is_path and without_prefix(event.value) != event.value:
            event.input.value = without_prefix(event.value)
            event.input.cursor_position = len(event.input.value)
        if field is not None and field.describe is not None and event.input.has_focus:
            line, told = self.query_one(f"#understood-{field.name}", Static), field.describe(event.value)
            line.update("\n".join(map(plain, told)))
            line.display = bool(told)

    @on(Select.Changed)
    def chosen(self, event: Select.Changed) -> None:
        """Ask for the user's own word when that entry is chosen."""
        field = next((field for field in self._fields if f"field-{field.name}" == event.select.id), None)
        if field is not None and field.other:
            own = self.query_one(f"#own-{field.name}", Input)
            own.display = event.value == OTHER
            if own.display:
                own.focus()

    @on(Picker.NotThere)
    def not_there(self, event: Picker.NotThere) -> None:
        """Say which choices there are."""
        few = ", ".join(event.choices[:_FEW]) + (" …" if len(event.choices) > _FEW else "")
        self._says(
            translated("No choice begins with '{typed}'. There are: {few}. Press space to see all.", typed=event.typed[:20], few=few)
        )

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save; stay open if that is refused."""
        self.run_latest(self._try_to_save, group="save")

    def _answer(self, field: FormField) -> str:
        editor = self.query_one(f"#field-{field.name}")
        if not isinstance(editor, Picker):
            return self.query_one(f"#field-{field.name}", Input).value.strip()
        return self.query_one(f"#own-{field.name}", Input).value.strip() if editor.word == OTHER else editor.word

    async def _try_to_save(self) -> None:
        answers = {field.name: self._answer(field) for field in self._fields}
        missing = next((field for field in self._fields if field.required and not answers[field.name]), None)
        if missing is not None:
            self._says(translated("{label} is missing.", label=missing.label.rstrip(" *")))
            self._focus_on(missing.name)
            return
        try:
            if self._preview is not None and answers != self._seen:
                self._says(await self._preview(answers), wrong=False)
                self._seen = answers
            else:
                self.dismiss(await self._save(answers))
        except DomainError as error:
            self._says(sentence(error))
            self._focus_on(error.field)

    def _focus_on(self, name: str) -> None:
        """Put the focus on the line that a failure is about, else on the one that the user was in."""
        field = next((field for field in self._fields if field.name == name), None) or self._last
        own = self.query(f"#own-{field.name}")
        (own.first() if own and own.first().display else self.query_one(f"#field-{field.name}")).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember which line the user is in."""
        name = (event.widget.id or "").partition("-")[2]
        self._last = next((field for field in self._fields if field.name == name), self._last)

    def _says(self, text: str, *, wrong: bool = True) -> None:
        self.query_one("#form-says", Static).update(Content.styled(text, "$error" if wrong else ""))


def _editor(field: FormField) -> Widget:
    """Return the widget that edits a field."""
    name = f"field-{field.name}"
    if field.choices:
        blank = None if field.required and field.value else field.hint or "–"
        return Picker(field.choices, field.value, blank=blank, other=field.other, id=name)
    if field.is_path:
        return PathLine(plain(field.value), placeholder=field.hint, id=name, select_on_focus=False, compact=True)
    suggester = SuggestFromList(field.suggest, case_sensitive=False) if field.suggest else None
    return Input(plain(field.value), placeholder=field.hint, suggester=suggester, id=name, select_on_focus=False, compact=True)
