"""The frame around every screen: accounts on top, the screen, a status line, keys; and reloading by itself."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer

from tui.errors import TellsFailures, told
from tui.messages import Connected, Fact
from tui.widgets.accounts_strip import AccountsStrip
from tui.widgets.navigation import Navigation
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from tui.app import ShopperApp
    from tui.store import Store


class FramedScreen(TellsFailures, Screen[None]):
    """A screen of the app. A subclass composes its `body`, loads its data in `load`, and names the facts that make it stale."""

    PLACE: ClassVar[str]
    """Its name in the keymap."""
    STALE_ON: ClassVar[tuple[type[Fact], ...]] = ()
    """Facts after which `load` runs again."""

    def __init__(self) -> None:
        super().__init__()
        self._stale = True

    @property
    def shopper(self) -> "ShopperApp":
        """The app, with its own type."""
        return cast("ShopperApp", self.app)

    @property
    def store(self) -> "Store":
        """What the client said last."""
        return self.shopper.store

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield AccountsStrip()
        yield Navigation(self.PLACE)
        with Container(id="body"):
            yield from self.body()
        yield StatusLine()
        yield Footer()

    def body(self) -> ComposeResult:
        """Compose what is this screen's own."""
        yield from ()

    async def load(self) -> None:
        """Ask the client and draw. Raises DomainError."""

    def step_back(self) -> bool:
        """Undo the last step on this screen; False when there is none."""
        return False

    def on_mount(self) -> None:
        """Draw the frame and hear facts from now on."""
        self.shopper.attend(self)
        self._draw_frame()

    def on_unmount(self) -> None:
        """Hear no more facts."""
        self.shopper.leave(self)

    def on_screen_resume(self) -> None:
        """Read again what changed while another screen was shown."""
        self._draw_frame()
        if self._stale and self.store.state == "ok":
            self.reload()

    @on(Fact)
    def fact_told(self, fact: Fact) -> None:
        """Draw the frame anew, and the screen if the fact concerns it."""
        self._draw_frame()
        if isinstance(fact, (Connected, *self.STALE_ON)):
            self._stale = True
            if self.shopper.framed is self:
                self.reload()

    def reload(self) -> None:
        """Read this screen's data again; an answer that comes too late is dropped."""
        self._stale = False
        self.act(self.load, group="load")

    def act(self, work: Callable[[], Awaitable[object]], *, group: str = "act", exclusive: bool = True) -> None:
        """Run client calls in the background; their failures are told."""

        async def guarded() -> None:
            with told(self.shopper):
                await work()

        self.run_worker(guarded(), group=group, exclusive=exclusive, exit_on_error=False)

    def _draw_frame(self) -> None:
        store = self.store
        if store.connected and store.state != "connecting":
            self.query_one(AccountsStrip).show(store.overview, store.alerts, store.pen)
        self.query_one(StatusLine).show(store.state, len(store.browsers), store.captured, store.work)

    def on_accounts_strip_account_clicked(self, message: AccountsStrip.AccountClicked) -> None:
        """Show that account's orders, or the warnings."""
        if message.key:
            self.shopper.show_orders(f"account:{message.key}")
        else:
            self.shopper.action_go("warnings")

    def on_navigation_place_clicked(self, message: Navigation.PlaceClicked) -> None:
        """Go there."""
        self.shopper.action_go(message.name)

    def on_resize(self, event: events.Resize) -> None:
        """Stack panels on narrow terminals, leave some out on low ones."""
        self.set_class(event.size.height < 28, "-low")  # noqa: PLR2004  # lines
        self.set_class(event.size.width < 100, "-narrow")  # noqa: PLR2004  # cells
