"""Reads the rows of the retail order history one by one: their columns and the meaning of their cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Item, Payment, Recipient
from assistant.importers.files import cells
from assistant.importers.files.cells import Remembered
from assistant.importers.files.sheets import Sheet

# The name of each column in either layout. `Meanings` unpacks them in this order.
ITEM_COLUMNS = {
    "asin": "ASIN",
    "title": "Product Name",
    "quantity": "Quantity|Original Quantity",
    "condition": "Product Condition",
    "unit_price": "Unit Price",
    "unit_tax": "Unit Price Tax",
    "total": "Total Owed|Total Amount",
    "shipping": "Shipping Charge",
    "discount": "Total Discounts",
    "gift_message": "Gift Message",
    "gift_sender": "Gift Sender Name",
    "gift_recipient": "Gift Recipient Contact|Gift Recipient Contact Details",
}
ORDER_COLUMNS = {
    "currency": "Currency",
    "status": "Order Status",
    "shipment_status": "Shipment Status",
    "placed": "Order Date",
    "website": "Website",
    "address": "Shipping Address",
    "payments": "Payment Instrument Type|Payment Method Type",
    "shipped": "Ship Date",
    "tracking": "Carrier Name & Tracking Number",
    "subtotal": "Shipment Item Subtotal",
    "subtotal_tax": "Shipment Item Subtotal Tax",
}
COLUMNS = ITEM_COLUMNS | ORDER_COLUMNS
_MONEY = ("unit_price", "unit_tax", "total", "shipping", "discount", "subtotal", "subtotal_tax")
_NEEDED = ("currency", "total", "quantity")
_ASIN_SIGNS = 10
_OPEN = ("open", "new", "pending", "authorized", "pending fulfillment", "not yet shipped")


@dataclass(slots=True)
class RetailRow:
    """One parsed row: its item, and its data about the shipment and the order. Only the item's text is kept from the file."""

    item: Item
    cancelled: bool
    waiting: bool
    placed: date | datetime | None
    currency: str | None
    marketplace: str | None
    recipient: Recipient
    payments: tuple[Payment, ...]
    shipped: tuple[date | datetime, ...]
    statuses: tuple[str, ...]
    parcels: tuple[str, ...]
    subtotal: Money | None
    subtotal_tax: Money | None


class Meanings:
    """The meanings of the cells of the retail order history. Every lookup may raise ValueError."""

    def __init__(self) -> None:
        """Create empty caches."""
        self.number = Remembered(cells.order_number)
        self.placed = Remembered(cells.moment)
        self.shipped = Remembered(cells.moments)
        self.currency = Remembered(cells.currency)
        self.quantity = Remembered(cells.quantity)
        self.words = Remembered(cells.words)
        self.parts = Remembered(cells.joined)
        self.gift = Remembered(_is_gift)
        self.cancelled = Remembered(_is_cancelled)
        self.waiting = Remembered(_is_waiting)
        self.pending: Remembered[tuple[str, str], bool | None] = Remembered(_is_pending)
        self.marketplace = Remembered(cells.marketplace)
        self.recipient = Remembered(_recipient)
        self.payments = Remembered(_payments)
        self.money: Remembered[str | None, Remembered[str, Money | None]] = Remembered(_amounts_in)

    def line(self, of_item: Sequence[str], of_order: Sequence[str]) -> RetailRow:
        """Return what a row says. Raises ValueError when one of its cells is unreadable."""
        unit, status, shipment_status, placed, website, address, payments, shipped, tracking, subtotal, subtotal_tax = of_order
        currency = self.currency[unit]
        money = self.money[currency]
        cancelled, moments = self.cancelled[status], self.shipped[shipped]
        state = (cancelled or None, None if cancelled or moments else self.pending[status, shipment_status])
        return RetailRow(
            self._item(of_item, money, state),
            cancelled,
            self.waiting[shipment_status],
            self.placed[placed],
            currency,
            self.marketplace[website],
            self.recipient[address],
            self.payments[payments],
            moments,
            self.parts[shipment_status],
            self.parts[tracking],
            money[subtotal],
            money[subtotal_tax],
        )

    def _item(self, row: Sequence[str], money: Remembered[str, Money | None], state: tuple[bool | None, bool | None]) -> Item:
        asin, title, quantity, condition, price, tax, total, shipping, rebate, *gift = row
        discount, words = money[rebate], self.words
        cancelled, pending = state
        return Item(
            # Titles and ASINs almost never repeat, so a cache would cost more than it saves.
            asin=asin if len(asin) == _ASIN_SIGNS and asin.isalnum() else cells.words(asin),
            title=cells.words(title),
            quantity=self.quantity[quantity],
            unit_price=money[price],
            unit_tax=money[tax],
            total=money[total],
            shipping=money[shipping],
            discount=-discount if discount and discount.minor > 0 else discount,
            condition=words[condition],
            gift=self.gift[tuple(gift)],
            cancelled=cancelled,
            pending=pending,
        )

    def faults(self, row: Mapping[str, str]) -> list[str]:
        """Return the names of the cells that are unreadable; amounts in an unreadable currency are not checked."""
        readers: dict[str, Callable[[str], Any]] = {name: getattr(self, name).__getitem__ for name in ("placed", "quantity", "shipped")}
        if _fails(self.currency.__getitem__, row["currency"]):
            return ["currency", *(name for name, read in readers.items() if _fails(read, row[name]))]
        readers |= dict.fromkeys(_MONEY, self.money[self.currency[row["currency"]]].__getitem__)
        return [name for name, read in readers.items() if _fails(read, row[name])]


