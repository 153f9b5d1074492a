"""CSV of budget apps: YNAB, Monarch and Actual."""

from typing import IO

from assistant.domain.languages.translating import to_translate
from assistant.exports.base import BooksView, deductible
from assistant.exports.charges import category_of, in_one_currency, paid_movements, plain, slashed, title_of
from assistant.exports.programs import csv_bytes

_LONGEST = 200


class Ynab:
    """Writes YNAB's columns, with separate columns for money out and money in."""

    name = "ynab"
    description = to_translate("YNAB's columns, one row per charge and per refund")
    audience = to_translate("YNAB (it prefers OFX)")
    keeps = to_translate("order numbers, titles")
    loses = to_translate("categories, currencies (one per file)")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict for several currencies."""
        rows = []
        for found in in_one_currency(paid_movements(view), "YNAB"):
            out = found.amount.decimal if found.amount.minor > 0 else ""
            back = "" if out else (-found.amount).decimal
            memo = plain(f"{found.number} {found.memo}", _LONGEST)
            rows.append([slashed(found.on, found.currency), found.payee, memo, out, back])
        stream.write(csv_bytes(("Date", "Payee", "Memo", "Outflow", "Inflow"), rows))


class Monarch:
    """Writes Monarch's seven columns."""

    name = "monarch"
    description = to_translate("Monarch's seven columns, one row per item")
    audience = to_translate("Monarch")
    keeps = to_translate("items, categories, order numbers")
    loses = to_translate("currencies (one per file), tags")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict for several currencies."""
        header = ("Date", "Merchant", "Category", "Account", "Original Statement", "Notes", "Amount")
        rows = [
            [
                entry.on.isoformat(),
                found.payee,
                category_of(entry).capitalize(),
                view.labels.get(entry.account, entry.account),
                f"{found.payee} {found.number}",
                plain(title_of(entry), _LONGEST),
                (-deductible(entry, view.purpose)).decimal,
            ]
            for found in in_one_currency(paid_movements(view), "Monarch")
            for entry in found.entries
            if found.part_of(entry)
        ]
        stream.write(csv_bytes(header, rows))


class Actual:
    """Writes a CSV that Actual imports without changes."""

    name = "actual"
    description = to_translate("CSV for Actual, one row per item")
    audience = to_translate("Actual Budget (OFX prevents importing twice)")
    keeps = to_translate("items, categories, order numbers")
    loses = to_translate("currencies (one per file), ids")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict for several currencies."""
        rows = [
            [
                entry.on.isoformat(),
                found.payee,
                plain(f"{found.number} {title_of(entry)}", _LONGEST),
                category_of(entry).capitalize(),
                (-deductible(entry, view.purpose)).decimal,
            ]
            for found in in_one_currency(paid_movements(view), "Actual")
            for entry in found.entries
            if found.part_of(entry)
        ]
        stream.write(csv_bytes(("Date", "Payee", "Notes", "Category", "Amount"), rows))
