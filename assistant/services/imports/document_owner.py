"""Finds the account of a document: the named one, the one with its customer id, the only one, or the one that has its orders."""

from datetime import datetime

from assistant.domain.accounts import changes
from assistant.domain.accounts.account import Purpose
from assistant.domain.documents import Extraction
from assistant.domain.errors import AccountMissing, NotFound
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.storage.accounts import identities, register
from assistant.storage.accounts.register import AccountRef
from assistant.storage.orders.queries import accounts_with
from assistant.storage.unit_of_work import Session, UnitOfWork

_ENOUGH_ORDERS = 200


def owner_of(work: UnitOfWork, extraction: Extraction, name: str | None, now: datetime, *, new_account: bool) -> AccountRef | None:
    """Return the account of a document; None if its customer id is not linked yet.

    A name that is not registered is registered with `new_account`, else NotFound. The first account of a ledger is registered without
    a name. Raises AccountMissing when neither the document nor `name` identifies the account.
    """
    if name is not None:
        try:
            return register.account_row(work.session, name)
        except NotFound as unknown:
            if new_account:
                return _registered(work, name, now)
            raise NotFound(translated("{unknown} To register a new account, add --new-account.", unknown=unknown)) from unknown
    if extraction.account is not None and extraction.account.customer_id:
        note_identity(work, extraction, now)
        return identities.account_of_customer(work.session, extraction.account.customer_id)
    rows = register.account_rows(work.session)
    if not rows:
        return _registered(work, "Personal", now)
    if len(rows) == 1:
        return rows[0]
    known = _holder(work.session, extraction)
    if known is None:
        names = ", ".join(account.label for account in register.accounts(work.session))
        raise AccountMissing(
            translated("'{name}' does not name its account. Choose one: {names}.", name=extraction.source.name, names=names)
        )
    return known


def _registered(work: UnitOfWork, name: str, now: datetime) -> AccountRef:
    purpose = next((purpose for purpose in Purpose if purpose.value in name.lower()), Purpose.PERSONAL)
    account = changes.new_account(register.accounts(work.session), name, purpose)
    with work.step(Action.ACCOUNT_ADDED, sentence_of("Added the account '{account}'", account=account.label)):
        work.tell(EventKind.ACCOUNT_CHANGED, account=account.key)
        return register.add_account(work.session, account, now)


def _holder(session: Session, extraction: Extraction) -> AccountRef | None:
    """Return the one account that already has orders of this document."""
    owners = accounts_with(session, [order.number for order in extraction.orders[:_ENOUGH_ORDERS]])
    found = {owner for known in owners.values() for owner in known}
    return next((row for row in register.account_rows(session) if row.id in found), None) if len(found) == 1 else None


def note_identity(work: UnitOfWork, extraction: Extraction, now: datetime) -> None:
    """Store the customer id that a page showed."""
    if identities.note_customer(work.session, extraction, now) and extraction.account is not None:
        work.tell(EventKind.IDENTITY_SEEN, customer_id=extraction.account.customer_id)
