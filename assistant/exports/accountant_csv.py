"""Accountant CSV: RFC 4180, UTF-8, ISO dates, point decimals, one row per entry; text cells are safe in a spreadsheet.

Money columns are for the whole entry, `net` + `tax` = `gross`; `deductible` is the purpose's part of it. Refunds are rows
of their own with negative amounts and their own day.
"""

import csv
import io
from typing import IO

from assistant.domain.books.entries import DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.money import decimal_text
from assistant.domain.text import spreadsheet_safe
from assistant.exports.base import BooksView, paid_with, percent_for, tax_year

HEADER = (
    "tax_year",
    "date",
    "date_basis",
    "kind",
    "account",
    "order_id",
    "order_date",
    "charge_date",
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
    "entry",
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class AccountantCsv:
    """Writes the business entries for a bookkeeper."""

    name = "accountant-csv"
    description = "one row per purchase or refund of an item"
    audience = "a bookkeeper, or a spreadsheet"
    keeps = "everything an entry says: days, parts, taxes, shares, cards, certainty"
    loses = "nothing; use --bom for Excel on Windows"
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write header and rows."""
        if view.byte_order_mark:
            stream.write(_BYTE_ORDER_MARK)
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(HEADER)
        for entry in view.entries:
            writer.writerow(_entry_cells(entry, view.purpose).values())
        text.detach()


def _entry_cells(entry: Entry, purpose: str) -> dict[str, str]:
    """Return the cells of a row, in the order of HEADER. What people and sources wrote is made safe; days, codes and amounts are."""
    order, item, parts = entry.order, entry.item, entry.parts
    charged = entry.basis is DateBasis.CHARGED
    digits = [paid.last4 for paid in entry.paid if paid.last4]

    def amount(minor: int) -> str:
        return decimal_text(minor, entry.currency)

    return {
        "tax_year": tax_year(entry),
        "date": entry.on.isoformat(),
        "date_basis": entry.basis.value,
        "kind": entry.kind.value,
        "account": spreadsheet_safe(entry.account),
        "order_id": spreadsheet_safe(order.number),
        "order_date": str(order.placed_on or ""),
        "charge_date": entry.on.isoformat() if charged else "",
        "seller": spreadsheet_safe((item.seller if item else "") or ""),
        "asin": spreadsheet_safe((item.asin if item else "") or ""),
        "description": spreadsheet_safe((item.title if item else "") or ""),
        "quantity": str(item.quantity) if item and item.quantity is not None else "",
        "currency": entry.currency,
        "gross": amount(parts.gross),
        "net": amount(parts.gross - parts.tax),
        "tax": amount(parts.tax),
        "tax_code": ", ".join(tax.code for tax in entry.taxes),
        "tax_rate": ", ".join(str(tax.rate) for tax in entry.taxes if tax.rate is not None),
        "shipping_share": amount(parts.shipping),
        "discount_share": amount(parts.discount + parts.points),
        "refund": amount(-parts.gross) if entry.kind is EntryKind.REFUND else "",
        "business_pct": percent_for(entry, purpose),
        "deductible": amount(entry.share_for(purpose)),
        "category": spreadsheet_safe((item.category if item else "") or ""),
        "purpose": spreadsheet_safe(purpose),
        "paid_with": spreadsheet_safe(paid_with(entry)),
        "payment_last4": digits[0] if len(set(digits)) == 1 else "",
        "certainty": entry.certainty.value,
        "entry": entry.id,
    }
