"""Packs the content of documents without an account: those whose customer id is not linked yet, and removed ones."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from assistant.storage.orders.store_orders import Counts, take_in, take_payments
from assistant.storage.orders.take_out import give_back, take_out
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.orders import OrderJson, ProblemJson, TransactionJson
from assistant.wire.shape import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContents:
    """The orders and payments that a document reports; `doubts` are what is wrong with its orders, by number.

    `corrections`, and by order number `words` (labels of items) and `splits`, are the user's own, for orders removed with the document.
    """

    orders: Sequence[Order] = ()
    doubts: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    transactions: Sequence[Transaction] = ()
    corrections: Sequence[Order] = ()
    words: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    splits: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


class PackedContents(Struct):
    """The contents as they are stored."""

    orders: list[OrderJson] = []
    doubts: dict[str, list[ProblemJson]] = {}
    transactions: list[TransactionJson] = []
    corrections: list[OrderJson] = []
    words: dict[str, list[dict[str, Any]]] = {}
    splits: dict[str, list[dict[str, Any]]] = {}


def packed(extraction: Extraction) -> bytes:
    """Pack the content of a document."""
    doubts = doubts_of(extraction.source.kind, extraction.orders, extraction.problems)
    return pack(DocumentContents(orders=extraction.orders, doubts=doubts, transactions=extraction.transactions))


def pack(contents: DocumentContents) -> bytes:
    """Return contents as compressed JSON."""
    stored = PackedContents(
        orders=[OrderJson.of(order) for order in contents.orders],
        doubts={number: [ProblemJson.of(doubt) for doubt in doubts] for number, doubts in contents.doubts.items()},
        transactions=[TransactionJson.of(entry) for entry in contents.transactions],
        corrections=[OrderJson.of(order) for order in contents.corrections],
        words={number: [dict(entry) for entry in entries] for number, entries in contents.words.items()},
        splits={number: [dict(entry) for entry in entries] for number, entries in contents.splits.items()},
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
        words=stored.words,
        splits=stored.splits,
    )


def take_parked(work: UnitOfWork, account: AccountRef, customer_id: str) -> list[int]:
    """Store all documents parked for this customer id; return their ids."""
    waiting = documents.waiting_for(work.session, customer_id)
    for entry in waiting:
        take_packed(work, account, entry)
    return [entry.id for entry in waiting]


def take_packed(work: UnitOfWork, account: AccountRef, waiting: Waiting) -> Counts:
    """Store the content of a packed document in an account."""
    contents, session = unpack(waiting.content), work.session
    documents.give_to(session, waiting.id, account.id)
    counts = take_in(session, account.id, waiting.id, waiting.kind, contents.orders, doubts=contents.doubts)
    if contents.transactions:
        counts.changed += take_payments(session, account.id, waiting.id, contents.transactions)
    for order in contents.corrections:
        corrections = documents.correction_document(
            session, account.id, order.number, f"you, {work.now().astimezone():%-d %b %Y}", work.now()
        )
        take_in(session, account.id, corrections, SourceKind.USER, [order])
    give_back(session, account.id, contents.words, contents.splits)
    documents.set_state(session, waiting.id, "read")
    documents.note_counts(session, waiting.id, counts)
    work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=waiting.id, new=counts.new, changed=counts.changed)
    return counts


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
        words=taken.words,
        splits=taken.splits,
    )
    documents.give_to(session, document.id, None)
    documents.set_state(session, document.id, state, content=pack(contents))
    work.tell(
        EventKind.ORDERS_IMPORTED,
        account=account_keys(session)[document.account_id],
        document=document.id,
        new=0,
        changed=len(taken.orders),
    )
