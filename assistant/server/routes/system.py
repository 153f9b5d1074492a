"""The server itself: health, OpenAPI document, events."""

from typing import Literal

from aiohttp import web
from msgspec import Struct

from assistant import __version__
from assistant.domain.errors import InvalidInput, NotAuthorised
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.server import keys
from assistant.server.body import JSON
from assistant.server.listing import whole_number
from assistant.server.routing import Call, Parameter, Route

_FURTHEST = 2**53 - 1
_AFTER = Parameter(
    name="after",
    about="Only events after this id; default: Last-Event-ID, else only new events.",
    schema={"type": "integer", "minimum": 0},
)


class HealthJson(Struct):
    """The server is running."""

    status: Literal["ok"]
    version: str


def health(_call: Call) -> HealthJson:
    """Report that the server is running."""
    return HealthJson(status="ok", version=__version__)


async def document(request: web.Request, _call: Call) -> web.StreamResponse:
    """Send the OpenAPI document."""
    return web.Response(body=request.app[keys.DOCUMENT], headers={"Content-Type": JSON})


async def events(request: web.Request, call: Call) -> web.StreamResponse:
    """Stream events as server-sent events."""
    if call.client is None:
        raise NotAuthorised(translated("This needs a token."))
    after = whole_number(call.query, "after", 0, _FURTHEST)
    if after is None:
        last = request.headers.get("Last-Event-ID", "")
        if last and not (last.isascii() and last.isdecimal() and len(last) < len(str(_FURTHEST))):
            raise InvalidInput(translated("'Last-Event-ID' is the id of an event."))
        after = int(last) if last else None
    return await request.app[keys.FEED].tell(request, call.client, request[keys.PASSED].token, after)


ROUTES = (
    Route(method="GET", path="/health", about="Whether the server is running.", scope=None, run=health),
    Route(
        method="GET",
        path="/events",
        about="Events as server-sent events, resumable by id; a comment every 15 s shows that the server is alive.",
        scope=Scope.BADGE_READ,
        stream=events,
        query=(_AFTER,),
        patience=None,
        media="text/event-stream",
    ),
    Route(method="GET", path="/openapi.json", about="This document.", scope=Scope.BADGE_READ, stream=document, media=JSON),
)