def lines(sheet: Sheet, meanings: Meanings) -> Iterator[tuple[str, RetailRow]]:
    """Yield order id and row, row by row. An unreadable cell becomes a problem and is left empty; its row stays."""
    _note_missing_columns(sheet)
    of_item, of_order = _picker(sheet, ITEM_COLUMNS), _picker(sheet, ORDER_COLUMNS)
    number_at, number_of, read = sheet.at("Order ID"), meanings.number, meanings.line
    for place, row in sheet.rows(COLUMNS["title"]):
        try:
            number = number_of[row[number_at]]
        except ValueError:
            number = None
        if number is None:
            if any(row):
                sheet.notes.unreadable(place, "Order ID", row[number_at])
            continue
        try:
            yield number, read(of_item(row), of_order(row))
        except ValueError:
            cleared = _without_faults(sheet, place, (*of_item(row), *of_order(row)), meanings)
            yield number, read(cleared[: len(ITEM_COLUMNS)], cleared[len(ITEM_COLUMNS) :])


def _picker(sheet: Sheet, columns: Mapping[str, str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    return itemgetter(*(sheet.at(*names.split("|")) for names in columns.values()))


def _note_missing_columns(sheet: Sheet) -> None:
    for column in map(COLUMNS.__getitem__, _NEEDED):
        names = column.split("|")
        if not any(sheet.has(name) for name in names):
            text = sentence_of(
                "The column '{column}' is missing, so its values stay unknown. Ask Amazon for the export again.", column=names[0]
            )
            sheet.notes.add(sheet.name, "missing-column", text, about=names[0])


def _without_faults(sheet: Sheet, place: int, row: Sequence[str], meanings: Meanings) -> tuple[str, ...]:
    named = dict(zip(COLUMNS, row, strict=True))
    for name in meanings.faults(named):
        sheet.notes.unreadable(place, COLUMNS[name].split("|")[0], named[name])
        named[name] = ""
    return tuple(named.values())


def _fails(read: Callable[[str], Any], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return True
    return False


def _recipient(cell: str) -> Recipient:
    return Recipient(address=cells.words(cell))


def _payments(cell: str) -> tuple[Payment, ...]:
    named = dict.fromkeys(map(cells.payment, cells.joined(cell)))
    return tuple(Payment(method=method, last4=last4) for method, last4 in named)


def _is_gift(row: tuple[str, ...]) -> bool | None:
    return True if any(map(cells.words, row)) else None


def _is_waiting(cell: str) -> bool:
    return cell.strip().lower() in ("pending", "not available", "")


def _is_pending(cells_of_row: tuple[str, str]) -> bool | None:
    """Return whether order and shipment status mean that a row without a ship date is pending: not shipped and not charged."""
    status, shipment_status = (cell.strip().lower() for cell in cells_of_row)
    waits = shipment_status == "pending" or (status in _OPEN and shipment_status in ("", "not available", "not yet shipped"))
    return waits or None


def _is_cancelled(cell: str) -> bool:
    return cell.strip().lower() in ("cancelled", "canceled")


def _amounts_in(currency: str | None) -> Remembered[str, Money | None]:
    """Return a reader for amounts in a currency. Without a currency, every amount is unknown."""
    return Remembered(_nothing if currency is None else cells.amounts_in(currency))


def _nothing(_: str) -> None:
    return None
