"""Work that runs beside the answers, between requests, for as long as the application runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.threads import Lane

_PAUSE, _REST = 0.2, 5.0  # seconds between two parts of the filing, and when nothing waits
_LINES = 100


def _job(work: Callable[[web.Application], Coroutine[Any, Any, None]]) -> Callable[[web.Application], AsyncIterator[None]]:
    """Turn a coroutine function into a cleanup context that starts and ends with the application."""

    async def running(app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(work(app))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return running


@_job
async def settle(app: web.Application) -> None:
    """Write what waits into the ledger file, make the daily backup, then look back at past purchases and ahead at dates."""
    services, threads = app[keys.SERVICES], app[keys.THREADS]
    while True:
        await asyncio.sleep(app[keys.LIMITS].settle)
        await threads.idle(app[keys.LIMITS].idle)
        # A full disk or a lock is reported by the next writer; what waits stays in the log.
        with suppress(LedgerUnusable):
            await threads.run(services.database.settle, Lane.LONG)
            await threads.run(services.visits.write_down, Lane.LONG)
            await threads.run(services.judgements.keep, Lane.LONG)
            await threads.run(services.backups.daily, Lane.LONG)
            raised = await threads.run(services.afterwards.catch_up, Lane.LONG)
            raised += await threads.run(services.daily.look, Lane.LONG)
            if raised:
                app[keys.FEED].poke()


@_job
async def assign_categories(app: web.Application) -> None:
    """Assign categories to new products, a few at a time."""
    filed = 0
    while True:
        await asyncio.sleep(_PAUSE if filed else _REST)
        await app[keys.THREADS].idle(app[keys.LIMITS].idle)
        # A full disk or a lock is reported by the next writer; the products wait.
        with suppress(LedgerUnusable):
            filed = await app[keys.THREADS].run(lambda: app[keys.SERVICES].filing.catch_up(_LINES), Lane.LONG)


@_job
async def load_word_lists(app: web.Application) -> None:
    """Load the word lists of the marketplaces in use, so that the first page is judged as quickly as the next."""
    # What opens together with the server comes first.
    await asyncio.sleep(app[keys.LIMITS].idle)
    await app[keys.THREADS].idle(app[keys.LIMITS].idle)
    with suppress(LedgerUnusable):
        await app[keys.THREADS].run(app[keys.SERVICES].visits.prepare, Lane.LONG)
