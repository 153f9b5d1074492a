"""Exports: the formats, and an export as a file."""

import mimetypes
import tempfile
from typing import BinaryIO, cast

from aiohttp import web

from assistant.bootstrap import Services
from assistant.domain.filters import Filter
from assistant.domain.pairing import Scope
from assistant.exports import CALENDAR
from assistant.server import keys
from assistant.server.body import STREAM
from assistant.server.listing import FILTERS, PART, filter_of, whole
from assistant.server.routing import Call, Route
from assistant.server.threads import Lane
from assistant.wire.books import ExportFormatJson
from assistant.wire.shape import PageJson

_IN_MEMORY = 4 << 20
_PART = 1 << 16


def formats(call: Call) -> PageJson[ExportFormatJson]:
    """List the formats."""
    return whole(
        call,
        [
            ExportFormatJson(entry.name, entry.description, entry.suffix, entry.audience, entry.keeps, entry.loses)
            for entry in call.services.exports.formats()
        ],
    )


async def export(request: web.Request, call: Call) -> web.StreamResponse:
    """Write an export; send it only once it is complete."""
    name, found, threads = call.path["format"], filter_of(call), request.app[keys.THREADS]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        stream = cast("BinaryIO", file)
        await threads.run(lambda: _write(call.services, name, found, stream), Lane.LONG)
        suffix = next((entry.suffix for entry in call.services.exports.formats() if entry.name == name), "")
        length = stream.seek(0, 2)
        stream.seek(0)
        answer = web.StreamResponse(headers=_headers(name, suffix, length))
        await answer.prepare(request)
        while part := await threads.run(lambda: stream.read(_PART), Lane.LONG):
            await answer.write(part)
    await answer.write_eof()
    return answer


def _write(services: Services, name: str, found: Filter, stream: BinaryIO) -> None:
    if name == CALENDAR.name:
        services.reminders.write_calendar(services.today, found, stream)
    else:
        services.exports.write(name, found, stream)


def _headers(name: str, suffix: str, length: int) -> dict[str, str]:
    ending = f".{suffix.removeprefix('.')}" if suffix else ""
    kind = mimetypes.guess_type(f"file{ending}")[0] or STREAM
    return {"Content-Type": kind, "Content-Length": str(length), "Content-Disposition": f'attachment; filename="shopper-{name}{ending}"'}


ROUTES = (
    Route(method="GET", path="/exports", about="The formats of exports.", scope=Scope.FULL, run=formats, query=PART),
    Route(
        method="GET",
        path="/exports/{format}",
        about="An export as a file; without a purpose, business.",
        scope=Scope.FULL,
        stream=export,
        query=FILTERS,
        patience=120.0,
        media=STREAM,
    ),
)
