"""The front pages of a pack as PDF: cover, lines, items, open questions and the list of receipts. The receipts follow as exhibits."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, PageBreak, Spacer

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.formats import decimal_text, full_day
from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.money import Money
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.evidence import EvidencePart, ItemEvidence
from assistant.domain.taxes.forms import Grade, TaxForm
from assistant.domain.taxes.line_names import explained
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
    numbered = translated("{name}, number {number}", name=name, number=pack.number)
    story = [*_cover(pack), PageBreak(), *_lines(pack), *_items(pack), *_questions(pack), *_receipts(pack)]
    write_pages(stream, story, numbered, lambda page: translated("{title}, page {page}", title=numbered, page=page))
    return stream.getvalue()


def _cover(pack: PackContent) -> Iterator[Flowable]:
    form, filled = pack.form, pack.filled
    yield Spacer(1, 90)
    yield paragraph(form.title, TITLE)
    days = translated(
        "{year}: {first} to {last}, in {currency}",
        year=form.year,
        first=full_day(form.first),
        last=full_day(form.last),
        currency=form.currency,
    )
    yield paragraph(days, TITLE)
    yield Spacer(1, 18)
    yield paragraph(translated("Number {number}, {status}", number=pack.number, status=shown_word(filled.status.value)))
    if pack.why:
        yield paragraph(translated("Why: {reason}", reason=pack.why))
    yield paragraph(translated("Accounts: {names}", names=", ".join(pack.accounts)))
    yield Spacer(1, 12)
    counts = (
        translated_count("{count} line", "{count} lines", len(filled.lines)),
        translated_count("{count} purchase or refund", "{count} purchases and refunds", len(pack.entries)),
        translated_count("{count} receipt", "{count} receipts", len({receipt.sha256 for receipt in pack.receipts})),
        translated_count("{count} open question", "{count} open questions", len(pack.questions)),
    )
    yield paragraph(", ".join(counts))
    yield Spacer(1, 12)
    grade = shown_word(form.grade.value)
    yield paragraph(translated("{notice} The data of this form is {grade}.", notice=translated(filled.notice), grade=grade))
    if any(line.grade is Grade.UNVERIFIED for line in filled.lines):
        doubtful = shown_word(Grade.UNVERIFIED.value)
        yield paragraph(translated("Lines marked '{grade}' need a look at the form itself.", grade=doubtful))
    yield Spacer(1, 12)
    yield paragraph(translated("Where the numbers of the lines come from:"))
    for source in form.sources:
        known = shown_word(source.grade.value)
        yield paragraph(translated("{grade}, checked {day}: {text}", grade=known, day=full_day(source.verified_on), text=source.text))


def _lines(pack: PackContent) -> Iterator[Flowable]:
    filled = pack.filled
    rows = []
    for line in (*filled.lines, *filled.income):
        doubt = "" if line.grade is Grade.VERIFIED else f" ({shown_word(line.grade.value)})"
        name = translated("Income: {name}", name=explained(line.name)) if line in filled.income else explained(line.name)
        rows.append((line.line, f"{name}{doubt}", str(len(line.entries)), decimal_text(line.amount.decimal)))
        rows += [("", f"    {shown_category(part.name)}", "", decimal_text(part.amount.decimal)) for part in line.parts]
    yield from heading(translated("Lines"))
    header = (translated("Line"), translated("Name"), translated("Entries"), _amount_in(filled.currency))
    yield from tables(header, (18, 98, 24, 36), rows, (2, 3))
    if not rows:
        yield paragraph(translated("No line has an amount."))
    described = {entry.id: _title(entry) for entry in pack.entries}
    if filled.assets:
        yield from heading(translated("Equipment and other assets"))
        shown = [
            (each.line, shown_word(each.treatment.value), f"{described.get(each.entry, '')}: {each.why}", decimal_text(each.amount.decimal))
            for each in filled.assets
        ]
        header = (translated("Line"), translated("Treatment"), translated("What and why"), _amount_in(filled.currency))
        yield from tables(header, (18, 28, 100, 30), shown, (3,))
    if filled.left_out:
        yield from heading(translated("Not counted by the form"))
        left = [(described.get(each.entry, each.entry), each.why, decimal_text(each.amount.decimal)) for each in filled.left_out]
        yield from tables((translated("Item"), translated("Why"), _amount_in(filled.currency)), (72, 74, 30), left, (2,))
    if filled.rates:
        yield from heading(translated("Exchange rates"))
        used = [
            (
                described.get(each.entry, ""),
                f"1 {each.unit} = {decimal_text(f'{each.rate:.8g}')} {each.home}",
                f"{full_day(each.day)}, {each.source}",
            )
            for each in filled.rates
        ]
        yield from tables((translated("Item"), translated("Rate"), translated("Day and source")), (86, 45, 45), used)


def _amount_in(currency: str) -> str:
    return translated("Amount in {currency}", currency=currency)


def _title(entry: Entry) -> str:
    return ((entry.item.title if entry.item else None) or translated("whole order"))[:_LONGEST_TITLE]


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
    yield from heading(translated("Items"))
    yield paragraph(translated("Evidence counts: {parts}.", parts=", ".join(shown_word(part.value) for part in EvidencePart)))
    header = (
        translated("Day"),
        translated("Order and seller"),
        translated("Item and business purpose"),
        translated("Line"),
        translated("Evidence"),
        translated("Exhibit"),
        translated("Business part"),
    )
    yield from tables(header, (17, 36, 54, 11, 17, 15, 26), rows, (6,))
    sums: dict[str, int] = {}
    for bought in pack.entries:
        sums[bought.currency] = sums.get(bought.currency, 0) + deductible(bought, PURPOSE).minor
    for unit, minor in sorted(sums.items()):
        yield paragraph(
            translated("Business part of all items: {amount} {currency}", amount=decimal_text(Money(minor, unit).decimal), currency=unit)
        )


def _item_cells(pack: PackContent, entry: Entry, lines: Mapping[str, list[str]], exhibits: Mapping[str, list[str]]) -> tuple[str, ...]:
    seller = (entry.item.seller if entry.item else None) or ""
    about = pack.evidence.get(_item_of(entry.id))
    purpose = f" \u2013 {about.purpose}" if about and about.purpose else ""
    part = deductible(entry, PURPOSE)
    return (
        full_day(entry.on),
        f"{entry.order.number} {seller}",
        (translated("Refund: {title}", title=_title(entry)) if part.minor < 0 else _title(entry)) + purpose,
        ", ".join(dict.fromkeys(lines.get(entry.id, ("-",)))),
        f"{about.score}/{len(EvidencePart)}" if about else "",
        ", ".join(dict.fromkeys(exhibits.get(entry.order.number, ()))),
        f"{decimal_text(part.decimal)} {part.currency}",
    )


def _item_of(entry_id: str) -> str:
    return ".".join(entry_id.split(".")[:2])


def _questions(pack: PackContent) -> Iterator[Flowable]:
    yield from heading(translated("Open questions"))
    rows = [
        (each.number or "", each.text, f"{decimal_text(each.amount.decimal)} {each.amount.currency}" if each.amount else "")
        for each in pack.questions
    ]
    if rows:
        yield from tables((translated("Order"), translated("Question"), translated("Amount")), (40, 108, 28), rows, (2,))
    else:
        yield paragraph(translated("Nothing is open."))


def _receipts(pack: PackContent) -> Iterator[Flowable]:
    yield from heading(translated("Receipts"))
    rows = [(str(each.exhibit), each.order_id, each.name, each.sha256) for each in pack.receipts]
    if rows:
        yield from tables((translated("Exhibit"), translated("Order"), translated("File"), "SHA-256"), (16, 38, 42, 80), rows)
    else:
        yield paragraph(translated("No receipts are attached."))
