"""Accountant CSV: RFC 4180, UTF-8, ISO dates, point decimals, one row per item; text cells are safe in a spreadsheet.

Columns that need a tax form, a receipt or an exchange rate stay empty until those are known.
"""

import csv
import io
from typing import IO

from assistant.domain.books.entries import Entry
from assistant.domain.text import spreadsheet_safe
from assistant.exports.base import BooksView

HEADER = (
    "tax_year",
    "account",
    "order_id",
    "invoice_no",
    "order_date",
    "charge_date",
    "seller",
    "seller_tax_id",
    "asin",
    "description",
    "quantity",
    "currency",
    "gross",
    "net",
    "tax",
    "tax_rate",
    "shipping_share",
    "discount_share",
    "refund",
    "fx_rate",
    "fx_date",
    "gross_home",
    "business_pct",
    "deductible",
    "form",
    "line",
    "line_name",
    "category",
    "purpose",
    "payment_last4",
    "receipt_file",
    "receipt_sha256",
)


class AccountantCsv:
    """Writes the business entries for a bookkeeper."""

    name = "accountant-csv"
    description = "one row per item, for a bookkeeper or a spreadsheet"
    suffix = ".csv"

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write header and rows."""
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.DictWriter(text, HEADER, restval="")
        writer.writeheader()
        writer.writerows({name: spreadsheet_safe(cell) for name, cell in _row(entry).items()} for entry in view.entries)
        text.detach()


def _row(entry: Entry) -> dict[str, str]:
    order, item = entry.order, entry.item
    day = entry.charged_on or order.placed_on
    return {
        "tax_year": str(day.year) if day else "",
        "account": entry.account,
        "order_id": order.number,
        "order_date": str(order.placed_on or ""),
        "charge_date": str(entry.charged_on or ""),
        "seller": item.seller or "",
        "asin": item.asin or "",
        "description": item.title or "",
        "quantity": "" if item.quantity is None else str(item.quantity),
        "currency": entry.gross.currency,
        "gross": entry.gross.decimal,
        "net": entry.net.decimal if entry.net else "",
        "tax": entry.tax.decimal if entry.tax else "",
        "shipping_share": entry.shipping.decimal,
        "discount_share": entry.discount.decimal,
        "refund": entry.refund.decimal,
        "business_pct": "100",
        "deductible": entry.deductible.decimal,
        "category": entry.category,
        "purpose": entry.purpose,
        "payment_last4": entry.last4 or "",
    }
