"""Accountant CSV: RFC 4180, UTF-8, ISO dates, point decimals, one row per entry; text cells are safe in a spreadsheet.

Money columns are for the whole entry, `net` + `tax` = `gross`; `deductible` is the purpose's part of it. Refunds are rows
of their own with negative amounts and their own day. A column that no row fills is left out, so the rows wait in a draft.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import IO

from assistant.domain.books.entries import DateBasis, EntryKind, PurseShare
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import decimal_text
from assistant.domain.text import spreadsheet_safe
from assistant.exports.base import AttachedReceipt, BooksView, name_of, percent_for, tax_year

HEADER = (
    "tax_year",
    "date",
    "date_basis",
    "kind",
    "account",
    "order_id",
    "order_date",
    "charge_date",
    "refund_date",
    "seller",
    "asin",
    "description",
    "quantity",
    "currency",
    "gross",
    "net",
    "tax",
    "tax_code",
    "tax_rate",
    "shipping_share",
    "discount_share",
    "refund",
    "business_pct",
    "deductible",
    "category",
    "purpose",
    "paid_with",
    "payment_last4",
    "certainty",
    "receipt_file",
    "receipt_sha256",
    "entry",
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_IN_MEMORY = 32 << 20
"""Bytes of a draft that are held in memory, as many as a hundred thousand entries take."""
_PART_ROWS, _PART_SIZE = 2000, 1 << 20
_TO_THE_CARD = frozenset({DateBasis.CHARGED, DateBasis.SHIPPED})
"""Amazon charges when it ships; `date_basis` tells the two apart. The day of an order says nothing about its charge."""
_NONE = ("", "")


class AccountantCsv:
    """Writes the business entries for a bookkeeper."""

    name = "accountant-csv"
    description = to_translate("one row per purchase or refund of an item")
    audience = to_translate("a bookkeeper, or a spreadsheet")
    keeps = to_translate("everything an entry says: days, parts, taxes, shares, cards, receipts, certainty")
    loses = to_translate("nothing; columns that no row fills are left out; use --bom for Excel on Windows")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write header and rows."""
        if view.byte_order_mark:
            stream.write(_BYTE_ORDER_MARK)
        receipts = _receipts(view.receipts)
        rows = (_entry_cells(entry, view.purpose, receipts) for entry in view.entries)
        with _drafted(rows) as (columns, draft):
            # Names of columns need no quotes.
            stream.write((",".join(HEADER[column] for column in columns) + "\r\n").encode())
            while part := draft.read(_PART_SIZE):
                stream.write(part.encode())


@contextmanager
def _drafted(rows: Iterator[Sequence[str]]) -> Iterator[tuple[tuple[int, ...], IO[str]]]:
    """Yield the columns that some row fills, and a draft of the rows in these columns."""
    columns: tuple[int, ...] = ()
    with ExitStack() as drafts:
        draft = drafts.enter_context(_new_draft())
        while part := list(islice(rows, _PART_ROWS)):
            filled = tuple(column for column in range(len(HEADER)) if column in columns or any(map(itemgetter(column), part)))
            if filled != columns:
                # What was empty so far is not: the rows before get an empty cell there.
                draft.seek(0)
                cells = [columns.index(column) if column in columns else -1 for column in filled]
                before, draft = csv.reader(draft), drafts.enter_context(_new_draft())
                csv.writer(draft).writerows([[*row, ""][cell] for cell in cells] for row in before)
                columns = filled
            text = io.StringIO(newline="")
            csv.writer(text).writerows(map(itemgetter(*columns), part))
            draft.write(text.getvalue())
        draft.seek(0)
        yield columns, draft


def _new_draft() -> "tempfile.SpooledTemporaryFile[str]":
    return tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")


def _receipts(attached: Iterable[AttachedReceipt]) -> dict[str, tuple[str, str]]:
    """Return names and hashes of the receipts by order, in the same sequence."""
    found: dict[str, list[AttachedReceipt]] = {}
    for receipt in attached:
        found.setdefault(receipt.order_id, []).append(receipt)
    return {
        number: (spreadsheet_safe("; ".join(each.name for each in mine)), "; ".join(each.sha256 for each in mine))
        for number, mine in found.items()
    }


def _entry_cells(entry: Entry, purpose: str, receipts: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Return the cells of a row, in the order of HEADER. What people and sources wrote is made safe; days, codes and amounts are."""
    order, item, parts, taxes, unit = entry.order, entry.item, entry.parts, entry.taxes, entry.currency
    on, gross = _day(entry.on), parts.gross
    return (
        tax_year(entry),
        on,
        entry.basis,
        entry.kind,
        spreadsheet_safe(entry.account),
        spreadsheet_safe(order.number),
        _day(order.placed_on),
        on if entry.basis in _TO_THE_CARD else "",
        on if entry.kind is EntryKind.REFUND else "",
        spreadsheet_safe(item.seller) if item and item.seller else "",
        spreadsheet_safe(item.asin) if item and item.asin else "",
        spreadsheet_safe(item.title) if item and item.title else "",
        str(item.quantity) if item and item.quantity is not None else "",
        unit,
        decimal_text(gross, unit),
        decimal_text(gross - parts.tax, unit),
        decimal_text(parts.tax, unit),
        ", ".join([tax.code for tax in taxes]) if taxes else "",
        ", ".join([str(tax.rate) for tax in taxes if tax.rate is not None]) if taxes else "",
        decimal_text(parts.shipping, unit),
        decimal_text(parts.discount + parts.points, unit),
        decimal_text(-gross, unit) if entry.kind is EntryKind.REFUND else "",
        percent_for(entry, purpose),
        decimal_text(entry.share_for(purpose), unit),
        spreadsheet_safe(item.category) if item and item.category else "",
        spreadsheet_safe(purpose),
        *_paid_cells(tuple([(paid.instrument, paid.network, paid.last4) for paid in entry.paid])),
        entry.certainty,
        *receipts.get(order.number, _NONE),
        entry.id,
    )


@lru_cache(maxsize=1024)
def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


@lru_cache(maxsize=1024)
def _paid_cells(purses: tuple[tuple[str, str | None, str | None], ...]) -> tuple[str, str]:
    """Return the payment methods, "visa 1234, gift card", and the last digits of the only card."""
    names = [name_of(PurseShare(instrument, 0, network, last4)) for instrument, network, last4 in purses]
    digits = {last4 for _, _, last4 in purses if last4}
    return spreadsheet_safe(", ".join(dict.fromkeys(names))), digits.pop() if len(digits) == 1 else ""
