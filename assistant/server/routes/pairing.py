"""Letting browsers in and out, and proving to them who this server is."""

from typing import Any

from assistant.domain.errors import InvalidInput
from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.request_schemas import Nothing, PairBody
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.pairing import client_json, code_json, grant_json

_LONGEST_NONCE = 256
_NONCE = Parameter(
    name="n", about="A fresh nonce of the caller's own.", schema={"type": "string", "minLength": 1, "maxLength": _LONGEST_NONCE}
)


def hello(call: Call) -> dict[str, Any]:
    """Prove that this is the server that the caller paired with."""
    nonce = call.query.get("n", "")
    if not 1 <= len(nonce) <= _LONGEST_NONCE:
        raise InvalidInput(f"Give a nonce of 1 to {_LONGEST_NONCE} characters: /hello?n=NONCE.")
    return {"proof": call.services.pairing.proof(nonce)}


def pair(call: Call) -> dict[str, Any]:
    """Redeem a pairing code; the extension's origin is pinned to the token."""
    return grant_json(call.services.pairing.redeem(call.body.code, call.body.name, call.origin))


def open_code(call: Call) -> dict[str, Any]:
    """Open a pairing code for two minutes."""
    return code_json(call.services.pairing.open_code())


def clients(call: Call) -> dict[str, Any]:
    """List who is paired."""
    items = [client_json(client) for client in call.services.pairing.clients()]
    return whole(call, items)


def revoke(call: Call) -> None:
    """Take a client's access back; its next request is answered 401 with the code auth/revoked."""
    call.services.pairing.revoke(call.path["id"])


ROUTES = (
    Route(
        method="GET",
        path="/hello",
        about="Proof that this is the server that the client paired with: hex HMAC-SHA256 of the nonce under the proof key.",
        scope=None,
        run=hello,
        answer="Hello",
        query=(_NONCE,),
    ),
    Route(method="POST", path="/pair", about="Redeem a pairing code.", scope=None, run=pair, body=PairBody, answer="Grant"),
    Route(
        method="POST",
        path="/pairing",
        about="Open an 8-digit code, good once and for two minutes.",
        scope=Scope.FULL,
        run=open_code,
        body=Nothing,
        answer="PairingCode",
    ),
    Route(method="GET", path="/clients", about="Who is paired.", scope=Scope.FULL, run=clients, query=PART, answer="Clients"),
    Route(method="DELETE", path="/clients/{id}", about="Take a client's access back.", scope=Scope.FULL, run=revoke, answer=None),
)
