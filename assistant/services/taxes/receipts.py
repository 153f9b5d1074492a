"""Receipts: attached by path, known by their SHA-256, found again when they moved; and why things are bought for the business."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filter_language import near_words
from assistant.domain.filters import Filter
from assistant.domain.journal import Action
from assistant.domain.languages.labels import label_said
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.evidence import PurposeScope
from assistant.domain.taxes.missing_receipts import ReceiptCount, count_receipts
from assistant.domain.taxes.receipts import ReceiptState
from assistant.domain.text import clean_text
from assistant.services.books.word_lists import known_word
from assistant.services.taxes.receipt_files import digest_of, keep_copy, receipt_of, state_of
from assistant.storage.backups import RECEIPTS
from assistant.storage.books.read_entries import each as each_entry
from assistant.storage.books.splits import item_key
from assistant.storage.engine import Database
from assistant.storage.orders.details import order_ref
from assistant.storage.taxes import receipts as storage
from assistant.storage.taxes.order_pages import numbers_with_pages
from assistant.storage.taxes.receipts import Receipt
from assistant.storage.unit_of_work import Session

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReceipt:
    """A receipt with the state of its file."""

    receipt: Receipt
    state: ReceiptState


_BOUGHT_FOR = {
    PurposeScope.ORDER: to_translate("The order '{subject}' is bought for: {why}"),
    PurposeScope.SELLER: to_translate("The seller '{subject}' is bought for: {why}"),
    PurposeScope.CATEGORY: to_translate("The category '{subject}' is bought for: {why}"),
}


class Receipts:
    """Attaches, checks and finds receipts."""

    def __init__(self, database: Database, clock: Clock, home: Path) -> None:
        """Work over an open ledger; copies of receipts go into the folder `home`, and so into backups."""
        self._database = database
        self._clock = clock
        self._copies = home / RECEIPTS

    def add(self, account: str, number: str, files: Sequence[Path], item: int | None = None) -> list[Receipt]:
        """Attach files to an order or one of its items, counted from 1. All or none.

        Raises NotFound for an order or item, InvalidInput for a file that cannot be read, is empty or larger than 50 MB.
        """
        found = [receipt_of(number, file) for file in files]
        with self._database.writing() as work:
            order = order_ref(work.session, account, number)
            key = item_key(work.session, order.id, item)
            names = ", ".join(receipt.name for receipt in found)
            with work.step(Action.RECEIPT_CHANGED, sentence_of("Attached {names} to the order {number}", names=names, number=number)):
                for receipt in found:
                    keep_copy(receipt, self._copies)
                    storage.keep_receipt(work.session, replace(receipt, item=key), self._clock().isoformat())
            work.commit()
        return found

    def remove(self, number: str, sha256: str) -> int:
        """Detach receipts of an order by the start of their hash; the files stay. Raises NotFound."""
        with self._database.writing() as work:
            with work.step(Action.RECEIPT_CHANGED, sentence_of("Detached a receipt of the order {number}", number=number)):
                count = storage.detach_receipts(work.session, number, sha256.strip().lower())
            if not count or not sha256.strip():
                raise NotFound(
                    translated(
                        "The order {number} has no receipt {sha256}. 'shopper receipts list' shows them.",
                        number=number[:40],
                        sha256=sha256[:16],
                    )
                )
            work.commit()
        return count

    def all(self) -> list[CheckedReceipt]:
        """Return all receipts, each with whether its file is there, changed or gone."""
        with self._database.reading() as session:
            found = storage.receipts(session)
        return [CheckedReceipt(receipt=receipt, state=state_of(receipt, thorough=True)) for receipt in found]

    def find(self, folder: Path | None = None) -> list[Receipt]:
        """Find files that moved, by their hash, in a folder and below; return the receipts that have a new path.

        Without a folder, take the copies that were made when they were attached.
        """
        lost = {each.receipt.sha256: each.receipt for each in self.all() if each.state is not ReceiptState.THERE}
        sizes = {receipt.size for receipt in lost.values()}
        alike = (file for file in _files_below(folder or self._copies) if file.stat().st_size in sizes)
        found = ((lost.pop(digest_of(file.read_bytes()), None), file) for file in alike)
        moved = [replace(receipt, path=file.resolve()) for receipt, file in found if receipt]
        if moved:
            with self._database.writing() as work:
                with work.step(Action.RECEIPT_CHANGED, sentence_of("Found {count} receipts again", count=len(moved))):
                    for receipt in moved:
                        storage.keep_receipt(work.session, receipt, self._clock().isoformat())
                work.commit()
        return moved

    def count(self, found: Filter) -> ReceiptCount:
        """Count the business orders in a filter, and name those without a receipt, largest amounts first. Raises NotFound."""
        with self._database.reading() as session:
            attached = {receipt.number for receipt in storage.receipts(session)}
            kept = numbers_with_pages(session)
            return count_receipts(each_entry(session, replace(found, purpose=PURPOSE)), attached, kept)

    def remember_purpose(self, value: str, text: str, scope: PurposeScope = PurposeScope.CATEGORY) -> None:
        """Store why items of a category, a seller or an order are bought for the business.

        Raises InvalidInput, NotFound for a category, seller or order that nothing has.
        """
        wanted, why = clean_text(value)[:_LONGEST], clean_text(text)[:_LONGEST]
        if not wanted or not why:
            raise InvalidInput(
                translated("Give a category and why it is bought: shopper receipts purpose office 'paper for client drafts'")
            )
        with self._database.writing() as work:
            word = _known_subject(work.session, scope, wanted).casefold()
            subject = label_said("category", word) if scope is PurposeScope.CATEGORY else word
            with work.step(Action.TAX_CHANGED, Sentence(_BOUGHT_FOR[scope], (("subject", subject), ("why", why)))):
                storage.keep_purpose(work.session, scope, word, why)
            work.commit()


def _known_subject(session: Session, scope: PurposeScope, wanted: str) -> str:
    """Return what a purpose applies to, as the ledger spells it. Raises NotFound with near names."""
    if scope is PurposeScope.CATEGORY:
        return known_word(session, "category", wanted)
    if scope is PurposeScope.ORDER:
        if not storage.accounts_of_orders(session, [wanted]):
            raise NotFound(translated("There is no order '{wanted}'. 'shopper orders' lists them.", wanted=wanted[:40]))
        return wanted
    sellers = storage.known_sellers(session)
    if wanted.casefold() not in {seller.casefold() for seller in sellers}:
        hint = near_words(wanted, sellers) or translated("'shopper orders' shows who sold what.")
        raise NotFound(translated("No item was sold by '{wanted}'. {hint}", wanted=wanted[:40], hint=hint))
    return wanted


def _files_below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise InvalidInput(translated("{folder} is no folder.", folder=folder))
    yield from (file for file in sorted(folder.rglob("*")) if file.is_file())
