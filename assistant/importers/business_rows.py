"""The rows of an Amazon Business report, read one by one. Columns are chosen, named and ordered by its user.

Facts: a row is one item of one shipment with one of its payments. `Order ...`, `Shipment ...` and `Payment ...`
money therefore repeats from row to row; only `Item ...` money is the row's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, OrderStatus, Payment
from assistant.importers import cells
from assistant.importers.cells import Remembered
from assistant.importers.numbered import numbered
from assistant.importers.sheets import Sheet
from assistant.importers.slashed_days import DayOrder, day_order, read_in_order

_PARTS = {
    Amount.SUBTOTAL: "Subtotal",
    Amount.SHIPPING: "Shipping & Handling",
    Amount.PROMOTION: "Promotion",
    Amount.TAX: "Tax",
    Amount.GRAND_TOTAL: "Net Total",
}
_ITEM_WORDS = {
    "asin": ("ASIN",),
    "title": ("Title",),
    "seller": ("Seller Name",),
    "condition": ("Product Condition",),
    "brand": ("Brand",),
    "product_category": ("Amazon-Internal Product Category", "Product Category", "Commodity", "Class", "Family", "Segment"),
    "unspsc": ("UNSPSC",),
    "gl_code": ("GL Code",),
    "cost_center": ("Cost Center", "Cost Centre"),
    "department": ("Department",),
}
_DAYS = {
    "order": ("Order Date",),
    "payment": ("Payment Date",),
    "shipment": ("Shipment Date",),
    "refund": ("Refund Payment Date", "Refund Date"),
}
_STATUSES = {
    "cancelled": OrderStatus.CANCELLED,
    "canceled": OrderStatus.CANCELLED,
    "pending": OrderStatus.PLACED,
    "open": OrderStatus.PLACED,
    "shipped": OrderStatus.SHIPPING,
    "delivered": OrderStatus.DELIVERED,
}
_LAST_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The shipment that a row belongs to."""

    shipped_on: date | None
    status: str | None
    tracking: str | None

    @property
    def known(self) -> bool:
        """Whether the row names a shipment at all."""
        return any((self.shipped_on, self.status, self.tracking))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One charge or refund; `reference` is Amazon's own id of it, where the report shows that."""

    reference: str | None
    payment: Payment

    @property
    def known(self) -> bool:
        """Whether the row names a payment at all."""
        return self.payment != Payment()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRow:
    """One row, read. `own`, `of_shipment` and `of_order` hold the money of each level, as far as its columns were chosen."""

    item: Item
    order_line: str | None
    own: Mapping[Amount, Money]
    of_shipment: Mapping[Amount, Money]
    of_order: Mapping[Amount, Money]
    ordered: int | None
    parcel: Parcel
    paid: Paid
    refunded: Paid
    placed_on: date | None
    status: OrderStatus
    currency: str | None
    address: str | None
    purchase_order: str | None
    buyer: str | None


def business_rows(sheet: Sheet) -> Iterator[tuple[str, BusinessRow]]:
    """Yield order id and row. An unreadable cell is noted and left empty; its row stays."""
    rows = list(numbered(sheet, wide="Title"))
    reader = _Reader(sheet, rows)
    if not reader.currencies and rows:
        text = "The report names no currency, so its amounts stay unknown. Choose the column 'Currency' and download it again."
        sheet.notes.add(sheet.name, "missing-column", text)
    return ((number, reader.row(line, row)) for line, row, number in rows)


