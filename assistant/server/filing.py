"""Working out what kind of thing came in, between answers and little by little: nobody waits for it."""

import asyncio
from contextlib import suppress

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.beside import beside
from assistant.server.threads import Lane

_PAUSE, _REST = 0.2, 5.0  # seconds: between parts, and when nothing waits
_LINES = 100


@beside
async def filing(app: web.Application) -> None:
    """File products now and then while the application runs."""
    filed = 0
    while True:
        await asyncio.sleep(_PAUSE if filed else _REST)
        await app[keys.THREADS].idle(app[keys.LIMITS].idle)
        # A full disk or a lock is for the next writer to tell; what waits goes on waiting.
        with suppress(LedgerUnusable):
            filed = await app[keys.THREADS].run(lambda: app[keys.SERVICES].filing.catch_up(_LINES), Lane.LONG)
