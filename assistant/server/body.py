"""Reading a request body: what is checked before the first byte is read, and what after."""

import asyncio
import json

from aiohttp import web
from pydantic import BaseModel, ValidationError

from assistant.server import keys
from assistant.server.errors import Refusal
from assistant.server.request_schemas import Nothing
from assistant.server.routing import Route
from assistant.services.pairing.sealing import SealBroken

JSON = "application/json"
STREAM = "application/octet-stream"
SEALED = "application/vnd.shopper.sealed"
_SENTENCES = {
    "missing": "is missing",
    "string_too_long": "is too long",
    "too_long": "has too many entries",
    "literal_error": "is none of the words that are allowed",
    "enum": "is none of the words that are allowed",
    "json_invalid": "is not valid JSON",
}


def check_head(request: web.Request, route: Route, largest: int) -> None:
    """Refuse a body by its headers alone: encoded (415), not JSON (415), of unknown length (411), too large (413)."""
    if "Content-Encoding" in request.headers:
        raise Refusal(415, "body/encoded", "Send the body as it is, without Content-Encoding.")
    length = request.content_length
    if "Transfer-Encoding" in request.headers:
        length = None
    elif route.body is None or (route.body is Nothing and not length):
        if length:
            raise Refusal(413, "body/unexpected", "This route takes no body. Leave it out.")
        return
    if keys.SEAL in request:
        kinds: tuple[str, ...] = (SEALED,)
    else:
        kinds = (JSON, STREAM) if route.uploads else (JSON,)
    if request.headers.getall("Content-Type", []) not in [[kind] for kind in kinds]:
        raise Refusal(415, "body/not-json", "Send the body as JSON with 'Content-Type: application/json', nothing added.")
    if length is None:
        raise Refusal(411, "body/no-length", "Say how long the body is with Content-Length.")
    if length > largest:
        raise Refusal(413, "body/too-large", f"The body is larger than the {largest // 1024} KiB allowed here. Send less.")


async def read_body(request: web.Request, model: type[BaseModel], seconds: float) -> BaseModel:
    """Read the body that `check_head` let through. Raises Refusal: 408 when it does not come, 422 when it does not fit."""
    if not request.content_length:
        return _validated(model, b"{}" if model is Nothing else b"")
    try:
        async with asyncio.timeout(seconds):
            raw = await request.content.read(-1)
    except TimeoutError as error:
        raise Refusal(408, "body/slow", "The body did not arrive in time. Try again.", {"Connection": "close"}) from error
    except web.RequestPayloadError as error:
        raise Refusal(400, "body/broken", "The body broke off. Try again.", {"Connection": "close"}) from error
    raw = _opened(request, raw)
    try:
        return _validated(model, raw)
    except Refusal:
        whole = _whole_characters(raw)
        if whole is None:
            raise
    return _validated(model, whole)


def _opened(request: web.Request, raw: bytes) -> bytes:
    """Return the body, opened if it is sealed. Raises Refusal if its key, its place or its time is not right."""
    seal = request.get(keys.SEAL)
    if seal is None:
        return raw
    try:
        return request.app[keys.SERVICES].pairing.unseal(seal, raw)
    except SealBroken as error:
        raise Refusal(401, "auth/seal", "This request was not sealed for this server, or it came before. Nothing was done.") from error


def _validated(model: type[BaseModel], raw: bytes) -> BaseModel:
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or part in _names(model))
        what = f"'{where}'" if where else "The body"
        raise Refusal(422, "input/invalid", f"{what} {_SENTENCES.get(first['type'], 'has the wrong form')}.") from error


def _names(model: type[BaseModel]) -> set[str]:
    """Return our own field names, the only ones that an answer may repeat."""
    names = set(model.model_fields)
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names |= set(field.annotation.model_fields)
    return names


def _whole_characters(raw: bytes) -> bytes | None:
    r"""Return JSON whose halved characters are replaced; None when there are none.

    A browser that cuts text at a length may halve a character outside the basic plane, which JSON.stringify writes as "\ud83d".
    """
    if b"\\ud" not in raw and b"\\uD" not in raw:
        return None
    try:
        return json.dumps(json.loads(raw), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        return None
