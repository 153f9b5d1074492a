"""The terminal app: paints its frame first, then connects, and switches between screens and dialogs."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import DomainError, KnownElsewhere, ServerAway
from tui.errors import Notifies, sentence
from tui.formatting import plain
from tui.keymap import EVERYWHERE, PLACES, Place
from tui.messages import Connected, GoTo, ShowBooks, ShowOrders, ShowWarning
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.theme import DARK, OWN_VARIABLES, THEMES

if TYPE_CHECKING:  # the client imports aiohttp, which the first paint must not wait for
    from assistant.client import AssistantClient


class ShopperApp(Notifies, App[None]):
    """The terminal app.

    `connect` opens the client (and a server if none runs) after the first paint; it may raise DomainError. `examine` returns what is
    wrong with the installation, for when it does.
    Tests replace `today` and `clock`.
    """

    TITLE = "Shopper"
    CSS_PATH = "styles/frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(EVERYWHERE)
    DEFAULT_MODE = "overview"
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        connect: "Callable[[], Awaitable[AssistantClient]]",
        *,
        examine: Callable[[], list[str]] = list,
        today: Callable[[], date] = date.today,
        clock: Clock = system_clock,
    ) -> None:
        super().__init__()
        self._connect = connect
        self._examine = examine
        self.store = Store(today, clock)
        self._trail: list[str] = []
        for place in PLACES:
            self.add_mode(place.name, self._opener(place))
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def _opener(self, place: Place) -> Callable[[], Screen[Any]]:
        """Return what makes a screen. Its class is imported when the user first goes there: the first paint needs the overview only."""
        return lambda: resolve_name(f"tui.screens.{place.screen}")(self.store)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Add the colours that only this app uses to every theme."""
        return dict(OWN_VARIABLES)

    def on_mount(self) -> None:
        """Connect after the first frame is painted."""
        self.call_after_refresh(self.open_store)

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
        await self.store.listen()

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

        self.push_screen(NoServerDialog(error, self._try_to_open, self._examine), self._after_dialog)

    def _after_dialog(self, connected: bool | None) -> None:  # noqa: FBT001  # Textual passes a dialog's answer so
        if connected:
            self.run_worker(self.store.listen(), group="store", exclusive=True, exit_on_error=False)
        else:
            self.exit()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Return an entry for every action of this screen and of the app."""
        from tui.commands import commands  # noqa: PLC0415  # only when the palette opens

        yield from commands(self, screen, self.store.accounts)

    def action_go(self, place: str) -> None:
        """Go to a screen, unless a dialog is open."""
        if len(self.screen_stack) == 1 and place != self.current_mode:
            self._trail.clear()
            self.switch_mode(place)

    @on(GoTo)
    def go_to(self, message: GoTo) -> None:
        """Go to a screen."""
        self.action_go(message.place)

    async def action_back(self) -> None:
        """Take back the last step on this screen; else go back to the screen that led here, or to the overview."""
        framed = self.screen_stack[0]
        if len(self.screen_stack) == 1 and isinstance(framed, FramedScreen) and not framed.step_back():
            place = self._trail.pop() if self._trail else self.DEFAULT_MODE
            if place != self.current_mode:
                self.switch_mode(place)

    def action_reload(self) -> None:
        """Reload everything, and connect if there is no connection."""
        if self.store.connected:
            self.store.announce(Connected)
        else:
            self.open_store()

    def action_hide_amounts(self) -> None:
        """Hide amounts from onlookers, or show them again."""
        self.store.hide_amounts()

    def action_undo_last(self) -> None:
        """Undo the newest step of the history that is not undone yet, after asking."""
        from tui.dialogs.undo import undo_last  # noqa: PLC0415  # the first paint does not wait for it

        if len(self.screen_stack) == 1:
            self.run_worker(undo_last(self.store, self, self.push_screen_wait), group="undo", exclusive=True, exit_on_error=False)

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.dialogs.help import HelpDialog  # noqa: PLC0415  # the first paint does not wait for it

        self.push_screen(HelpDialog(self.screen))

    def action_pair(self) -> None:
        """Show a code that pairs a browser."""
        from tui.dialogs.pairing import PairingDialog  # noqa: PLC0415  # the first paint does not wait for it

        self.push_screen(PairingDialog(self.store))

    def action_import_file(self) -> None:
        """Ask for a file or folder and import it."""
        self._ask_for_file()

    def _ask_for_file(self, path: str = "~/", refusal: str = "") -> None:
        from tui.dialogs.import_file import ImportDialog, Wanted  # noqa: PLC0415  # the first paint does not wait for it
        from tui.importing import import_path  # noqa: PLC0415  # the first paint does not wait for it

        async def run(wanted: "Wanted") -> None:
            refused = await import_path(self.store, self, *wanted, self._ask_to_store)
            if refused is not None:
                self._ask_for_file(str(wanted[0]), sentence(refused))

        def start(wanted: "Wanted | None") -> None:
            if wanted is not None:
                self.run_worker(run(wanted), group="import", exclusive=False, exit_on_error=False)

        self.push_screen(ImportDialog(self.store.accounts, path, refusal), start)

    async def _ask_to_store(self, known: KnownElsewhere) -> bool:
        """Ask before orders are stored that another account has: the file may belong to that account."""
        from tui.dialogs.confirm import ConfirmDialog  # noqa: PLC0415  # rarely needed

        dialog = ConfirmDialog("Is it this account's?", plain(str(known)), "Store it anyway")
        answer: bool | None = await self.push_screen_wait(dialog)
        return answer is True

    @on(ShowOrders)
    async def show_orders(self, message: ShowOrders) -> None:
        """Go to the orders that match a filter."""
        from tui.screens.orders import OrdersScreen  # noqa: PLC0415  # the first paint does not wait for it

        screen = await self._switched_to("orders")
        if isinstance(screen, OrdersScreen):
            screen.look_for(message.text, visiting=True)

    @on(ShowBooks)
    async def show_books(self, message: ShowBooks) -> None:
        """Go to the entries that a filter finds."""
        from tui.screens.books import BooksScreen  # noqa: PLC0415  # the first paint does not wait for it

        screen = await self._switched_to("books")
        if isinstance(screen, BooksScreen):
            screen.look_for(message.text)

    @on(ShowWarning)
    async def show_warning(self, message: ShowWarning) -> None:
        """Go to one warning."""
        from tui.screens.warnings import WarningsScreen  # noqa: PLC0415  # the first paint does not wait for it

        screen = await self._switched_to("warnings")
        if isinstance(screen, WarningsScreen):
            screen.point_at(message.alert_id)

    async def _switched_to(self, place: str) -> Screen[Any]:
        if place != self.current_mode:
            self._trail.append(self.current_mode)
            await self.switch_mode(place)
        return self.screen_stack[0]
