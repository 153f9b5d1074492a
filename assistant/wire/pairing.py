"""Pairing codes, what a redeemed code grants, and paired clients as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.domain.pairing import Client, Grant, PairingCode, Scope, SealedGrant


def code_json(code: PairingCode) -> dict[str, str]:
    """Return a pairing code."""
    return {"code": code.code, "expires_at": code.expires_at.isoformat()}


def code_from_json(data: Mapping[str, Any]) -> PairingCode:
    """Read a pairing code back."""
    return PairingCode(code=data["code"], expires_at=datetime.fromisoformat(data["expires_at"]))


def grant_json(grant: Grant) -> dict[str, Any]:
    """Return what a redeemed code gives; the only place where a token is written out."""
    return {
        "token": grant.token,
        "client_id": grant.client_id,
        "server_id": grant.server_id,
        "proof_key": grant.proof_key,
        "scopes": [scope.value for scope in grant.scopes],
    }


def sealed_grant_json(grant: SealedGrant) -> dict[str, Any]:
    """Return what a redeemed code gives for a sealed link."""
    return {
        "key": grant.key,
        "public": grant.public,
        "proof": grant.proof,
        "client_id": grant.client_id,
        "server_id": grant.server_id,
        "scopes": [scope.value for scope in grant.scopes],
    }


def client_json(client: Client) -> dict[str, Any]:
    """Return a paired client."""
    return {
        "id": client.id,
        "name": client.name,
        "scopes": [scope.value for scope in client.scopes],
        "origin": client.origin,
        "created_at": client.created_at.isoformat(),
        "last_used_at": _iso(client.last_used_at),
        "revoked_at": _iso(client.revoked_at),
    }


def client_from_json(data: Mapping[str, Any]) -> Client:
    """Read a paired client back."""
    return Client(
        id=data["id"],
        name=data["name"],
        scopes=tuple(Scope(scope) for scope in data["scopes"]),
        origin=data["origin"],
        created_at=datetime.fromisoformat(data["created_at"]),
        last_used_at=_instant(data["last_used_at"]),
        revoked_at=_instant(data["revoked_at"]),
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
