"""Work that goes on beside the answers for as long as the application runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import web


def beside(work: Callable[[web.Application], Coroutine[Any, Any, None]]) -> Callable[[web.Application], AsyncIterator[None]]:
    """Make of a coroutine function what aiohttp starts with the application and ends with it."""

    async def running(app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(work(app))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return running
