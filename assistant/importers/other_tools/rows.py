"""The rows of CSVs that other tools write of Amazon orders: whose columns they have, what their amounts are in.

Such files name no currency column: the amounts' own sign or the shop's address tell it. azad ends its files with a
row of sums or `=SUBTOTAL(...)`.
"""

from collections.abc import Iterator
from datetime import date

from assistant.amazon.marketplaces import Marketplace
from assistant.domain.money import NO_CURRENCY
from assistant.importers.files import cells
from assistant.importers.files.row_cells import RowCells, currency_of, shop_of
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder, day_order, read_in_order

NUMBER = ("Order ID", "Order Number", "Order No", "Order #", "Order")
DAY = ("Order Date", "Date", "Order Placed Date", "Order Placed", "Placed On", "Ordered On", "Purchase Date")
TITLE = ("Description", "Title", "Product Name", "Item Title", "Item Name", "Product", "Item")
_SITE = ("Order URL", "Item URL", "Order URLs", "Website", "Marketplace", "Site")


def has_one(sheet: Sheet, names: tuple[str, ...]) -> bool:
    """Tell whether one of these columns is there."""
    return any(map(sheet.has, names))


def foreign_rows(sheet: Sheet, number: tuple[str, ...], amounts: tuple[str, ...]) -> Iterator[tuple[RowCells, DayOrder | None]]:
    """Yield the rows above the sums, and the order of day and month in the file."""
    rows = [row for line, cells_ in sheet.rows() if any(cells_) and not _is_sums(row := RowCells(sheet, line, cells_), number)]
    units = [currency_of(row, amounts, shop_in(row)) for row in rows]
    if rows and not any(units):
        text = "The file does not say what its amounts are in. Add a column 'Currency' to it (USD, EUR, ...) and import it again."
        sheet.notes.add(sheet.name, "no-currency", text)
    order = day_order((row.words(*DAY) or "" for row in rows), set(units))
    for row, unit in zip(rows, units, strict=True):
        yield RowCells(sheet, row.line, row.row, unit or NO_CURRENCY), order


def number_of(row: RowCells, names: tuple[str, ...] = NUMBER) -> str | None:
    """Return the row's order id; text that is none becomes a problem."""
    return row.read(cells.order_number, *names)


def day_of(row: RowCells, order: DayOrder | None) -> date | None:
    """Return the row's day."""
    return row.read(lambda cell: read_in_order(cell, order), *DAY)


def shop_in(row: RowCells) -> Marketplace | None:
    """Return the shop that the row names, by an address or by its name."""
    return next((shop for name in _SITE if (shop := shop_of(row.words(name)))), None)


def _is_sums(row: RowCells, number: tuple[str, ...]) -> bool:
    cell = row.row[row.sheet.at(*number)].strip()
    return not cell or cell.upper().startswith("=SUBTOTAL") or cell.lower() in ("total", "totals", "sum")
