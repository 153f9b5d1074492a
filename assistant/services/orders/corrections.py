"""Corrects orders: the user's value wins, the sources' values stay visible, and corrections can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.domain.orders.corrections import revised
from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import account_keys
from assistant.storage.books.charges import charges
from assistant.storage.imports.documents import correction_document, delete_document
from assistant.storage.journal import Details
from assistant.storage.orders.details import OrderRef, order_ref
from assistant.storage.orders.sightings import forget_document, order_of_payload, payload, sightings_of, write_sighting
from assistant.storage.orders.store_orders import merge_again
from assistant.storage.unit_of_work import Session, UnitOfWork

_MOST_CHANGES = 20


def correct(work: UnitOfWork, account: str, number: str, words: Mapping[str, str | None], now: datetime) -> None:
    """Correct an order within the caller's transaction, by word ("total": "19.49"); None or "" removes a correction.

    All or none are applied. Raises NotFound; InvalidInput for an unknown field or a bad value.
    """
    if not words:
        raise InvalidInput(translated("There is nothing to correct. Give a field and its right value, like total=19.49."))
    session = work.session
    order = order_ref(session, account, number)
    charged = charges(session, order.account_id, [number])
    known = [entry.sighting for entry in sightings_of(session, [order.id])[order.id]]
    others = [sighting for sighting in known if sighting.kind is not SourceKind.USER]
    yours = next((sighting for sighting in known if sighting.kind is SourceKind.USER), None)
    told = merge([*others, *charged.get(number, [])]).order
    said = revised(told, yours.order if yours else None, words)
    _keep(session, order, yours, said, now)
    merge_again(session, order.account_id, {number: order.id}, charged)
    _forget(session, yours, said)
    work.tell(EventKind.ORDERS_IMPORTED, account=order.account, document=None, new=0, changed=1)
    changes = tuple(
        sentence_of("{field} {value}", field=word, value=value) if value else sentence_of("{field} as the sources say", field=word)
        for word, value in words.items()
    )
    what = sentence_of(
        "Corrected the order {number} of '{account}': {changes}", number=number, account=order.account, changes=changes[:_MOST_CHANGES]
    )
    details = {"account": order.account_id, "number": number, "before": _text(yours.order if yours else None), "after": _text(said)}
    work.add_step(Action.ORDER_CORRECTED, what, details)


def revert_correction(work: UnitOfWork, details: Mapping[str, Any]) -> Details:
    """Restore an order's previous correction; return the details to reverse this. Raises Conflict."""
    session, number = work.session, str(details["number"])
    account = account_keys(session).get(details["account"], "")
    try:
        order = order_ref(session, account, number)
    except NotFound as error:
        raise Conflict(translated("The order {number} is gone. Bring it back first: shopper history", number=number)) from error
    known = [entry.sighting for entry in sightings_of(session, [order.id])[order.id]]
    yours = next((sighting for sighting in known if sighting.kind is SourceKind.USER), None)
    if _text(yours.order if yours else None) != details["after"]:
        raise Conflict(translated("The order {number} was corrected again since. Undo the later steps first.", number=number))
    said = order_of_payload(details["before"]) if details["before"] else None
    _keep(session, order, yours, said, work.now())
    merge_again(session, order.account_id, {number: order.id}, charges(session, order.account_id, [number]))
    _forget(session, yours, said)
    work.tell(EventKind.ORDERS_IMPORTED, account=order.account, document=None, new=0, changed=1)
    return {**details, "before": details["after"], "after": details["before"]}


def _text(order: Order | None) -> str | None:
    return payload(order) if order is not None else None


def _keep(session: Session, order: OrderRef, before: Sighting | None, said: Order | None, now: datetime) -> None:
    if said is not None:
        document_id = correction_document(session, order.account_id, order.number, f"you, {now.astimezone():%-d %b %Y}", now)
        write_sighting(session, order.id, Sighting(document_id, SourceKind.USER, said))
    elif before is not None:
        forget_document(session, before.document)


def _forget(session: Session, before: Sighting | None, said: Order | None) -> None:
    """Delete the document of corrections if none is left, so that adding its account can still be undone."""
    if before is not None and said is None:
        delete_document(session, before.document)
