"""Pair and revoke clients, and prove the server's identity to them."""

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.server.body import Nothing
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.services.pairing.sealing import Handshake
from assistant.wire.pairing import ClientJson, GrantJson, HelloJson, PairBody, PairingCodeJson, SealedGrantJson
from assistant.wire.shape import PageJson

_LONGEST_NONCE = 256
_NONCE = Parameter(
    name="n", about="A new nonce chosen by the caller.", schema={"type": "string", "minLength": 1, "maxLength": _LONGEST_NONCE}
)
_CLIENT = Parameter(
    name="client",
    about="The id of a browser with a sealed link: the answer then also holds a proof sealed for it.",
    schema={"type": "string", "maxLength": 64},
)


def hello(call: Call) -> HelloJson:
    """Prove that this is the server that the caller paired with."""
    nonce = call.query.get("n", "")
    if not 1 <= len(nonce) <= _LONGEST_NONCE:
        raise InvalidInput(translated("Give a nonce of 1 to {most} characters: /hello?n=NONCE.", most=_LONGEST_NONCE))
    client_id = call.query.get("client", "")
    sealed = call.services.pairing.hello(client_id, nonce, call.port) if client_id else None
    return HelloJson(proof=call.services.pairing.proof(nonce), sealed=sealed)


def pair(call: Call) -> GrantJson | SealedGrantJson:
    """Redeem a pairing code for a token, or for the key of a sealed link; the extension's origin is pinned to it."""
    pairing = call.services.pairing
    body: PairBody = call.body
    if not body.sealed:
        return GrantJson.of(pairing.redeem(body.code, body.name, call.origin))
    if not body.public:
        return SealedGrantJson.of(pairing.redeem_key(body.code, body.name, call.origin))
    handshake = Handshake(public=body.public, proof=body.code, name=body.name, port=call.port)
    return SealedGrantJson.of(pairing.redeem_sealed(handshake, call.origin))


def open_code(call: Call) -> PairingCodeJson:
    """Open a pairing code for two minutes."""
    return PairingCodeJson.of(call.services.pairing.open_code())


def clients(call: Call) -> PageJson[ClientJson]:
    """List who is paired."""
    return whole(call, [ClientJson.of(client) for client in call.services.pairing.clients()])


def revoke(call: Call) -> None:
    """Revoke a client; its next request gets 401 with the code auth/revoked."""
    call.services.pairing.revoke(call.path["id"])


ROUTES = (
    Route(
        method="GET",
        path="/hello",
        about="Proof that this is the server that the client paired with: hex HMAC-SHA256 of the nonce under the proof key.",
        scope=None,
        run=hello,
        query=(_NONCE, _CLIENT),
    ),
    Route(method="POST", path="/pair", about="Redeem a pairing code.", scope=None, run=pair, body=PairBody),
    Route(
        method="POST",
        path="/pairing",
        about="Open an 8-digit code, good once and for two minutes.",
        scope=Scope.FULL,
        run=open_code,
        body=Nothing,
    ),
    Route(method="GET", path="/clients", about="Paired clients.", scope=Scope.FULL, run=clients, query=PART),
    Route(method="DELETE", path="/clients/{id}", about="Revoke a client.", scope=Scope.FULL, run=revoke),
)
