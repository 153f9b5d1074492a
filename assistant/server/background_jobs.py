"""Work between requests, for as long as the application runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.threads import Lane

_PAUSE, _REST = 0.2, 5.0
"""Seconds between two batches of products, and when none waits."""
_BATCH = 100


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
    """Write waiting visits into the ledger, make the daily backup, then check past purchases and upcoming dates."""
    services, threads = app[keys.SERVICES], app[keys.THREADS]
    while True:
        await asyncio.sleep(app[keys.LIMITS].settle)
        await threads.idle(app[keys.LIMITS].idle)
        # The next writer reports a full disk or a lock; what waits stays in the write-ahead log.
        with suppress(LedgerUnusable):
            await threads.run(services.database.settle, Lane.LONG)
            await threads.run(services.visits.write_down, Lane.LONG)
            await threads.run(services.situation_log.keep, Lane.LONG)
            await threads.run(services.backups.daily, Lane.LONG)
            raised = await threads.run(services.retrospective.catch_up, Lane.LONG)
            raised += await threads.run(services.due_dates.look, Lane.LONG)
            if raised:
                app[keys.FEED].poke()


@_job
async def assign_categories(app: web.Application) -> None:
    """Assign categories to new products, a few at a time."""
    assigned = 0
    while True:
        await asyncio.sleep(_PAUSE if assigned else _REST)
        await app[keys.THREADS].idle(app[keys.LIMITS].idle)
        # The next writer reports a full disk or a lock; the products wait.
        with suppress(LedgerUnusable):
            assigned = await app[keys.THREADS].run(lambda: app[keys.SERVICES].categories.catch_up(_BATCH), Lane.LONG)


@_job
async def load_word_lists(app: web.Application) -> None:
    """Load the word lists of the marketplaces in use, so that the first page is judged as fast as the next."""
    # The app opens at the same time and comes first.
    await asyncio.sleep(app[keys.LIMITS].idle)
    await app[keys.THREADS].idle(app[keys.LIMITS].idle)
    with suppress(LedgerUnusable):
        await app[keys.THREADS].run(app[keys.SERVICES].visits.prepare, Lane.LONG)
