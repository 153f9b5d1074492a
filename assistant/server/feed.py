"""The event stream: sends events to every listener, resumable by id."""

import asyncio
from contextlib import suppress
from functools import partial

from aiohttp import web

from assistant.domain.errors import DomainError, LedgerUnusable
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Client
from assistant.server.errors import Refusal
from assistant.server.limits import Limits
from assistant.server.threads import Threads
from assistant.services.pairing.pairing import Pairing
from assistant.storage.outbox import Outbox
from assistant.wire.events import HEARTBEAT, event_lines

_OPENING = b"retry: 1000\n\n"
_STUCK = 30.0
"""Seconds after which a listener that reads nothing is disconnected."""


class Feed:
    """Watches the outbox while there are listeners. Changes of this process are sent at once, those of others with the next poll."""

    def __init__(self, outbox: Outbox, pairing: Pairing, threads: Threads, limits: Limits) -> None:
        """Use these services."""
        self._outbox = outbox
        self._pairing = pairing
        self._threads = threads
        self._limits = limits
        self._latest = 0
        self._news = asyncio.Condition()
        self._listeners: dict[str, int] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._poked = asyncio.Event()
        self._closed = False

    def poke(self) -> None:
        """Check the outbox now: something may have been written."""
        self._poked.set()

    async def close(self) -> None:
        """Disconnect every listener."""
        self._closed = True
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        async with self._news:
            self._news.notify_all()

    async def tell(self, request: web.Request, client: Client, token: str, after: int | None) -> web.StreamResponse:
        """Stream the events after an id (None: only future ones) until either side disconnects."""
        if self._listeners.get(client.id, 0) >= self._limits.streams:
            raise Refusal(429, "rate/streams", translated("This client has too many streams open. Close one."), {"Retry-After": "5"})
        self._listeners[client.id] = self._listeners.get(client.id, 0) + 1
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        try:
            latest = await self._threads.run(self._outbox.latest)
            self._latest = max(self._latest, latest)
            self._watch()
            await answer.prepare(request)
            await answer.write(_OPENING)
            # A client ahead of us last saw a ledger that has since been replaced by a backup.
            await self._pass_on(answer, token, latest if after is None else min(after, latest))
        except (ConnectionError, TimeoutError):
            answer.force_close()
        finally:
            self._listeners[client.id] -= 1
        return answer

    async def _pass_on(self, answer: web.StreamResponse, token: str, last: int) -> None:
        loop = asyncio.get_running_loop()
        spoken = loop.time()
        while not self._closed and await self._may_listen(token):
            events = await self._threads.run(partial(self._outbox.after, last)) if self._latest > last else []
            for event in events:
                await _write(answer, event_lines(event))
                last, spoken = event.id, loop.time()
            if not events:
                last = max(last, self._latest)
                if loop.time() - spoken >= self._limits.heartbeat:
                    await _write(answer, HEARTBEAT)
                    spoken = loop.time()
                await self._wait(last, spoken + self._limits.heartbeat - loop.time())

    async def _wait(self, last: int, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)), self._news:
                await self._news.wait_for(lambda: self._closed or self._latest > last)

    async def _may_listen(self, token: str) -> bool:
        if self._pairing.known(token) is not None:
            return True
        try:
            await self._threads.run(lambda: self._pairing.client_of(token))
        except LedgerUnusable:
            return True
        except DomainError:
            return False
        return True

    def _watch(self) -> None:
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while any(self._listeners.values()):
            with suppress(TimeoutError):
                async with asyncio.timeout(self._limits.feed_poll):
                    await self._poked.wait()
            self._poked.clear()
            with suppress(LedgerUnusable):
                latest = await self._threads.run(self._outbox.latest)
                if latest > self._latest:
                    # Another process may have paired or revoked a client.
                    self._pairing.forget()
                    async with self._news:
                        self._latest = latest
                        self._news.notify_all()


async def _write(answer: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(_STUCK):
        await answer.write(data)
