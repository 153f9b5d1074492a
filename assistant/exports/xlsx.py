"""Excel workbook: live sums per category, the entries, refunds and assets, the index of receipts, and open questions."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import IO, Any

from assistant.domain.books.entries import EntryKind, PurseShare
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word, tax_name
from assistant.domain.money import Money, exponent
from assistant.exports.base import BooksView, OpenPoint, deductible, missing, name_of, percent_for, tax_year

_PRINTED = (
    (to_translate("Date"), 11),
    (to_translate("Account"), 17),
    (to_translate("Order"), 21),
    (to_translate("Description"), 44),
    (to_translate("Category"), 15),
    (to_translate("Currency"), 9),
    (to_translate("Gross"), 11),
    (to_translate("Tax"), 10),
    (to_translate("Share %"), 8),
    (to_translate("Cost"), 11),
    (to_translate("Paid with"), 17),
)
"""Columns that fit the width of a page in a readable size; the others are to the right of them."""
_ENTRIES = (
    *_PRINTED,
    (to_translate("Tax year"), 9),
    (to_translate("Quantity"), 9),
    (to_translate("Seller"), 22),
    (to_translate("Purpose"), 12),
    (to_translate("Net"), 12),
    (to_translate("Tax kind"), 12),
    (to_translate("Shipping"), 10),
    (to_translate("Discount"), 10),
    (to_translate("Date is"), 10),
    (to_translate("Certainty"), 10),
)
_AT = {title: place for place, (title, _) in enumerate(_ENTRIES)}
_CATEGORY, _CURRENCY, _COST = (chr(ord("A") + _AT[title]) for title in ("Category", "Currency", "Cost"))
_ASSETS = (
    (to_translate("Date"), 11),
    (to_translate("Order"), 21),
    (to_translate("Description"), 40),
    (to_translate("Category"), 14),
    (to_translate("Currency"), 9),
    (to_translate("Cost"), 12),
    (to_translate("Treatment"), 44),
)
_RECEIPTS = ((to_translate("Order"), 21), (to_translate("File"), 40), ("SHA-256", 70))
_QUESTIONS = (
    (to_translate("Order"), 21),
    (to_translate("Description"), 44),
    (to_translate("Open"), 70),
    (to_translate("Currency"), 9),
    (to_translate("Amount"), 12),
)
_MAY_BE_EMPTY = frozenset({"Description", "Paid with", "Quantity", "Seller", "Tax kind"})
_NUMBERS = frozenset({"Gross", "Tax", "Share %", "Cost", "Quantity", "Net", "Shipping", "Discount", "Amount"})
_AFTER_NUMBERS = frozenset({"Paid with", "Treatment", "Seller"})
"""Texts directly to the right of numbers keep a distance from them."""
_HEAD_HEIGHT, _ROW_HEIGHT = 20, 15
_WIDE = "\u2e7f"
"""Chinese and Japanese signs, which come after this one, are as wide as two letters."""
_EQUIPMENT = frozenset({"camera", "computers", "electronics", "equipment", "furniture", "machines", "tools"})
_NOT_DECIDED = to_translate("equipment: an expense of the year or depreciated, as the tax form decides")
_NO_CATEGORY = to_translate("without a category")
_IN_MEMORY = 32 << 20
"""Bytes of a workbook that are held in memory; a hundred thousand entries take a quarter of that."""


class Workbook:
    """Writes the entries of a purpose as a workbook for LibreOffice, Excel or Numbers."""

    name = "xlsx"
    description = to_translate("workbook with live sums per category, entries, refunds, assets, receipts and open questions")
    audience = to_translate("a bookkeeper with Excel, LibreOffice or Numbers")
    keeps = to_translate("everything an entry says, with sums that follow changes")
    loses = to_translate("nothing up to 1,048,575 entries")
    suffix = ".xlsx"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the sheets Summary, Entries, Refunds, Assets, Receipts index and Open questions, entry by entry."""
        import xlsxwriter  # noqa: PLC0415  # slow to import, and only this format needs it

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as draft:
            book = xlsxwriter.Workbook(draft, options)
            _Sheets(book, view).write()
            book.close()
            draft.seek(0)
            # A zip that cannot be finished prints a traceback when it is collected: a full disk must only be met here.
            shutil.copyfileobj(draft, stream)


