"""The terminal app: paints its frame first, then connects, and switches between screens and dialogs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from assistant.domain.clock import Clock, system_clock, system_today
from assistant.domain.errors import DomainError, ServerAway
from assistant.domain.languages.translating import translated
from tui.formatting import keep_no_break_spaces
from tui.keymap import EVERYWHERE
from tui.navigating import PlacesApp
from tui.store import Store
from tui.theme import DARK, OWN_VARIABLES, THEMES, begin_with_theme

if TYPE_CHECKING:  # the client imports aiohttp, which the first paint must not wait for
    from assistant.client import AssistantClient
    from tui.importing import RunningImport


class ShopperApp(PlacesApp):
    """The terminal app.

    `connect` opens the client (and a server if none runs) after the first paint; it may raise DomainError. `examine` returns what is
    wrong with the installation, for when it does.
    The user's settings are in `home`. `account`: whose orders are shown first, by key or name.
    `ascii_only`: the terminal cannot show other signs. Tests replace `today` and `clock`.
    """

    TITLE = "Shopper"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles/frame.tcss", "styles/overview.tcss"]
    """The styles of the first screen are here too: a screen with styles of its own makes Textual read all of them again."""
    BINDINGS: ClassVar[list[BindingType]] = list(EVERYWHERE)
    DEFAULT_MODE = "overview"
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        connect: "Callable[[], Awaitable[AssistantClient]]",
        *,
        examine: Callable[[], list[str]] = list,
        today: Callable[[], date] = system_today,
        clock: Clock = system_clock,
        home: Path | None = None,
        ascii_only: bool = False,
        account: str = "",
    ) -> None:
        super().__init__(Store(today, clock, home))
        keep_no_break_spaces()
        self.store.ascii_only = ascii_only
        self._connect = _asking(connect, self._ask_reason)
        self._examine = examine
        self._account = account
        self._import: RunningImport | None = None
        settings = self.store.settings
        for theme in THEMES:
            self.register_theme(theme)
        begin_with_theme(self, settings.theme if settings.theme in self.available_themes else DARK.name)
        self.set_keymap(settings.keys)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw in ASCII if the terminal cannot show more."""
        found = super().get_line_filters()
        if not self.store.ascii_only:
            return found
        from tui.ascii_filter import AsciiFilter  # noqa: PLC0415  # few terminals need it

        return [*found, AsciiFilter()]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Add the colours that only this app uses to every theme."""
        return dict(OWN_VARIABLES)

    def on_mount(self) -> None:
        """Connect after the first frame is painted."""
        self.call_after_refresh(self.open_store)
        self.watch(self, "theme", self._keep_theme, init=False)
        for problem in self.store.settings.problems:
            self.notify(problem, title=translated("Settings"), severity="warning", timeout=10, markup=False)

    def _keep_theme(self, theme: str) -> None:
        self.keep("theme", theme)

    async def on_unmount(self) -> None:
        """Close the client with the app."""
        await self.store.close()

    def open_store(self) -> None:
        """Connect and listen, in the background."""
        self.run_worker(self._open_store(), group="store", exclusive=True, exit_on_error=False)

    async def _open_store(self) -> None:
        error = await self._try_to_open()
        if error is not None:
            self._show_no_server(error)
            return
        self._welcome()
        wanted, self._account = self._account, ""
        self.show_account(wanted)
        await self.store.listen()

    def _welcome(self) -> None:
        """Show the first steps, once, while there is no account."""
        if not self.store.settings.welcome or self.store.accounts or self.store.kept_settings.home is None:
            return
        if len(self.screen_stack) > 1 or self.current_mode != self.DEFAULT_MODE or isinstance(self.focused, Input):
            # The user is typing already: a dialog in between would get keys that are meant for what is shown. It comes at the next start.
            return
        from tui.dialogs.welcome import WelcomeDialog  # noqa: PLC0415  # needed once

        def go_on(then: str | None) -> None:
            self.keep("welcome", "no")
            if then == "import":
                self.ask_for_file()
            elif then == "pair":
                self.action_pair()

        self.push_screen(WelcomeDialog(self.store), go_on)

    async def _try_to_open(self) -> Exception | None:
        """Connect; return why that failed, None if it worked."""
        try:
            await self.store.open(self._connect)
        except (DomainError, OSError) as error:
            await self.store.close()
            self.store.lost(error if isinstance(error, DomainError) else ServerAway(str(error)))
            return error
        return None

    def _show_no_server(self, error: Exception) -> None:
        from tui.dialogs.no_server import NoServerDialog  # noqa: PLC0415  # rarely needed

        def go_on(connected: bool | None) -> None:  # noqa: FBT001  # Textual passes a dialog's answer so
            if connected:
                self.run_worker(self.store.listen(), group="store", exclusive=True, exit_on_error=False)
            else:
                self.exit()

        self.push_screen(NoServerDialog(error, self._try_to_open, self._examine), go_on)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Return an entry for every action of this screen and of the app."""
        from tui.commands import commands  # noqa: PLC0415  # only when the palette opens

        yield from commands(self, screen, self.store.accounts)

    def action_reload(self) -> None:
        """Reload everything, and connect if there is no connection."""
        reload = self.load_again if self.store.connected else self.open_store
        reload()

    def action_hide_amounts(self) -> None:
        """Hide amounts from onlookers, or show them again."""

        async def hide() -> None:
            with self.failures_shown(self.store):
                await self.store.hide_amounts()

        self.run_worker(hide(), group="setting-hide", exit_on_error=False)

    def action_undo_last(self) -> None:
        """Undo the newest step of the history that is not undone yet, after asking."""
        from tui.dialogs.undo import undo_last  # noqa: PLC0415  # the first paint does not wait for it

        if len(self.screen_stack) == 1:
            self.run_worker(undo_last(self.store, self, self.push_screen_wait), group="undo", exclusive=True, exit_on_error=False)

    def action_pair(self) -> None:
        """Show a code that pairs a browser."""
        from tui.dialogs.pairing import PairingDialog  # noqa: PLC0415  # the first paint does not wait for it

        self.push_screen(PairingDialog(self.store))

    def action_import_file(self) -> None:
        """Ask for a file or folder and import it."""
        self.ask_for_file()

    def ask_for_file(self, path: str = "~/") -> None:
        """Ask for files, show what they bring, and import them in the background."""
        from tui.dialogs.import_file import ImportDialog  # noqa: PLC0415  # the first paint does not wait for it
        from tui.importing import RunningImport, Wanted  # noqa: PLC0415  # the first paint does not wait for it

        def start(wanted: Wanted | None) -> None:
            if wanted is not None:
                self._import = RunningImport(self.store)
                self.run_worker(self._import.run(self, wanted), group="import", exclusive=False, exit_on_error=False)

        self.push_screen(ImportDialog(self.store, path), start)

    async def action_quit(self) -> None:
        """Leave; ask first while files are imported or written."""
        if not self.store.work:
            self.exit()
        elif len(self.screen_stack) == 1:
            from tui.dialogs.confirm import question_of_quitting  # noqa: PLC0415  # rarely needed

            self.push_screen(question_of_quitting(), lambda sure: self.exit() if sure else None)

    async def action_cancel_import(self) -> None:
        """Cancel the import that runs."""
        with self.failures_shown(self.store):
            if self._import is not None and self.store.work:
                await self._import.cancel()

    async def _ask_reason(self, locked: str) -> str:
        """Ask why a locked tax year is changed; return "" if the user leaves it."""
        from tui.dialogs.tax_forms import asked_reason  # noqa: PLC0415  # few years are locked

        return await asked_reason(self.push_screen, locked)

    async def on_paste(self, event: events.Paste) -> None:
        """Offer to import a file that is dropped on the terminal, which pastes its path."""
        from tui.path_completion import expanded  # noqa: PLC0415  # the first paint does not wait for it

        if len(self.screen_stack) == 1 and event.text.strip() and not isinstance(self.focused, Input):
            path = expanded(event.text)
            if await asyncio.to_thread(path.exists):
                taken = getattr(self.screen, "take_dropped", None)
                if taken is None or not taken(event.text.strip()):
                    self.ask_for_file(event.text.strip())


def _asking(
    connect: "Callable[[], Awaitable[AssistantClient]]", ask: Callable[[str], Awaitable[str]]
) -> "Callable[[], Awaitable[AssistantClient]]":
    """Return a function that connects a client which asks for the reason to change a locked tax year."""

    async def connected() -> "AssistantClient":
        client = await connect()
        client.ask_for_reasons(ask)
        return client

    return connected
