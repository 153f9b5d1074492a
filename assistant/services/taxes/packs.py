"""Numbered exports of a tax year as packs. The files of every number are kept, so that it can be written again byte for byte."""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO

import msgspec

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, NotFound
from assistant.domain.journal import current_author
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.returns import TaxReturn
from assistant.exports import BooksView
from assistant.exports.accountant_csv import AccountantCsv
from assistant.exports.taxes.form_files import tax_form
from assistant.exports.taxes.pack import about_text, line_entries_csv, lines_csv, questions_csv, receipt_names, receipts_csv, write_pack
from assistant.exports.xlsx import Workbook
from assistant.services.taxes.fill import FilledForm, fill
from assistant.services.taxes.receipts import content_of
from assistant.services.taxes.taxes import kept_form
from assistant.storage.accounts.register import accounts
from assistant.storage.engine import Database
from assistant.storage.taxes import exports as storage
from assistant.storage.taxes.exports import ExportKind, KeptExport
from assistant.storage.taxes.receipts import purposes_by_category, receipts
from assistant.storage.taxes.year_entries import earlier_purchases, entries_of_year
from assistant.storage.unit_of_work import Session
from assistant.wire.shape import encode
from assistant.wire.taxes import TaxReturnJson

_RECEIPTS = "receipts.csv"


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

    def export(self, ref: FormRef, year: str, stream: IO[bytes]) -> WrittenPack:
        """Write the pack of a year under the next number; a correction that was not exported yet keeps its own. Raises NotFound."""
        form = tax_form(ref.form, year)
        with self._database.writing() as work:
            session, name = work.session, str(ref)
            found = fill(session, ref, form.year)
            locked = kept_form(session, ref, form.year)
            filled = locked or found.filled
            before = storage.exports_of(session, name, form.year)
            waiting = before[-1] if before and before[-1].files is None else None
            number = waiting.number if waiting else (before[-1].number if before else 0) + 1
            why = waiting.why if waiting else current_author().why
            filled = replace(filled, export=number)
            files = _files(session, found, filled, number, why)
            if waiting:
                files["corrections.json"] = msgspec.json.format(msgspec.json.encode(list(waiting.differences)), indent=1)
                storage.keep_files(session, name, form.year, number, _packed(files))
            else:
                kept = KeptExport(
                    number=number,
                    kind=ExportKind.EXPORT,
                    at=self._clock(),
                    why=why,
                    filled=encode(TaxReturnJson.of(filled)).decode(),
                    differences=(),
                    files=_packed(files),
                )
                storage.add_export(session, name, form.year, kept)
            # Writing comes before committing: a full disk gives no number away.
            write_pack({**files, **_receipt_files(session, files)}, stream)
            work.commit()
        return WrittenPack(number=number, files=len(files), questions=len(found.questions))

    def export_again(self, ref: FormRef, year: str, number: int, stream: IO[bytes]) -> WrittenPack:
        """Write an earlier pack once more, byte for byte. Raises NotFound for a number that was not exported."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            kept = next((each for each in storage.exports_of(session, str(ref), form.year) if each.number == number), None)
            if kept is None or kept.files is None:
                raise NotFound(f"{ref} {form.year} has no export {number}. 'shopper tax show' says the last number.")
            files = msgspec.msgpack.decode(zlib.decompress(kept.files), type=dict[str, bytes])
            write_pack({**files, **_receipt_files(session, files)}, stream)
        return WrittenPack(number=number, files=len(files), questions=0)


def _files(session: Session, found: FilledForm, filled: TaxReturn, number: int, why: str) -> dict[str, bytes]:
    form, chosen = found.form, found.setup.accounts
    entries = list(entries_of_year(session, chosen, form.first, form.last))
    earlier = list(earlier_purchases(session, chosen, form.first, form.last))
    labels = {account.key: account.label for account in accounts(session)}
    shape = encode(TaxReturnJson.of(filled))
    attached = receipts(session, {entry.order.number for entry in (*earlier, *entries)})
    purposes = purposes_by_category(session)
    return {
        "README.txt": about_text(form, filled, number, why),
        "form.json": msgspec.json.format(shape, indent=1),
        "lines.csv": lines_csv(filled),
        "line-entries.csv": line_entries_csv(filled, [*earlier, *entries], purposes),
        _RECEIPTS: receipts_csv([(each.number, each.sha256, each.name) for each in attached]),
        "questions.csv": questions_csv(found.questions),
        "entries.csv": _exported(AccountantCsv(), found, entries, labels),
        "workbook.xlsx": _exported(Workbook(), found, entries, labels),
    }


def _receipt_files(session: Session, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the receipts that the list in the pack names. Raises Conflict if one is gone or was changed: a pack is complete or absent."""
    known = {receipt.sha256: receipt for receipt in receipts(session)}
    found = {}
    for name, sha256 in receipt_names(files[_RECEIPTS]).items():
        if sha256 not in known:
            raise Conflict(f"The receipt {name} was detached since. Attach it again: shopper receipts add ORDER FILE")
        found[name] = content_of(known[sha256])
    return found


def _exported(exporter: AccountantCsv | Workbook, found: FilledForm, entries: Sequence[Entry], labels: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    form = found.form
    view = BooksView(
        title=f"{form.title}, {form.year}", period=f"{form.first} to {form.last}", purpose=PURPOSE, entries=entries, labels=labels
    )
    exporter.write(view, stream)
    return stream.getvalue()


def _packed(files: dict[str, bytes]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(files))
