"""The rows of retail order history, read one by one: which columns they have, and what their cells mean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from assistant.domain.money import Money
from assistant.domain.orders import Item, Payment, Recipient
from assistant.importers import cells
from assistant.importers.cells import Remembered
from assistant.importers.sheets import Sheet


class Cells(NamedTuple):
    """The cells of a row that are read, in no layout's order."""

    number: str
    placed: str
    currency: str
    quantity: str
    unit_price: str
    unit_tax: str
    total: str
    shipping: str
    discount: str
    subtotal: str
    subtotal_tax: str
    asin: str
    title: str
    condition: str
    status: str
    shipped: str
    shipment_status: str
    tracking: str
    website: str
    address: str
    payments: str
    gift_message: str
    gift_sender: str
    gift_recipient: str


# What each cell is called in either layout.
COLUMNS = Cells(
    number="Order ID",
    placed="Order Date",
    currency="Currency",
    quantity="Quantity|Original Quantity",
    unit_price="Unit Price",
    unit_tax="Unit Price Tax",
    total="Total Owed|Total Amount",
    shipping="Shipping Charge",
    discount="Total Discounts",
    subtotal="Shipment Item Subtotal",
    subtotal_tax="Shipment Item Subtotal Tax",
    asin="ASIN",
    title="Product Name",
    condition="Product Condition",
    status="Order Status",
    shipped="Ship Date",
    shipment_status="Shipment Status",
    tracking="Carrier Name & Tracking Number",
    website="Website",
    address="Shipping Address",
    payments="Payment Instrument Type|Payment Method Type",
    gift_message="Gift Message",
    gift_sender="Gift Sender Name",
    gift_recipient="Gift Recipient Contact|Gift Recipient Contact Details",
)
_ASIN_SIGNS = 10
_MONEY = ("unit_price", "unit_tax", "total", "shipping", "discount", "subtotal", "subtotal_tax")


@dataclass(slots=True)
class Line:
    """One row, read: its item, and what it says of its shipment and its order. No text of the file is kept but the item's."""

    item: Item
    cancelled: bool
    waiting: bool
    placed: datetime | None
    currency: str | None
    marketplace: str | None
    recipient: Recipient
    payments: tuple[Payment, ...]
    shipped: tuple[date, ...]
    statuses: tuple[str, ...]
    parcels: tuple[str, ...]
    subtotal: Money | None
    subtotal_tax: Money | None


class Meanings:
    """What the cells of retail order history mean. Every lookup may raise ValueError."""

    def __init__(self) -> None:
        """Start with nothing worked out."""
        self.number = Remembered(cells.order_number)
        self.placed = Remembered(cells.instant)
        self.shipped = Remembered(cells.days)
        self.currency = Remembered(cells.currency)
        self.quantity = Remembered(cells.quantity)
        self.words = Remembered(cells.words)
        self.parts = Remembered(cells.joined)
        self.cancelled = Remembered(_is_cancelled)
        self.waiting = Remembered(_is_waiting)
        self.marketplace = Remembered(cells.marketplace)
        self.recipient = Remembered(_recipient)
        self.payments = Remembered(_payments)
        self.money: Remembered[str | None, Remembered[str, Money | None]] = Remembered(_amounts_in)

    def line(self, row: Cells) -> Line:
        """Return what a row says. Raises ValueError when one of its cells is unreadable."""
        currency = self.currency[row.currency]
        money = self.money[currency]
        return Line(
            self._item(row, money),
            self.cancelled[row.status],
            self.waiting[row.shipment_status],
            self.placed[row.placed],
            currency,
            self.marketplace[row.website],
            self.recipient[row.address],
            self.payments[row.payments],
            self.shipped[row.shipped],
            self.parts[row.shipment_status],
            self.parts[row.tracking],
            money[row.subtotal],
            money[row.subtotal_tax],
        )

    def _item(self, row: Cells, money: Remembered[str, Money | None]) -> Item:
        discount, words = money[row.discount], self.words
        return Item(
            # Titles and ASINs are as good as never repeated: looking them up would cost more than it saves.
            asin=row.asin if len(row.asin) == _ASIN_SIGNS and row.asin.isalnum() else cells.words(row.asin),
            title=cells.words(row.title),
            quantity=self.quantity[row.quantity],
            unit_price=money[row.unit_price],
            unit_tax=money[row.unit_tax],
            total=money[row.total],
            shipping=money[row.shipping],
            discount=-discount if discount and discount.minor > 0 else discount,
            condition=words[row.condition],
            gift=True if words[row.gift_message] or words[row.gift_sender] or words[row.gift_recipient] else None,
        )

    def faults(self, row: Cells) -> list[str]:
        """Return the names of the cells that are unreadable; amounts in an unreadable currency are not judged."""
        readers: dict[str, Callable[[str], Any]] = {name: getattr(self, name).__getitem__ for name in ("placed", "quantity", "shipped")}
        if _fails(self.currency.__getitem__, row.currency):
            return ["currency", *(name for name, read in readers.items() if _fails(read, getattr(row, name)))]
        readers |= dict.fromkeys(_MONEY, self.money[self.currency[row.currency]].__getitem__)
        return [name for name, read in readers.items() if _fails(read, getattr(row, name))]


def lines(sheet: Sheet, meanings: Meanings) -> Iterator[tuple[str, Line]]:
    """Yield order id and row, row by row. An unreadable cell is noted and left empty; its row stays."""
    for names in (COLUMNS.currency, COLUMNS.total, COLUMNS.quantity):
        if not any(sheet.has(name) for name in names.split("|")):
            text = f"The column '{names.split('|')[0]}' is missing; what it would say stays unknown. Ask Amazon for the export again."
            sheet.notes.add(sheet.name, "missing-column", text, about=names)
    pick = itemgetter(*(sheet.at(*names.split("|")) for names in COLUMNS))
    cut, number_of, read = Cells._make, meanings.number, meanings.line
    for place, row in sheet.rows(wide=COLUMNS.title):
        line = cut(pick(row))
        try:
            number = number_of[line.number]
        except ValueError:
            number = None
        if number is None:
            if any(row):
                sheet.notes.unreadable(place, COLUMNS.number, line.number)
            continue
        try:
            yield number, read(line)
        except ValueError:
            yield number, read(_without_faults(sheet, place, line, meanings))


def _without_faults(sheet: Sheet, place: int, line: Cells, meanings: Meanings) -> Cells:
    faults = meanings.faults(line)
    for name in faults:
        sheet.notes.unreadable(place, getattr(COLUMNS, name).split("|")[0], getattr(line, name))
    return line._replace(**dict.fromkeys(faults, ""))


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


def _is_waiting(cell: str) -> bool:
    return cell.strip().lower() in ("pending", "not available", "")


def _is_cancelled(cell: str) -> bool:
    return cell.strip().lower() in ("cancelled", "canceled")


def _amounts_in(currency: str | None) -> Remembered[str, Money | None]:
    """Return what amounts of a currency mean; without a currency an amount means nothing."""
    return Remembered(_nothing if currency is None else cells.amounts_in(currency))


def _nothing(_: str) -> None:
    return None
