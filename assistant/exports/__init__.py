"""Exports: each format writes a view of the books to a stream."""

from assistant.exports.accountant_csv import AccountantCsv
from assistant.exports.bank_files import Ofx, Qfx, Qif, WebConnect
from assistant.exports.base import BooksView, Exporter, ExportFormat
from assistant.exports.budget_apps import Actual, Monarch, Ynab
from assistant.exports.calendar_file import ReminderCalendar
from assistant.exports.datev import Datev
from assistant.exports.journals import Beancount, Hledger
from assistant.exports.programs import FreeAgent, GnuCash, QuickBooksDesktop, QuickBooksOnline
from assistant.exports.txf import Txf
from assistant.exports.xero import XeroBank, XeroBills, XeroPrecoded
from assistant.exports.xlsx import Workbook

EXPORTERS: tuple[Exporter, ...] = (
    AccountantCsv(),
    Workbook(),
    Hledger(),
    Beancount(),
    Ofx(),
    Qfx(),
    WebConnect(),
    Qif(),
    GnuCash(),
    QuickBooksOnline(),
    QuickBooksDesktop(),
    XeroBank(),
    XeroPrecoded(),
    XeroBills(),
    FreeAgent(),
    Datev(),
    Txf(),
    Ynab(),
    Monarch(),
    Actual(),
)

CALENDAR = ReminderCalendar()
"""This format is written from reminders."""

__all__ = ["CALENDAR", "EXPORTERS", "BooksView", "ExportFormat", "Exporter"]
