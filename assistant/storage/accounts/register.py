"""The register of accounts in the database."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from difflib import get_close_matches
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from assistant.domain.accounts.account import Account
from assistant.domain.days import stored_day
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.languages.translating import any_of, translated
from assistant.domain.text import fold
from assistant.storage.prepared import Prepared
from assistant.storage.tables import AccountRow

# Used by every visit, so built once, over plain tables.
_ACCOUNT_TABLE, _IDENTITY_TABLE = SQLModel.metadata.tables["accounts"], SQLModel.metadata.tables["identities"]
_REGISTER = Prepared(
    select(_ACCOUNT_TABLE, _IDENTITY_TABLE.c.customer_id, _IDENTITY_TABLE.c.greeting, _IDENTITY_TABLE.c.last_seen)
    .select_from(_ACCOUNT_TABLE.outerjoin(_IDENTITY_TABLE, _IDENTITY_TABLE.c.account_id == _ACCOUNT_TABLE.c.id))
    .order_by(_ACCOUNT_TABLE.c.id, _IDENTITY_TABLE.c.first_seen)
)


class AccountRef(NamedTuple):
    """The fields of an account that other rows need."""

    id: int
    key: str
    label: str
    purpose: str


def account_rows(session: Session) -> list[AccountRef]:
    """Return all accounts in the order in which they were registered."""
    columns = (_ACCOUNT_TABLE.c.id, _ACCOUNT_TABLE.c.key, _ACCOUNT_TABLE.c.label, _ACCOUNT_TABLE.c.purpose)
    return [AccountRef(*row) for row in session.execute(select(*columns).order_by(_ACCOUNT_TABLE.c.id))]


def account_keys(session: Session) -> dict[int, str]:
    """Return the key of each account by its id."""
    return {row.id: row.key for row in account_rows(session)}


def account_row(session: Session, name: str) -> AccountRef:
    """Return the account with this key or label; letter case does not matter.

    Raises NotFound with the most similar names, InvalidInput for a label that several accounts have.
    """
    rows, wanted = account_rows(session), fold(name)
    found = [row for row in rows if row.key == name] or [row for row in rows if wanted in (fold(row.label), row.key)]
    if not found:
        raise NotFound(translated("There is no account '{name}'. {hint}", name=name[:40], hint=nearest(name, rows)))
    if len(found) > 1:
        raise InvalidInput(
            translated(
                "Several accounts are called '{name}'. Name one by its key: {names}.",
                name=name[:40],
                names=any_of(row.key for row in found),
            )
        )
    return found[0]


def nearest(name: str, rows: Iterable[AccountRef]) -> str:
    """Return a sentence that names the most similar accounts, or all if none is similar."""
    rows = list(rows)
    names = {fold(word): row.key for row in rows for word in (row.label, row.key)}
    close = list(dict.fromkeys(names[word] for word in get_close_matches(fold(name), names, n=3, cutoff=0.6)))
    if close:
        return translated("Did you mean {words}?", words=any_of(close))
    return translated("Registered: {keys}.", keys=", ".join(row.key for row in rows) or translated("none yet"))


def add_account(session: Session, account: Account, created_at: datetime) -> AccountRef:
    """Add an account to the register."""
    row = AccountRow(created_at=created_at.isoformat(), **_values(account))
    session.add(row)
    session.flush()
    return AccountRef(row.id or 0, row.key, row.label, row.purpose)


def write_account(session: Session, account_id: int, account: Account) -> None:
    """Update an account in the register."""
    row = session.get_one(AccountRow, account_id)
    for name, value in _values(account).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.add(row)
    session.flush()


def _values(account: Account) -> dict[str, Any]:
    values = {name: value for name, value in asdict(account).items() if name in AccountRow.model_fields}
    lists = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    return values | lists | {"closed_at": account.closed_at.isoformat() if account.closed_at else None}


def accounts_by_id(session: Session) -> dict[int, Account]:
    """Return all accounts with their customer ids, by row id, in the order in which they were registered."""
    rows = groupby(_REGISTER.rows(session), key=attrgetter("id"))
    found = {number: list(each) for number, each in rows}
    return {number: account_of(each[0], [row for row in each if row.customer_id]) for number, each in found.items()}


def accounts(session: Session) -> list[Account]:
    """Return all accounts with their customer ids."""
    return list(accounts_by_id(session).values())


def account_of(row: Any, identities: Iterable[Any]) -> Account:
    """Return the account of a row of the register and its rows of identities; rows may be mapped objects or plain rows."""
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
        closed_at=stored_day(row.closed_at),
        notice=row.notice,
        marketplaces=tuple(row.marketplaces),
        addresses=tuple(row.addresses),
        cards=tuple(row.cards),
        customer_ids=tuple(identity.customer_id for identity in linked),
        greeting=newest.greeting if newest else None,
        last_seen=datetime.fromisoformat(newest.last_seen) if newest else None,
    )
