"""Reads request bodies: checks before the first byte is read, and checks afterwards."""

import asyncio
import json
import re
from typing import TypeVar

from aiohttp import web
from msgspec import DecodeError, Struct, ValidationError

from assistant.domain.languages.translating import to_translate, translated
from assistant.server import keys
from assistant.server.errors import Refusal
from assistant.server.routing import Route
from assistant.services.pairing.sealing import SealBroken
from assistant.wire.shape import decode

T = TypeVar("T")

JSON = "application/json"
STREAM = "application/octet-stream"
SEALED = "application/vnd.shopper.sealed"
_MISSING = re.compile(r"missing required field `(\w+)`")
_PATH = re.compile(r" - at `\$([^`]*)`")
_SENTENCES = (
    (re.compile(r"`str`.* of length <="), to_translate("{field} is too long.")),
    (re.compile(r"of length <="), to_translate("{field} has too many entries.")),
    (re.compile(r"Invalid enum value"), to_translate("{field} is not one of the allowed words.")),
    (re.compile(r"base64"), to_translate("{field} is not base64.")),
)
"""msgspec's messages for invalid values, and ours: its own may repeat the input."""


class Nothing(Struct):
    """An empty body; it may be left out."""


def check_head(request: web.Request, route: Route, largest: int) -> None:
    """Refuse a body by its headers alone: encoded (415), not JSON (415), of unknown length (411), too large (413)."""
    if "Content-Encoding" in request.headers:
        raise Refusal(415, "body/encoded", translated("Send the body uncompressed, without Content-Encoding."))
    length = request.content_length
    if "Transfer-Encoding" in request.headers:
        length = None
    elif route.body is None or (route.body is Nothing and not length):
        if length:
            raise Refusal(413, "body/unexpected", translated("This route takes no body. Leave it out."))
        return
    if keys.SEAL in request:
        kinds: tuple[str, ...] = (SEALED,)
    else:
        kinds = (JSON, STREAM) if route.uploads else (JSON,)
    if request.headers.getall("Content-Type", []) not in [[kind] for kind in kinds]:
        raise Refusal(415, "body/not-json", translated("Send the body as JSON with 'Content-Type: application/json', nothing added."))
    if length is None:
        raise Refusal(411, "body/no-length", translated("State the length of the body with Content-Length."))
    if length > largest:
        raise Refusal(
            413, "body/too-large", translated("The body is larger than the {most} KiB allowed here. Send less.", most=largest // 1024)
        )


async def read_body(request: web.Request, kind: type[T], seconds: float) -> T:
    """Read the body that `check_head` let through. Raises Refusal: 408 if it does not arrive, 422 if it has the wrong form."""
    if not request.content_length:
        return _read(kind, b"{}" if kind is Nothing else b"")
    try:
        async with asyncio.timeout(seconds):
            raw = await request.content.read(-1)
    except TimeoutError as error:
        raise Refusal(408, "body/slow", translated("The body did not arrive in time. Try again."), {"Connection": "close"}) from error
    except web.RequestPayloadError as error:
        raise Refusal(400, "body/broken", translated("The body ended early. Send it again."), {"Connection": "close"}) from error
    raw = _opened(request, raw)
    try:
        return _read(kind, raw)
    except Refusal:
        whole = _without_surrogates(raw)
        if whole is None:
            raise
    return _read(kind, whole)


def _opened(request: web.Request, raw: bytes) -> bytes:
    """Return the body, opened if it is sealed. Raises Refusal for a wrong key, a wrong route or a replay."""
    seal = request.get(keys.SEAL)
    if seal is None:
        return raw
    try:
        return request.app[keys.SERVICES].pairing.unseal(seal, raw)
    except SealBroken as error:
        raise Refusal(
            401, "auth/seal", translated("This request was not sealed for this server, or it was sent before. Nothing was done.")
        ) from error


def _read(kind: type[T], raw: bytes) -> T:
    try:
        return decode(raw, kind)
    except ValidationError as error:
        raise Refusal(422, "input/invalid", _sentence(str(error))) from error
    except DecodeError as error:
        raise Refusal(422, "input/invalid", translated("The body is not valid JSON.")) from error
    except RecursionError as error:
        raise Refusal(422, "input/invalid", translated("The body is nested too deeply.")) from error


def _sentence(said: str) -> str:
    """Return one sentence that names the field; it never repeats values or unknown keys."""
    path = _PATH.search(said)
    where = re.findall(r"\w+", path[1].replace("[...]", "")) if path else []
    missing = _MISSING.search(said)
    if missing:
        where.append(missing[1])
    wrong_form = to_translate("{field} has the wrong form.")
    text = to_translate("{field} is missing.") if missing else next((words for sign, words in _SENTENCES if sign.search(said)), wrong_form)
    return translated(text, field=repr(".".join(where)) if where else translated("The body"))


def _without_surrogates(raw: bytes) -> bytes | None:
    r"""Return JSON with unpaired surrogates replaced, or None if there are none.

    A browser that truncates text may split a character outside the basic plane, which JSON.stringify writes as "\ud83d".
    """
    if b"\\ud" not in raw and b"\\uD" not in raw:
        return None
    try:
        return json.dumps(json.loads(raw), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        return None
