"""Reads the rows of CSV files that other tools write about Amazon orders: their columns and their currency.

Such files name no currency column: it comes from the sign of the amounts or the marketplace's address. azad ends its files with a
row of sums or `=SUBTOTAL(...)`.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from assistant.amazon.marketplaces import Marketplace
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import NO_CURRENCY
from assistant.importers.files import cells
from assistant.importers.files.row_cells import RowCells, currency_of, marketplace_of
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder, day_order, read_in_order

NUMBER = ("Order ID", "Order Number", "Order No", "Order #", "Order")
DAY_ONLY = ("Date",)
DAY = ("Order Date", "Date", "Order Placed Date", "Order Placed", "Placed On", "Ordered On", "Purchase Date")
TITLE = ("Description", "Title", "Product Name", "Item Title", "Item Name", "Product", "Item")
_SITE = ("Order URL", "Item URL", "URL", "Order URLs", "Website", "Marketplace", "Site")


# Columns that hold free text, which other tools do not always quote.
_FREE_TEXT = (*TITLE, "Items", "To", "Recipient", "Seller", "Sold By", "Vendor", "Category")


def has_one(sheet: Sheet, names: tuple[str, ...]) -> bool:
    """Return whether the sheet has one of these columns."""
    return any(map(sheet.has, names))


def foreign_rows(sheet: Sheet, number: tuple[str, ...], amounts: tuple[str, ...]) -> Iterator[tuple[RowCells, DayOrder | None]]:
    """Yield the rows above the sums, and the order of day and month in the file."""
    read = (RowCells(sheet, line, row) for line, row in sheet.rows(*_FREE_TEXT, fits=partial(_fits, sheet, number)) if any(row))
    rows = [row for row in read if not _is_sums(row, number)]
    units = [currency_of(row, amounts, marketplace_in(row)) for row in rows]
    if rows and not any(units):
        text = sentence_of(
            "The file does not say which currency its amounts are in. Add a column 'Currency' to it (USD, EUR, ...) and import it again."
        )
        sheet.notes.add(sheet.name, "no-currency", text)
    order = day_order((row.words(*DAY) or "" for row in rows), set(units))
    for row, unit in zip(rows, units, strict=True):
        yield RowCells(sheet, row.line, row.row, unit or NO_CURRENCY), order


def number_of(row: RowCells, names: tuple[str, ...] = NUMBER) -> str | None:
    """Return the row's order id; other text becomes a problem."""
    return row.read(cells.order_number, *names)


def day_of(row: RowCells, order: DayOrder | None) -> date | None:
    """Return the row's day."""
    return row.read(lambda cell: read_in_order(cell, order), *DAY)


def marketplace_in(row: RowCells) -> Marketplace | None:
    """Return the marketplace that the row names, by an address or by its name."""
    return next((marketplace for name in _SITE if (marketplace := marketplace_of(row.words(name)))), None)


def _fits(sheet: Sheet, number: tuple[str, ...], row: list[str]) -> bool:
    """Return whether a mended row has an order id (or a day) and a day where they belong."""
    try:
        named = number == DAY_ONLY or cells.order_number(row[sheet.at(*number)]) is not None
    except ValueError:
        return False
    return named and any(map(str.isdigit, row[sheet.at(*DAY)]))


def _is_sums(row: RowCells, number: tuple[str, ...]) -> bool:
    cell = row.row[row.sheet.at(*number)].strip()
    return not cell or cell.upper().startswith("=SUBTOTAL") or cell.lower() in ("total", "totals", "sum")
