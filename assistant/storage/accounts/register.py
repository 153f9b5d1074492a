"""Accounts and the customer ids that belong to them, as rows."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts.account import Account, Identity
from assistant.domain.errors import NotFound
from assistant.domain.text import fold
from assistant.storage.prepared import Prepared
from assistant.storage.tables import AccountRow, IdentityRow

# Every visit asks these: built once, over plain tables.
_ACCOUNT_TABLE, _IDENTITY_TABLE = SQLModel.metadata.tables["accounts"], SQLModel.metadata.tables["identities"]
_REGISTER = Prepared(
    select(_ACCOUNT_TABLE, _IDENTITY_TABLE.c.customer_id, _IDENTITY_TABLE.c.greeting, _IDENTITY_TABLE.c.last_seen)
    .select_from(_ACCOUNT_TABLE.outerjoin(_IDENTITY_TABLE, _IDENTITY_TABLE.c.account_id == _ACCOUNT_TABLE.c.id))
    .order_by(_ACCOUNT_TABLE.c.id, _IDENTITY_TABLE.c.first_seen)
)


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
    rows = groupby(_REGISTER.rows(session), key=attrgetter("id"))
    found = {number: list(each) for number, each in rows}
    return {number: account_of(each[0], [row for row in each if row.customer_id]) for number, each in found.items()}


def accounts(session: Session) -> list[Account]:
    """Return all accounts with their customer ids."""
    return list(accounts_by_id(session).values())


def account_of(row: Any, identities: Iterable[Any]) -> Account:
    """Return the account that a row of the register and rows of its identities describe, mapped objects or plain."""
    linked = list(identities)
    newest = max((identity for identity in linked if identity.last_seen), key=attrgetter("last_seen"), default=None)
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
        closed_at=date.fromisoformat(row.closed_at) if row.closed_at else None,
        notice=row.notice,
        marketplaces=tuple(row.marketplaces),
        addresses=tuple(row.addresses),
        cards=tuple(row.cards),
        customer_ids=tuple(identity.customer_id for identity in linked),
        greeting=newest.greeting if newest else None,
        last_seen=datetime.fromisoformat(newest.last_seen) if newest else None,
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
