"""Runs the server: in the foreground until a signal stops it, or within a block."""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from assistant import __version__
from assistant.bootstrap import Services, load
from assistant.server.app import create_app
from assistant.server.connection import LoopbackSite
from assistant.server.limits import Limits
from assistant.server.log import PersonalDataFilter, logging_to

_YOUNG = 10_000
"""New objects between two runs of the garbage collector; an answer makes a few thousand and almost no cycles."""
_logger = logging.getLogger("assistant.server")


def run(services: Services, port: int, ready: Callable[[int], None] | None = None, limits: Limits | None = None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP (a closed terminal). `ready` is called with the port once it is open.

    Raises ServerAway when the port is taken.
    """
    asyncio.run(_until_told(services, port, ready, limits))


@asynccontextmanager
async def listening(services: Services, port: int, limits: Limits | None = None) -> AsyncIterator[int]:
    """Serve within the block; yield the open port. Raises ServerAway when it is taken."""
    load(services)
    with logging_to(services.home):
        async with _listening(services, port, limits or Limits()) as open_port:
            _logger.info("Shopper %s started on port %s, process %s", __version__, open_port, os.getpid())
            yield open_port
        _logger.info("Shopper stopped, process %s", os.getpid())


@asynccontextmanager
async def _listening(services: Services, port: int, limits: Limits) -> AsyncIterator[int]:
    runner = web.AppRunner(create_app(services, port, limits), handle_signals=False, access_log=None, shutdown_timeout=limits.leave)
    await runner.setup()
    try:
        site = LoopbackSite(runner, port, limits)
        await site.start()
        yield site.port
    finally:
        await runner.cleanup()


async def _until_told(services: Services, port: int, ready: Callable[[int], None] | None, limits: Limits | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)):
        # Windows has no such handlers; there Ctrl+C ends the run as KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    # In a terminal the failure is shown there, too.
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.ERROR)
    shown.addFilter(PersonalDataFilter())
    _logger.addHandler(shown)
    async with listening(services, port, limits) as open_port:
        # What is loaded now lives as long as the server, so the garbage collector can skip it.
        gc.freeze()
        gc.set_threshold(_YOUNG, 20, 20)
        if ready is not None:
            ready(open_port)
        await stop.wait()
