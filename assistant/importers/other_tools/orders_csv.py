"""Reads orders and items from azad, and any plain list of items: one row per order, or one row per item.

azad keeps amounts as the page printed them, with sign and locale commas, and days in ISO.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.amazon.values.dates import read_day
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.merge_files import joined_orders
from assistant.importers.files.row_cells import RowCells
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder
from assistant.importers.files.sums import whole
from assistant.importers.other_tools.rows import DAY, NUMBER, TITLE, day_of, foreign_rows, has_one, marketplace_in, number_of
from assistant.importers.other_tools.status_text import shipment_of, status_of

_PRICE = ("Price", "Unit Price", "Item Price", "Price Per Unit")
_TOTAL = ("Total", "Order Total", "Grand Total")
_AMOUNTS = {
    Amount.SUBTOTAL: ("Subtotal", "Order Subtotal"),
    Amount.SHIPPING: ("Shipping", "Shipping Charge", "Postage"),
    Amount.FREE_SHIPPING: ("Shipping Refund",),
    Amount.GIFT_CARD: ("Gift", "Gift Card"),
    Amount.SUBSCRIBE_AND_SAVE: ("Subscribe & Save",),
    Amount.REFUND_TOTAL: ("Refund", "Refund Total"),
    Amount.GRAND_TOTAL: _TOTAL,
}
# Canada has several of them in one row.
_TAXES = ("VAT", "Tax", "GST", "HST", "PST")
_PRINTED = (*_TOTAL, *_PRICE, *(name for names in _AMOUNTS.values() for name in names), *_TAXES)
_PARTED = re.compile(r";\s+|;\Z|\n")
_BARRED = re.compile(r"\s*\|\s*")


class OrdersCsv:
    """Reads orders and items that other tools wrote."""

    kind = SourceKind.ORDERS_CSV
    layout = "orders-csv"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has an order id, a day, and a title or an amount. Amazon's own files have more columns."""
        if sheet.has("id", "date", "name", "orderPrice"):
            # A Japanese user script uses its own names for items.
            sheet.name_also({"Order ID": ("id",), "Title": ("name",), "Order Total": ("orderPrice",)})
        return has_one(sheet, NUMBER) and has_one(sheet, DAY) and (has_one(sheet, _TOTAL) or _is_items(sheet))

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id, merged from several files."""
        found = Findings()
        told: list[Order] = []
        for sheet in sheets:
            told += _orders(sheet)
            found.problems += sheet.notes.problems
        found.orders = joined_orders([(self.kind, told)])
        return found


def _is_items(sheet: Sheet) -> bool:
    return has_one(sheet, TITLE) and has_one(sheet, _PRICE)


def _orders(sheet: Sheet) -> Iterator[Order]:
    rows: dict[str, list[tuple[RowCells, DayOrder | None]]] = {}
    for row, order in foreign_rows(sheet, NUMBER, _PRINTED):
        number = number_of(row)
        if number:
            rows.setdefault(number, []).append((row, order))
    for number, here in rows.items():
        first, order = here[0]
        marketplace = marketplace_in(first)
        plain = Order(
            number=number,
            kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
            placed_on=day_of(first, order),
            currency=None if first.unit == NO_CURRENCY else first.unit,
            marketplace=marketplace.name if marketplace else None,
        )
        yield _of_items(plain, [row for row, _ in here]) if _is_items(sheet) else _of_order(plain, first)


def _of_order(plain: Order, row: RowCells) -> Order:
    amounts = {name: row.money(*columns) for name, columns in _AMOUNTS.items()}
    amounts[Amount.TAX] = whole([tax for name in _TAXES if (tax := row.money(name)) is not None])
    titles = _joined_values(row.words("Items") or "")
    return replace(
        plain,
        recipient=Recipient(name=row.words("To", "Recipient")),
        amounts={name: amount for name in Amount if (amount := amounts.get(name)) is not None},
        items=tuple(Item(title=title.strip()) for title in titles if title.strip()),
        payments=tuple(_payments(row)),
    )


def _joined_values(text: str) -> list[str]:
    """Return the values of a joined cell. A bar only separates if there is no semicolon, because many titles contain bars."""
    return _PARTED.split(text) if _PARTED.search(text) else _BARRED.split(text)


def _payments(row: RowCells) -> Iterator[Payment]:
    """Yield charges of "Visa ending in 1234: March 3, 2025: $19.49; ...", and methods that are only named."""
    for part in _joined_values(row.words("Payments", "Payment Method") or ""):
        method, *rest = (piece.strip() for piece in part.split(": "))
        if not method:
            continue
        name, last4 = cells.payment(method)
        days = [day for piece in rest if (day := read_day(piece))]
        yield Payment(method=name, last4=last4, amount=_amount(rest, row.unit), charged_on=days[0] if days else None)


def _amount(pieces: Sequence[str], unit: str | None) -> Money | None:
    try:
        return cells.printed(pieces[-1], unit) if pieces and unit and not read_day(pieces[-1]) else None
    except ValueError:
        return None


def _of_items(plain: Order, rows: Sequence[RowCells]) -> Order:
    shipments = tuple(_shipments(rows, plain))
    status = status_of(shipments)
    return replace(
        plain,
        status=status,
        cancelled=status is OrderStatus.CANCELLED,
        amounts=dict(_stated_total(rows)),
        items=tuple(_csv_item(row) for row in rows),
        shipments=shipments,
    )


def _csv_item(row: RowCells) -> Item:
    return Item(
        asin=row.words("ASIN") or cells.linked_asin(row.words("Item URL", "URL", "Link") or ""),
        title=row.words(*TITLE),
        quantity=row.count("Quantity", "Qty"),
        unit_price=row.money(*_PRICE),
        seller=row.words("Seller", "Sold By"),
        condition=row.words("Condition"),
        product_category=row.words("Category"),
    )


def _stated_total(rows: Sequence[RowCells]) -> Iterator[tuple[Amount, Money]]:
    """Yield the order's total if a list of items repeats it on each row, under a name for totals."""
    totals = {row.money("Order Total", "Grand Total") for row in rows}
    total = totals.pop() if len(totals) == 1 else None
    if total is not None:
        yield Amount.GRAND_TOTAL, total


def _shipments(rows: Sequence[RowCells], order: Order) -> Iterator[Shipment]:
    parcels: dict[tuple[str | None, ...], list[int]] = {}
    for place, row in enumerate(rows):
        parcel = (row.words("Shipping Status"), row.words("Tracking ID"), row.words("Shipment ID"))
        if any(parcel):
            parcels.setdefault(parcel, []).append(place)
    for (status, tracking, _), places in parcels.items():
        yield shipment_of(status, tracking, places, order.placed_on)
