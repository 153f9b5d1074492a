"""Runs the synchronous services in threads. Long work has its own threads, so that a badge never waits for an import."""

import asyncio
import contextvars
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from enum import Enum
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

_AFTER_THE_ANSWER = 0.01
"""Seconds to wait before work that no request needs."""
_PATIENCE = 30
"""How many times as long as the pause it asks for background work waits for one."""
_APART = 0.1
"""Least seconds between two starts of the same such work, so that a burst of requests shares it."""


class Lane(Enum):
    """The thread pools and their sizes; in total fewer than the ledger's connections. PAGES needs none: it waits for large pages."""

    READ = 3
    WRITE = 1
    LONG = 2
    PAGES = 4


class Threads:
    """One small pool per lane.

    Short writes share one thread: SQLite has one writer at a time, and waiting writers sleep longer after each failed try.
    """

    def __init__(self) -> None:
        """Make the pools; threads start when they are needed."""
        self._pools = {lane: ThreadPoolExecutor(lane.value, f"shopper-{lane.name.lower()}") for lane in Lane}
        self._wrote_at = time.monotonic()
        self._writes = 0
        self._running: set[Future[Any]] = set()
        self._queued: set[Hashable] = set()
        self._started_at: dict[Hashable, float] = {}

    async def run(self, work: Callable[[], T], lane: Lane = Lane.READ) -> T:
        """Return what `work` returns, run in a thread of that lane, in the language and with the author of the request."""
        running = asyncio.wrap_future(self._begin(lane, partial(contextvars.copy_context().run, work)))
        if lane is not Lane.WRITE:
            return await running
        self._writes += 1
        try:
            return await running
        finally:
            self._writes -= 1
            self._wrote_at = time.monotonic()

    async def idle(self, seconds: float) -> None:
        """Return once no write ran for this long, so that background work does not slow down requests.

        If there is no such pause for long, it returns all the same: the daily backup, for example, must be made some time.
        """
        latest = time.monotonic() + _PATIENCE * seconds
        while (now := time.monotonic()) < latest:
            left = seconds if self._writes else self._wrote_at + seconds - now
            if left <= 0:
                return
            await asyncio.sleep(min(left, latest - now))

    def later(self, work: Callable[[], object], lane: Lane = Lane.READ, *, once_for: Hashable = None) -> None:
        """Run `work` in a thread of that lane shortly after the answer, unless the pools are closed by then.

        `once_for` names work that serves all requests before it: while it waits to start, more of it is not queued.
        """
        wait = _AFTER_THE_ANSWER
        if once_for is not None:
            if once_for in self._queued:
                return
            self._queued.add(once_for)
            wait = max(wait, self._started_at.get(once_for, 0.0) + _APART - time.monotonic())

        def run() -> None:
            self._queued.discard(once_for)
            work()

        def submit() -> None:
            self._started_at[once_for] = time.monotonic()
            with suppress(RuntimeError):
                self._begin(lane, run)

        asyncio.get_running_loop().call_later(wait, submit)

    def _begin(self, lane: Lane, work: Callable[[], T]) -> Future[T]:
        begun = self._pools[lane].submit(work)
        self._running.add(begun)
        begun.add_done_callback(self._running.discard)
        return begun

    def close(self, patience: float | None = None) -> bool:
        """Accept no more work and wait for running work, at most so many seconds; return whether all of it is done."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        _, left = wait_for(tuple(self._running), patience)
        return not left
