"""Accounts, what an edit changes, and customer ids as JSON."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from assistant.domain.accounts.account import Account, AccountChange, Identity, colour

_LISTS = frozenset({"marketplaces", "addresses", "cards", "customer_ids"})


def account_json(account: Account) -> dict[str, Any]:
    """Return an account; `hex` and `ink` are the colours that its `colour` stands for."""
    look = colour(account.colour)
    data = {field.name: getattr(account, field.name) for field in fields(account)}
    data |= {name: list(data[name]) for name in _LISTS}
    moments = {"last_seen": _iso(account.last_seen), "closed_at": _iso(account.closed_at)}
    return data | moments | {"hex": look.hex, "ink": look.ink}


def account_from_json(data: Mapping[str, Any]) -> Account:
    """Read an account back."""
    known = {field.name: data[field.name] for field in fields(Account) if field.name in data}
    known |= {name: tuple(known[name]) for name in _LISTS & known.keys()}
    closed_at = date.fromisoformat(data["closed_at"]) if data.get("closed_at") else None
    return Account(**known | {"last_seen": _instant(data.get("last_seen")), "closed_at": closed_at})


def change_json(change: AccountChange) -> dict[str, Any]:
    """Return what an edit sets; what it leaves alone is absent."""
    given = {field.name: getattr(change, field.name) for field in fields(change)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value is not None}


def change_from_json(data: Mapping[str, Any]) -> AccountChange:
    """Read an edit back; names that no account has are left out."""
    given: dict[str, Any] = {field.name: data[field.name] for field in fields(AccountChange) if data.get(field.name) is not None}
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return AccountChange(**given | lists)


def identity_json(identity: Identity) -> dict[str, Any]:
    """Return a customer id and what a browser showed with it."""
    data = {field.name: getattr(identity, field.name) for field in fields(identity)}
    return data | {"first_seen": _iso(identity.first_seen), "last_seen": _iso(identity.last_seen)}


def identity_from_json(data: Mapping[str, Any]) -> Identity:
    """Read a customer id back."""
    known = {field.name: data[field.name] for field in fields(Identity) if field.name in data}
    return Identity(**known | {"first_seen": _instant(data.get("first_seen")), "last_seen": _instant(data.get("last_seen"))})


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
