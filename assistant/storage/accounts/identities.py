"""Customer ids that pages have shown, and which account each belongs to."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts.account import Identity
from assistant.domain.documents import Extraction
from assistant.domain.errors import Conflict
from assistant.domain.pages.visit import PageAccount
from assistant.storage.accounts.register import AccountRef, account_rows
from assistant.storage.prepared import Prepared
from assistant.storage.tables import IdentityRow

_WORTH_NOTING = timedelta(minutes=1)
_IDENTITIES = SQLModel.metadata.tables["identities"]
_IDENTITY = Prepared(select(_IDENTITIES).where(_IDENTITIES.c.customer_id == bindparam("customer")))


def identities(session: Session) -> list[Identity]:
    """Return every customer id that pages have shown, newest first."""
    keys = {row.id: row.key for row in account_rows(session)}
    rows = session.scalars(select(IdentityRow).order_by(col(IdentityRow.last_seen).desc(), col(IdentityRow.customer_id)))
    return [
        Identity(
            customer_id=row.customer_id,
            account=keys[row.account_id] if row.account_id is not None else None,
            greeting=row.greeting,
            business=row.business,
            organization=row.organization,
            marketplace=row.marketplace,
            first_seen=datetime.fromisoformat(row.first_seen),
            last_seen=datetime.fromisoformat(row.last_seen),
        )
        for row in rows
    ]


def account_of_customer(session: Session, customer_id: str) -> AccountRef | None:
    """Return the account that a customer id is linked to."""
    identity = session.get(IdentityRow, customer_id)
    return next((row for row in account_rows(session) if identity is not None and row.id == identity.account_id), None)


def link_customer(session: Session, customer_id: str, account_id: int | None, now: datetime) -> None:
    """Link a customer id to an account, or unlink it."""
    row = session.get(IdentityRow, customer_id)
    if row is None:
        row = IdentityRow(customer_id=customer_id, first_seen=now.isoformat(), last_seen=now.isoformat())
    row.account_id = account_id
    session.add(row)
    session.flush()


def note_customer(session: Session, extraction: Extraction, now: datetime) -> bool:
    """Store the customer id that a page showed, with what the page says about it; return whether the id is new."""
    seen = extraction.account
    if seen is None or not seen.customer_id:
        return False
    known = _IDENTITY.first(session, customer=seen.customer_id)
    if known is not None and _says_the_same(known, extraction) and now - datetime.fromisoformat(known.last_seen) < _WORTH_NOTING:
        return False
    moment = now.isoformat()
    row = session.get(IdentityRow, seen.customer_id)
    if new := row is None:
        row = IdentityRow(customer_id=seen.customer_id, first_seen=moment, last_seen=moment)
    row.greeting, row.business = seen.greeting or row.greeting, bool(seen.business) or row.business
    row.organization = seen.organization or row.organization
    row.marketplace = extraction.source.marketplace or row.marketplace
    row.last_seen = max(row.last_seen, moment)
    if not new:
        session.add(row)
        session.flush()
        return False
    try:
        with session.begin_nested():
            session.add(row)
    except Conflict:
        # It belongs to an account that another person of the household does not show.
        return False
    return True


def tells_identity(session: Session, extraction: Extraction) -> bool:
    """Return whether a page shows a customer id that is new, or says something new about it."""
    seen = extraction.account
    if seen is None or not seen.customer_id:
        return False
    known = _IDENTITY.first(session, customer=seen.customer_id)
    return known is None or not _says_the_same(known, extraction)


def note_seen(session: Session, customer_id: str, at: datetime) -> None:
    """Store when a known customer id was last seen, to the minute."""
    earlier = _IDENTITIES.c.last_seen < (at - _WORTH_NOTING).isoformat()
    session.execute(update(_IDENTITIES).where(_IDENTITIES.c.customer_id == customer_id, earlier).values(last_seen=at.isoformat()))


def _says_the_same(row: Any, extraction: Extraction) -> bool:
    seen = extraction.account or PageAccount()
    told = (seen.greeting, seen.organization, extraction.source.marketplace, seen.business or None)
    known = (row.greeting, row.organization, row.marketplace, row.business or None)
    return all(new in (None, old) for new, old in zip(told, known, strict=True))
