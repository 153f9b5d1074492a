"""Whose document is it: the account that was named, the customer id on it, the only account there is, or who holds its orders."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts.account import Purpose
from assistant.domain.documents import Extraction
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.pages.visit import PageAccount
from assistant.services.accounts.register import new_account
from assistant.storage.accounts import register
from assistant.storage.prepared import Prepared
from assistant.storage.tables import AccountRow, IdentityRow, OrderRow
from assistant.storage.unit_of_work import UnitOfWork

_WORTH_NOTING = timedelta(minutes=1)
_IDENTITIES = SQLModel.metadata.tables["identities"]
_IDENTITY = Prepared(select(_IDENTITIES).where(_IDENTITIES.c.customer_id == bindparam("customer")))


def owner_of(work: UnitOfWork, extraction: Extraction, name: str | None, now: datetime) -> AccountRow | None:
    """Return the account of a document, registered where a new name was given; None for a customer id that is not linked yet.

    Raises InvalidInput when neither the document nor `name` says whose it is.
    """
    if name is not None:
        try:
            return register.account_row(work.session, name)
        except NotFound:
            return _registered(work, name, now)
    if extraction.account is not None and extraction.account.customer_id:
        note_identity(work, extraction, now)
        return register.account_of_customer(work.session, extraction.account.customer_id)
    rows = register.account_rows(work.session)
    if not rows:
        return _registered(work, "Personal", now)
    if len(rows) == 1:
        return rows[0]
    known = _holder(work.session, extraction)
    if known is None:
        names = ", ".join(row.key for row in rows)
        raise InvalidInput(f"'{extraction.source.name}' does not say whose orders it holds. Name the account: --account {names}.")
    return known


def _registered(work: UnitOfWork, name: str, now: datetime) -> AccountRow:
    purpose = next((purpose for purpose in Purpose if purpose.value in name.lower()), Purpose.PERSONAL)
    row = new_account(work.session, name, purpose, now.isoformat())
    work.session.add(row)
    work.session.flush()
    work.tell(EventKind.ACCOUNT_CHANGED, account=row.key)
    return row


def _holder(session: Session, extraction: Extraction) -> AccountRow | None:
    """Return the one account that already holds orders of this document."""
    numbers = [order.number for order in extraction.orders[:200]]
    owners = session.scalars(select(col(OrderRow.account_id)).where(col(OrderRow.number).in_(numbers)).distinct()).all()
    return session.get(AccountRow, owners[0]) if len(owners) == 1 else None


def note_identity(work: UnitOfWork, extraction: Extraction, now: datetime) -> None:
    """Remember the customer id that a page showed."""
    seen = extraction.account
    if seen is None or not seen.customer_id:
        return
    known = _IDENTITY.first(work.session, customer=seen.customer_id)
    if known is not None and _says_the_same(known, extraction) and now - datetime.fromisoformat(known.last_seen) < _WORTH_NOTING:
        return
    moment = now.isoformat()
    row = work.session.get(IdentityRow, seen.customer_id)
    if row is None:
        row = IdentityRow(customer_id=seen.customer_id, first_seen=moment, last_seen=moment)
        work.tell(EventKind.IDENTITY_SEEN, customer_id=seen.customer_id)
    row.greeting, row.business = seen.greeting or row.greeting, bool(seen.business) or row.business
    row.organization = seen.organization or row.organization
    row.marketplace = extraction.source.marketplace or row.marketplace
    row.last_seen = max(row.last_seen, moment)
    work.session.add(row)
    work.session.flush()


def tells_identity(session: Session, extraction: Extraction) -> bool:
    """Tell whether a page says something of a customer id that is not known yet."""
    seen = extraction.account
    if seen is None or not seen.customer_id:
        return False
    known = _IDENTITY.first(session, customer=seen.customer_id)
    return known is None or not _says_the_same(known, extraction)


def note_seen(session: Session, customer_id: str, at: datetime) -> None:
    """Remember when a known customer id was seen last, to the minute."""
    earlier = _IDENTITIES.c.last_seen < (at - _WORTH_NOTING).isoformat()
    session.execute(update(_IDENTITIES).where(_IDENTITIES.c.customer_id == customer_id, earlier).values(last_seen=at.isoformat()))


def _says_the_same(row: Any, extraction: Extraction) -> bool:
    seen = extraction.account or PageAccount()
    told = (seen.greeting, seen.organization, extraction.source.marketplace, seen.business or None)
    known = (row.greeting, row.organization, row.marketplace, row.business or None)
    return all(new in (None, old) for new, old in zip(told, known, strict=True))
