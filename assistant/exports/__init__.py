"""Exports: one file per format, each writes a view of the books to a stream."""

from assistant.exports.accountant_csv import AccountantCsv
from assistant.exports.base import BooksView, Exporter
from assistant.exports.xlsx import Workbook

EXPORTERS: tuple[Exporter, ...] = (AccountantCsv(), Workbook())

__all__ = ["EXPORTERS", "BooksView", "Exporter"]
