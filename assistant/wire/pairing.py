"""Pairing codes, what a redeemed code grants, and paired clients."""

from typing import Annotated

from msgspec import Meta, Struct

from assistant.domain.pairing import Client, Grant, PairingCode, Scope, SealedGrant
from assistant.wire.shape import InstantText, JsonShape, Short


class PairBody(Struct):
    """What a client pairs with: the code that a person typed, and its own name.

    `sealed`: it wants the key of a sealed link instead of a token. With `public`, its public key, `code` is the proof of the code.
    """

    code: Annotated[str, Meta(max_length=64)]
    name: Short = "Browser"
    sealed: bool = False
    public: Annotated[str, Meta(max_length=128)] = ""


class PairingCodeJson(JsonShape[PairingCode]):
    """A fresh pairing code."""

    code: Annotated[str, Meta(pattern=r"^\d{4}-\d{4}$")]
    expires_at: InstantText


class GrantJson(JsonShape[Grant]):
    """What a redeemed code grants; the only answer with a token."""

    token: str
    client_id: str
    server_id: str
    proof_key: str
    scopes: tuple[Scope, ...]


class SealedGrantJson(JsonShape[SealedGrant]):
    """What a redeemed code grants for a sealed link: the server's half of the key agreement, or the key itself."""

    key: str | None
    public: str | None
    proof: str | None
    client_id: str
    server_id: str
    scopes: tuple[Scope, ...]


class ClientJson(JsonShape[Client]):
    """A paired browser or program."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    origin: str | None
    created_at: InstantText
    last_used_at: InstantText | None
    revoked_at: InstantText | None


class HelloJson(Struct):
    """The proof that the server holds the key of the pairing: the HMAC-SHA256 of the caller's nonce, in hex."""

    proof: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    sealed: str | None
