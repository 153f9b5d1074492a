"""Reads the cells of one row by column name. An unreadable cell becomes a problem and is left empty; its row stays."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.amazon.marketplaces import Marketplace, by_host, by_url
from assistant.domain.money import Money
from assistant.importers.files import cells
from assistant.importers.files.sheets import Sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowCells:
    """One row. Of several column names, the first in the sheet counts. `unit` is the currency of its amounts."""

    sheet: Sheet
    line: int
    row: list[str]
    unit: str | None = None

    def read(self, reader: Callable[[str], T | None], *columns: str) -> T | None:
        """Return the reader's result for a cell; its ValueError becomes a problem."""
        return self.noted(reader, columns[0], self.row[self.sheet.at(*columns)])

    def noted(self, reader: Callable[[str], T | None], name: str, text: str) -> T | None:
        """Return the reader's result for a text from this row; its ValueError becomes a problem."""
        try:
            return reader(text)
        except ValueError:
            self.sheet.notes.unreadable(self.line, name, text)
            return None

    def words(self, *columns: str) -> str | None:
        """Return a text."""
        return cells.unwrapped(self.row[self.sheet.at(*columns)])

    def count(self, *columns: str) -> int | None:
        """Return a number of units."""
        return self.read(cells.quantity, *columns)

    def money(self, *columns: str) -> Money | None:
        """Return an amount; None without a currency."""
        unit = self.unit
        return self.read(lambda cell: cells.printed(cell, unit), *columns) if unit else None


def currency_of(row: RowCells, amounts: Iterable[str], shop: Marketplace | None = None) -> str | None:
    """Return the currency of a row's amounts: the stated one, the one printed in these columns, or else the marketplace's own."""
    stated = row.read(lambda cell: cells.currency(cells.unwrapped(cell) or ""), "Currency")
    printed = (cells.named_currency(row.words(name) or "") for name in amounts)
    return stated or next(filter(None, printed), shop.currency if shop else None)


def marketplace_of(website: str | None) -> Marketplace | None:
    """Return a marketplace by its name ("Amazon.com") or one of its addresses."""
    return (by_host(website) or by_url(website)) if website else None
