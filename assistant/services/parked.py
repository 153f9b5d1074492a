"""Documents whose account is not registered yet: kept aside, taken in when the user says whose customer id it is."""

import json
import zlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from assistant.domain.documents import SourceKind
from assistant.domain.events import EventKind
from assistant.domain.orders import Order
from assistant.storage.tables import AccountRow, DocumentRow
from assistant.storage.taking_in import take_in
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.orders import order_from_json, order_json


def packed(orders: Sequence[Order]) -> bytes:
    """Return orders as they are kept while they wait."""
    return zlib.compress(json.dumps([order_json(order) for order in orders], ensure_ascii=False).encode())


def take_parked(work: UnitOfWork, account: AccountRow, customer_id: str) -> None:
    """Take in everything that waited for this customer id."""
    waiting = select(DocumentRow).where(col(DocumentRow.customer_id) == customer_id, col(DocumentRow.state) == "parked")
    for document in work.session.scalars(waiting.order_by(col(DocumentRow.id))).all():
        orders = [order_from_json(entry) for entry in json.loads(zlib.decompress(document.content or b""))]
        if account.id is None or document.id is None:
            continue
        counts = take_in(work.session, account.id, document.id, SourceKind(document.kind), orders)
        document.account_id, document.state, document.content = account.id, "read", None
        document.new, document.changed, document.same = counts.new, counts.changed, counts.same
        work.session.add(document)
        work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=document.id, new=counts.new, changed=counts.changed)
