"""Receipts: attached by path, known by their SHA-256, found again when they moved; and why things are bought for the business."""

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.journal import Action
from assistant.domain.text import clean_text
from assistant.storage.books.splits import item_key
from assistant.storage.engine import Database
from assistant.storage.orders.details import order_ref
from assistant.storage.taxes import receipts as storage
from assistant.storage.taxes.receipts import Receipt

_LARGEST = 50 << 20
_LONGEST = 200


class ReceiptState(StrEnum):
    """Whether the file of a receipt is still what was attached."""

    THERE = "there"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReceipt:
    """A receipt with the state of its file."""

    receipt: Receipt
    state: ReceiptState


class Receipts:
    """Attaches, checks and finds receipts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def add(self, account: str, number: str, files: Sequence[Path], item: int | None = None) -> list[Receipt]:
        """Attach files to an order or one of its items, counted from 1. All or none.

        Raises NotFound for an order or item, InvalidInput for a file that cannot be read, is empty or larger than 50 MB.
        """
        found = [_receipt(number, file) for file in files]
        with self._database.writing() as work:
            order = order_ref(work.session, account, number)
            key = item_key(work.session, order.id, item)
            names = ", ".join(receipt.name for receipt in found)
            with work.step(Action.RECEIPT_CHANGED, f"Attached {names} to the order {number}"):
                for receipt in found:
                    storage.keep_receipt(work.session, replace(receipt, item=key), self._clock().isoformat())
            work.commit()
        return found

    def remove(self, number: str, sha256: str) -> int:
        """Detach receipts of an order by the start of their hash; the files stay. Raises NotFound."""
        with self._database.writing() as work:
            with work.step(Action.RECEIPT_CHANGED, f"Detached a receipt of the order {number}"):
                count = storage.detach_receipts(work.session, number, sha256.strip().lower())
            if not count or not sha256.strip():
                raise NotFound(f"The order {number[:40]} has no receipt {sha256[:16]}. 'shopper receipts list' shows them.")
            work.commit()
        return count

    def all(self) -> list[CheckedReceipt]:
        """Return all receipts, each with whether its file is there, changed or gone."""
        with self._database.reading() as session:
            found = storage.receipts(session)
        return [CheckedReceipt(receipt=receipt, state=state_of(receipt)) for receipt in found]

    def find(self, folder: Path) -> list[Receipt]:
        """Find files that moved, by their hash, in a folder and below; return the receipts that have a new path."""
        lost = {each.receipt.sha256: each.receipt for each in self.all() if each.state is not ReceiptState.THERE}
        sizes = {receipt.size for receipt in lost.values()}
        alike = (file for file in _files_below(folder) if file.stat().st_size in sizes)
        found = ((lost.pop(_digest(file.read_bytes()), None), file) for file in alike)
        moved = [replace(receipt, path=file.resolve()) for receipt, file in found if receipt]
        if moved:
            with self._database.writing() as work:
                with work.step(Action.RECEIPT_CHANGED, f"Found {len(moved)} receipts again"):
                    for receipt in moved:
                        storage.keep_receipt(work.session, receipt, self._clock().isoformat())
                work.commit()
        return moved

    def remember_purpose(self, category: str, text: str) -> None:
        """Remember why things of a category are bought for the business. Raises InvalidInput for an empty text."""
        word, why = clean_text(category)[:_LONGEST].casefold(), clean_text(text)[:_LONGEST]
        if not word or not why:
            raise InvalidInput("Give a category and why it is bought: shopper receipts purpose office 'paper for client drafts'")
        with self._database.writing() as work:
            with work.step(Action.TAX_CHANGED, f"The category '{word}' is bought for: {why}"):
                storage.keep_purpose(work.session, word, why)
            work.commit()


def content_of(receipt: Receipt) -> bytes:
    """Return the file of a receipt as it was attached. Raises Conflict if it is gone or was changed."""
    state = state_of(receipt)
    if state is not ReceiptState.THERE:
        said = "is gone" if state is ReceiptState.GONE else "was changed"
        raise Conflict(
            f"The receipt {receipt.path} of the order {receipt.number} {said}. Put it back, or find it: shopper receipts find FOLDER"
        )
    return receipt.path.read_bytes()


def state_of(receipt: Receipt) -> ReceiptState:
    """Return whether the file of a receipt is there, changed or gone."""
    try:
        return ReceiptState.THERE if _digest(receipt.path.read_bytes()) == receipt.sha256 else ReceiptState.CHANGED
    except OSError:
        return ReceiptState.GONE


def _receipt(number: str, file: Path) -> Receipt:
    try:
        size = file.stat().st_size
        if not file.is_file() or not 0 < size <= _LARGEST:
            raise InvalidInput(f"{file} is no receipt: it must be a file of up to 50 MB that is not empty.")
        content = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}. Check its path and rights.") from error
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    path = file.resolve()
    return Receipt(number=number, item=0, sha256=_digest(content), name=file.name, path=path, media_type=kind, size=size)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _files_below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder.")
    yield from (file for file in sorted(folder.rglob("*")) if file.is_file())
