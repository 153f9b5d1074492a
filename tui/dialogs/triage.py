"""What needs the user, one after the other: settled with one key, opened with o, or left for later."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from assistant.domain.errors import DomainError
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.dialog import Dialog
from tui.errors import sentence
from tui.triage import Task, TaskKey

_NOTHING = to_translate("Nothing needs you. New warnings, unknown logins and questions about the books would be here.")


class TriageDialog(Dialog[Message]):
    """Returns where the user wants to go, None to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "turn(1)", "Later", key_display="n"),
        Binding("backspace", "turn(-1)", "One back", key_display="⌫"),
        Binding("o,enter", "open_task", "Open it", key_display="o"),
    ]

    def __init__(self, tasks: Sequence[Task]) -> None:
        super().__init__()
        self._tasks = list(tasks)
        self._place = 0
        self._done = 0
        self._settling: list[Task] = []
        self._said = ""

    def compose(self) -> ComposeResult:
        """Compose the task and its keys."""
        with Vertical(classes="dialog triage") as panel:
            panel.border_title = translated("One by one")
            with VerticalScroll(can_focus=False):
                yield Static(id="task-text", markup=False)
            yield Static(id="task-keys", markup=False)
            yield Static(id="task-says", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first task."""
        self._draw()

    @property
    def _current(self) -> Task | None:
        return self._tasks[self._place] if self._place < len(self._tasks) else None

    def _draw(self) -> None:
        task, text, keys = self._current, self.query_one("#task-text", Static), self.query_one("#task-keys", Static)
        self.query_one("#task-says", Static).update(self._said)
        if task is None:
            later = len(self._tasks)
            done = (
                translated("{done} settled, {later} left for later.", done=self._done, later=later)
                if self._done or later
                else translated(_NOTHING)
            )
            text.update(
                Content(
                    f"{done}\n\n"
                    + (
                        translated("Press Escape to close, Backspace to look at them again.")
                        if later
                        else translated("Press Escape to close.")
                    )
                )
            )
            keys.update("")
        else:
            head = Content.styled(
                translated("{kind}, {place} of {tasks}", kind=task.kind, place=self._place + 1, tasks=len(self._tasks)), "$muted"
            )
            text.update(Content("\n").join([head, Content(""), Content.styled(task.text, "bold"), *map(Content, task.more), Content("")]))
            keys.update(
                Content("   ").join([Content.assemble((choice.key, "bold $primary"), f" {choice.label}") for choice in task.choices])
            )
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what leads somewhere."""
        if action == "open_task":
            return self._current is not None
        if action == "turn":
            return self._current is not None if parameters == (1,) else self._place > 0
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Go to the next or previous task, which stays as it is."""
        self._place, self._said = max(0, min(len(self._tasks), self._place + by)), ""
        self._draw()

    def action_open_task(self) -> None:
        """Close, and go to the task's own screen."""
        if self._current is not None:
            self.dismiss(self._current.place)

    def on_key(self, event: events.Key) -> None:
        """Settle the task with one of its own keys."""
        task = self._current
        choice = next((choice for choice in task.choices if choice.key == event.key), None) if task else None
        if task is not None and choice is not None:
            event.stop()
            if any(task is other for other in self._settling):
                return
            self._settling.append(task)
            self.run_worker(self._settle(task, choice), group="settle", exclusive=False, exit_on_error=False)

    async def _settle(self, task: Task, choice: TaskKey) -> None:
        try:
            said = await choice.run()
        except DomainError as error:
            self._said = sentence(error)
        else:
            self._said = said
            self._take_out(task)
        finally:
            self._settling = [other for other in self._settling if other is not task]
        self._draw()

    def _take_out(self, task: Task) -> None:
        """Take out a settled task. The user may look at another one by now, which stays."""
        gone = next(place for place, other in enumerate(self._tasks) if other is task)
        del self._tasks[gone]
        self._place -= gone < self._place
        self._done += 1
