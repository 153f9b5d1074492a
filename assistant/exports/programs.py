"""Tables that bookkeeping programs import: QuickBooks, FreeAgent and GnuCash. One movement per charge and per refund."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from assistant.domain.books.entries import EntryKind
from assistant.domain.errors import Conflict
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.domain.text import spreadsheet_safe
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

_ROWS = 1000
_QUICKBOOKS_SIZE = 350 * 1024
_LONGEST = 200
_DIGITS = re.compile(r"\S*\d+[^\s,]*")
_CARD = "Amazon card"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]], *, guard: bool = True) -> bytes:
    """Return rows as CSV (RFC 4180, UTF-8). `guard`: text cells cannot become formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if header:
        writer.writerow(header)
    writer.writerows([spreadsheet_safe(cell) if guard else cell for cell in row] for row in rows)
    return text.getvalue().encode()


class QuickBooksOnline:
    """Writes the three columns of QuickBooks Online's bank upload."""

    name = "quickbooks-csv"
    description = to_translate("bank upload of QuickBooks Online: date, description, amount")
    audience = to_translate("QuickBooks Online, where the .qbo file is not possible")
    keeps = to_translate("days, titles, amounts")
    loses = to_translate("order numbers (no digits are allowed), categories, currencies (one per file); 1,000 rows or 350 KB per file")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict above the limits of the upload, or for several currencies."""
        found = in_one_currency(paid_movements(view), "QuickBooks Online")
        rows = [[slashed(each.on, each.currency), self._description(each), outgoing(each.amount)] for each in found]
        content = csv_bytes(("Date", "Description", "Amount"), at_most(rows, _ROWS, "QuickBooks Online"))
        if len(content) > _QUICKBOOKS_SIZE:
            raise Conflict(translated("QuickBooks Online takes 350 KB, and this is more. Write several: --split quarter or month."))
        stream.write(content)

    def _description(self, found: Movement) -> str:
        """Return payee and titles without the words that have digits, which the upload does not allow."""
        return plain(re.sub(r"[\s,]*,", ",", _DIGITS.sub(" ", f"{found.payee} {found.memo}")).rstrip(" ,"), _LONGEST)


class QuickBooksDesktop:
    """Writes IIF transactions of QuickBooks Desktop."""

    name = "iif"
    description = to_translate("card charges and refunds with one line per category")
    audience = to_translate("QuickBooks Desktop (QuickBooks Online cannot read it)")
    keeps = to_translate("order numbers, titles, categories as expense accounts")
    loses = to_translate("currencies (one per file), letters beyond Western European ones")
    suffix = ".iif"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write one block per charge and per refund. Raises Conflict for several currencies."""
        names = "TRNSTYPE\tDATE\tACCNT\tNAME\tCLASS\tAMOUNT\tDOCNUM\tMEMO"
        all_found = list(in_one_currency(paid_movements(view), "IIF"))
        lines = [*self._lists(all_found), f"!TRNS\t{names}", f"!SPL\t{names}", "!ENDTRNS"]
        for found in all_found:
            kind = "CREDIT CARD" if found.amount.minor > 0 else "CCARD REFUND"
            lines.append(self._line("TRNS", found, kind, _CARD, found.amount.minor * -1))
            lines += [self._line("SPL", found, kind, category.capitalize(), minor) for category, minor in found.by_category().items()]
            lines.append("ENDTRNS")
        stream.write(("\r\n".join(lines) + "\r\n").encode("cp1252", "replace"))

    def _lists(self, found: Sequence[Movement]) -> Iterator[str]:
        """Yield the accounts with their kinds, vendors and classes: QuickBooks makes an unknown account a bank account."""
        categories = sorted({category.capitalize() for each in found for category in each.by_category()})
        yield "!ACCNT\tNAME\tACCNTTYPE"
        yield f"ACCNT\t{_CARD}\tCCARD"
        yield from (f"ACCNT\t{self._cell(category)}\tEXP" for category in categories)
        for mark, names in (("VEND", {each.payee for each in found}), ("CLASS", {each.account for each in found})):
            yield f"!{mark}\tNAME"
            yield from (f"{mark}\t{self._cell(name)}" for name in sorted(names))

    def _cell(self, text: str) -> str:
        return plain(text, _LONGEST, forbidden='"')

    def _line(self, mark: str, found: Movement, kind: str, account: str, minor: int) -> str:
        cells = (account, found.payee, found.account, Money(minor, found.currency).decimal, found.number, found.memo)
        safe = [self._cell(cell) for cell in cells]
        return "\t".join([mark, kind, found.on.strftime("%m/%d/%y"), *safe])


class FreeAgent:
    """Writes FreeAgent's bank upload: no header, no commas or quotes in text."""

    name = "freeagent"
    description = to_translate("bank upload of FreeAgent: day, amount, description")
    audience = to_translate("FreeAgent")
    keeps = to_translate("order numbers, titles")
    loses = to_translate("categories, currencies (one per file), commas and quotes")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the rows. Raises Conflict for several currencies."""
        rows = (
            [f"{each.on:%d/%m/%Y}", outgoing(each.amount), plain(f"{each.payee} {each.number} {each.memo}", _LONGEST, forbidden=",\"'")]
            for each in in_one_currency(paid_movements(view), "FreeAgent")
        )
        stream.write(csv_bytes((), rows))


_GNUCASH = (
    "Date", "Transaction ID", "Number", "Description", "Notes", "Commodity/Currency", "Void Reason", "Action", "Memo", "Full Account Name",
    "Account Name", "Amount With Sym", "Amount Num.", "Value With Sym", "Value Num.", "Reconcile", "Reconcile Date", "Rate/Price",
)  # fmt: skip


class GnuCash:
    """Writes GnuCash's transactions with several splits."""

    name = "gnucash"
    description = to_translate("transaction import of GnuCash with one split per item")
    audience = to_translate("GnuCash (Import transactions from CSV, multi-split)")
    keeps = to_translate("every currency, items, categories, order numbers")
    loses = to_translate("tax kinds; the purpose's part only")
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write one row per split."""
        rows = (row for found in paid_movements(view) for row in self._rows(found))
        stream.write(csv_bytes(_GNUCASH, rows))

    def _rows(self, found: Movement) -> Iterator[list[str]]:
        expenses = f"Expenses:{found.purpose.capitalize()}"
        for entry in found.entries:
            if minor := found.part_of(entry):
                category = plain(category_of(entry), _LONGEST, forbidden=":").capitalize()
                yield self._split(found, f"{expenses}:{category}", minor, title_of(entry))
        yield self._split(found, "Liabilities:Amazon card", -found.amount.minor, "")

    def _split(self, found: Movement, account: str, minor: int, memo: str) -> list[str]:
        amount = Money(minor, found.currency).decimal
        cells = {
            "Date": found.on.isoformat(),
            "Transaction ID": found.id,
            "Number": found.number,
            "Description": found.payee,
            "Notes": "refund" if found.kind is EntryKind.REFUND else "",
            "Commodity/Currency": f"CURRENCY::{found.currency}",
            "Memo": plain(memo, _LONGEST),
            "Full Account Name": account,
            "Account Name": account.rpartition(":")[2],
            "Amount With Sym": f"{found.currency} {amount}",
            "Amount Num.": amount,
            "Value With Sym": f"{found.currency} {amount}",
            "Value Num.": amount,
            "Reconcile": "n",
            "Rate/Price": "1",
        }
        return [cells.get(name, "") for name in _GNUCASH]
