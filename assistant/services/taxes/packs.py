"""Numbered exports of a tax year as packs. The files of every number are kept, so that it can be written again byte for byte."""

import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import IO, TYPE_CHECKING, cast

import msgspec

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, NotFound
from assistant.domain.journal import current_author
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.evidence import incomplete_first
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.questions import TaxQuestionCode
from assistant.domain.taxes.returns import ExportKind, FilledAsset, TaxReturn
from assistant.exports import BooksView
from assistant.exports.accountant_csv import AccountantCsv
from assistant.exports.base import AttachedReceipt, OpenPoint
from assistant.exports.taxes.form_files import tax_form
from assistant.exports.taxes.pack import (
    ListedReceipt,
    about_text,
    evidence_csv,
    line_entries_csv,
    lines_csv,
    listed_receipts,
    questions_csv,
    receipts_csv,
    receipts_in,
    write_pack,
)
from assistant.exports.xlsx import Workbook
from assistant.services.taxes.fill import FilledForm, fill
from assistant.services.taxes.locks import reworded
from assistant.services.taxes.receipt_files import content_of
from assistant.services.taxes.taxes import kept_form
from assistant.storage.accounts.register import accounts
from assistant.storage.engine import Database
from assistant.storage.taxes import exports as storage
from assistant.storage.taxes.exports import KeptExport
from assistant.storage.taxes.receipts import business_purposes, receipts
from assistant.storage.taxes.year_entries import earlier_purchases, entries_of_year
from assistant.storage.unit_of_work import Session
from assistant.wire.shape import encode
from assistant.wire.taxes import TaxReturnJson

if TYPE_CHECKING:
    from assistant.exports.taxes.exhibits import Exhibit

_RECEIPTS, _FRONT = "receipts.csv", "pack.pdf"
_IN_MEMORY = 32 << 20
Progress = Callable[[int, int], None]
"""Is called with how many receipts are done and how many there are; it may raise to cancel."""


class PackFile(StrEnum):
    """What to write: the ZIP with everything, or the PDF alone."""

    ZIP = "zip"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPack:
    """What was written: its number, how many files, and how many questions are open."""

    number: int
    files: int
    questions: int


class TaxPacks:
    """Writes packs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def export(
        self, ref: FormRef, year: str, stream: IO[bytes], *, kind: PackFile = PackFile.ZIP, progress: Progress = lambda *_: None
    ) -> WrittenPack:
        """Write the pack of a year under the next number; a correction that was not exported yet keeps its own.

        Raises NotFound, also if the year has nothing, and Conflict for a receipt that is gone or was changed: a pack is complete or absent.
        """
        form, name = tax_form(ref.form, year), str(ref)
        with self._database.reading() as session:
            found = fill(session, ref, form.year)
            last = storage.last_number(session, name, form.year)
            waiting = storage.waiting_correction(session, name, form.year)
            number = waiting.number if waiting else (last or 0) + 1
            why = waiting.why if waiting else current_author().why
            locked = kept_form(session, ref, form.year)
            filled = replace(reworded(locked, found.filled) if locked else found.filled, export=number)
            if not waiting:
                _check_not_empty(found, filled)
            files = _files(session, found, filled, number, why) | _corrections(waiting)
            # Write before committing, so that a full disk uses no number. The ledger is not locked while hundreds of receipts are read.
            written = _Writing(session, files, progress).write(kind, stream)
            stream.flush()
        kept = KeptExport(
            number=number,
            kind=ExportKind.EXPORT,
            at=self._clock(),
            why=why,
            filled=encode(TaxReturnJson.of(filled)).decode(),
            differences=(),
            files=_packed(files),
        )
        with self._database.writing() as work:
            if storage.last_number(work.session, name, form.year) != last:
                raise Conflict(
                    translated("Another export or correction of {ref} {year} was made meanwhile. Export again.", ref=ref, year=form.year)
                )
            if waiting:
                storage.keep_files(work.session, name, form.year, number, _packed(files))
            else:
                storage.add_export(work.session, name, form.year, kept)
            work.commit()
        return WrittenPack(number=number, files=written, questions=len(found.questions))

    def export_again(
        self,
        ref: FormRef,
        year: str,
        number: int,
        stream: IO[bytes],
        *,
        kind: PackFile = PackFile.ZIP,
        progress: Progress = lambda *_: None,
    ) -> WrittenPack:
        """Write an earlier pack once more, byte for byte. Raises NotFound for a number that was not exported, Conflict."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            kept = next((each for each in storage.exports_of(session, str(ref), form.year) if each.number == number), None)
            if kept is None or kept.files is None:
                raise NotFound(
                    translated(
                        "{ref} {year} has no export {number}. 'shopper tax exports' lists them.",
                        ref=ref,
                        year=form.year,
                        number=number,
                    )
                )
            files = msgspec.msgpack.decode(zlib.decompress(kept.files), type=dict[str, bytes])
            if kind is PackFile.PDF and _FRONT not in files:
                raise NotFound(
                    translated(
                        "The export {number} of {ref} {year} was made without a PDF. Write it as a ZIP: -o PACK.zip",
                        number=number,
                        ref=ref,
                        year=form.year,
                    )
                )
            written = _Writing(session, files, progress).write(kind, stream)
        return WrittenPack(number=number, files=written, questions=0)


