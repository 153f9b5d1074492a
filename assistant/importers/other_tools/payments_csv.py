"""Reads payment histories from other tools: azad's transactions, and lists with the marketplace in the card's column."""

import re
from collections.abc import Sequence

from assistant.domain.money import NO_CURRENCY
from assistant.domain.orders.order import Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.row_cells import RowCells
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder
from assistant.importers.other_tools.rows import DAY_ONLY, NUMBER, TITLE, day_of, foreign_rows, has_one

_NUMBERS = ("Order IDs", *NUMBER)
_METHOD = ("Card Details", "Payment Method", "Card")
_VENDOR = ("Vendor", "Seller", "Merchant")
_PARTED = re.compile(r"[\s,;|]+")
_STATUSES = {"pending": "pending", "in progress": "pending", "completed": "completed", "charged": "completed"}


class PaymentsCsv:
    """Reads lines of an account's payment history."""

    kind = SourceKind.ORDERS_CSV
    layout = "payments-csv"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has day, amount, order ids and card, but no column for what was bought."""
        paid = sheet.has("Date", "Amount") and has_one(sheet, (*_METHOD, *_VENDOR))
        return paid and has_one(sheet, _NUMBERS) and not has_one(sheet, TITLE)

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return the payments of all files. A payment in two files counts once."""
        found = Findings()
        for sheet in sheets:
            here = [_transaction(row, order) for row, order in foreign_rows(sheet, DAY_ONLY, ("Amount",))]
            for entry in dict.fromkeys(here):
                found.transactions += [entry] * (here.count(entry) - found.transactions.count(entry))
            found.problems += sheet.notes.problems
        return found


def _transaction(row: RowCells, order: DayOrder | None) -> Transaction:
    method, last4 = cells.payment(row.words(*_METHOD) or "")
    vendor = row.words(*_VENDOR)
    if vendor is None and last4 is None:
        # Without its own column, the marketplace is under "Payment Method".
        method, vendor = "", method or None
    amount = row.money("Amount")
    return Transaction(
        on=day_of(row, order),
        amount=amount if row.unit != NO_CURRENCY else None,
        method=method or None,
        last4=last4,
        status=_STATUSES.get((row.words("Status") or "").lower()),
        order_numbers=tuple(filter(None, map(_number, _PARTED.split(row.words(*_NUMBERS) or "")))),
        descriptor=vendor,
    )


def _number(text: str) -> str | None:
    try:
        return cells.order_number(text)
    except ValueError:
        return None