class _Sheets:
    """The sheets of one workbook; text is written as text, never as a formula."""

    def __init__(self, book: Any, view: BooksView) -> None:
        self._view = view
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._right = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self._indented = book.add_format({"indent": 1})
        # A text that runs over its column makes the printed page wider, and all of it smaller.
        self._wrapped = book.add_format({"text_wrap": True})
        self._indented_wrapped = book.add_format({"indent": 1, "text_wrap": True})
        self._right_of_amount = book.add_format({"bold": True, "bottom": 1, "indent": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._money = {digits: book.add_format({"num_format": "#,##0" + ("." + "0" * digits if digits else "")}) for digits in (0, 2, 3)}
        self._summary = book.add_worksheet(translated("Summary"))
        self._entries = self._list(book, translated("Entries"), _ENTRIES)
        self._refunds = self._list(book, translated("Refunds"), _ENTRIES)
        self._assets = self._list(book, translated("Assets"), _ASSETS)
        self._receipts = self._list(book, translated("Receipts index"), _RECEIPTS)
        self._questions = self._list(book, translated("Open questions"), _QUESTIONS)
        self._asset_rows = self._question_rows = 0
        self._filled: dict[str, set[str]] = {sheet.get_name(): set() for sheet in (self._entries, self._refunds)}

    def _list(self, book: Any, name: str, columns: Sequence[tuple[str, int]]) -> Any:
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&R&P / &N")
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, translated(title), self._head_of(title))
        sheet.set_row(0, _HEAD_HEIGHT)
        sheet.freeze_panes(1, 0)
        return sheet

    def _head_of(self, title: str) -> Any:
        return self._right if title in _NUMBERS else self._right_of_amount if title in _AFTER_NUMBERS else self._head

    def write(self) -> None:
        """Write every entry, then the sums over them."""
        rows = refunds = 0
        orders: set[str] = set()
        groups: dict[tuple[str, str], int] = {}
        # SUMIFS ignores case, so Office and office share one line here.
        spelled: dict[str, str] = {}
        for rows, entry in enumerate(self._view.entries, 1):
            self._entry(self._entries, rows, entry)
            if entry.kind is EntryKind.REFUND:
                refunds += 1
                self._entry(self._refunds, refunds, entry)
            self._asset(entry)
            if lacking := missing(entry):
                title = (entry.item.title if entry.item else None) or ""
                self._question(
                    OpenPoint(order_id=entry.order.number, text=translated("missing: {parts}", parts=", ".join(map(shown_word, lacking)))),
                    title,
                )
            orders.add(entry.order.number)
            category = _category(entry)
            key = (spelled.setdefault(category.casefold(), category), entry.currency)
            groups[key] = groups.get(key, 0) + deductible(entry, self._view.purpose).minor
        for sheet, count in ((self._entries, rows), (self._refunds, refunds)):
            sheet.print_area(0, 0, count, len(_PRINTED) - 1)
            if count:
                sheet.autofilter(0, 0, count, len(_ENTRIES) - 1)
                self._hide_empty_columns(sheet)
        for point in self._view.open_points:
            self._question(point)
        shown = (receipt for receipt in self._view.receipts if receipt.order_id in orders)
        for row, receipt in enumerate(shown, 1):
            for column, text in enumerate((receipt.order_id, receipt.name, receipt.sha256)):
                self._receipts.write_string(row, column, text)
        self._sums(groups)

    def _hide_empty_columns(self, sheet: Any) -> None:
        """Hide what no row fills. The column stays, so that formulas and saved views find the others where they were."""
        for title in _MAY_BE_EMPTY - self._filled[sheet.get_name()]:
            sheet.set_column(_AT[title], _AT[title], _ENTRIES[_AT[title]][1], None, {"hidden": True})

    def _sums(self, groups: Mapping[tuple[str, str], int]) -> None:
        """Sum the cost per category and currency with formulas over the sheet Entries."""
        sheet = self._summary
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 2, 14)
        sheet.write_string(0, 0, self._view.title, self._bold)
        sheet.write_string(1, 0, self._view.period)
        for column, title in enumerate(("Category", "Currency", "Cost")):
            sheet.write_string(3, column, translated(title), self._head_of(title))
        row = 4
        for (category, unit), minor in sorted(groups.items()):
            wanted = _criterion(f"A{row + 1}", category)
            condition = f"{self._column(_CATEGORY)},{wanted},{self._column(_CURRENCY)},B{row + 1}"
            self._sum(row, category, Money(minor, unit), condition)
            row += 1
        for unit in sorted({unit for _, unit in groups}):
            total = sum(minor for (_, other), minor in groups.items() if other == unit)
            self._sum(row, translated("All categories"), Money(total, unit), f"{self._column(_CURRENCY)},B{row + 1}", style=self._bold)
            row += 1
        sheet.freeze_panes(4, 0)

    def _sum(self, row: int, name: str, total: Money, condition: str, *, style: Any = None) -> None:
        self._summary.write_string(row, 0, name, style)
        self._summary.write_string(row, 1, total.currency, style)
        formula = f"=SUMIFS({self._column(_COST)},{condition})"
        self._summary.write_formula(row, 2, formula, self._format(total.currency), _number(total))

    def _column(self, letter: str) -> str:
        """Return a whole column of the sheet of entries, for a formula."""
        from xlsxwriter.utility import quote_sheetname  # noqa: PLC0415  # slow to import, and only this format needs it

        return f"{quote_sheetname(self._entries.get_name())}!${letter}:${letter}"

    def _entry(self, sheet: Any, row: int, entry: Entry) -> None:
        item, parts, unit = entry.item, entry.parts, entry.currency
        texts = {
            "Account": self._view.labels.get(entry.account, entry.account),
            "Order": entry.order.number,
            "Description": (item.title if item else None) or "",
            "Category": _category(entry),
            "Currency": unit,
            "Paid with": ", ".join(dict.fromkeys(map(_purse, entry.paid))),
            "Tax year": tax_year(entry),
            "Seller": (item.seller if item else None) or "",
            "Purpose": shown_purpose(self._view.purpose),
            "Tax kind": ", ".join(tax_name(tax.code) for tax in entry.taxes),
            "Date is": shown_word(entry.basis.value),
            "Certainty": shown_word(entry.certainty.value),
        }
        amounts = {
            "Gross": Money(parts.gross, unit),
            "Tax": Money(parts.tax, unit),
            "Cost": deductible(entry, self._view.purpose),
            "Net": Money(parts.gross - parts.tax, unit),
            "Shipping": Money(parts.shipping, unit),
            "Discount": Money(parts.discount + parts.points, unit),
        }
        filled = self._filled[sheet.get_name()]
        sheet.write_datetime(row, 0, datetime.combine(entry.on, time()), self._day)
        for title, text in texts.items():
            if text:
                filled.add(title)
                sheet.write_string(row, _AT[title], text, self._indented if title in _AFTER_NUMBERS else None)
        for title, amount in amounts.items():
            sheet.write_number(row, _AT[title], _number(amount), self._format(unit))
        sheet.write_number(row, _AT["Share %"], float(percent_for(entry, self._view.purpose)))
        if item and item.quantity is not None:
            filled.add("Quantity")
            sheet.write_number(row, _AT["Quantity"], item.quantity)

    def _asset(self, entry: Entry) -> None:
        """Write an entry of equipment; without a tax form, by its category."""
        known = self._view.assets
        treatment = known.get(entry.id) if known is not None else _NOT_DECIDED if _is_equipment(entry) else None
        if treatment is None:
            return
        self._asset_rows += 1
        row, sheet = self._asset_rows, self._assets
        title, how = (entry.item.title if entry.item else None) or "", translated(treatment)
        _set_height(sheet, row, (title, _ASSETS[2][1]), (how, _ASSETS[6][1]))
        sheet.write_datetime(row, 0, datetime.combine(entry.on, time()), self._day)
        for column, text in enumerate((entry.order.number, title, _category(entry), entry.currency), 1):
            sheet.write_string(row, column, text, self._wrapped)
        sheet.write_number(row, 5, _number(deductible(entry, self._view.purpose)), self._format(entry.currency))
        sheet.write_string(row, 6, how, self._indented_wrapped)

    def _question(self, point: OpenPoint, description: str = "") -> None:
        self._question_rows += 1
        row, sheet = self._question_rows, self._questions
        _set_height(sheet, row, (description, _QUESTIONS[1][1]), (point.text, _QUESTIONS[2][1]))
        for column, text in enumerate((point.order_id, description, point.text, point.amount.currency if point.amount else "")):
            sheet.write_string(row, column, text, self._wrapped)
        if point.amount:
            sheet.write_number(row, 4, _number(point.amount), self._format(point.amount.currency))

    def _format(self, unit: str) -> Any:
        return self._money[exponent(unit)]


