"""The front pages of a pack as PDF: cover, lines, items, open questions and the list of receipts. The receipts follow as exhibits."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, PageBreak, Spacer

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.evidence import EvidencePart, ItemEvidence
from assistant.domain.taxes.forms import Grade, TaxForm
from assistant.domain.taxes.questions import TaxQuestion
from assistant.domain.taxes.returns import TaxReturn
from assistant.exports.base import deductible
from assistant.exports.pdf_text import TITLE, heading, paragraph, tables, write_pages
from assistant.exports.taxes.pack import ListedReceipt

_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """The content of a pack. `accounts` are the names of the accounts that count; `exhibits` the numbers of an order's exhibits."""

    form: TaxForm
    filled: TaxReturn
    number: int
    why: str
    accounts: Sequence[str]
    entries: Sequence[Entry]
    evidence: Mapping[str, ItemEvidence]
    questions: Sequence[TaxQuestion]
    receipts: Sequence[ListedReceipt]


def front_pages(pack: PackContent) -> bytes:
    """Return the front pages."""
    stream = io.BytesIO()
    name = f"{pack.form.title}, {pack.form.year}"
    story = [*_cover(pack), PageBreak(), *_lines(pack), *_items(pack), *_questions(pack), *_receipts(pack)]
    write_pages(stream, story, f"{name}, number {pack.number}", lambda page: f"{name}, number {pack.number}, page {page}")
    return stream.getvalue()


def _cover(pack: PackContent) -> Iterator[Flowable]:
    form, filled = pack.form, pack.filled
    yield Spacer(1, 90)
    yield paragraph(form.title, TITLE)
    yield paragraph(f"{form.year}: {form.first} to {form.last}, in {form.currency}", TITLE)
    yield Spacer(1, 18)
    yield paragraph(f"Number {pack.number}, {filled.status.value}")
    if pack.why:
        yield paragraph(f"Why: {pack.why}")
    yield paragraph(f"Accounts: {', '.join(pack.accounts)}")
    yield Spacer(1, 12)
    counts = (
        (len(filled.lines), "lines"),
        (len(pack.entries), "purchases and refunds"),
        (len({receipt.sha256 for receipt in pack.receipts}), "receipts"),
        (len(pack.questions), "open questions"),
    )
    yield paragraph(", ".join(f"{count} {what}" for count, what in counts))
    yield Spacer(1, 12)
    yield paragraph(f"{filled.notice} The data of this form is {form.grade.value}.")
    if any(line.grade is Grade.UNVERIFIED for line in filled.lines):
        yield paragraph("Lines marked 'unverified' need a look at the form itself.")
    yield Spacer(1, 12)
    yield paragraph("Where the numbers of the lines come from:")
    yield from (paragraph(f"{source.grade.value}, checked {source.verified_on}: {source.text}") for source in form.sources)


def _lines(pack: PackContent) -> Iterator[Flowable]:
    filled = pack.filled
    rows = []
    for line in (*filled.lines, *filled.income):
        doubt = "" if line.grade is Grade.VERIFIED else f" ({line.grade.value})"
        income = "Income: " if line in filled.income else ""
        rows.append((line.line, f"{income}{line.name}{doubt}", str(len(line.entries)), line.amount.decimal))
        rows += [("", f"    {part.name}", "", part.amount.decimal) for part in line.parts]
    yield from heading("Lines")
    yield from tables(("Line", "Name", "Entries", "Amount"), (18, 112, 18, 28), rows, (2, 3))
    if not rows:
        yield paragraph("No line has an amount.")
    described = {entry.id: _title(entry) for entry in pack.entries}
    if filled.assets:
        yield from heading("Equipment and other assets")
        shown = [
            (each.line, each.treatment.value, f"{described.get(each.entry, '')}: {each.why}", each.amount.decimal) for each in filled.assets
        ]
        yield from tables(("Line", "Treatment", "What and why", "Amount"), (18, 24, 106, 28), shown, (3,))
    if filled.left_out:
        yield from heading("Not counted by the form")
        left = [(described.get(each.entry, each.entry), each.why, each.amount.decimal) for each in filled.left_out]
        yield from tables(("Item", "Why", "Amount"), (74, 74, 28), left, (2,))
    if filled.rates:
        yield from heading("Exchange rates")
        used = [
            (described.get(each.entry, ""), f"1 {each.unit} = {each.rate} {each.home}", f"{each.day}, {each.source}")
            for each in filled.rates
        ]
        yield from tables(("Item", "Rate", "Day and source"), (86, 45, 45), used)


def _title(entry: Entry) -> str:
    return ((entry.item.title if entry.item else None) or "whole order")[:_LONGEST_TITLE]


def _items(pack: PackContent) -> Iterator[Flowable]:
    lines: dict[str, list[str]] = {}
    for line in (*pack.filled.lines, *pack.filled.income):
        for entry in line.entries:
            lines.setdefault(entry, []).append(line.line)
    for asset in pack.filled.assets:
        lines.setdefault(asset.entry, []).append(asset.line)
    exhibits: dict[str, list[str]] = {}
    for receipt in pack.receipts:
        exhibits.setdefault(receipt.order_id, []).append(str(receipt.exhibit))
    rows = [_item_cells(pack, entry, lines, exhibits) for entry in pack.entries]
    yield from heading("Items")
    yield paragraph(f"Evidence counts: {', '.join(part.value.replace('_', ' ') for part in EvidencePart)}.")
    header = ("Day", "Order and seller", "Item and business purpose", "Line", "Business part", "Evidence", "Exhibit")
    yield from tables(header, (17, 36, 58, 11, 26, 16, 14), rows, (4,))


def _item_cells(pack: PackContent, entry: Entry, lines: Mapping[str, list[str]], exhibits: Mapping[str, list[str]]) -> tuple[str, ...]:
    seller = (entry.item.seller if entry.item else None) or ""
    about = pack.evidence.get(_item_of(entry.id))
    purpose = f" \u2013 {about.purpose}" if about and about.purpose else ""
    part = deductible(entry, PURPOSE)
    return (
        entry.on.isoformat(),
        f"{entry.order.number} {seller}",
        f"{'Refund: ' if part.minor < 0 else ''}{_title(entry)}{purpose}",
        ", ".join(dict.fromkeys(lines.get(entry.id, ("-",)))),
        f"{part.decimal} {part.currency}",
        f"{about.score}/{len(EvidencePart)}" if about else "",
        ", ".join(dict.fromkeys(exhibits.get(entry.order.number, ()))),
    )


def _item_of(entry_id: str) -> str:
    return ".".join(entry_id.split(".")[:2])


def _questions(pack: PackContent) -> Iterator[Flowable]:
    yield from heading("Open questions")
    rows = [
        (each.number or "", each.text, f"{each.amount.decimal} {each.amount.currency}" if each.amount else "") for each in pack.questions
    ]
    if rows:
        yield from tables(("Order", "Question", "Amount"), (40, 108, 28), rows, (2,))
    else:
        yield paragraph("Nothing is open.")


def _receipts(pack: PackContent) -> Iterator[Flowable]:
    yield from heading("Receipts")
    rows = [(str(each.exhibit), each.order_id, each.name, each.sha256) for each in pack.receipts]
    if rows:
        yield from tables(("Exhibit", "Order", "File", "SHA-256"), (14, 38, 44, 80), rows)
    else:
        yield paragraph("No receipts are attached.")
