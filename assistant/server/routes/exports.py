"""Books go out: the formats, and an export as a file."""

import mimetypes
import tempfile
from typing import Any, BinaryIO, cast

from aiohttp import web

from assistant.domain.pairing import Scope
from assistant.server import keys
from assistant.server.listing import FILTERS, PART, filter_of, whole
from assistant.server.routing import Call, Route
from assistant.server.threads import Lane

_IN_MEMORY = 4 << 20
_PART = 1 << 16


def formats(call: Call) -> dict[str, Any]:
    """List the formats."""
    found = call.services.exports.formats()
    items = [{"name": entry.name, "description": entry.description, "suffix": entry.suffix} for entry in found]
    return whole(call, items)


async def export(request: web.Request, call: Call) -> web.StreamResponse:
    """Write an export; it is sent only once it is whole."""
    name, found, threads = call.path["format"], filter_of(call), request.app[keys.THREADS]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        stream = cast("BinaryIO", file)
        await threads.run(lambda: call.services.exports.write(name, found, stream), Lane.LONG)
        suffix = next((entry.suffix for entry in call.services.exports.formats() if entry.name == name), "")
        length = stream.seek(0, 2)
        stream.seek(0)
        answer = web.StreamResponse(headers=_headers(name, suffix, length))
        await answer.prepare(request)
        while part := await threads.run(lambda: stream.read(_PART), Lane.LONG):
            await answer.write(part)
    await answer.write_eof()
    return answer


def _headers(name: str, suffix: str, length: int) -> dict[str, str]:
    ending = f".{suffix.removeprefix('.')}" if suffix else ""
    kind = mimetypes.guess_type(f"file{ending}")[0] or "application/octet-stream"
    return {"Content-Type": kind, "Content-Length": str(length), "Content-Disposition": f'attachment; filename="shopper-{name}{ending}"'}


ROUTES = (
    Route(method="GET", path="/exports", about="The formats of exports.", scope=Scope.FULL, run=formats, query=PART, answer="Formats"),
    Route(
        method="GET",
        path="/exports/{format}",
        about="An export as a file; without a purpose, business.",
        scope=Scope.FULL,
        stream=export,
        query=FILTERS,
        patience=120.0,
        answer="File",
    ),
)
