"""Packs the content of documents without an account: those whose customer id is not linked yet, and removed ones."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec import Struct

from assistant.domain.documents import Extraction
from assistant.domain.errors import Problem
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.orders.sightings import doubts_of
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import AccountRef, account_keys
from assistant.storage.imports import documents
from assistant.storage.imports.documents import StoredDocument, Waiting
from assistant.storage.journal import Change, record_changes
from assistant.storage.orders.removed_orders import RemovedOrder, bring_back, give_back, order_ids
from assistant.storage.orders.removed_warnings import bring_warnings_back
from assistant.storage.orders.store_orders import take_in, take_payments
from assistant.storage.orders.take_out import take_out
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.orders import OrderJson, StoredProblem, TransactionJson
from assistant.wire.shape import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContents:
    """The orders and payments that a document reports; `doubts` are what is wrong with its orders, by number.

    `corrections` are the user's own, `removed` all rows of them, for orders that were removed with the document.
    """

    orders: Sequence[Order] = ()
    doubts: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    transactions: Sequence[Transaction] = ()
    corrections: Sequence[Order] = ()
    removed: Mapping[str, RemovedOrder] = field(default_factory=dict)


class PackedContents(Struct):
    """The contents as they are stored. Only packs of earlier versions have `words` and `splits`: labels and splits by order number."""

    orders: list[OrderJson] = []
    doubts: dict[str, list[StoredProblem]] = {}
    transactions: list[TransactionJson] = []
    corrections: list[OrderJson] = []
    words: dict[str, list[dict[str, Any]]] = {}
    splits: dict[str, list[dict[str, Any]]] = {}
    removed: dict[str, RemovedOrder] = {}


def packed(extraction: Extraction) -> bytes:
    """Pack the content of a document."""
    doubts = doubts_of(extraction.source.kind, extraction.orders, extraction.problems)
    return pack(DocumentContents(orders=extraction.orders, doubts=doubts, transactions=extraction.transactions))


def pack(contents: DocumentContents) -> bytes:
    """Return contents as compressed JSON."""
    stored = PackedContents(
        orders=[OrderJson.of(order) for order in contents.orders],
        doubts={number: [StoredProblem.of(doubt) for doubt in doubts] for number, doubts in contents.doubts.items()},
        transactions=[TransactionJson.of(entry) for entry in contents.transactions],
        corrections=[OrderJson.of(order) for order in contents.corrections],
        removed=dict(contents.removed),
    )
    return zlib.compress(encode(stored))


def unpack(content: bytes) -> DocumentContents:
    """Unpack contents."""
    raw = zlib.decompress(content) if content else b"{}"
    # Ledgers of the first schema stored a list of orders.
    stored = PackedContents(orders=decode(raw, list[OrderJson])) if raw.startswith(b"[") else decode(raw, PackedContents)
    return DocumentContents(
        orders=tuple(entry.to_domain() for entry in stored.orders),
        doubts={number: tuple(entry.to_domain() for entry in entries) for number, entries in stored.doubts.items()},
        transactions=tuple(entry.to_domain() for entry in stored.transactions),
        corrections=tuple(entry.to_domain() for entry in stored.corrections),
        removed=stored.removed or _removed_before(stored),
    )


def _removed_before(stored: PackedContents) -> dict[str, RemovedOrder]:
    """Return the decisions of the user in a pack of an earlier version."""
    return {
        number: RemovedOrder(
            items=[{**word, "asin": word["item"], "title": None} for word in stored.words.get(number, ())],
            splits=stored.splits.get(number, []),
        )
        for number in (stored.words | stored.splits)
    }


def take_parked(work: UnitOfWork, account: AccountRef, customer_id: str) -> list[int]:
    """Store all documents parked for this customer id; return their ids."""
    waiting = documents.waiting_for(work.session, customer_id)
    for entry in waiting:
        take_packed(work, account, entry)
    return [entry.id for entry in waiting]


class GivenBack(NamedTuple):
    """The decisions that a restored document brought to orders which the account had: the changes, and the orders as they were removed."""

    changes: list[Change]
    orders: dict[str, RemovedOrder]


def take_packed(work: UnitOfWork, account: AccountRef, waiting: Waiting, earlier: Mapping[str, RemovedOrder] | None = None) -> GivenBack:
    """Store the content of a packed document in an account. `earlier` are orders with decisions that an earlier pack of it had."""
    contents, session = unpack(waiting.content), work.session
    removed = {**(earlier or {}), **contents.removed}
    documents.give_to(session, waiting.id, account.id)
    here = order_ids(session, account.id, list(removed))
    restored = bring_back(session, account.id, removed)
    known = {number: order for number, order in removed.items() if number not in restored}
    counts = take_in(session, account.id, waiting.id, waiting.kind, contents.orders, doubts=contents.doubts)
    if contents.transactions:
        counts.changed += take_payments(session, account.id, waiting.id, contents.transactions)
    for order in contents.corrections:
        corrections = documents.correction_document(
            session, account.id, order.number, f"you, {work.now().astimezone():%-d %b %Y}", work.now()
        )
        take_in(session, account.id, corrections, SourceKind.USER, [order])
    with record_changes(session) as given:
        give_back(session, account.id, known)
    again = order_ids(session, account.id, [number for number, order in removed.items() if order.warnings and number not in here])
    bring_warnings_back(session, account.id, {order_id: removed[number].warnings for number, order_id in again.items()})
    if again:
        work.tell(EventKind.ALERT_CHANGED, account=account.key)
    counts.new, counts.changed = counts.new + len(restored), counts.changed - len(restored)
    documents.set_state(session, waiting.id, "read")
    documents.note_counts(session, waiting.id, counts)
    work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=waiting.id, new=counts.new, changed=counts.changed)
    return GivenBack(given.changes, known)


def pack_away(work: UnitOfWork, document: StoredDocument, state: str) -> None:
    """Take a document out of its account: pack its content and set its state, "parked" or "removed"."""
    session = work.session
    if document.account_id is None:
        documents.set_state(session, document.id, state, content=documents.packed_content(session, document.id).content or None)
        return
    taken = take_out(session, document.account_id, document.id)
    contents = DocumentContents(
        orders=taken.orders,
        doubts=taken.doubts,
        transactions=taken.transactions,
        corrections=taken.corrections,
        removed=taken.removed,
    )
    if any(order.warnings for order in taken.removed.values()):
        work.tell(EventKind.ALERT_CHANGED, document=document.id)
    documents.give_to(session, document.id, None)
    documents.set_state(session, document.id, state, content=pack(contents))
    work.tell(
        EventKind.ORDERS_IMPORTED,
        account=account_keys(session)[document.account_id],
        document=document.id,
        new=-len(taken.removed),
        changed=len(taken.orders),
    )
