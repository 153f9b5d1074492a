"""What a source got wrong, put right by hand: the user's word goes on top, the sources stay to be seen, and it can be taken back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.domain.errors import InvalidInput
from assistant.domain.events import EventKind
from assistant.domain.orders.corrections import revised
from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import account_row
from assistant.storage.books.charges import charges
from assistant.storage.orders.details import order_row
from assistant.storage.orders.sightings import sightings_of, write_sighting
from assistant.storage.orders.store_orders import merge_again
from assistant.storage.tables import DocumentRow, OrderRow, SightingRow
from assistant.storage.unit_of_work import UnitOfWork


def correct(work: UnitOfWork, account: str, number: str, words: Mapping[str, str | None], now: datetime) -> None:
    """Correct an order within the caller's transaction, by word ("total": "19.49"); None or "" takes a correction back.

    All words or none. Raises NotFound; InvalidInput for a word or a value that cannot be used.
    """
    if not words:
        raise InvalidInput("Nothing is corrected. Say what is right, like total=19.49.")
    session = work.session
    row = order_row(session, account, number)
    order_id = row.id or 0
    charged = charges(session, row.account_id, [number])
    known = [entry.sighting for entry in sightings_of(session, [order_id])[order_id]]
    others = [sighting for sighting in known if sighting.kind is not SourceKind.USER]
    yours = next((sighting for sighting in known if sighting.kind is SourceKind.USER), None)
    told = merge([*others, *charged.get(number, [])]).order
    _keep(session, row, yours, revised(told, yours.order if yours else None, words), now)
    merge_again(session, row.account_id, {number: order_id}, charged)
    work.tell(EventKind.ORDERS_IMPORTED, account=account_row(session, account).key, document=None, new=0, changed=1)


def _keep(session: Session, row: OrderRow, before: Sighting | None, order: Order | None, now: datetime) -> None:
    if order is not None:
        write_sighting(session, row.id or 0, Sighting(_document(session, row, now), SourceKind.USER, order))
    elif before is not None:
        session.execute(delete(SightingRow).where(col(SightingRow.document_id) == before.document))


def _document(session: Session, row: OrderRow, now: datetime) -> int:
    """Return the id of what stands for the user among the documents of this order, named by today."""
    digest = f"corrections of {row.number}"
    mine = (col(DocumentRow.digest) == digest, col(DocumentRow.account_id) == row.account_id)
    document = session.scalars(select(DocumentRow).where(*mine)).first()
    if document is None:
        document = DocumentRow(digest=digest, name="", kind=SourceKind.USER.value, received_at="", state="read", judged=True)
        document.account_id = row.account_id
    document.name, document.received_at = f"you, {now.astimezone():%-d %b %Y}", now.isoformat()
    session.add(document)
    session.flush()
    return document.id or 0
