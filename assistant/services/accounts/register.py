"""The register of accounts: add and edit accounts, link customer ids that browsers have shown."""

import re
from dataclasses import replace
from difflib import get_close_matches

from assistant.amazon.marketplaces import MARKETPLACES, by_host, by_url
from assistant.domain.accounts.account import Account, AccountChange, Identity, Purpose
from assistant.domain.accounts.changes import changed, new_account
from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.filter_language import near_words
from assistant.domain.journal import Action
from assistant.domain.languages.labels import label_named, shown_purpose
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import any_of, translated
from assistant.domain.text import clean_text
from assistant.services.imports.unassigned import take_parked
from assistant.storage.accounts import identities, register
from assistant.storage.accounts.labels import purposes
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import UnitOfWork

_CUSTOMER = re.compile(r"[A-Z0-9]{6,20}\Z")


class Accounts:
    """Reads and changes the register."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[Account]:
        """Return all accounts in the order in which they were registered."""
        with self._database.reading() as session:
            return register.accounts(session)

    def get(self, name: str) -> Account:
        """Return the account with this key or label. Raises NotFound."""
        with self._database.reading() as session:
            return register.accounts_by_id(session)[register.account_row(session, name).id]

    def add(self, label: str, purpose: str = Purpose.PERSONAL, *, key: str | None = None, change: AccountChange | None = None) -> Account:
        """Register an account. Missing values are chosen so that no two accounts look alike.

        Raises InvalidInput for a bad value, Conflict for a key or letters already taken.
        """
        with self._database.writing() as work:
            account = self._add(work, label, purpose, key, change or AccountChange())
            work.commit()
        return account

    def _add(self, work: UnitOfWork, label: str, purpose: str, key: str | None, change: AccountChange) -> Account:
        others = register.accounts(work.session)
        account = changed(new_account(others, label, _purpose(work, purpose), key=key), _with_marketplaces(change), others)
        with work.step(Action.ACCOUNT_ADDED, sentence_of("Added the account '{account}'", account=account.label)):
            register.add_account(work.session, account, self._clock())
            work.tell(EventKind.ACCOUNT_CHANGED, account=account.key)
        return account

    def edit(self, name: str, change: AccountChange) -> Account:
        """Change the given fields. Raises NotFound, InvalidInput, Conflict."""
        with self._database.writing() as work:
            found = register.account_row(work.session, name)
            others = register.accounts_by_id(work.session)
            if change.purpose:
                change = replace(change, purpose=_purpose(work, change.purpose))
            account = changed(others.pop(found.id), _with_marketplaces(change), others.values())
            with work.step(Action.ACCOUNT_EDITED, sentence_of("Changed the account '{account}'", account=found.label)):
                register.write_account(work.session, found.id, account)
                work.tell(EventKind.ACCOUNT_CHANGED, account=account.key)
            work.commit()
        return account

    def link(self, name: str, customer_id: str) -> Account:
        """Link a customer id to an account and store the documents that waited for it. Raises NotFound, InvalidInput, Conflict."""
        with self._database.writing() as work:
            key = self._link(work, name, customer_id)
            work.commit()
        return self.get(key)

    def _link(self, work: UnitOfWork, name: str, customer_id: str) -> str:
        """Link a customer id; return the account's key."""
        if not _CUSTOMER.match(customer_id):
            raise InvalidInput(
                translated(
                    "'{customer_id}' is not an Amazon customer id. One looks like A1B2C3D4E5F6G7: letters and digits.",
                    customer_id=customer_id[:40],
                )
            )
        account = register.account_row(work.session, name)
        owner = identities.account_of_customer(work.session, customer_id)
        if owner is not None and owner.id != account.id:
            raise Conflict(
                translated(
                    "The customer id {customer_id} already belongs to '{label}'. "
                    "Unlink it there first: shopper accounts unlink {key} {customer_id}",
                    customer_id=customer_id,
                    label=owner.label,
                    key=owner.key,
                )
            )
        if owner is None:
            identities.link_customer(work.session, customer_id, account.id, self._clock())
            take_parked(work, account, customer_id)
            work.tell(EventKind.ACCOUNT_CHANGED, account=account.key)
            details = {"customer_id": customer_id, "before": account.id, "after": None}
            what = sentence_of("Linked the customer id {customer_id} to '{account}'", customer_id=customer_id, account=account.label)
            work.add_step(Action.ACCOUNT_LINKED, what, details)
        return account.key

    def name_identity(self, customer_id: str, *, account: str, label: str, purpose: str) -> Account:
        """Link an id that a browser has shown: to the account named `account`, or to a new one if that is "".

        Raises NotFound, InvalidInput, Conflict; then no account was added.
        """
        with self._database.writing() as work:
            shown = next((one for one in identities.identities(work.session) if one.customer_id == customer_id), None)
            if shown is None:
                raise NotFound(
                    translated("No browser has shown this customer id. Open an Amazon page while you are signed in, then try again.")
                )
            if shown.account is not None:
                owner = register.account_row(work.session, shown.account)
                raise Conflict(translated("This customer id already belongs to '{label}'.", label=owner.label))
            change = AccountChange(business=shown.business, organization=shown.organization)
            key = self._link(work, account or self._add(work, label, purpose, None, change).key, customer_id)
            work.commit()
        return self.get(key)

    def identities(self) -> list[Identity]:
        """Return every customer id that pages have shown, newest first."""
        with self._database.reading() as session:
            return identities.identities(session)


def _purpose(work: UnitOfWork, word: str) -> str:
    """Return the purpose of an account, built-in ones in English. Raises InvalidInput for a word that looks like a mistyped one.

    Other new words are purposes of the user's own, and so are those that begin with a known one: "business 2".
    """
    known, wanted = purposes(work.session), clean_text(word)
    found = label_named("purpose", wanted, known)
    if found is not None:
        return found
    names = [shown_purpose(other) for other in known]
    if wanted and not any(wanted.casefold().startswith(other.casefold()) for other in (*known, *names)):
        near = near_words(wanted, names)
        if near:
            raise InvalidInput(
                translated(
                    "There is no purpose '{wanted}'. {near} 'shopper purposes add' makes it a purpose of its own.",
                    wanted=wanted[:40],
                    near=near,
                )
            )
    return word


def _with_marketplaces(change: AccountChange) -> AccountChange:
    """Return a change whose marketplaces are named as Amazon names them. Raises InvalidInput for one that does not exist."""
    given = change.marketplaces
    return change if given is None else replace(change, marketplaces=tuple(dict.fromkeys(map(_marketplace_name, given))))


def _marketplace_name(text: str) -> str:
    found = by_url(text.strip()) or by_host(text.strip().rstrip("/"))
    if found is None:
        near = get_close_matches(text.strip().lower(), [each.name for each in MARKETPLACES], n=2)
        raise InvalidInput(
            translated(
                "'{text}' is not an Amazon marketplace. Write one like {example}.", text=text[:40], example=any_of(near) or "amazon.de"
            )
        )
    return found.name
