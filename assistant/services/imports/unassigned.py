"""Documents whose account is not registered yet: kept aside, taken in when the user says whose customer id it is."""

import json
import zlib
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.domain.documents import Extraction
from assistant.domain.events import EventKind
from assistant.domain.orders.sightings import doubts_of
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.orders.store_orders import take_in, take_payments
from assistant.storage.tables import AccountRow, DocumentRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.orders import order_from_json, order_json, problem_from_json, problem_json, transaction_from_json, transaction_json


def packed(extraction: Extraction) -> bytes:
    """Return what a document says of orders and payments as it is kept while it waits."""
    waiting = {
        "orders": [order_json(order) for order in extraction.orders],
        "doubts": {number: [problem_json(doubt) for doubt in doubts] for number, doubts in doubts_of(extraction).items()},
        "transactions": [transaction_json(entry) for entry in extraction.transactions],
    }
    return zlib.compress(json.dumps(waiting, ensure_ascii=False).encode())


def _unpacked(content: bytes | None) -> dict[str, Any]:
    waiting = json.loads(zlib.decompress(content)) if content else {}
    # Before there were doubts and payments, the orders alone were kept.
    return {"orders": waiting} if isinstance(waiting, list) else waiting


def take_parked(work: UnitOfWork, account: AccountRow, customer_id: str) -> None:
    """Take in everything that waited for this customer id."""
    waiting = select(DocumentRow).where(col(DocumentRow.customer_id) == customer_id, col(DocumentRow.state) == "parked")
    for document in work.session.scalars(waiting.order_by(col(DocumentRow.id))).all():
        kept = _unpacked(document.content)
        if account.id is None or document.id is None:
            continue
        orders = [order_from_json(entry) for entry in kept.get("orders", ())]
        doubts = {number: tuple(map(problem_from_json, entries)) for number, entries in kept.get("doubts", {}).items()}
        counts = take_in(work.session, account.id, document.id, SourceKind(document.kind), orders, doubts=doubts)
        payments = [transaction_from_json(entry) for entry in kept.get("transactions", ())]
        if payments:
            counts.changed += take_payments(work.session, account.id, document.id, payments)
        document.account_id, document.state, document.content = account.id, "read", None
        document.new, document.changed, document.same = counts.new, counts.changed, counts.same
        work.session.add(document)
        work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=document.id, new=counts.new, changed=counts.changed)
