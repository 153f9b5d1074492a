"""The pack of a tax year: one ZIP with the filled form, its entries, the questions, the receipts, and a manifest with SHA-256.

The same files always make the same bytes: fixed times, no compression (its output depends on the version of zlib), sorted names.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.formats import full_day
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.taxes.evidence import BusinessPurposes, ItemEvidence
from assistant.domain.taxes.forms import Grade, TaxForm
from assistant.domain.taxes.questions import TaxQuestion
from assistant.domain.taxes.returns import TaxReturn
from assistant.domain.text import spreadsheet_safe

_TIME = (2000, 1, 1, 0, 0, 0)
_LINES = ("section", "line", "key", "name", "amount", "currency", "data", "why", "entry")
_ENTRIES = ("section", "line", "key", "entry", "date", "order_id", "seller", "description", "category", "purpose", "gross", "currency")
_RECEIPTS = ("exhibit", "order_id", "sha256", "name", "file")
_EVIDENCE = ("score_of_7", "order_id", "description", "amount", "currency", "purpose", "missing", "entry")
_QUESTIONS = ("code", "order_id", "amount", "currency", "text", "fix")


def write_pack(files: Iterable[tuple[str, bytes]], stream: IO[bytes]) -> None:
    """Write files, sorted by name, and their manifest as a ZIP. One file is held in memory at a time."""
    hashes: dict[str, dict[str, str | int]] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as pack:
        for name, content in files:
            hashes[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            _add_file(pack, name, content)
        _add_file(pack, "manifest.json", json.dumps({"files": hashes}, indent=1, ensure_ascii=False).encode())


def _add_file(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, _TIME)
    about.create_system, about.external_attr = 3, 0o644 << 16
    pack.writestr(about, content)


def about_text(form: TaxForm, filled: TaxReturn, number: int, why: str) -> bytes:
    """Return what the pack is: form, year, number, how well the form is known, and that this is no advice."""
    lines = [
        form.title,
        translated(
            "{year}: {first} to {last}, in {currency}",
            year=form.year,
            first=full_day(form.first),
            last=full_day(form.last),
            currency=form.currency,
        ),
        translated("Number {number}, {status}", number=number, status=shown_word(filled.status.value)),
        *([translated("Why: {reason}", reason=why)] if why else ()),
        translated("{notice} The data of this form is {grade}.", notice=translated(filled.notice), grade=shown_word(form.grade.value)),
        translated("Lines marked '{grade}' need a look at the form itself.", grade=shown_word(Grade.UNVERIFIED.value)),
        translated_count("{count} open question", "{count} open questions", filled.questions),
        "",
        translated("Where the numbers of the lines come from:"),
        *(
            "- "
            + translated(
                "{grade}, checked {day}: {text}", grade=shown_word(each.grade.value), day=full_day(each.verified_on), text=each.text
            )
            for each in form.sources
        ),
    ]
    return ("\n".join(lines) + "\n").encode()


def lines_csv(filled: TaxReturn) -> bytes:
    """Return the filled form as CSV: lines, income, assets and what is left out."""
    return _csv(_LINES, _line_rows(filled))


def _line_rows(filled: TaxReturn) -> Iterator[Sequence[str]]:
    for section, found in (("line", filled.lines), ("income", filled.income)):
        for line in found:
            yield section, line.line, line.key, line.name, line.amount.decimal, filled.currency, line.grade.value, "", ""
            for part in line.parts:
                yield "part", line.line, line.key, part.name, part.amount.decimal, filled.currency, line.grade.value, "", ""
    for asset in filled.assets:
        yield f"asset, {asset.treatment.value}", asset.line, "", "", asset.amount.decimal, filled.currency, "", asset.why, asset.entry
    for left in filled.left_out:
        yield "left out", "", "", "", left.amount.decimal, filled.currency, "", left.why, left.entry


def line_entries_csv(filled: TaxReturn, entries: Iterable[Entry], purposes: BusinessPurposes) -> bytes:
    """Return which entries each line is made of, with the business purpose of their categories."""
    known = {entry.id: entry for entry in entries}
    return _csv(_ENTRIES, _entry_rows(filled, known, purposes))


def _entry_rows(filled: TaxReturn, known: dict[str, Entry], purposes: BusinessPurposes) -> Iterator[Sequence[str]]:
    for section, found in (("line", filled.lines), ("income", filled.income)):
        for line in found:
            for name in line.entries:
                entry = known.get(name)
                item = entry.item if entry else None
                yield (
                    section,
                    line.line,
                    line.key,
                    name,
                    entry.on.isoformat() if entry else "",
                    entry.order.number if entry else "",
                    (item.seller if item else None) or "",
                    (item.title if item else None) or "",
                    (item.category if item else None) or "",
                    purposes.of(entry.order.number, item.seller if item else None, item.category if item else None) if entry else "",
                    entry.gross.decimal if entry else "",
                    entry.currency if entry else "",
                )


def questions_csv(questions: Iterable[TaxQuestion]) -> bytes:
    """Return what was open when the pack was made."""
    rows = (
        (
            question.code.value,
            question.number or "",
            question.amount.decimal if question.amount else "",
            question.amount.currency if question.amount else "",
            question.text,
            question.fix,
        )
        for question in questions
    )
    return _csv(_QUESTIONS, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReceipt:
    """A receipt in a pack: the number of its exhibit, its order, and its file in the pack. One file may belong to several orders."""

    exhibit: int
    order_id: str
    sha256: str
    name: str
    file: str


def listed_receipts(receipts: Iterable[tuple[str, str, str]]) -> list[ListedReceipt]:
    """Return receipts, given as order number, SHA-256 and name, with the numbers of their exhibits."""
    numbers: dict[str, int] = {}
    return [
        ListedReceipt(
            exhibit=numbers.setdefault(sha256, len(numbers) + 1),
            order_id=number,
            sha256=sha256,
            name=name,
            file=_receipt_name(sha256, name),
        )
        for number, sha256, name in dict.fromkeys(receipts)
    ]


def evidence_csv(found: Iterable[ItemEvidence]) -> bytes:
    """Return what shows that each item was bought for the business, and what is missing, largest amounts first."""
    rows = (
        (
            str(each.score),
            each.item.number,
            each.item.title or each.item.asin or "",
            each.amount.decimal,
            each.currency,
            each.purpose,
            ", ".join(each.missing),
            each.item.entry,
        )
        for each in found
    )
    return _csv(_EVIDENCE, rows)


def receipts_csv(receipts: Iterable[ListedReceipt]) -> bytes:
    """Return the index of the receipts."""
    return _csv(_RECEIPTS, ((str(each.exhibit), each.order_id, each.sha256, each.name, each.file) for each in receipts))


def receipts_in(index: bytes) -> list[ListedReceipt]:
    """Return the receipts of a pack from its index. Those of earlier versions had no numbers."""
    rows = csv.DictReader(io.StringIO(index.decode(), newline=""))
    return [
        ListedReceipt(
            exhibit=int(row.get("exhibit") or 0), order_id=row["order_id"], sha256=row["sha256"], name=row["name"], file=row["file"]
        )
        for row in rows
    ]


def _receipt_name(sha256: str, name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return f"receipts/{sha256[:16]}{f'.{ending}' if ending.isalnum() and ending.isascii() else ''}"


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
