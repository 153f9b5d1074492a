"""Removes imports and restores them: the content of a removed document stays packed in the ledger."""

from collections.abc import Mapping
from typing import Any

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.services.imports.unassigned import pack_away, take_packed
from assistant.storage.accounts.register import account_rows
from assistant.storage.engine import Database
from assistant.storage.imports import documents
from assistant.storage.journal import Details
from assistant.storage.unit_of_work import UnitOfWork


class Removal:
    """Removes imports."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def remove(self, *document_ids: int) -> str:
        """Remove the data of documents, all or none, and return the name of the last; one undo restores them. Raises NotFound."""
        name = ""
        with self._database.writing() as work:
            for document_id in document_ids:
                name = self._remove(work, document_id)
            work.commit()
        return name

    def _remove(self, work: UnitOfWork, document_id: int) -> str:
        document = documents.document(work.session, document_id)
        if document is None or document.state == "removed" or document.kind is documents.CORRECTIONS:
            raise NotFound(translated("There is no import {document_id}. 'shopper imports' lists them.", document_id=document_id))
        details = revert_import(work, import_details(document_id, document.account_id))
        work.add_step(Action.IMPORT_REMOVED, sentence_of("Removed the import '{name}'", name=document.name), details)
        return document.name


def import_details(document_id: int, account_id: int | None) -> Details:
    """Return the details to undo an import: the document, its account, and the state to restore."""
    return {"document": document_id, "account": account_id, "present": True}


def revert_import(work: UnitOfWork, details: Mapping[str, Any]) -> Details:
    """Remove a document, or restore a removed one; return the details that reverse this. Raises Conflict."""
    session = work.session
    document = documents.document(session, details["document"])
    if document is None or (document.state != "removed") is not details["present"]:
        raise Conflict(translated("This import was changed again since. Undo the later steps first."))
    if details["account"] is None:  # no order changes, of which clients would be told
        work.tell(EventKind.IMPORT_FAILED, document=document.id)
    if details["present"]:
        if document.account_id != details["account"]:
            raise Conflict(translated("'{name}' belongs to another account by now. Undo the later steps first.", name=document.name))
        pack_away(work, document, "removed")
        return {**details, "present": False, "state": document.state}
    account = next((row for row in account_rows(session) if row.id == details["account"]), None)
    if details["account"] is None:
        waiting = documents.packed_content(session, document.id)
        documents.set_state(session, document.id, details["state"], content=waiting.content or None)
    elif account is None:
        raise Conflict(translated("The account of '{name}' is gone. Bring it back first: shopper history", name=document.name))
    elif documents.is_stored_again(session, document.id, account.id):
        raise Conflict(translated("'{name}' was imported again since. Nothing was changed.", name=document.name))
    else:
        take_packed(work, account, documents.packed_content(session, document.id))
    return {**details, "present": True}
