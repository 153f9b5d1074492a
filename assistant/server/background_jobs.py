"""Work between requests, for as long as the application runs."""

import asyncio
import ctypes
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from aiohttp import web

from assistant.bootstrap import Services
from assistant.domain.errors import LedgerUnusable
from assistant.domain.events import EventKind
from assistant.domain.languages.language import speaking
from assistant.server import keys
from assistant.server.errors import log_failure
from assistant.server.threads import Lane
from assistant.settings.user_settings import chosen_language

_PAUSE, _REST = 0.2, 5.0
"""Seconds between two batches of products, and when there are none."""
_BATCH = 100
T = TypeVar("T")
_logger = logging.getLogger("assistant.server")


def _job(work: Callable[[web.Application], Coroutine[Any, Any, None]]) -> Callable[[web.Application], AsyncIterator[None]]:
    """Turn a coroutine function into a cleanup context that starts and ends with the application."""

    async def running(app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(work(app))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return running


async def _done(app: web.Application, work: Callable[[], T]) -> T | None:
    """Return what `work` returns, None if it fails: the jobs go on. The next writer reports a full disk or a lock; others are logged."""
    try:
        return await app[keys.THREADS].run(work, Lane.LONG)
    except LedgerUnusable:
        return None
    except Exception as error:  # noqa: BLE001  # one failure must not end the daily backups
        log_failure(error)
        return None


@_job
async def settle(app: web.Application) -> None:
    """Write waiting visits into the ledger, make the daily backup, then check past purchases and upcoming dates."""
    services, threads = app[keys.SERVICES], app[keys.THREADS]
    said: set[str] = set()
    while True:
        await asyncio.sleep(app[keys.LIMITS].settle)
        await threads.idle(app[keys.LIMITS].idle)
        # What fails here stays in the buffers and the write-ahead log.
        await _done(app, services.database.settle)
        await _done(app, services.visits.write_down)
        await _done(app, services.situation_log.keep)
        await _done(app, partial(_back_up, services, said))
        raised = (await _done(app, services.retrospective.catch_up) or 0) + (await _done(app, services.due_dates.look) or 0)
        if raised:
            app[keys.FEED].poke()
        await threads.run(_release_memory, Lane.LONG)


def _release_memory() -> None:
    """Give freed memory back to the system: the C library of Linux keeps it, and a server grows by a tenth in 3,000 visits."""
    release = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if release is not None:
        release(0)


def _back_up(services: Services, said: set[str]) -> None:
    """Make the daily backup. A ledger that cannot be copied is damaged, or the disk is full; each reason in `said` is logged once."""
    try:
        made = services.backups.daily()
    except LedgerUnusable as error:
        reason = str(error.__cause__ or error)
        if reason not in said:
            said.add(reason)
            _logger.error("The daily backup failed: %s", error)  # noqa: TRY400  # the sentence says it all
        raise
    if made is not None:
        said.clear()
        _logger.info("Daily backup: %s orders, %s bytes, checked", made.orders, made.size)


@_job
async def watch_drop_folder(app: web.Application) -> None:
    """Import what is put into the drop folder. Requests come first: a look waits until none writes."""
    services, threads, limits = app[keys.SERVICES], app[keys.THREADS], app[keys.LIMITS]
    while True:
        await asyncio.sleep(limits.drop)
        await threads.idle(limits.idle)
        if await _done(app, partial(_look_into_drop_folder, services)):
            app[keys.FEED].poke()


def _look_into_drop_folder(services: Services) -> bool:
    with speaking(chosen_language(services.home)):
        return services.drop_folder.look()


@_job
async def assign_categories(app: web.Application) -> None:
    """Assign categories to new products, a few at a time."""
    assigned = 0
    while True:
        await asyncio.sleep(_PAUSE if assigned else _REST)
        await app[keys.THREADS].idle(app[keys.LIMITS].idle)
        assigned = await _done(app, lambda: app[keys.SERVICES].categories.catch_up(_BATCH)) or 0


@_job
async def load_word_lists(app: web.Application) -> None:
    """Load the word lists of the marketplaces in use, also of accounts added later, so that their first page is judged fast."""
    services, threads = app[keys.SERVICES], app[keys.THREADS]
    # The app starts at the same time and has priority.
    await asyncio.sleep(app[keys.LIMITS].idle)
    last: int | None = None
    while True:
        await threads.idle(app[keys.LIMITS].idle)
        newest = await _done(app, partial(_prepare_changes, services, last))
        last = last if newest is None else newest
        await asyncio.sleep(app[keys.LIMITS].idle)


def _prepare_changes(services: Services, last: int | None) -> int:
    """Load the word lists if an account changed after the event `last`, or at the start; return the newest event's id."""
    newest = services.outbox.latest()
    changed = last is None
    while last is not None and last < newest:
        events = services.outbox.after(last)
        changed = changed or any(event.kind is EventKind.ACCOUNT_CHANGED for event in events)
        last = events[-1].id if events else newest
    if changed:
        services.visits.prepare()
    return newest