class _Writing:
    """Writes the files of one number, with its receipts."""

    def __init__(self, session: Session, files: Mapping[str, bytes], progress: Progress) -> None:
        self._files = files
        self._progress = progress
        self._known = {receipt.sha256: receipt for receipt in receipts(session)}
        # One file may belong to several orders, but is one exhibit.
        self._listed = {each.sha256: each for each in receipts_in(files[_RECEIPTS])}

    def write(self, kind: PackFile, stream: IO[bytes]) -> int:
        """Write the pack and return how many files it holds: a PDF is one, a ZIP has a manifest too."""
        if kind is PackFile.PDF:
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as draft:
                self._bind(cast("IO[bytes]", draft))
                draft.seek(0)
                shutil.copyfileobj(draft, stream)
            return 1
        write_pack(self._in_order(), stream)
        return len(self._files) + len({each.file for each in self._listed.values()}) + 1

    def _in_order(self) -> Iterator[tuple[str, bytes]]:
        names = {each.file: each for each in self._listed.values()}
        for name in sorted([*self._files, *names]):
            if name == _FRONT:
                pages = io.BytesIO()
                self._bind(pages)
                yield name, pages.getvalue()
            else:
                yield name, self._files[name] if name in self._files else self._content(names[name])

    def _bind(self, stream: IO[bytes]) -> None:
        from assistant.exports.taxes.exhibits import bound  # noqa: PLC0415  # slow to import, and only packs need it

        bound(self._files[_FRONT], self._exhibits()).write(stream)

    def _exhibits(self) -> "Iterator[Exhibit]":
        from assistant.exports.taxes.exhibits import Exhibit  # noqa: PLC0415  # slow to import, and only packs need it

        total = len(self._listed)
        for done, each in enumerate(self._listed.values()):
            self._progress(done, total)
            content = self._content(each)
            yield Exhibit(number=each.exhibit, name=each.name, order=each.order_id, sha256=each.sha256, content=content)
        self._progress(total, total)

    def _content(self, listed: ListedReceipt) -> bytes:
        """Return the file of a receipt. Raises Conflict if it is gone or was changed."""
        if listed.sha256 not in self._known:
            raise Conflict(
                translated(
                    "The receipt {name} was detached since. Attach it again: shopper receipts add {order_id} FILE",
                    name=listed.name,
                    order_id=listed.order_id,
                )
            )
        return content_of(self._known[listed.sha256])


