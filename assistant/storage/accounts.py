"""Accounts and the customer ids that belong to them, as rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts import Account, Identity
from assistant.domain.errors import NotFound
from assistant.domain.text import fold
from assistant.storage.tables import AccountRow, IdentityRow

# Every visit asks these: built once, over plain tables.
_ACCOUNT_TABLE, _IDENTITY_TABLE = SQLModel.metadata.tables["accounts"], SQLModel.metadata.tables["identities"]
_REGISTER = select(_ACCOUNT_TABLE).order_by(_ACCOUNT_TABLE.c.id)
_LINKED = select(_IDENTITY_TABLE).where(_IDENTITY_TABLE.c.account_id.is_not(None)).order_by(_IDENTITY_TABLE.c.first_seen)


def account_rows(session: Session) -> list[AccountRow]:
    """Return all accounts in the order in which they were registered."""
    return list(session.scalars(select(AccountRow).order_by(col(AccountRow.id))))


def account_row(session: Session, name: str) -> AccountRow:
    """Return the account of that key or label. Raises NotFound, naming the ones there are."""
    rows = account_rows(session)
    found = next((row for row in rows if row.key == name), None) or next((row for row in rows if fold(row.label) == fold(name)), None)
    if found is None:
        known = ", ".join(row.key for row in rows) or "none yet"
        raise NotFound(f"There is no account '{name[:40]}'. Registered: {known}.")
    return found


def accounts_by_id(session: Session) -> dict[int, Account]:
    """Return all accounts with their customer ids, by row id, in the order in which they were registered."""
    connection = session.connection()
    linked: dict[int, list[Any]] = {}
    for identity in connection.execute(_LINKED):
        linked.setdefault(identity.account_id, []).append(identity)
    return {row.id: account_of(row, linked.get(row.id, ())) for row in connection.execute(_REGISTER)}


def accounts(session: Session) -> list[Account]:
    """Return all accounts with their customer ids."""
    return list(accounts_by_id(session).values())


def account_of(row: Any, identities: Iterable[Any]) -> Account:
    """Return the account that a row of the register and rows of its identities describe, mapped objects or plain."""
    linked = list(identities)
    seen = max((identity.last_seen for identity in linked if identity.last_seen), default=None)
    return Account(
        key=row.key,
        label=row.label,
        purpose=row.purpose,
        owner=row.owner,
        home=row.home,
        colour=row.colour,
        symbol=row.symbol,
        letters=row.letters,
        business=row.business,
        organization=row.organization,
        status=row.status,
        marketplaces=tuple(row.marketplaces),
        addresses=tuple(row.addresses),
        cards=tuple(row.cards),
        customer_ids=tuple(identity.customer_id for identity in linked),
        last_seen=datetime.fromisoformat(seen) if seen else None,
    )


def identities(session: Session) -> list[Identity]:
    """Return every customer id that was seen, newest first."""
    keys = {row.id: row.key for row in account_rows(session)}
    rows = session.scalars(select(IdentityRow).order_by(col(IdentityRow.last_seen).desc(), col(IdentityRow.customer_id)))
    return [
        Identity(
            customer_id=row.customer_id,
            account=keys.get(row.account_id),
            greeting=row.greeting,
            business=row.business,
            organization=row.organization,
            marketplace=row.marketplace,
            first_seen=datetime.fromisoformat(row.first_seen),
            last_seen=datetime.fromisoformat(row.last_seen),
        )
        for row in rows
    ]


def account_of_customer(session: Session, customer_id: str) -> AccountRow | None:
    """Return the account that a customer id is linked to."""
    identity = session.get(IdentityRow, customer_id)
    return session.get(AccountRow, identity.account_id) if identity is not None and identity.account_id is not None else None
