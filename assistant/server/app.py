"""The aiohttp application: the gate, and behind it the routes."""

import json
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
    app.on_shutdown.append(_close_feed)
    app.cleanup_ctx.extend((_threads, settle, assign_categories, load_word_lists, watch_drop_folder))
    return app


async def _unknown(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def _close_feed(app: web.Application) -> None:
    await app[keys.FEED].close()


async def _threads(app: web.Application) -> AsyncIterator[None]:
    yield
    app[keys.THREADS].close()
