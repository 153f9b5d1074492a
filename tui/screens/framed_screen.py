"""The frame around every screen: accounts on top, the screen itself, a status line, keys. It also reloads stale screens."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, cast

from textual import events, on
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from assistant.domain.languages.translating import translated
from tui.errors import Notifies
from tui.keymap import PLACES, KeysScreen, Place, places_at, with_ids
from tui.messages import Connected, GoTo, ServerChange, ShowOrders
from tui.store import Store
from tui.widgets.accounts_strip import AccountsStrip
from tui.widgets.navigation import Navigation
from tui.widgets.status_line import KeyLine, StatusLine


class FramedScreen(Notifies, KeysScreen[None]):
    """A screen of the app. A subclass composes its `body`, loads its data in `load`, and names the changes that make it stale."""

    PLACE: ClassVar[str]
    """The name in the keymap."""
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = ()
    """Changes after which `load` runs again."""
    NEEDS: ClassVar[Mapping[str, str]] = {}
    """What has to be done before an action is possible, said when its key is pressed too early."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "read_on(1)", "Read on", show=False, id="read-on"),
        Binding("backspace", "read_on(-1)", "Read back", show=False, id="read-back"),
    ]

    def __init_subclass__(cls, **given: Any) -> None:
        """Give every action of the screen an id, by which the settings can change its keys."""
        cls.BINDINGS = with_ids(cls.PLACE if "PLACE" in vars(cls) else "screen", vars(cls).get("BINDINGS", ()))
        super().__init_subclass__(**given)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._stale = True
        self.loaded = asyncio.Event()
        """Whether what is shown is loaded, or cannot be."""

    def compose(self) -> ComposeResult:
        """Compose the frame."""
        yield AccountsStrip()
        parts = [self._with_own_key(place) for place in places_at(self.PLACE)]
        whole = Navigation(parts[0].name if parts else self.PLACE, [self._with_own_key(place) for place in PLACES if not place.part_of])
        whole.set_class(bool(parts), "-with-parts")
        yield whole
        if parts:
            yield Navigation(self.PLACE, parts)
        with Container(id="body"):
            yield from self.body()
        yield StatusLine()
        yield KeyLine()

    def _with_own_key(self, place: Place) -> Place:
        own = self.store.settings.keys.get(f"go-{place.name}")
        return replace(place, key=own.split(",")[0].strip()) if own else place

    def body(self) -> ComposeResult:
        """Compose the screen's own part."""
        yield from ()

    async def load(self) -> None:
        """Load data from the client and draw it. Raises DomainError."""

    def step_back(self) -> bool:
        """Undo the last step on this screen; return False if there is nothing to undo."""
        return False

    def choose_account(self, key: str) -> None:
        """Show the orders of an account."""
        self.post_message(ShowOrders(f"account:{key}"))

    def action_read_on(self, pages: int) -> None:
        """Scroll what lies beside the list by so many pages; the cursor stays in the list."""
        for pane in self.query(VerticalScroll):
            pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def on_mount(self) -> None:
        """Draw the frame and listen for changes."""
        self.store.add_listener(self.post_message)
        self._draw_frame()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.store.remove_listener(self.post_message)

    def on_screen_resume(self) -> None:
        """Reload what changed while another screen was shown."""
        self._draw_frame()
        if self._stale and self.store.state == "ok":
            self.reload()

    @on(ServerChange)
    def changed(self, change: ServerChange) -> None:
        """Draw the frame again, and the screen if it shows what changed."""
        self._draw_frame()
        if isinstance(change, (Connected, *self.STALE_ON)):
            self._stale = True
            if self in self.app.screen_stack:
                self.reload()

    def reload(self) -> None:
        """Load this screen's data again; an answer that comes too late is dropped."""
        self._stale = False
        self.load_by(self.load)

    def load_by(self, work: Callable[[], Awaitable[object]]) -> None:
        """Load what is shown in this way, instead of a load that still runs."""
        self.loaded.clear()

        async def load() -> None:
            try:
                await work()
            except asyncio.CancelledError:  # a later load has taken over
                raise
            except Exception:
                self.loaded.set()
                raise
            self.loaded.set()

        self.act(load, group="load")

    def on_key(self, event: events.Key) -> None:
        """Say that a key of this screen cannot be used now: a key that does nothing, silently, makes people type on into other keys."""
        own_keys = getattr(self.app, "own_keys", {})
        for parent in type(self).__mro__:
            for binding in vars(parent).get("BINDINGS", ()):
                if not isinstance(binding, Binding) or not binding.description:
                    continue
                keys = own_keys.get(binding.id or "", binding.key).split(",")
                namespace, action, parameters = parse(binding.action)
                if event.key in keys and not namespace and hasattr(self, f"action_{action}"):
                    # Without a focus the screen gets the key before its bindings do.
                    if not self.check_action(action, parameters):
                        not_here = translated("'{action}' is not possible here now.", action=translated(binding.description))
                        self.say_once(self.why_not(action) or not_here)
                    return

    def why_not(self, action: str) -> str:
        """Return why an action is not possible now and what to do first, "" if there is nothing to say beyond that."""
        return translated(self.NEEDS[action]) if action in self.NEEDS else ""

    def act(self, work: Callable[[], Awaitable[object]], *, group: str = "act", exclusive: bool = True) -> None:
        """Run client calls in the background and show failures."""

        async def guarded() -> None:
            with self.failures_shown(self.store):
                await work()

        # The function, not its coroutine: a worker that is replaced before it starts would leave that behind.
        self.run_worker(cast("Any", guarded), group=group, exclusive=exclusive, exit_on_error=False)

    def _draw_frame(self) -> None:
        store = self.store
        if store.connected and store.state != "connecting":
            self.query_one(AccountsStrip).show(store.overview, store.alerts, store.pen)
        self.query_one(StatusLine).show(store.state, len(store.browsers), store.new_orders.count, store.work)

    def on_accounts_strip_account_clicked(self, message: AccountsStrip.AccountClicked) -> None:
        """Show that account's orders, or the warnings."""
        self.post_message(ShowOrders(f"account:{message.key}") if message.key else GoTo("warnings"))

    def on_navigation_place_clicked(self, message: Navigation.PlaceClicked) -> None:
        """Go to the screen that was clicked."""
        self.post_message(GoTo(message.name))

    def on_resize(self, event: events.Resize) -> None:
        """Stack panels on narrow terminals and leave some out on low ones."""
        self.set_class(event.size.height < 28, "-low")  # noqa: PLR2004  # lines
        narrow = event.size.width < 100  # noqa: PLR2004  # cells
        self.set_class(narrow, "-narrow")
        for keys in self.query(KeyLine):
            keys.show_command_palette = not narrow
