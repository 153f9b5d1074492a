"""Asks for a file or folder and whose it is, shows what it would bring, and only then lets it be imported."""

import asyncio
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Footer, Input, Label, OptionList, Select, Static

from assistant.domain.errors import AccountMissing, DomainError, InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.account_forms import registration
from tui.dialogs.dialog import Dialog
from tui.dialogs.form import PathLine
from tui.errors import sentence
from tui.formatting import plain
from tui.importing import Outcome, Wanted, files_in, preview, preview_lines, unread
from tui.messages import AccountsChanged
from tui.path_completion import common_start, completions, expanded, without_prefix
from tui.store import Store
from tui.widgets.picker import OTHER, Picker
from tui.widgets.row_list import RowList

_PATH = to_translate(
    "A file or a folder: Amazon's zip as it came, a CSV file, a mailbox, saved pages. Type it, choose it with Down and Tab, "
    "or drop it on this window. Nothing is stored before you have seen what it brings."
)


class ImportDialog(Dialog[Wanted]):
    """Returns the files to import once the user has seen what they bring."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", priority=True),
        Binding("shift+tab", "back_to_path", "Back to the path", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("enter", "look", "Look", priority=True),
        Binding("enter", "take", "Import", priority=True),
    ]

    def __init__(self, store: Store, path: str = "~/") -> None:
        """Start with this path."""
        super().__init__()
        self._store, self._path = store, path
        self._fitting: list[str] = []
        self._seen: Wanted | None = None
        self._looked_at: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Compose path, completions and account."""
        with Vertical(classes="dialog import") as panel:
            panel.border_title = translated("Import a file or folder")
            yield PathLine(self._path, placeholder="~/Downloads/Your Orders.zip", id="path", select_on_focus=False, compact=True)
            yield RowList(empty=translated("No match."), id="completions")
            with Horizontal(id="whose-row"):
                yield Label(translated("Whose orders?") + " ", markup=False)
                yield self._owner_picker()
            yield Static(_said(""), id="import-says", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(translated("Look"), id="import", compact=True)
        yield Footer(show_command_palette=False)

    def about(self, widget: Widget) -> str:
        """Return what the line of the path is for."""
        return translated(_PATH) if widget.id == "path" else ""

    def _owner_picker(self, chosen: str = "") -> Picker:
        accounts = [(account.key, plain(account.label)) for account in self._store.accounts]
        return Picker(accounts, chosen, blank=translated("the file names its account"), other=translated("a new account …"), id="whose")

    def on_mount(self) -> None:
        """Start with the home folder; the arrow keys in the input line move through the list."""
        self.query_one(RowList).can_focus = False
        self.query_one("#path", Input).cursor_position = len(self._path)

    @on(Input.Changed, "#path")
    def typed(self, event: Input.Changed) -> None:
        """List what the path could become. A path pasted after the initial "~/" replaces it."""
        whole = without_prefix(event.value)
        if whole != event.value:
            self.query_one(PathLine).put(whole)
            return
        self._forget()
        self.run_latest(partial(self._list, event.value), group="complete")

    async def _list(self, text: str) -> None:
        self._fitting = await asyncio.to_thread(completions, text)
        names = [
            (str(place), Content(plain(name.rstrip("/").rpartition("/")[2]) + ("/" if name.endswith("/") else "")))
            for place, name in enumerate(self._fitting)
        ]
        listing = self.query_one(RowList)
        listing.show(names)
        listing.highlighted = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter and the arrows to an open list; Enter imports what was looked at."""
        if action in ("look", "take", "complete", "move", "back_to_path") and self.query_one("#whose", Picker).expanded:
            return False
        if action in ("look", "take"):
            return (action == "take") is (self._seen is not None and self._asked == self._looked_at)
        return super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Complete the path as far as it is unambiguous, or with the entry under the cursor; from the account go back to the path."""
        path = self.query_one(PathLine)
        if self.focused is not path:
            path.focus()
            return
        chosen = self.query_one(RowList).chosen
        longer = self._fitting[int(chosen)] if chosen is not None else common_start(self._fitting)
        if len(longer) > len(path.value) or chosen is not None:
            path.put(longer)
        else:
            self.query_one("#whose").focus()

    def action_back_to_path(self) -> None:
        """Go from the account to the path, or from the path to the account."""
        path = self.query_one("#path")
        (self.query_one("#whose") if self.focused is path else path).focus()

    def action_move(self, by: int) -> None:
        """Move the list's cursor from the line."""
        listing = self.query_one(RowList)
        (listing.action_cursor_down if by > 0 else listing.action_cursor_up)()

    @on(OptionList.OptionSelected, "#completions")
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """Put the name that was clicked into the line."""
        if event.option_id is not None:
            path = self.query_one(PathLine)
            path.put(self._fitting[int(event.option_id)])
            path.focus()

    @on(Select.Changed, "#whose")
    def owner_chosen(self, event: Select.Changed) -> None:
        """Ask for a new account when that entry is chosen."""
        self._forget()
        if event.value == OTHER:
            self.app.push_screen(registration(self._save_account), self._registered)

    async def _save_account(self, label: str, purpose: str) -> str:
        account = await self._store.client.add_account(label, purpose)
        await self._store.refresh()
        self._store.announce(AccountsChanged)
        return account.key

    async def _registered(self, key: str | None) -> None:
        row = self.query_one("#whose-row")
        await self.query_one("#whose").remove()
        await row.mount(self._owner_picker(key or ""))
        self.query_one("#whose").focus()

    @on(Picker.NotThere)
    def no_such_account(self, event: Picker.NotThere) -> None:
        """Say which accounts there are."""
        known = ", ".join(event.choices) or translated("none yet")
        text = translated(
            "No account begins with '{typed}'. Registered: {known}. Space opens the list.", typed=event.typed[:20], known=known
        )
        self._says(text, wrong=True)

    @on(Button.Pressed, "#import")
    def pressed(self) -> None:
        """Do what the button says."""
        (self.action_look if self._seen is None else self.action_take)()

    def action_look(self) -> None:
        """Complete the name under the cursor; without one show what the files would bring."""
        path, self._looked_at = self.query_one("#path", Input), self._asked
        if self.query_one(RowList).chosen is not None and self.focused is path:
            self.action_complete()
            return
        try:
            _check(expanded(path.value), path.value)
        except InvalidInput as error:
            self._says(sentence(error), wrong=True)
        else:
            look = partial(self._look, expanded(path.value), from_path=self.focused is path)
            # What is typed while the file is read already chooses the account.
            self.query_one("#whose").focus()
            self.run_latest(look, group="look")

    def action_take(self) -> None:
        """Import what was looked at."""
        self.dismiss(self._seen)

    async def _look(self, path: Path, *, from_path: bool) -> None:
        try:
            wanted = Wanted(await asyncio.to_thread(files_in, path), self.query_one("#whose", Picker).word or None)
            outcomes = await preview(self._store, wanted, self._says)
        except (DomainError, OSError) as error:
            self._says(sentence(error) if isinstance(error, DomainError) else str(error), wrong=True)
            return
        self._show(wanted, outcomes)
        if from_path and not any(isinstance(outcome.refused, AccountMissing) for outcome in outcomes):
            self.query_one("#path").focus()

    def _show(self, wanted: Wanted, outcomes: list[Outcome]) -> None:
        outcomes = [unread(outcome) for outcome in outcomes]
        usable = tuple(outcome.file for outcome in outcomes if outcome.refused is None)
        lines = preview_lines(outcomes, self._store.pen.label)
        if not usable:
            refused = outcomes[0].refused
            self._says(sentence(refused) if refused is not None and len(outcomes) == 1 else "\n".join(lines), wrong=True)
            return
        self._seen = Wanted(usable, wanted.account)
        self.query_one("#import", Button).label = translated("Import")
        self.refresh_bindings()
        self._says("\n".join([*lines, translated("Nothing is stored yet. Press Enter to import, or change the path or the account.")]))

    @property
    def _asked(self) -> tuple[str, str]:
        """What the lines say now: path and account."""
        return self.query_one("#path", Input).value, self.query_one("#whose", Picker).word

    def _forget(self) -> None:
        """Drop what was looked at, also if it is still being read, once another path or account is chosen."""
        if self._asked == self._looked_at:
            return
        self.workers.cancel_group(self, "look")
        self._seen = None
        self.query_one("#import", Button).label = translated("Look")
        self.refresh_bindings()
        self._says("")

    def _says(self, text: str, *, wrong: bool = False) -> None:
        self.query_one("#import-says", Static).update(_said(text, wrong=wrong))


def _said(text: str, *, wrong: bool = False) -> Content:
    """Return what the form says; with "" which files can be imported."""
    return Content.styled(text, "$error" if wrong else "") if text else Content.styled(translated(_PATH), "$muted")


def _check(path: Path, text: str) -> None:
    """Raise InvalidInput for a path that cannot be looked at: nothing, no such file, or a folder with all that the user has."""
    if not text.strip() or not path.exists():
        raise InvalidInput(translated("There is no file '{path}'. Check the path, Tab completes it.", path=plain(path.name) or plain(text)))
    if Path.home().is_relative_to(path.resolve()):
        raise InvalidInput(translated("Everything that you have is in this folder. Choose a file or a folder in it: Down, then Tab."))
