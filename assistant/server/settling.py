"""What would keep a shopper waiting is done between answers: moving what was written into the file, looking back and ahead."""

import asyncio
from contextlib import suppress

from aiohttp import web

from assistant.domain.errors import LedgerUnusable
from assistant.server import keys
from assistant.server.beside import beside
from assistant.server.threads import Lane


@beside
async def settling(app: web.Application) -> None:
    """Settle the ledger now and then while the application runs."""
    while True:
        await asyncio.sleep(app[keys.LIMITS].settle)
        await app[keys.THREADS].idle(app[keys.LIMITS].idle)
        # A full disk or a lock is for the next writer to tell; the log keeps everything until then.
        with suppress(LedgerUnusable):
            await app[keys.THREADS].run(app[keys.SERVICES].database.settle, Lane.LONG)
            await app[keys.THREADS].run(app[keys.SERVICES].visits.write_down, Lane.LONG)
            await app[keys.THREADS].run(app[keys.SERVICES].judgements.keep, Lane.LONG)
            told = await app[keys.THREADS].run(app[keys.SERVICES].afterwards.catch_up, Lane.LONG)
            told += await app[keys.THREADS].run(app[keys.SERVICES].daily.look, Lane.LONG)
            if told:
                app[keys.FEED].poke()
