"""Services are synchronous: they run in threads. Long work has threads of its own, so that a badge never waits for an import."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Threads:
    """Two small pools; together no larger than the ledger's pool of connections."""

    def __init__(self) -> None:
        """Prepare the pools; threads start when they are needed."""
        self._quick = ThreadPoolExecutor(4, "shopper-quick")
        self._long = ThreadPoolExecutor(2, "shopper-long")

    async def run(self, work: Callable[[], T], *, long: bool = False) -> T:
        """Return what `work` returns, run in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._long if long else self._quick, work)

    def close(self) -> None:
        """Take no more work; what runs is finished."""
        for pool in (self._quick, self._long):
            pool.shutdown(wait=True, cancel_futures=True)
