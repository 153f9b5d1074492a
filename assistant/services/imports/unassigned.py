"""What a document says, packed while the document is in no account: until its customer id is linked, or after it was removed."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.domain.documents import Extraction, Problem
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.orders.sightings import doubts_of
from assistant.storage.accounts.register import AccountRef
from assistant.storage.imports import documents
from assistant.storage.imports.documents import Waiting
from assistant.storage.orders.store_orders import Counts, take_in, take_payments
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.orders import order_from_json, order_json, problem_from_json, problem_json, transaction_from_json, transaction_json


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContents:
    """The orders and payments that a document reports; `doubts` are what is wrong with its orders, by number."""

    orders: tuple[Order, ...]
    doubts: Mapping[str, tuple[Problem, ...]]
    transactions: tuple[Transaction, ...]


def packed(extraction: Extraction) -> bytes:
    """Return what a document says as it is stored while it waits."""
    return pack(DocumentContents(orders=extraction.orders, doubts=doubts_of(extraction), transactions=extraction.transactions))


def pack(contents: DocumentContents) -> bytes:
    """Return contents as compressed JSON."""
    waiting = {
        "orders": [order_json(order) for order in contents.orders],
        "doubts": {number: [problem_json(doubt) for doubt in doubts] for number, doubts in contents.doubts.items()},
        "transactions": [transaction_json(entry) for entry in contents.transactions],
    }
    return zlib.compress(json.dumps(waiting, ensure_ascii=False).encode())


def unpack(content: bytes) -> DocumentContents:
    """Return what was packed."""
    waiting: Any = json.loads(zlib.decompress(content)) if content else {}
    # Ledgers of the first schema hold a list of orders.
    kept: Mapping[str, Any] = {"orders": waiting} if isinstance(waiting, list) else waiting
    return DocumentContents(
        orders=tuple(order_from_json(entry) for entry in kept.get("orders", ())),
        doubts={number: tuple(map(problem_from_json, entries)) for number, entries in kept.get("doubts", {}).items()},
        transactions=tuple(transaction_from_json(entry) for entry in kept.get("transactions", ())),
    )


def take_parked(work: UnitOfWork, account: AccountRef, customer_id: str) -> list[int]:
    """Store everything that waited for this customer id; return the ids of the documents."""
    waiting = documents.waiting_for(work.session, customer_id)
    for entry in waiting:
        take_packed(work, account, entry)
    return [entry.id for entry in waiting]


def take_packed(work: UnitOfWork, account: AccountRef, waiting: Waiting) -> Counts:
    """Store what a packed document says in an account."""
    contents = unpack(waiting.content)
    documents.give_to(work.session, waiting.id, account.id)
    counts = take_in(work.session, account.id, waiting.id, waiting.kind, contents.orders, doubts=contents.doubts)
    if contents.transactions:
        counts.changed += take_payments(work.session, account.id, waiting.id, contents.transactions)
    documents.set_state(work.session, waiting.id, "read")
    documents.note_counts(work.session, waiting.id, counts)
    work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=waiting.id, new=counts.new, changed=counts.changed)
    return counts
