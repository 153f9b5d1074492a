"""Going from screen to screen: by key, by message, and back the same way."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pkgutil import resolve_name
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.command import CommandPalette, Provider
from textual.screen import Screen

from assistant.domain.languages.language import speak, system_language
from assistant.domain.languages.translating import translated
from assistant.settings.user_settings import UserSettings
from tui.errors import Notifies
from tui.formatting import plain
from tui.keymap import HOME, PLACES, Place
from tui.messages import Connected, GoTo, LanguageChosen, ShowBooks, ShowOrders, ShowWarning
from tui.screens.framed_screen import FramedScreen
from tui.store import Store


def _place_of(name: str) -> Place:
    return next(place for place in PLACES if place.name == name)


def _first_place(settings: UserSettings) -> str:
    """Return the name of the screen on which the app opens."""
    chosen = settings.opens_on or settings.last_screen
    return chosen if chosen in {place.name for place in PLACES} else HOME


def _palette_commands() -> type[Provider]:
    from tui.palette import PaletteCommands  # noqa: PLC0415  # only when the palette opens

    return PaletteCommands


class PlacesApp(Notifies, App[None]):
    """An app whose modes are the screens of the keymap."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette_commands}

    def __init__(self, store: Store) -> None:
        self.store = store
        self.DEFAULT_MODE = _first_place(store.settings)  # type: ignore[misc]  # Textual reads the first screen from it
        super().__init__()
        self._trail: list[str] = []
        self.shown_until: dict[str, float] = {}
        """Until when a notification is shown that is not repeated."""
        for place in PLACES:
            self.add_mode(place.name, self._opener(place))

    def on_mount(self) -> None:
        """Paint everything when the app comes back from the shell: the terminal is empty, and Textual paints only what changed."""
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    @property
    def own_keys(self) -> Mapping[str, str]:
        """The keys that the user has set, by the id of their action."""
        return self.store.settings.keys

    def _opener(self, place: Place) -> Callable[[], Screen[Any]]:
        """Return what makes a screen. Its class is imported when the user first goes there: the first paint needs the overview only."""
        return lambda: resolve_name(f"tui.screens.{place.screen}")(self.store)

    def keep(self, name: str, value: str) -> None:
        """Save a setting in the background, and report it if the disk is full."""

        async def save() -> None:
            with self.failures_shown(self.store):
                await self.store.save_setting(name, value)

        self.run_worker(save(), group=f"setting-{name}", exclusive=True, exit_on_error=False)

    def load_again(self) -> None:
        """Load everything again, or show why that is not possible."""

        async def load() -> None:
            with self.failures_shown(self.store):
                await self.store.refresh()
                self.store.announce(Connected)

        self.run_worker(load(), group="load-again", exclusive=True, exit_on_error=False)

    def action_go(self, place: str) -> None:
        """Go to a screen, unless a dialog is open."""
        if len(self.screen_stack) == 1 and place != self.current_mode:
            self._trail.clear()
            self.switch_mode(place)
            self.keep("last_screen", place)

    @on(LanguageChosen)
    def make_screens_again(self) -> None:
        """Make every screen again, in the language that the user chose."""
        speak(self.store.settings.language or system_language())
        self.run_worker(self._make_screens_again(self.current_mode), group="language", exclusive=True, exit_on_error=False)

    async def _make_screens_again(self, shown: str) -> None:
        # The screen that is shown cannot be removed, so another one is shown for a moment.
        other = next(place.name for place in PLACES if place.name != shown)
        for kept, removed in ((shown, [place for place in PLACES if place.name != shown]), (other, [_place_of(shown)])):
            await self.switch_mode(kept)
            for place in removed:
                await self.remove_mode(place.name)
                self.add_mode(place.name, self._opener(place))
        await self.switch_mode(shown)

    @on(GoTo)
    def go_to(self, message: GoTo) -> None:
        """Go to a screen."""
        self.action_go(message.place)

    async def action_back(self) -> None:
        """Undo the last step on this screen; otherwise go back to the screen that led here, or to the overview."""
        framed = self.screen_stack[0]
        if len(self.screen_stack) == 1 and isinstance(framed, FramedScreen) and not framed.step_back():
            place = self._trail.pop() if self._trail else HOME
            if place != self.current_mode:
                self.switch_mode(place)

    def action_choose_account(self, number: int) -> None:
        """Show only the account of this number."""
        framed, accounts = self.screen_stack[0], self.store.accounts
        if len(self.screen_stack) == 1 and isinstance(framed, FramedScreen) and number <= len(accounts):
            framed.choose_account(accounts[number - 1].key)

    def show_account(self, wanted: str) -> None:
        """Show the orders of an account by its key or name; "" shows nothing else."""
        sought = wanted.casefold()
        found = next((known for known in self.store.accounts if sought in (known.key.casefold(), known.label.casefold())), None)
        if wanted and found is not None:
            self.post_message(ShowOrders(f"account:{found.key}"))
        elif wanted:
            names = ", ".join(plain(known.label) for known in self.store.accounts) or "–"
            text = translated("There is no account '{name}'. Registered: {names}.", name=plain(wanted), names=names)
            self.notify(text, severity="warning", markup=False)

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.dialogs.help import HelpDialog  # noqa: PLC0415  # the first paint does not wait for it

        self.push_screen(HelpDialog(self.screen))

    def action_help_here(self) -> None:
        """Explain what has the focus, also in dialogs; close the help if it is shown."""
        from tui.dialogs.help import HelpDialog  # noqa: PLC0415  # the first paint does not wait for it

        if isinstance(self.screen, HelpDialog):
            self.screen.dismiss(None)
        else:
            self.push_screen(HelpDialog(self.screen, self.screen.focused))

    def action_command_palette(self) -> None:
        """Show the command palette."""
        from tui.palette import Palette  # noqa: PLC0415  # the first paint does not wait for it

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(placeholder=translated("Search for commands…"), id="--command-palette"))

        self.run_worker(self._import_screens(), group="palette-screens", exclusive=True, exit_on_error=False)

    async def _import_screens(self) -> None:
        """Import the screens whose actions the palette finds, one after the other, so that keys are not held up."""
        for place in PLACES:
            resolve_name(f"tui.screens.{place.screen}")
            await asyncio.sleep(0)

    def run_there(self, place: str, action: str, name: str) -> None:
        """Go to a screen and run one of its actions there; say if it is not possible there now."""

        async def run(screen: FramedScreen) -> None:
            if not await self.run_action(action, screen):
                self.say(translated("'{action}' is not possible here now.", action=name))

        self._do_there(place, run)

    def explain(self, title: str, text: str) -> None:
        """Show a text to read."""
        from tui.dialogs.lines import LinesDialog  # noqa: PLC0415  # the first paint does not wait for it

        self.push_screen(LinesDialog(title, [text]))

    def change_setting(self, name: str) -> None:
        """Go to the settings and change one."""

        async def change(screen: FramedScreen) -> None:
            from tui.screens.settings import SettingsScreen  # noqa: PLC0415  # the first paint does not wait for it

            if isinstance(screen, SettingsScreen):
                screen.change(name)

        self._do_there("settings", change)

    def _do_there(self, place: str, work: Callable[[FramedScreen], Awaitable[None]]) -> None:
        """Do something on another screen once it has its data. A worker does it: what handles a message must not wait for a screen."""

        async def go() -> None:
            screen = await self._switched_to(place)
            if isinstance(screen, FramedScreen) and self.store.state == "ok":
                await screen.loaded.wait()
                await work(screen)

        self.run_worker(go(), group="palette", exclusive=True, exit_on_error=False)

    @on(ShowOrders)
    async def show_orders(self, message: ShowOrders) -> None:
        """Go to the orders that match a filter."""
        from tui.screens.orders.orders import OrdersScreen  # noqa: PLC0415  # the first paint does not wait for it

        screen = await self._switched_to("orders")
        if isinstance(screen, OrdersScreen):
            screen.look_for(message.text, visiting=True)

    @on(ShowBooks)
    async def show_books(self, message: ShowBooks) -> None:
        """Go to the entries that a filter finds."""
        from tui.screens.books import BooksScreen  # noqa: PLC0415  # the first paint does not wait for it

        screen = await self._switched_to("books")
        if isinstance(screen, BooksScreen):
            screen.look_for(message.text, visiting=True)

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