class _Reader:
    """Reads rows of one sheet: what a slashed day means is known once all have been seen."""

    def __init__(self, sheet: Sheet, rows: list[tuple[int, list[str], str]]) -> None:
        self._sheet = sheet
        self._money_at = [sheet.at(f"{level} {part}") for level in ("Item", "Order", "Shipment") for part in _PARTS.values()]
        self._unit_at = sheet.at("Currency")
        self.currencies = {unit for line, row, _ in rows if (unit := self._currency(line, row))}
        days_at = [sheet.at(*names) for names in _DAYS.values()]
        self._order: DayOrder | None = day_order((row[at] for _, row, _ in rows for at in days_at), self.currencies)
        self._amounts: Remembered[str, Remembered[str, Money | None]] = Remembered(
            lambda unit: Remembered(lambda cell: cells.printed(cell, unit))
        )

    def row(self, line: int, row: list[str]) -> BusinessRow:
        unit = self._currency(line, row)
        own = self._level("Item", line, row, unit)
        return BusinessRow(
            item=self._item(line, row, unit, own),
            order_line=self._words(row, "PO Line Item Id"),
            own=own,
            of_shipment=self._level("Shipment", line, row, unit),
            of_order=self._level("Order", line, row, unit),
            ordered=self._count("Order Quantity", line, row),
            parcel=Parcel(
                shipped_on=self._day("shipment", line, row),
                status=self._words(row, "Shipment Status"),
                tracking=self._words(row, "Carrier Tracking #"),
            ),
            paid=self._paid("Payment", "payment", line, row, unit),
            refunded=self._paid("Refund Payment", "refund", line, row, unit),
            placed_on=self._day("order", line, row),
            status=_STATUSES.get((self._words(row, "Order Status") or "").lower(), OrderStatus.UNKNOWN),
            currency=unit,
            address=self._words(row, "Shipping Address"),
            purchase_order=self._words(row, "PO Number", "Purchase Order Number"),
            buyer=self._words(row, "Account User") or self._words(row, "Account User Email"),
        )

    def _item(self, line: int, row: list[str], unit: str | None, own: Mapping[Amount, Money]) -> Item:
        words: dict[str, Any] = {name: self._words(row, *columns) for name, columns in _ITEM_WORDS.items()}
        return Item(
            quantity=self._count("Item Quantity", line, row),
            unit_price=self._money(("Purchase PPU",), line, row, unit),
            tax=own.get(Amount.TAX),
            total=own.get(Amount.GRAND_TOTAL),
            shipping=own.get(Amount.SHIPPING),
            discount=own.get(Amount.PROMOTION),
            **words,
        )

    def _paid(self, prefix: str, day: str, line: int, row: list[str], unit: str | None) -> Paid:
        digits = self._words(row, f"{prefix} Identifier") or ""
        payment = Payment(
            method=self._words(row, f"{prefix} Instrument Type"),
            # Of an account that pays by invoice this is the number of the statement.
            last4=digits if len(digits) == _LAST_DIGITS and digits.isdecimal() else None,
            amount=self._money((f"{prefix} Amount", f"{prefix.removesuffix(' Payment')} Amount"), line, row, unit),
            charged_on=self._day(day, line, row),
        )
        return Paid(reference=self._words(row, f"{prefix} Reference ID"), payment=payment)

    def _level(self, level: str, line: int, row: list[str], unit: str | None) -> dict[Amount, Money]:
        found = {name: self._money((f"{level} {part}",), line, row, unit) for name, part in _PARTS.items()}
        return {name: money for name, money in found.items() if money is not None}

    def _currency(self, line: int, row: list[str]) -> str | None:
        try:
            stated = cells.currency(cells.unwrapped(row[self._unit_at]) or "")
        except ValueError:
            self._sheet.notes.unreadable(line, "Currency", row[self._unit_at])
            return None
        return stated or next((unit for at in self._money_at if (unit := cells.named_currency(row[at]))), None)

    def _money(self, columns: tuple[str, ...], line: int, row: list[str], unit: str | None) -> Money | None:
        cell = row[self._sheet.at(*columns)]
        try:
            return self._amounts[unit][cell] if unit else None
        except ValueError:
            self._sheet.notes.unreadable(line, columns[0], cell)
            return None

    def _count(self, column: str, line: int, row: list[str]) -> int | None:
        cell = row[self._sheet.at(column)]
        try:
            return cells.quantity(cell)
        except ValueError:
            self._sheet.notes.unreadable(line, column, cell)
            return None

    def _day(self, which: str, line: int, row: list[str]) -> date | None:
        cell = row[self._sheet.at(*_DAYS[which])]
        try:
            return read_in_order(cell, self._order)
        except ValueError:
            self._sheet.notes.unreadable(line, _DAYS[which][0], cell)
            return None

    def _words(self, row: list[str], *columns: str) -> str | None:
        return cells.unwrapped(row[self._sheet.at(*columns)])
