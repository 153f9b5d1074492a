"""Loading the word lists of the shops that are used, so that the first page of a shop is judged as quickly as the next."""

import asyncio
from contextlib import suppress

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.beside import beside
from assistant.server.threads import Lane


@beside
async def warming(app: web.Application) -> None:
    """Load them once nobody has asked for anything for a moment."""
    # What opens together with the server comes first.
    await asyncio.sleep(app[keys.LIMITS].idle)
    await app[keys.THREADS].idle(app[keys.LIMITS].idle)
    with suppress(LedgerUnusable):
        await app[keys.THREADS].run(app[keys.SERVICES].visits.prepare, Lane.LONG)
