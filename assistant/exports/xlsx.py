"""Excel workbook: sums per category that stay live, the items, the refunds, and what is still open."""

from typing import IO, Any

from assistant.domain.books.entries import Entry
from assistant.domain.money import Money, exponent
from assistant.exports.base import BooksView

_ITEMS = (
    ("Date", 11),
    ("Account", 14),
    ("Order", 21),
    ("Description", 50),
    ("Quantity", 9),
    ("Seller", 22),
    ("Category", 18),
    ("Purpose", 12),
    ("Currency", 9),
    ("Gross", 12),
    ("Tax", 10),
    ("Shipping", 10),
    ("Discount", 10),
    ("Refund", 10),
    ("Cost", 12),
    ("Card", 8),
)
_CATEGORY, _CURRENCY, _COST = "G", "I", "O"


class Workbook:
    """Writes the business entries as a workbook for LibreOffice, Excel or Numbers."""

    name = "xlsx"
    description = "workbook with live sums per category, items, refunds and open questions"
    suffix = ".xlsx"

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the sheets Summary, Items, Refunds and Open questions."""
        import xlsxwriter  # noqa: PLC0415  # slow to import, and only this format needs it

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(stream, options)
        sheets = _Sheets(book)
        sheets.summary(view)
        sheets.items("Items", view.entries, view.labels)
        sheets.items("Refunds", [entry for entry in view.entries if entry.refund.minor], view.labels)
        sheets.questions(view)
        book.close()


class _Sheets:
    """The sheets of one workbook; text is written as text, never as a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._money = {digits: book.add_format({"num_format": "#,##0" + ("." + "0" * digits if digits else "")}) for digits in (0, 2, 3)}

    def summary(self, view: BooksView) -> None:
        """Sum the cost per category and currency with formulas over the sheet Items."""
        sheet = self._book.add_worksheet("Summary")
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 2, 14)
        sheet.write_string(0, 0, view.title, self._bold)
        sheet.write_string(1, 0, view.period)
        for column, title in enumerate(("Category", "Currency", "Cost")):
            sheet.write_string(3, column, title, self._head)
        # SUMIFS does not tell Office from office, so that both are one line here.
        spelled: dict[str, str] = {}
        groups: dict[tuple[str, str], int] = {}
        for entry in view.entries:
            key = (spelled.setdefault(entry.category.casefold(), entry.category), entry.deductible.currency)
            groups[key] = groups.get(key, 0) + entry.deductible.minor
        row = 4
        for (category, unit), minor in sorted(groups.items()):
            sheet.write_string(row, 0, category)
            sheet.write_string(row, 1, unit)
            wanted = _criterion(f"A{row + 1}", category)
            sums = f"=SUMIFS(Items!${_COST}:${_COST},Items!${_CATEGORY}:${_CATEGORY},{wanted},Items!${_CURRENCY}:${_CURRENCY},B{row + 1})"
            sheet.write_formula(row, 2, sums, self._format(unit), _number(Money(minor, unit)))
            row += 1
        for unit in sorted({unit for _, unit in groups}):
            total = sum(minor for (_, other), minor in groups.items() if other == unit)
            sheet.write_string(row, 0, "All categories", self._bold)
            sheet.write_string(row, 1, unit, self._bold)
            sums = f"=SUMIFS(Items!${_COST}:${_COST},Items!${_CURRENCY}:${_CURRENCY},B{row + 1})"
            sheet.write_formula(row, 2, sums, self._format(unit), _number(Money(total, unit)))
            row += 1
        sheet.freeze_panes(4, 0)

    def items(self, name: str, found: Any, labels: dict[str, str]) -> None:
        """One row per entry."""
        sheet = self._book.add_worksheet(name)
        for column, (title, width) in enumerate(_ITEMS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self._head)
        for row, entry in enumerate(found, 1):
            self._entry(sheet, row, entry, labels)
        sheet.freeze_panes(1, 0)
        if found:
            sheet.autofilter(0, 0, len(found), len(_ITEMS) - 1)

    def _entry(self, sheet: Any, row: int, entry: Entry, labels: dict[str, str]) -> None:
        order, item = entry.order, entry.item
        if order.placed_on:
            sheet.write_datetime(row, 0, order.placed_on, self._day)
        texts = (labels.get(entry.account, entry.account), order.number, item.title or "")
        for column, text in enumerate(texts, 1):
            sheet.write_string(row, column, text)
        if item.quantity is not None:
            sheet.write_number(row, 4, item.quantity)
        for column, text in enumerate((item.seller or "", entry.category, entry.purpose, entry.gross.currency), 5):
            sheet.write_string(row, column, text)
        for column, money in enumerate((entry.gross, entry.tax, entry.shipping, entry.discount, entry.refund, entry.deductible), 9):
            if money is not None:
                sheet.write_number(row, column, _number(money), self._format(money.currency))
        sheet.write_string(row, 15, entry.last4 or "")

    def questions(self, view: BooksView) -> None:
        """What a tax office would ask for and the sources do not say."""
        sheet = self._book.add_worksheet("Open questions")
        sheet.set_column(0, 0, 21)
        sheet.set_column(1, 1, 50)
        sheet.set_column(2, 2, 40)
        for column, title in enumerate(("Order", "Description", "Missing")):
            sheet.write_string(0, column, title, self._head)
        for row, entry in enumerate((entry for entry in view.entries if entry.missing), 1):
            sheet.write_string(row, 0, entry.order.number)
            sheet.write_string(row, 1, entry.item.title or "")
            sheet.write_string(row, 2, ", ".join(entry.missing))
        sheet.freeze_panes(1, 0)

    def _format(self, unit: str) -> Any:
        return self._money[exponent(unit)]


def _criterion(cell: str, text: str) -> str:
    """Return what SUMIFS compares with: a word of the user's own like "> 100" or "a*" would be taken for a condition."""
    if not set("*?~") & set(text) and text[:1] not in ("<", ">", "="):
        return cell
    return f'"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"~","~~"),"*","~*"),"?","~?")'


def _number(money: Money) -> float:
    """A spreadsheet has only floating-point cells; two or three decimals survive the way there and back."""
    return float(money.decimal)
