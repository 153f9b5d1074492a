"""Accountant CSV: RFC 4180, UTF-8, ISO dates, point decimals, one row per entry; text cells are safe in a spreadsheet.

Money columns are for the whole entry, `net` + `tax` = `gross`; `deductible` is the purpose's part of it. Refunds are rows
of their own with negative amounts and their own day.
"""

import csv
import io
from typing import IO

from assistant.domain.books.entries import DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.translating import to_translate
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
    description = to_translate("one row per purchase or refund of an item")
    audience = to_translate("a bookkeeper, or a spreadsheet")
    keeps = to_translate("everything an entry says: days, parts, taxes, shares, cards, certainty")
    loses = to_translate("nothing; use --bom for Excel on Windows")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write header and rows."""
        if view.byte_order_mark:
            stream.write(_BYTE_ORDER_MARK)
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(HEADER)
        writer.writerows(_entry_cells(entry, view.purpose) for entry in view.entries)
        text.detach()


def _entry_cells(entry: Entry, purpose: str) -> tuple[str, ...]:
    """Return the cells of a row, in the order of HEADER. What people and sources wrote is made safe; days, codes and amounts are."""
    order, item, parts, taxes, unit = entry.order, entry.item, entry.parts, entry.taxes, entry.currency
    on, gross = entry.on.isoformat(), parts.gross
    return (
        tax_year(entry),
        on,
        entry.basis,
        entry.kind,
        spreadsheet_safe(entry.account),
        spreadsheet_safe(order.number),
        str(order.placed_on or ""),
        on if entry.basis is DateBasis.CHARGED else "",
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
        spreadsheet_safe(paid_with(entry)),
        _last4(entry),
        entry.certainty,
        entry.id,
    )


def _last4(entry: Entry) -> str:
    digits = {paid.last4 for paid in entry.paid if paid.last4}
    return digits.pop() if len(digits) == 1 else ""