def _category(entry: Entry) -> str:
    category = entry.item.category if entry.item else None
    return shown_category(category) if category else translated(_NO_CATEGORY)


def _purse(paid: PurseShare) -> str:
    return name_of(paid) if paid.network else " ".join(filter(None, (shown_word(paid.instrument), paid.last4)))


def _is_equipment(entry: Entry) -> bool:
    return ((entry.item.category if entry.item else None) or "").casefold() in _EQUIPMENT


def _criterion(cell: str, text: str) -> str:
    """Escape a value for SUMIFS, which would treat a user's word like "> 100" or "a*" as a condition."""
    if not set("*?~") & set(text) and text[:1] not in ("<", ">", "="):
        return cell
    return f'"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"~","~~"),"*","~*"),"?","~?")'


def _set_height(sheet: Any, row: int, *cells: tuple[str, int]) -> None:
    """Make a row as high as its texts need in columns of these widths: LibreOffice does not do so itself. Called before its cells."""
    lines = max(-(-sum(2 if sign > _WIDE else 1 for sign in text) // width) for text, width in cells)
    if lines > 1:
        sheet.set_row(row, lines * _ROW_HEIGHT)


def _number(money: Money) -> float:
    """Spreadsheet cells are floats; two or three decimals survive the round trip."""
    return float(money.decimal)
