"""Caches the client's answers for all screens, listens to the server's events, and notifies the screens of changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.clock import Clock
from assistant.domain.errors import DomainError, LedgerUnusable, NotAuthorised, ServerAway, ServerBusy
from assistant.domain.events import Event, EventKind
from assistant.domain.languages.translating import translated
from assistant.settings.user_settings import UserSettings
from tui.formatting import Pen
from tui.kept_settings import KeptSettings
from tui.messages import CHANGES, Connected, FrameChanged, ServerChange

if TYPE_CHECKING:
    from assistant.client import AssistantClient
    from assistant.domain.accounts.account import Account, AccountOverview
    from assistant.domain.pairing import Client

_STATES: Mapping[type[DomainError], str] = {LedgerUnusable: "unreadable", ServerBusy: "busy", ServerAway: "away", NotAuthorised: "away"}
"""What the status line says after a failed call; "failing" after any other failure."""
Listener = Callable[[ServerChange], object]

_GATHER = 0.15  # seconds to collect events, so that a thousand captures cause one reload
_PULSE = 4.0  # seconds between health checks of a quiet server
_SLACK = timedelta(seconds=2)  # events may be stored to the second


class NewOrders:
    """Counts the new orders of each import. Undoing an import takes away what it brought."""

    def __init__(self) -> None:
        self._by_document: dict[str | int | None, int] = {}

    def note(self, event: Event) -> None:
        """Note an event of an import."""
        document, new = event.data.get("document"), int(event.data.get("new") or 0)
        self._by_document[document] = max(0, self._by_document.get(document, 0) + new)

    @property
    def count(self) -> int:
        """How many new orders are still there."""
        return sum(self._by_document.values())


class Store:
    """Holds the client. Screens read from it and listen to it; nothing here draws."""

    def __init__(self, today: Callable[[], date], clock: Clock, home: Path | None = None) -> None:
        """Store the user's settings in `home`; without one they last as long as the app."""
        self.clock = clock
        self.kept_settings = KeptSettings(home)
        self.ascii_only = False
        self._listeners: set[Listener] = set()
        self._today = today
        self._since = clock()
        self._connect: Callable[[], Awaitable[AssistantClient]] | None = None
        self._client: AssistantClient | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._pending: set[type[ServerChange]] = set()
        self.all_told = True  # whether the screens know of every change that was announced
        self._heard = asyncio.Event()
        self._last_event = 0
        self.overview: tuple[AccountOverview, ...] = ()
        self.browsers: tuple[Client, ...] = ()
        self.alerts = 0
        self.new_orders = NewOrders()
        self.state, self.work = "connecting", ""

    def add_listener(self, listener: Listener) -> None:
        """Call this function for every change."""
        self._listeners.add(listener)

    def remove_listener(self, listener: Listener) -> None:
        """Stop calling this function."""
        self._listeners.discard(listener)

    def _tell(self, change: type[ServerChange]) -> None:
        for listener in tuple(self._listeners):
            listener(change())

    @property
    def settings(self) -> UserSettings:
        """The user's settings as they are now."""
        return self.kept_settings.now

    @property
    def client(self) -> "AssistantClient":
        """The client. Raises ServerAway while there is none."""
        if self._client is None:
            raise ServerAway(translated("The Shopper server is not ready yet."))
        return self._client

    @property
    def connected(self) -> bool:
        """Whether there is a client (its server may be away)."""
        return self._client is not None

    @property
    def accounts(self) -> "tuple[Account, ...]":
        """The registered accounts."""
        return tuple(row.account for row in self.overview)

    @property
    def today(self) -> date:
        """Today's civil day."""
        return self._today()

    @property
    def pen(self) -> Pen:
        """Formats amounts, days and badges for the accounts as they are now."""
        return Pen(
            today=self.today,
            accounts={account.key: account for account in self.accounts},
            hidden=self.settings.hide_amounts,
            currency=self.settings.currency,
            codes=self.ascii_only,
            keys=self.settings.keys,
        )

    async def open(self, connect: "Callable[[], Awaitable[AssistantClient]]") -> None:
        """Connect and read what the frame shows. Raises DomainError when that fails. `connect` is called again when the server has gone."""
        self._connect = connect
        self._client = await connect()
        self._since = self.clock() - _SLACK
        await self.refresh()
        self._become("ok")

    async def close(self) -> None:
        """Close the client."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def refresh(self) -> None:
        """Reload what the frame shows: accounts, open warnings, paired browsers."""
        client = self.client
        overview, alerts, browsers = await asyncio.gather(client.overview(), client.alerts(limit=1), client.clients())
        self.overview, self.alerts = tuple(overview), alerts.total
        self.browsers = tuple(browser for browser in browsers if browser.revoked_at is None and browser.origin)

    async def listen(self) -> None:
        """Listen to events until cancelled. The server may go away and come back meanwhile."""
        await asyncio.gather(self._hear(), self._pass_on(), self._check_health())

    def announce(self, *changes: type[ServerChange]) -> None:
        """Notify the screens of these changes soon, after reloading the frame's own data."""
        self._pending.update(changes)
        self.all_told = False
        self._heard.set()

    def lost(self, error: DomainError) -> None:
        """Note that the server did not answer, is busy, failed, or could not read its ledger. The screens load again once it can."""
        self._become(next((state for kind, state in _STATES.items() if isinstance(error, kind)), "failing"))

    def note_work(self, text: str) -> None:
        """Show the running work on the status line; "" for none."""
        self.work = text
        self._tell(FrameChanged)

    async def hide_amounts(self) -> None:
        """Hide amounts from onlookers, or show them again. Raises SettingsNotSaved; the amounts are hidden anyway."""
        try:
            await self.save_setting("hide_amounts", "no" if self.settings.hide_amounts else "yes")
        finally:
            self._tell(Connected)

    async def save_setting(self, name: str, value: str | None) -> None:
        """Change a setting of the user. Raises InvalidInput, and SettingsNotSaved, after which it counts until the app is closed."""
        await self.kept_settings.save(name, value)

    def _become(self, state: str) -> None:
        if state == self.state:
            return
        came_back, self.state = state == "ok", state
        self._tell(Connected if came_back else FrameChanged)

    async def _hear(self) -> None:
        while True:
            # A task of its own, because it ends when the client is replaced.
            self._hearing = asyncio.create_task(self._hear_from(self.client))
            try:
                await asyncio.wait({self._hearing})
                if not self._hearing.cancelled():
                    self._hearing.result()
            finally:
                self._hearing.cancel()
            await asyncio.sleep(_PULSE)

    async def _hear_from(self, client: "AssistantClient") -> None:
        try:
            async for event in client.events(self._last_event):
                self._last_event = event.id
                self._note(event)
        except DomainError as error:
            self.lost(error)

    def _note(self, event: Event) -> None:
        if event.at < self._since:  # the server repeats old events; their data is already loaded
            return
        if event.kind is EventKind.ORDERS_IMPORTED:
            self.new_orders.note(event)
        self.announce(*CHANGES.get(event.kind, ()))

    async def _pass_on(self) -> None:
        while True:
            await self._heard.wait()
            await asyncio.sleep(_GATHER)
            self._heard.clear()
            changes, self._pending = self._pending, set()
            try:
                await self.refresh()
                for change in (*changes, FrameChanged):
                    self._tell(change)
            except DomainError as error:
                self.lost(error)
            finally:
                self.all_told = not self._pending

    async def _check_health(self) -> None:
        while True:
            await asyncio.sleep(_PULSE)
            try:
                await self.client.health()
                if self.state != "ok":
                    await self.refresh()
                self._become("ok")
            except DomainError as error:
                self.lost(error)
                if isinstance(error, ServerAway | NotAuthorised):
                    await self._connect_again()

    async def _connect_again(self) -> None:
        """Find the server again, or start one: the one that this app used may have ended, and another may run on another port."""
        if self._connect is None:
            return
        try:
            client = await self._connect()
        except (DomainError, OSError):
            return
        old, self._client = self._client, client
        if self._hearing is not None:
            self._hearing.cancel()
        if old is not None and old is not client:
            await old.close()
