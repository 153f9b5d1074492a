"""The rows of an Amazon Business report, read one by one. Columns are chosen, named and ordered by its user.

Facts: a row is one item of one shipment with one of its payments. `Order ...`, `Shipment ...` and `Payment ...`
money therefore repeats from row to row; only `Item ...` money is the row's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, OrderStatus, Payment
from assistant.importers.files.cells import unwrapped
from assistant.importers.files.row_cells import RowCells, currency_of
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder, day_order, read_in_order

_PARTS = {
    Amount.SUBTOTAL: "Subtotal",
    Amount.SHIPPING: "Shipping & Handling",
    Amount.PROMOTION: "Promotion",
    Amount.TAX: "Tax",
    Amount.GRAND_TOTAL: "Net Total",
}
_AMOUNTS = tuple(f"{level} {part}" for level in ("Item", "Order", "Shipment") for part in _PARTS.values())
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
    "storniert": OrderStatus.CANCELLED,
    "ausstehend": OrderStatus.PLACED,
    "offen": OrderStatus.PLACED,
    "versandt": OrderStatus.SHIPPING,
    "versendet": OrderStatus.SHIPPING,
    "zugestellt": OrderStatus.DELIVERED,
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
        """Whether the row names a shipment."""
        return any((self.shipped_on, self.status, self.tracking))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One charge or refund; `reference` is Amazon's own id for it, if the report has that column."""

    reference: str | None
    payment: Payment

    @property
    def known(self) -> bool:
        """Whether the row names a payment."""
        return self.payment != Payment()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRow:
    """One parsed row. `own`, `of_shipment` and `of_order` are the amounts of each level, if the report has their columns."""

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
    """Yield order id and row."""
    rows = []
    for line, row, number in numbered(sheet, wide="Title"):
        unit = currency_of(RowCells(sheet, line, row), _AMOUNTS)
        rows.append((number, RowCells(sheet, line, row, unit)))
    units = {row.unit for _, row in rows}
    if rows and not any(units):
        text = sentence_of("The report names no currency, so its amounts stay unknown. Choose the column 'Currency' and download it again.")
        sheet.notes.add(sheet.name, "missing-column", text)
    days = [sheet.at(*names) for names in _DAYS.values()]
    order = day_order((row.row[at] for _, row in rows for at in days), units)
    return ((number, _business_row(row, order)) for number, row in rows)


def _business_row(row: RowCells, order: DayOrder | None) -> BusinessRow:
    own = _level("Item", row)
    return BusinessRow(
        item=_business_item(row, own),
        order_line=row.words("PO Line Item Id"),
        own=own,
        of_shipment=_level("Shipment", row),
        of_order=_level("Order", row),
        ordered=row.count("Order Quantity"),
        parcel=Parcel(
            shipped_on=_day_of_kind("shipment", row, order),
            status=row.words("Shipment Status"),
            tracking=row.words("Carrier Tracking #"),
        ),
        paid=_paid("Payment", _day_of_kind("payment", row, order), row),
        refunded=_paid("Refund Payment", _day_of_kind("refund", row, order), row),
        placed_on=_day_of_kind("order", row, order),
        status=_STATUSES.get((row.words("Order Status") or "").lower(), OrderStatus.UNKNOWN),
        currency=row.unit,
        address=row.words("Shipping Address"),
        purchase_order=row.words("PO Number", "Purchase Order Number"),
        buyer=row.words("Account User") or row.words("Account User Email"),
    )


def _business_item(row: RowCells, own: Mapping[Amount, Money]) -> Item:
    words: dict[str, Any] = {name: row.words(*columns) for name, columns in _ITEM_WORDS.items()}
    return Item(
        quantity=row.count("Item Quantity"),
        unit_price=row.money("Purchase PPU"),
        tax=own.get(Amount.TAX),
        total=own.get(Amount.GRAND_TOTAL),
        shipping=own.get(Amount.SHIPPING),
        discount=own.get(Amount.PROMOTION),
        tax_rate=row.read(_tax_rate, "Item Tax Rate"),
        **words,
    )


def _tax_rate(cell: str) -> Decimal | None:
    """Return a tax rate as a fraction: "19%" is 0.19. Raises ValueError."""
    text = (unwrapped(cell) or "").replace(",", ".").replace(" ", "")
    if not text:
        return None
    try:
        found = Decimal(text.removesuffix("%"))
    except InvalidOperation as error:
        raise ValueError(cell) from error
    return (found / 100 if text.endswith("%") else found).normalize()


def _paid(prefix: str, on: date | None, row: RowCells) -> Paid:
    digits = row.words(f"{prefix} Identifier") or ""
    payment = Payment(
        method=row.words(f"{prefix} Instrument Type"),
        # If an account pays by invoice, this is the number of the statement.
        last4=digits if len(digits) == _LAST_DIGITS and digits.isdecimal() else None,
        amount=row.money(f"{prefix} Amount"),
        charged_on=on,
    )
    return Paid(reference=row.words(f"{prefix} Reference ID"), payment=payment)


def _level(level: str, row: RowCells) -> dict[Amount, Money]:
    found = {name: row.money(f"{level} {part}") for name, part in _PARTS.items()}
    return {name: money for name, money in found.items() if money is not None}


def _day_of_kind(which: str, row: RowCells, order: DayOrder | None) -> date | None:
    return row.read(lambda cell: read_in_order(cell, order), *_DAYS[which])
