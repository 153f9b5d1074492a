"""The terminal app: paints its frame first, connects then, and routes facts to the screens that live."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import DomainError
from tui.failures import next_key, sentence
from tui.keymap import EVERYWHERE
from tui.messages import Connected, Fact
from tui.screens.modes import MODES
from tui.store import Store
from tui.theme import DARK, OWN_VARIABLES, THEMES

if TYPE_CHECKING:
    from assistant.client import AssistantClient
    from tui.screens.framed import FramedScreen
    from tui.screens.orders import OrdersScreen
    from tui.screens.warnings import WarningsScreen


class ShopperApp(App[None]):
    """All accounts in one quiet place.

    `connect` opens the client (and, where needed, a server) after the first paint; it may raise DomainError.
    `today` and `clock` are what tests replace.
    """

    TITLE = "Shopper"
    CSS_PATH: ClassVar[list[str]] = ["styles/frame.tcss", "styles/screens.tcss", "styles/dialogs.tcss"]  # type: ignore[assignment]  # textual reads any list
    BINDINGS: ClassVar[list[BindingType]] = list(EVERYWHERE)
    MODES = MODES
    DEFAULT_MODE = "overview"
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self, connect: "Callable[[], Awaitable[AssistantClient]]", *, today: Callable[[], date] = date.today, clock: Clock = system_clock
    ) -> None:
        super().__init__()
        self._connect = connect
        self._screens_alive: set[Screen[object]] = set()
        self.clock = clock
        self.store = Store(self._tell, today)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours that only this app has."""
        return dict(OWN_VARIABLES)

    def on_mount(self) -> None:
        """Connect once the first frame stands."""
        self.call_after_refresh(self.open_store)

    async def on_unmount(self) -> None:
        """Close the client with the app."""
        await self.store.close()

    def open_store(self) -> None:
        """Connect and listen, in the background."""
        self.run_worker(self._open_store(), group="store", exclusive=True, exit_on_error=False)

    async def _open_store(self) -> None:
        try:
            await self.store.open(self._connect)
        except (DomainError, OSError) as error:
            await self.store.close()
            self.store.lost()
            await self._tell_no_server(error)
            return
        await self.store.listen()

    async def _tell_no_server(self, error: Exception) -> None:
        from tui.screens.trouble import TroubleScreen  # noqa: PLC0415  # only when it is needed

        self.push_screen(TroubleScreen(error), self._after_trouble)

    def _after_trouble(self, again: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        if again:
            self.open_store()
        else:
            self.exit()

    def attend(self, screen: Screen[object]) -> None:
        """From now on tell this screen facts."""
        self._screens_alive.add(screen)

    def leave(self, screen: Screen[object]) -> None:
        """Tell this screen nothing more."""
        self._screens_alive.discard(screen)

    def _tell(self, fact: Fact) -> None:
        for screen in tuple(self._screens_alive):
            screen.post_message(type(fact)())

    def tell_failure(self, error: Exception) -> None:
        """Show a failure as a notification with the next key."""
        self.notify(f"{sentence(error)}\n{next_key(error)}", title="That did not work", severity="error", timeout=10, markup=False)

    def say(self, text: str) -> None:
        """Show good news for a moment; may hold strangers' words."""
        self.notify(text, timeout=4, markup=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a background task that failed instead of leaving the app with a traceback."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, Exception):
            self.log.error(error)
            self.tell_failure(error)

    @property
    def framed(self) -> "FramedScreen | None":
        """The screen in the frame, also while a dialog lies over it."""
        from tui.screens.framed import FramedScreen  # noqa: PLC0415  # would import this module

        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FramedScreen)), None)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return an entry for every action of this screen and of the app."""
        from tui.commands import commands  # noqa: PLC0415  # only when the palette opens

        yield from commands(self, screen)

    def action_go(self, name: str) -> None:
        """Go to a screen."""
        if len(self.screen_stack) == 1 and name != self.current_mode:
            self.switch_mode(name)

    async def action_back(self) -> None:
        """Undo the last step on this screen, else go to the overview."""
        if self.framed is not None and not self.framed.step_back():
            self.action_go("overview")

    def action_reload(self) -> None:
        """Read everything again, connecting anew where there is no connection."""
        if self.store.connected:
            self.store.expect(Connected)
        else:
            self.open_store()

    def action_hide_amounts(self) -> None:
        """Hide amounts from onlookers, or show them again."""
        self.store.hidden = not self.store.hidden
        self._tell(Connected())

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415  # only when it is needed

        self.push_screen(HelpScreen(self.screen))

    def action_pair(self) -> None:
        """Show a code that pairs a browser."""
        from tui.screens.pairing import PairingScreen  # noqa: PLC0415  # only when it is needed

        self.push_screen(PairingScreen(self.clock))

    def action_import_file(self) -> None:
        """Ask for a file and take it in."""
        from tui.importing import import_file  # noqa: PLC0415  # only when it is needed

        import_file(self)

    def show_orders(self, text: str) -> None:
        """Go to the orders that a filter finds."""
        screen: OrdersScreen = self._go_to("orders")  # type: ignore[assignment]  # the mode of that name
        screen.look_for(text)

    def show_warning(self, alert_id: int) -> None:
        """Go to one warning."""
        screen: WarningsScreen = self._go_to("warnings")  # type: ignore[assignment]  # the mode of that name
        screen.point_at(alert_id)

    def _go_to(self, name: str) -> Screen[object]:
        if name != self.current_mode:
            self.switch_mode(name)
        return self.screen