def _corrections(waiting: KeptExport | None) -> dict[str, bytes]:
    if waiting is None:
        return {}
    changed = [{"what": each.what, "before": each.before, "after": each.after} for each in waiting.differences]
    return {"corrections.json": msgspec.json.format(encode(changed), indent=1)}


def _check_not_empty(found: FilledForm, filled: TaxReturn) -> None:
    empty = next((each for each in found.questions if each.code is TaxQuestionCode.NO_ENTRIES), None)
    if empty and not (filled.lines or filled.income or filled.assets or filled.left_out):
        raise NotFound(translated("{reason} Nothing was written. See what there is: {command}", reason=empty.text, command=empty.fix))


def _files(session: Session, found: FilledForm, filled: TaxReturn, number: int, why: str) -> dict[str, bytes]:
    from assistant.exports.taxes.pdf_pack import PackContent, front_pages  # noqa: PLC0415  # slow to import, and only packs need it

    form, chosen = found.form, found.setup.accounts
    entries = list(entries_of_year(session, chosen, form.first, form.last))
    earlier = list(earlier_purchases(session, chosen, form.first, form.last))
    labels = {account.key: account.label for account in accounts(session)}
    attached = listed_receipts(_attached(session, [*earlier, *entries]))
    purposes = business_purposes(session)
    pages = PackContent(
        form=form,
        filled=filled,
        number=number,
        why=why,
        accounts=[labels.get(key, key) for key in chosen] or list(labels.values()),
        entries=[entry for entry in entries if entry.share_for(PURPOSE)],
        evidence={".".join(each.item.entry.split(".")[:2]): each for each in found.evidence},
        questions=found.questions,
        receipts=attached,
    )
    view = _view(found, filled, entries, labels, attached)
    return {
        "README.txt": about_text(form, filled, number, why),
        "form.json": msgspec.json.format(encode(TaxReturnJson.of(filled)), indent=1),
        "lines.csv": lines_csv(filled),
        "line-entries.csv": line_entries_csv(filled, [*earlier, *entries], purposes),
        "evidence.csv": evidence_csv(incomplete_first(found.evidence)),
        _RECEIPTS: receipts_csv(attached),
        "questions.csv": questions_csv(found.questions),
        "entries.csv": _exported(AccountantCsv(), view),
        "workbook.xlsx": _exported(Workbook(), view),
        _FRONT: front_pages(pages),
    }


def _attached(session: Session, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Return the receipts of these entries' orders, in the order of their days."""
    order = {number: place for place, number in enumerate(dict.fromkeys(entry.order.number for entry in entries))}
    found = sorted(receipts(session, order), key=lambda receipt: order[receipt.number])
    return [(receipt.number, receipt.sha256, receipt.name) for receipt in found]


def _exported(exporter: AccountantCsv | Workbook, view: BooksView) -> bytes:
    stream = io.BytesIO()
    exporter.write(view, stream)
    return stream.getvalue()


def _view(
    found: FilledForm, filled: TaxReturn, entries: Sequence[Entry], labels: Mapping[str, str], attached: Sequence[ListedReceipt]
) -> BooksView:
    form = found.form
    return BooksView(
        title=f"{form.title}, {form.year}",
        period=translated("{first} to {last}", first=form.first, last=form.last),
        purpose=PURPOSE,
        entries=entries,
        labels=labels,
        receipts=[AttachedReceipt(order_id=each.order_id, name=each.name, sha256=each.sha256) for each in attached],
        assets={each.entry: _treatment_text(each) for each in filled.assets},
        open_points=[OpenPoint(order_id=each.number or "", text=each.text, amount=each.amount) for each in found.questions],
    )


def _treatment_text(asset: FilledAsset) -> str:
    return translated("line {line}, {treatment}: {why}", line=asset.line, treatment=shown_word(asset.treatment.value), why=asset.why)


def _packed(files: dict[str, bytes]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(files))
