"""Sealed requests and answers over HTTP: the body is ciphertext, the `Authorization` header names the link."""

from aiohttp import web

from assistant.server import keys
from assistant.server.errors import HEADERS, Refusal
from assistant.services.pairing.sealing import Seal, SealBroken

SEALED = "application/vnd.shopper.sealed"
"""The media type of a sealed body."""


def opened_body(request: web.Request, raw: bytes) -> bytes:
    """Return the body of a request, opened if it is sealed. Raises Refusal if its key, its place or its time is not right."""
    seal = request.get(keys.SEAL)
    if seal is None:
        return raw
    try:
        return request.app[keys.SERVICES].pairing.unseal(seal, raw)
    except SealBroken as error:
        raise Refusal(401, "auth/seal", "This request was not sealed for this server, or it came before. Nothing was done.") from error


def sealed_answer(seal: Seal, answer: web.StreamResponse) -> web.Response:
    """Return an answer with its status and body sealed; outside stands 200, whatever it says."""
    body = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    return web.Response(body=seal.close(answer.status, body), headers={**HEADERS, "Content-Type": SEALED})
