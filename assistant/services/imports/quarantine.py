"""Orders in quarantine: list them, and confirm one that is correct."""

from assistant.domain.documents import Held
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.storage.engine import Database
from assistant.storage.imports import quarantine
from assistant.storage.imports.pages import drop_pages_of


class Quarantine:
    """Lists the orders that totals leave out, and confirms them."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def all(self) -> list[Held]:
        """Return every order in quarantine with its reasons, oldest first."""
        with self._database.reading() as session:
            return quarantine.all_held(session)

    def confirm(self, number: str, account: str | None = None) -> Held:
        """Confirm that an order is correct, so that totals count it. New doubts put it into quarantine again.

        Without `account` the number must belong to one account only. Raises NotFound, Conflict.
        """
        with self._database.writing() as work:
            order_id, held = quarantine.held_order(work.session, number, account)
            with work.step(
                Action.ORDER_CONFIRMED, sentence_of("Confirmed the order {number} of '{account}'", number=held.number, account=held.account)
            ):
                quarantine.confirm(work.session, order_id)
                work.tell(EventKind.ORDERS_IMPORTED, account=held.account, document=None, new=0, changed=1)
            drop_pages_of(work.session, order_id)
            work.commit()
        return held
