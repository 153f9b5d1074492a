"""The terminal app: paints its frame first, connects then, and routes facts to the screens that live."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import DomainError
from tui.dialogs import show_help, show_import, show_pairing, show_trouble
from tui.errors import TellsFailures, next_key, sentence
from tui.keymap import EVERYWHERE
from tui.messages import Connected, Fact
from tui.screens.modes import MODES
from tui.store import Store
from tui.theme import DARK, OWN_VARIABLES, THEMES

if TYPE_CHECKING:
    from assistant.client import AssistantClient
    from tui.screens.framed_screen import FramedScreen
    from tui.screens.orders import OrdersScreen
    from tui.screens.warnings import WarningsScreen


class ShopperApp(TellsFailures, App[None]):
    """All accounts in one quiet place.

    `connect` opens the client (and, where needed, a server) after the first paint; it may raise DomainError.
    `today` and `clock` are what tests replace.
    """

    TITLE = "Shopper"
    CSS_PATH = "styles/frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(EVERYWHERE)
    MODES = MODES
    DEFAULT_MODE = "overview"
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self, connect: "Callable[[], Awaitable[AssistantClient]]", *, today: Callable[[], date] = date.today, clock: Clock = system_clock
    ) -> None:
        super().__init__()
        self._connect = connect
        self._screens_alive: set[Screen[Any]] = set()
        self.clock = clock
        self.store = Store(self._tell, today, clock)
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
            show_trouble(self, error)
            return
        await self.store.listen()

    def attend(self, screen: Screen[Any]) -> None:
        """From now on tell this screen facts."""
        self._screens_alive.add(screen)

    def leave(self, screen: Screen[Any]) -> None:
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

    @property
    def framed(self) -> "FramedScreen | None":
        """The screen in the frame, also while a dialog lies over it."""
        from tui.screens.framed_screen import FramedScreen  # noqa: PLC0415  # would import this module

        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FramedScreen)), None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
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
        show_help(self)

    def action_pair(self) -> None:
        """Show a code that pairs a browser."""
        show_pairing(self)

    def action_import_file(self) -> None:
        """Ask for a file and take it in."""
        show_import(self)

    def show_orders(self, text: str) -> None:
        """Go to the orders that a filter finds."""

        async def show() -> None:
            screen: OrdersScreen = await self._go_to("orders")  # type: ignore[assignment]  # the mode of that name
            screen.look_for(text)

        self.call_later(show)

    def show_warning(self, alert_id: int) -> None:
        """Go to one warning."""

        async def show() -> None:
            screen: WarningsScreen = await self._go_to("warnings")  # type: ignore[assignment]  # the mode of that name
            screen.point_at(alert_id)

        self.call_later(show)

    async def _go_to(self, name: str) -> Screen[Any]:
        if name != self.current_mode:
            await self.switch_mode(name)
        return self.screen
