"""Unlinks customer ids, and merges, removes and renames accounts. Each step can be undone."""

from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins

from assistant.domain.accounts.changes import check_key
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.rules import codes_afterwards
from assistant.rules.base import AfterPurchase
from assistant.services.imports.unassigned import pack_away, take_packed, take_parked
from assistant.storage import journal
from assistant.storage.accounts import identities, moving, register
from assistant.storage.accounts.register import AccountRef
from assistant.storage.engine import Database
from assistant.storage.imports import documents
from assistant.storage.journal import Change, Details, record_changes
from assistant.storage.orders.removed_orders import RemovedOrder
from assistant.storage.orders.removed_warnings import put_back, take_all_warnings, take_open_warnings
from assistant.storage.unit_of_work import UnitOfWork

_MISPLACED = codes_afterwards(AfterPurchase.MISPLACED)
"""Warnings that something belongs on another account. They are false when accounts become one."""


class AccountMoves:
    """Merges, removes, unlinks and renames accounts."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def unlink(self, name: str, customer_id: str) -> int:
        """Unlink a customer id; its documents wait until it is linked again. Return their number. Raises NotFound, Conflict."""
        with self._database.writing() as work:
            account = register.account_row(work.session, name)
            owner = identities.account_of_customer(work.session, customer_id)
            if owner is None or owner.id != account.id:
                raise Conflict(
                    translated(
                        "The customer id {customer_id} is not linked to '{label}'. 'shopper accounts list' shows its ids.",
                        customer_id=customer_id[:40],
                        label=account.label,
                    )
                )
            number = len(documents.documents_of_customer(work.session, account.id, customer_id))
            details = move_customer(work, {"customer_id": customer_id, "before": account.id, "after": None})
            what = sentence_of("Unlinked the customer id {customer_id} from '{account}'", customer_id=customer_id, account=account.label)
            work.add_step(Action.ACCOUNT_UNLINKED, what, details)
            work.commit()
        return number

    def merge(self, name: str, into: str) -> AccountRef:
        """Move everything of one account to another and remove it; return the other. Raises NotFound, InvalidInput."""
        with self._database.writing() as work:
            source, target = register.account_row(work.session, name), register.account_row(work.session, into)
            if source.id == target.id:
                raise InvalidInput(translated("Both names mean the same account. Name two accounts."))
            details = _dissolve(work, source, target)
            what = sentence_of("Merged the account '{account}' into '{target}'", account=source.label, target=target.label)
            work.add_step(Action.ACCOUNT_MERGED, what, details)
            work.commit()
        return target

    def remove(self, name: str) -> AccountRef:
        """Remove an account with its orders; its documents stay packed for undo. Raises NotFound, Conflict if rules name it."""
        with self._database.writing() as work:
            account = register.account_row(work.session, name)
            rules = moving.rules_naming(work.session, account.key)
            if rules:
                raise Conflict(
                    translated(
                        "Rules name the account '{label}': {rules}. Remove them first with 'shopper rules remove', "
                        "or merge the account into another one.",
                        label=account.label,
                        rules=", ".join(map(str, rules)),
                    )
                )
            details = _dissolve(work, account, None)
            work.add_step(Action.ACCOUNT_REMOVED, sentence_of("Removed the account '{account}'", account=account.label), details)
            work.commit()
        return account

    def rename(self, name: str, key: str) -> AccountRef:
        """Give an account another key, in rules too. Raises NotFound, InvalidInput, Conflict."""
        with self._database.writing() as work:
            account = register.account_row(work.session, name)
            check_key(key, {row.key for row in register.account_rows(work.session)} - {account.key})
            with work.step(Action.ACCOUNT_EDITED, sentence_of("Renamed the account '{account}' to '{key}'", account=account.key, key=key)):
                moving.set_key(work.session, account.id, key)
                moving.rename_in_rules(work.session, account.key, key)
                work.tell(EventKind.ACCOUNT_CHANGED, account=key)
            work.commit()
        return account._replace(key=key)


def move_customer(work: UnitOfWork, details: Mapping[str, Any]) -> Details:
    """Move a customer id, with its documents, from one account to another (either may be None); return the details to reverse it."""
    session, customer_id = work.session, str(details["customer_id"])
    accounts = {row.id: row for row in register.account_rows(session)}
    owner = identities.account_of_customer(session, customer_id)
    if (owner.id if owner else None) != details["before"] or details["after"] not in (None, *accounts):
        raise Conflict(
            translated("The customer id {customer_id} was linked again since. Undo the later steps first.", customer_id=customer_id)
        )
    if owner is not None:
        for document in documents.documents_of_customer(session, owner.id, customer_id):
            pack_away(work, document, "parked")
        work.tell(EventKind.ACCOUNT_CHANGED, account=owner.key)
    identities.link_customer(session, customer_id, details["after"], work.now())
    if details["after"] is not None:
        take_parked(work, accounts[details["after"]], customer_id)
        work.tell(EventKind.ACCOUNT_CHANGED, account=accounts[details["after"]].key)
    return {"customer_id": customer_id, "before": details["after"], "after": details["before"]}


def _dissolve(work: UnitOfWork, source: AccountRef, target: AccountRef | None) -> Details:
    """Remove an account after moving its documents and rows to the target, if any; return the details to restore it."""
    session = work.session
    # Corrections are added last and removed first, because they need their orders.
    warnings = take_all_warnings(session, source.id) if target is None else take_open_warnings(session, (source.id, target.id), _MISPLACED)
    own = sorted(documents.documents_of(session, source.id), key=lambda entry: entry.kind is documents.CORRECTIONS)
    for document in reversed(own):
        pack_away(work, document, "removed")
    kept = [document.id for document in own if target is None or documents.is_stored_again(session, document.id, target.id)]
    given = {
        document.id: take_packed(work, target, documents.packed_content(session, document.id))
        for document in own
        if target is not None and document.id not in kept
    }
    with record_changes(session) as recording:
        if target is None:
            moving.delete_terms(session, source.id)
        else:
            moving.rename_in_rules(session, source.key, target.key)
    moved = moving.move_rows(session, source.id, target.id if target else None)
    with record_changes(session) as removal:
        moving.delete_account(session, source.id)
    work.tell(EventKind.ACCOUNT_CHANGED, account=target.key if target else source.key)
    work.tell(EventKind.ALERT_CHANGED, account=target.key if target else source.key)
    return {
        "source": source.id,
        "target": target.id if target else None,
        "documents": [document.id for document in own],
        "moved": moved,
        "changes": [
            list(change) for change in (*(each for found in given.values() for each in found.changes), *recording.changes, *removal.changes)
        ],
        "decisions": {str(number): to_builtins(found.orders) for number, found in given.items() if found.orders},
        "warnings": warnings,
        "dissolved": True,
    }


def revert_dissolving(work: UnitOfWork, details: Mapping[str, Any]) -> Details:
    """Restore an account that was merged or removed, or merge or remove it again. Raises Conflict."""
    session = work.session
    accounts = {row.id: row for row in register.account_rows(session)}
    if not details["dissolved"]:
        if details["source"] not in accounts or details["target"] not in (None, *accounts):
            raise Conflict(translated("One of the accounts is gone. Undo the later steps first."))
        return _dissolve(work, accounts[details["source"]], accounts[details["target"]] if details["target"] is not None else None)
    stored = [found for number in details["documents"] if (found := documents.document(session, number)) is not None]
    for document in reversed(stored):
        if document.state != "removed":
            pack_away(work, document, "removed")
    journal.revert_rows(session, [Change(*entry) for entry in details["changes"]])
    moving.move_back(session, details["moved"], details["source"], details["target"])
    source = next(row for row in register.account_rows(session) if row.id == details["source"])
    decisions = convert(details.get("decisions", {}), dict[str, dict[str, RemovedOrder]])
    for document in stored:
        take_packed(work, source, documents.packed_content(session, document.id), decisions.get(str(document.id)))
    put_back(session, details.get("warnings", ()))
    work.tell(EventKind.ALERT_CHANGED, account=source.key)
    work.tell(EventKind.ACCOUNT_CHANGED, account=source.key)
    return {**details, "dissolved": False}
