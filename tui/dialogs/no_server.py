"""Shown while no server can be reached at the start."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.languages.translating import translated
from tui.dialogs.dialog import Dialog
from tui.errors import sentence
from tui.formatting import plain

_PAUSE = 4.0
"""Seconds between two tries."""


class NoServerDialog(Dialog[bool]):
    """Tries to connect repeatedly, and shows problems of the installation. Returns True once connected, and False to quit.

    `connect` returns why it failed, None if it worked. `examine` returns the problems, a line each; it may take seconds.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "Try again", key_display="r"),
        Binding("q,escape", "quit_app", "Quit", key_display="q"),
    ]

    def __init__(
        self, error: Exception, connect: Callable[[], Awaitable[Exception | None]], examine: Callable[[], list[str]] = list
    ) -> None:
        super().__init__()
        self._error = error
        self._connect = connect
        self._examine = examine
        self._problems: list[str] = []

    def compose(self) -> ComposeResult:
        """Compose the message and the keys."""
        with Vertical(classes="dialog") as panel:
            panel.border_title = translated("The Shopper server cannot be reached")
            yield Static(self._text(), markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Keep trying, because the cause may go away without a key press."""
        self.set_interval(_PAUSE, self.action_again)
        self.run_worker(self._look_for_problems(), group="examine", exit_on_error=False)

    def _text(self) -> Content:
        found = "".join(f"\n\n{plain(problem)}" for problem in self._problems)
        return Content.assemble(sentence(self._error), found, "\n\n", translated("Shopper keeps trying. Press r to try now, or q to quit."))

    async def _look_for_problems(self) -> None:
        self._problems = await asyncio.to_thread(self._examine)
        self.query_one(Static).update(self._text())

    def action_again(self) -> None:
        """Try again, unless a try is still running."""
        running = any(worker.group == "connect" and not worker.is_finished for worker in self.workers)
        if self.is_current and not running:
            self.run_worker(self._try(), group="connect", exit_on_error=False)

    async def _try(self) -> None:
        error = await self._connect()
        if error is None:
            self.dismiss(True)
        else:
            self._error = error
            self.query_one(Static).update(self._text())

    def action_quit_app(self) -> None:
        """Leave the app."""
        self.dismiss(False)
