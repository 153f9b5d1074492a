"""Handles a request that passed the gate: reads the body, runs the route, writes JSON."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from aiohttp import hdrs, web

from assistant.domain.journal import Author, acting_as
from assistant.domain.languages.language import current_language
from assistant.domain.text import clean_text
from assistant.server import keys
from assistant.server.body import JSON, STREAM, read_body
from assistant.server.connection import own_port
from assistant.server.routing import Call, Passed, Route
from assistant.server.threads import Lane
from assistant.wire.shape import encode

_HEADERS = {"Content-Type": JSON}
REASON = "X-Shopper-Reason"
_LONGEST_REASON = 200
# A request's steps in the history share a name that no other request has, in this process or another.
_PROCESS, _NUMBERS = uuid4().hex, count()


def handler_of(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the aiohttp handler of a route."""

    async def handle(request: web.Request) -> web.StreamResponse:
        call = await _call(request, request[keys.PASSED])
        answer = await _answer(request, route, call)
        if request.method != hdrs.METH_GET:
            request.app[keys.FEED].poke()
        if route.afterwards is not None:
            request.app[keys.THREADS].later(partial(route.afterwards, call.services), Lane.LONG, once_for=route.afterwards)
        return answer

    return handle


async def _answer(request: web.Request, route: Route, call: Call) -> web.StreamResponse:
    threads = request.app[keys.THREADS]
    async with asyncio.timeout(route.patience):
        answer = await route.stream(request, call) if route.stream is not None else None
        if answer is not None:
            return answer
        work = route.beforehand(call) if route.beforehand is not None else None
        if work is not None:
            call = replace(call, prepared=await threads.run(work, Lane.PAGES))
        author = author_of(request, call)
        raw = await threads.run(lambda: _encoded(route, call, author), route.lane)
    return web.Response(status=204) if raw is None else web.Response(status=route.status, body=raw, headers=_HEADERS)


def json_answer(data: Any) -> web.Response:
    """Return a shape as a JSON response."""
    return web.Response(body=encode(data), headers=_HEADERS)


async def _call(request: web.Request, passed: Passed) -> Call:
    body: Any = None
    if passed.route.body is not None and request.headers.get(hdrs.CONTENT_TYPE) != STREAM:
        body = await read_body(request, passed.route.body, request.app[keys.LIMITS].body)
    return Call(
        services=request.app[keys.SERVICES],
        client=passed.client,
        port=own_port(request),
        origin=passed.origin,
        path=request.match_info,
        query=request.query,
        accounts=tuple(request.query.getall("account", [])),
        language=current_language(),
        body=body,
    )


def author_of(request: web.Request, call: Call) -> Author:
    """Return who sent a request, and why: the header X-Shopper-Reason, percent-encoded UTF-8."""
    why = clean_text(unquote(request.headers.get(REASON, "")))[:_LONGEST_REASON]
    return Author(who=call.client.name if call.client else "unknown client", why=why, command=f"{_PROCESS}-{next(_NUMBERS)}")


def _encoded(route: Route, call: Call, author: Author) -> bytes | None:
    if route.run is None:
        raise RuntimeError(f"the route {route.path} neither runs nor streams")
    # Whatever a request changes is one step of the history.
    with acting_as(author):
        data: Any = route.run(call)
    return None if data is None else encode(data)
