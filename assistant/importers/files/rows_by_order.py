"""Rows under their order ids."""

from collections.abc import Iterator

from assistant.importers.files import cells
from assistant.importers.files.sheets import Sheet


def numbered(sheet: Sheet, wide: str | None = None, column: str = "Order ID") -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and order id of the rows that have one."""
    number_at = sheet.at(column)
    for line, row in sheet.rows(wide):
        try:
            number = cells.order_number(row[number_at])
        except ValueError:
            number = None
        if number:
            yield line, row, number
        elif any(row):
            sheet.notes.unreadable(line, "Order ID", row[number_at])
