"""What the client said last, kept for all screens; hears the server's events and tells screens what became true."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.domain.clock import Clock
from assistant.domain.errors import DomainError, ServerAway
from assistant.domain.events import Event, EventKind
from tui.formatting import Pen
from tui.messages import FACTS, Connected, Fact, FrameChanged

if TYPE_CHECKING:
    from assistant.client import AssistantClient
    from assistant.domain.accounts.account import Account
    from assistant.domain.pairing import Client
    from assistant.domain.views import AccountOverview

_BREATH = 0.15  # seconds in which events are gathered, so that a thousand captures are one reload
_PULSE = 4.0  # seconds between looks at a quiet server
_SLACK = timedelta(seconds=2)  # events may be kept to the second


class Store:
    """The one place that holds the client. Screens read from it and are told facts; nothing here draws."""

    def __init__(self, tell: Callable[[Fact], None], today: Callable[[], date], clock: Clock) -> None:
        self._tell = tell
        self._today = today
        self._clock = clock
        self._since = clock()
        self._client: AssistantClient | None = None
        self._pending: set[type[Fact]] = set()
        self._heard = asyncio.Event()
        self._last_event = 0
        self.overview: tuple[AccountOverview, ...] = ()
        self.browsers: tuple[Client, ...] = ()
        self.alerts = 0
        self.captured = 0
        self.state = "connecting"
        self.work = ""
        self.hidden = False

    @property
    def client(self) -> "AssistantClient":
        """The client. Raises ServerAway before it is there."""
        if self._client is None:
            raise ServerAway("The assistant's server is not there yet.")
        return self._client

    @property
    def connected(self) -> bool:
        """Whether a client is there (the server behind it may still be away)."""
        return self._client is not None

    @property
    def accounts(self) -> "tuple[Account, ...]":
        """The registered accounts."""
        return tuple(row.account for row in self.overview)

    @property
    def today(self) -> date:
        """The present civil day."""
        return self._today()

    @property
    def pen(self) -> Pen:
        """What writes amounts, days and badges as things stand now."""
        return Pen(today=self.today, accounts={account.key: account for account in self.accounts}, hidden=self.hidden)

    async def open(self, connect: "Callable[[], Awaitable[AssistantClient]]") -> None:
        """Connect and read what the frame shows. Raises DomainError when that fails."""
        self._client = await connect()
        self._since = self._clock() - _SLACK
        await self.refresh()
        self._become("ok")

    async def close(self) -> None:
        """Let go of the client."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def refresh(self) -> None:
        """Read again what the frame shows: accounts, open warnings, paired browsers."""
        client = self.client
        overview, alerts, browsers = await asyncio.gather(client.overview(), client.alerts(limit=1), client.clients())
        self.overview, self.alerts = tuple(overview), alerts.total
        self.browsers = tuple(browser for browser in browsers if browser.revoked_at is None and browser.origin)

    async def listen(self) -> None:
        """Hear events until cancelled; the server may go away and come back meanwhile."""
        await asyncio.gather(self._hear(), self._pass_on(), self._feel_pulse())

    def expect(self, *facts: type[Fact]) -> None:
        """Tell these facts soon, after what the frame shows was read again."""
        self._pending.update(facts)
        self._heard.set()

    def lost(self) -> None:
        """Note that the server did not answer."""
        self._become("away")

    def note_work(self, text: str) -> None:
        """Show what is being done on the status line; "" for nothing."""
        self.work = text
        self._tell(FrameChanged())

    def _become(self, state: str) -> None:
        if state == self.state:
            return
        came_back, self.state = state == "ok", state
        self._tell(Connected() if came_back else FrameChanged())

    async def _hear(self) -> None:
        while True:
            try:
                async for event in self.client.events(self._last_event):
                    self._last_event = event.id
                    self._note(event)
            except DomainError:
                self.lost()
            await asyncio.sleep(_PULSE)

    def _note(self, event: Event) -> None:
        if event.at < self._since:  # told again from the beginning: what was read after it knows it
            return
        if event.kind is EventKind.ORDERS_IMPORTED:
            self.captured += int(event.data.get("new") or 0)
        self.expect(*FACTS.get(event.kind, ()))

    async def _pass_on(self) -> None:
        while True:
            await self._heard.wait()
            await asyncio.sleep(_BREATH)
            self._heard.clear()
            facts, self._pending = self._pending, set()
            try:
                await self.refresh()
            except DomainError:
                self.lost()
                continue
            for fact in facts:
                self._tell(fact())
            self._tell(FrameChanged())

    async def _feel_pulse(self) -> None:
        while True:
            await asyncio.sleep(_PULSE)
            try:
                await self.client.health()
                if self.state != "ok":
                    await self.refresh()
                self._become("ok")
            except DomainError:
                self.lost()
