"""Asks for a file or folder to import; Tab completes the path."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, Footer, Input, Label, OptionList, Static

from assistant.domain.accounts.account import Account
from tui.dialogs.dialog import Dialog
from tui.dialogs.form import FormField
from tui.formatting import plain
from tui.path_completion import common_start, completions, expanded, without_prefix
from tui.widgets.row_list import RowList

Wanted = tuple[Path, str | None]


class ImportDialog(Dialog[Wanted]):
    """Returns an existing path and the account's name, or None if the file names its account."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", priority=True),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("enter", "take", "Import"),
    ]

    def __init__(self, accounts: Iterable[Account], path: str = "~/", refusal: str = "") -> None:
        """Start with this path and the reason why it was refused."""
        super().__init__()
        self._accounts = {plain(account.label): account.key for account in accounts}
        self._path, self._refusal = path, refusal
        self._fitting: list[str] = []

    def compose(self) -> ComposeResult:
        """Compose path, completions and account."""
        with Vertical(classes="dialog import") as panel:
            panel.border_title = "Import a file or folder"
            yield Input(value=self._path, placeholder="~/Downloads/Your Orders.zip", id="path", select_on_focus=False, compact=True)
            yield RowList(empty="No match.", id="completions")
            yield Label("Whose orders are these? Leave this empty if the file names its account.", markup=False)
            yield Input(
                placeholder=", ".join(self._accounts) or "no account yet: press Escape, 5, a to add one",
                suggester=SuggestFromList(list(self._accounts), case_sensitive=False),
                id="whose",
                compact=True,
            )
            yield Static(Content.styled(self._refusal, "$error"), id="import-says", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Import", id="import", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Start with the home folder; the arrow keys in the input line move through the list."""
        self.query_one(RowList).can_focus = False
        self.query_one("#path", Input).cursor_position = len(self._path)

    @on(Input.Changed, "#path")
    def typed(self, event: Input.Changed) -> None:
        """List what the path could become. A path pasted after the initial "~/" replaces it."""
        whole = without_prefix(event.value)
        if whole != event.value:
            event.input.value = whole
            event.input.cursor_position = len(whole)
            return
        if event.value != self._path:
            self.query_one("#import-says", Static).update("")
        self.run_worker(self._list(event.value), group="complete", exclusive=True, exit_on_error=False)

    async def _list(self, text: str) -> None:
        self._fitting = await asyncio.to_thread(completions, text)
        names = [
            (str(place), Content(plain(name.rstrip("/").rpartition("/")[2]) + ("/" if name.endswith("/") else "")))
            for place, name in enumerate(self._fitting)
        ]
        listing = self.query_one(RowList)
        listing.show(names)
        listing.highlighted = None

    def action_complete(self) -> None:
        """Complete the path as far as it is unambiguous, or with the entry under the cursor; from the account go back to the path."""
        path = self.query_one("#path", Input)
        if self.focused is not path:
            path.focus()
            return
        chosen = self.query_one(RowList).chosen
        longer = self._fitting[int(chosen)] if chosen is not None else common_start(self._fitting)
        if len(longer) > len(path.value) or chosen is not None:
            path.value = longer
            path.cursor_position = len(longer)
        else:
            self.query_one("#whose").focus()

    def action_move(self, by: int) -> None:
        """Move the list's cursor from the line."""
        listing = self.query_one(RowList)
        if by > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """Put the name that was clicked into the line."""
        if event.option_id is not None:
            path = self.query_one("#path", Input)
            path.value = self._fitting[int(event.option_id)]
            path.cursor_position = len(path.value)
            path.focus()

    @on(Input.Submitted, "#path")
    def path_entered(self) -> None:
        """Complete a chosen name first, else import."""
        if self.query_one(RowList).chosen is not None:
            self.action_complete()
        else:
            self.action_take()

    @on(Input.Submitted, "#whose")
    @on(Button.Pressed, "#import")
    def action_take(self) -> None:
        """Answer, if the path exists and the account is a registered one."""
        text = self.query_one("#path", Input).value
        path = expanded(text)
        if not text.strip() or not path.exists():
            self._refuse(f"There is no file '{plain(path.name) or plain(text)}'. Check the path, Tab completes it.")
            return
        whose = plain(self.query_one("#whose", Input).value).strip()
        label = FormField(name="whose", label="", choices=tuple(self._accounts)).meant(whose)
        key = self._accounts.get(label, label if label in self._accounts.values() else None)
        if whose and key is None:
            known = f" Registered: {', '.join(self._accounts)}." if self._accounts else ""
            self._refuse(f"There is no account '{whose[:40]}'. To add one, press Escape, then 5 and a.{known}")
            return
        self.dismiss((path, key))

    def _refuse(self, reason: str) -> None:
        self.query_one("#import-says", Static).update(Content.styled(reason, "$error"))
