"""The aiohttp application: the gate, and behind it the routes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from aiohttp import web

from assistant.bootstrap import Services
from assistant.server import keys
from assistant.server.background_jobs import assign_categories, load_word_lists, settle, watch_drop_folder
from assistant.server.feed import Feed
from assistant.server.gate import finish_headers, gate, ignore_expectation
from assistant.server.handlers import handler_of
from assistant.server.limits import UPLOAD, Buckets, Limits
from assistant.server.openapi import openapi
from assistant.server.routes import ROUTES
from assistant.server.routing import PREFIX, Paths, Route
from assistant.server.threads import Threads

_PATIENCE, _ROLLING_BACK, _OFTEN = 0.2, 0.5, 0.05
"""Seconds that work may take beyond its request once the server is stopped; that it may take to be rolled back then; between two tries."""


def create_app(services: Services, port: int, limits: Limits | None = None) -> web.Application:
    """Return the application over open services. `port` is for the OpenAPI document only; 0 leaves it open there."""
    limits = limits or Limits()
    app = web.Application(middlewares=[gate], client_max_size=UPLOAD)
    app[keys.SERVICES] = services
    app[keys.LIMITS] = limits
    app[keys.BUCKETS] = Buckets(limits)
    app[keys.THREADS] = Threads()
    app[keys.FEED] = Feed(services.outbox, services.pairing, app[keys.THREADS], limits)
    app[keys.DOCUMENT] = json.dumps(openapi(ROUTES, port), ensure_ascii=False).encode()
    routes: dict[web.AbstractRoute, Route] = {}
    for route in ROUTES:
        routes[app.router.add_route(route.method, PREFIX + route.path, handler_of(route), expect_handler=ignore_expectation)] = route
    # Unknown paths pass through the gate too, and `Expect` is ignored there as well.
    app.router.add_route("*", "/{rest:.*}", _unknown, expect_handler=ignore_expectation)
    app[keys.ROUTES] = routes
    app[keys.PATHS] = Paths(ROUTES)
    app.on_response_prepare.append(finish_headers)
    app.on_shutdown.extend((_close_feed, _cancel_imports))
    app.cleanup_ctx.extend((_threads, settle, assign_categories, load_word_lists, watch_drop_folder))
    return app


async def _unknown(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def _close_feed(app: web.Application) -> None:
    await app[keys.FEED].close()


async def _cancel_imports(app: web.Application) -> None:
    """Roll back what is being imported: nobody waits for the rest of a large file once the server is stopped."""
    services = app[keys.SERVICES]
    latest = time.monotonic() + _ROLLING_BACK
    while services.running_imports.cancel_all() and time.monotonic() < latest:
        services.database.interrupt()
        await asyncio.sleep(_OFTEN)


async def _threads(app: web.Application) -> AsyncIterator[None]:
    yield
    threads, database = app[keys.THREADS], app[keys.SERVICES].database
    done = threads.close(_PATIENCE)
    latest = time.monotonic() + _ROLLING_BACK
    while not done and time.monotonic() < latest:
        # Work that waits for no statement now fails at its next one, and frees the ledger.
        database.interrupt()
        done = threads.close(_OFTEN)
