"""A small form: labelled lines with suggestions, saved with Enter. A refused value is explained in the form."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, Footer, Input, Label, Static

from assistant.domain.errors import DomainError
from tui.dialogs.dialog import Dialog
from tui.errors import sentence
from tui.formatting import plain

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One line of a form. `choices` are suggested while the user types; the right arrow and Enter take the suggestion.

    `describe` says how a text is understood; its sentences are shown under the line once the user changes it.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[str] = ()
    describe: Callable[[str], Sequence[str]] | None = None

    def meant(self, text: str) -> str:
        """Return the answer for a text: its suggested choice, else the text itself."""
        text = text.strip()
        if not text or text in self.choices:
            return text
        return next((choice for choice in self.choices if choice.casefold().startswith(text.casefold())), text)


class FormDialog(Dialog[str]):
    """Passes the answers to `save` and closes with what it returns; stays open if `save` refuses them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save"),
        Binding("down", "app.focus_next", "Next line", show=False),
        Binding("up", "app.focus_previous", "Previous line", show=False),
    ]

    def __init__(self, title: str, fields: Sequence[FormField], save: Callable[[Answers], Awaitable[str]], *, about: str = "") -> None:
        super().__init__()
        self._title, self._fields, self._save, self._about = title, fields, save, about

    def compose(self) -> ComposeResult:
        """Compose the lines."""
        with Vertical(classes="dialog form") as panel:
            panel.border_title = self._title
            with Grid(classes="fields"):
                for field in self._fields:
                    yield Label(field.label, markup=False)
                    suggester = SuggestFromList(field.choices, case_sensitive=False) if field.choices else None
                    yield Input(
                        plain(field.value),
                        placeholder=field.hint,
                        suggester=suggester,
                        id=f"field-{field.name}",
                        select_on_focus=False,
                        compact=True,
                    )
                    if field.describe is not None:
                        yield Static(id=f"understood-{field.name}", classes="understood", markup=False)
            yield Static(self._about, id="form-says", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", compact=True)
        yield Footer(show_command_palette=False)

    @on(Input.Changed)
    def describe(self, event: Input.Changed) -> None:
        """Show how the line that the user is changing is understood."""
        field = next(field for field in self._fields if f"field-{field.name}" == event.input.id)
        if field.describe is not None and event.input.has_focus:
            line, told = self.query_one(f"#understood-{field.name}", Static), field.describe(event.value)
            line.update("\n".join(map(plain, told)))
            line.display = bool(told)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save; stay open if that is refused."""
        self.run_worker(self._try_to_save(), group="save", exclusive=True, exit_on_error=False)

    async def _try_to_save(self) -> None:
        answers = {field.name: field.meant(self.query_one(f"#field-{field.name}", Input).value) for field in self._fields}
        try:
            self.dismiss(await self._save(answers))
        except DomainError as error:
            self.query_one("#form-says", Static).update(Content.styled(sentence(error), "$error"))
