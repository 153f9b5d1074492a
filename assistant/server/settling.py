"""Moving what was written into the ledger's file between answers: a commit that had to do it would keep a shopper waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.threads import Lane


async def settling(app: web.Application) -> AsyncIterator[None]:
    """Settle the ledger now and then while the application runs."""
    task = asyncio.create_task(_settle(app))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _settle(app: web.Application) -> None:
    while True:
        await asyncio.sleep(app[keys.LIMITS].settle)
        # A full disk or a lock is for the next writer to tell; the log keeps everything until then.
        with suppress(LedgerUnusable):
            await app[keys.THREADS].run(app[keys.SERVICES].database.settle, Lane.LONG)
