"""Files for Xero: bank statements, plain and with account codes, and bills. One movement per charge and per refund.

Account codes are those of Xero's usual chart of accounts; a business may have changed its own.
"""

from collections.abc import Iterator
from typing import IO

from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.exports.base import BooksView
from assistant.exports.charges import (
    Movement,
    at_most,
    category_of,
    in_one_currency,
    outgoing,
    paid_movements,
    plain,
    slashed,
    title_of,
)
from assistant.exports.programs import csv_bytes

_ROWS, _LONGEST = 1000, 200
_EXPENSES = "429"
"""General expenses."""
_ACCOUNTS = {
    "resale": "310", "inventory": "310", "materials": "310", "advertising": "400", "cleaning": "408", "professional": "412",
    "entertainment": "420", "meals": "420", "client-gifts": "420", "gifts": "420", "packaging": "425", "postage": "425", "shipping": "425",
    "insurance": "433", "warranty": "433", "utilities": "445", "office": "453", "consumable": "453", "supplies": "453", "stationery": "461",
    "rent": "469", "repairs": "473", "parts": "473", "lighting": "473", "membership": "485", "subscriptions": "485", "software": "485",
    "phone": "489", "internet": "489", "travel": "493", "furniture": "710", "machines": "710", "tools": "710", "equipment": "710",
    "computers": "720", "electronics": "720", "camera": "710",
}  # fmt: skip


def _account_of(category: str) -> str:
    return _ACCOUNTS.get(category.casefold(), _EXPENSES)


def _tax_type(currency: str) -> str:
    return "No VAT" if currency == "GBP" else "Tax Exempt"


class XeroBank:
    """Writes Xero's bank statement import."""

    name = "xero-bank"
    description = to_translate("bank statement import of Xero")
    audience = to_translate("Xero, to reconcile a card")
    keeps = to_translate("order numbers as references, titles")
    loses = to_translate("categories, currencies (one per file); 1,000 rows per file")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict above 1,000 rows or for several currencies."""
        rows = [
            [slashed(each.on, each.currency), outgoing(each.amount), each.payee, plain(each.memo, _LONGEST), each.number, ""]
            for each in in_one_currency(paid_movements(view), "Xero")
        ]
        header = ("*Date", "*Amount", "Payee", "Description", "Reference", "Check Number")
        stream.write(csv_bytes(header, at_most(rows, _ROWS, "Xero")))


class XeroPrecoded:
    """Writes Xero's bank statement import with the account of each line, so that lines are reconciled with one click."""

    name = "xero-precoded"
    description = to_translate("bank statement import of Xero with an account code and a contact per line")
    audience = to_translate("Xero, to reconcile a card without choosing accounts")
    keeps = to_translate("order numbers as references, titles, categories as account codes where a charge has one category")
    loses = to_translate(
        "codes where a charge has several categories; codes are of Xero's usual chart; currencies (one per file); 1,000 rows per file"
    )
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict above 1,000 rows or for several currencies."""
        rows = [self._row(found) for found in in_one_currency(paid_movements(view), "Xero")]
        header = ("*Date", "*Amount", "Payee", "Description", "Reference", "AccountCode", "TaxType", "ContactName")
        stream.write(csv_bytes(header, at_most(rows, _ROWS, "Xero")))

    def _row(self, found: Movement) -> list[str]:
        categories = list(found.by_category())
        code = _account_of(categories[0]) if len(categories) == 1 else ""
        known = [slashed(found.on, found.currency), outgoing(found.amount), found.payee, plain(found.memo, _LONGEST), found.number]
        return [*known, code, _tax_type(found.currency) if code else "", found.payee]


_BILL = (
    "*ContactName", "EmailAddress", "POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4", "POCity", "PORegion",
    "POPostalCode", "POCountry", "*InvoiceNumber", "*InvoiceDate", "*DueDate", "Total", "InventoryItemCode", "Description", "*Quantity",
    "*UnitAmount", "*AccountCode", "*TaxType", "TaxAmount", "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2",
    "Currency",
)  # fmt: skip


class XeroBills:
    """Writes Xero's bills, one per charge and per refund, one line per item, without tax."""

    name = "xero-bills"
    description = to_translate("bills of Xero, one line per item")
    audience = to_translate("Xero, to book purchases as bills")
    keeps = to_translate("every currency, items, order numbers, accounts as tracking")
    loses = to_translate(
        "tax: amounts are gross; account codes are those of Xero's usual chart, change them for your own; 1,000 rows per file"
    )
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the lines. Raises Conflict above 1,000 rows."""
        rows = [row for found in paid_movements(view) for row in self._rows(found)]
        stream.write(csv_bytes(_BILL, at_most(rows, _ROWS, "Xero")))

    def _rows(self, found: Movement) -> Iterator[list[str]]:
        on = slashed(found.on, found.currency)
        mark = f"{found.number}/{found.id}"
        for entry in found.entries:
            if not found.part_of(entry):
                continue
            unit = Money(found.part_of(entry), found.currency).decimal
            cells = {
                "*ContactName": found.payee,
                "*InvoiceNumber": mark,
                "*InvoiceDate": on,
                "*DueDate": on,
                "Total": found.amount.decimal,
                "Description": plain(title_of(entry), _LONGEST),
                "*Quantity": "1",
                "*UnitAmount": unit,
                "*AccountCode": _account_of(category_of(entry)),
                "*TaxType": _tax_type(found.currency),
                "TaxAmount": "0",
                "TrackingName1": "Account",
                "TrackingOption1": found.account,
                "Currency": found.currency,
            }
            yield [cells.get(name, "") for name in _BILL]
