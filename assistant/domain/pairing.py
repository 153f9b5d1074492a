"""Paired clients, their scopes, and the pairing code."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CODE_LIFE = timedelta(seconds=120)
CODE_TRIES = 5
IDLE_LIFE = timedelta(days=90)


class Scope(StrEnum):
    """What a token allows. A browser never gets FULL."""

    BADGE_READ = "badge:read"
    OBSERVE_WRITE = "observe:write"
    SUMMARY_READ = "summary:read"
    FULL = "full"


BROWSER_SCOPES = (Scope.BADGE_READ, Scope.OBSERVE_WRITE, Scope.SUMMARY_READ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A paired browser or program; `origin` is pinned at pairing, None for programs.

    `account_id` is the row of the account whose own window it is; None for a browser that shows whatever account signs in.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    origin: str | None = None
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingCode:
    """A new 8-digit code, shown once: "4821-7730"."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCode:
    """The open pairing code as stored: its digits are encrypted with the server's key."""

    sealed: str
    expires_at: datetime
    tries_left: int
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerIdentity:
    """The identity of the server: its id, and the key that proves it to programs."""

    server_id: str
    proof_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a redeemed code grants, returned only once."""

    token: str
    client_id: str
    server_id: str
    proof_key: str
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedGrant:
    """What a browser gets instead of a token: the server's half of the key agreement and the proof that it knows the code.

    `key` is set instead for a program that asked for the key itself.
    """

    client_id: str
    server_id: str
    scopes: tuple[Scope, ...]
    public: str | None = None
    proof: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class LocalPass:
    """What a separate server leaves for the terminal app: a token, and the key that identifies the server."""

    token: str
    proof_key: str

    def __str__(self) -> str:
        """Return it as one string, for a keyring."""
        return f"{self.token}.{self.proof_key}"

    @classmethod
    def of(cls, text: str) -> "LocalPass | None":
        """Parse such a string; None for anything else."""
        token, dot, proof_key = text.partition(".")
        return cls(token, proof_key) if dot and token and proof_key else None
