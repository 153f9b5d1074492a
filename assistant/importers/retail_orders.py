"""Physical orders of the data export: `Retail.OrderHistory.N.csv` (old) and `Order History.csv` (current).

One row is one line of a shipment. `Total Owed`/`Total Amount` is the row's own; `Shipment Item Subtotal` is the
shipment's, repeated on each of its rows. Columns are found by name: both layouts, any order.
"""

from collections.abc import Sequence
from datetime import date

from assistant.domain.documents import SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.importers import cells
from assistant.importers.base import Findings
from assistant.importers.cells import Remembered, V
from assistant.importers.overlaps import united
from assistant.importers.retail_lines import Line, Meanings, lines
from assistant.importers.sheets import Sheet


class RetailOrders:
    """Reads retail order history, old and current layout."""

    kind = SourceKind.RETAIL_EXPORT
    layout = "retail"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by the columns that only the order history has together."""
        return sheet.has("Order ID", "Order Date", "Unit Price", "Website") and (sheet.has("Total Owed") or sheet.has("Total Amount"))

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id; a row that stands in two overlapping files counts once."""
        found = Findings()
        meanings = Meanings()
        orders: dict[str, list[Line]] = {}
        for sheet in sheets:
            here = _by_order(sheet, meanings)
            found.problems += sheet.notes.problems
            for number, rows in here.items():
                orders[number] = united(orders[number], rows) if number in orders else rows
        writer = _OrderWriter()
        found.orders = [writer.order(number, rows) for number, rows in orders.items()]
        return found


def _by_order(sheet: Sheet, meanings: Meanings) -> dict[str, list[Line]]:
    orders: dict[str, list[Line]] = {}
    for number, line in lines(sheet, meanings):
        if number in orders:
            orders[number].append(line)
        else:
            orders[number] = [line]
    return orders


class _OrderWriter:
    """Makes orders of their rows; what orders share is made once."""

    def __init__(self) -> None:
        self._recipient = Remembered(_recipient)
        self._marketplace = Remembered(cells.marketplace)
        self._payments = Remembered(_payments)
        self._waiting = Remembered(_is_waiting)
        self._parcels = Remembered(_parts)

    def order(self, number: str, rows: list[Line]) -> Order:
        first = rows[0]
        alive = [row for row in rows if not row.cancelled]
        placed = first.placed or next((row.placed for row in rows if row.placed), None)
        return Order(
            number=number,
            kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
            placed_on=placed.date() if placed else None,
            placed_at=placed,
            status=self._status(alive),
            cancelled=not alive,
            currency=first.currency or next((row.currency for row in rows if row.currency), None),
            marketplace=self._marketplace[first.cells.website],
            recipient=self._recipient[first.cells.address],
            amounts=_amounts(alive),
            items=tuple([row.item for row in rows]),
            shipments=self._shipments(rows),
            payments=self._paid(rows),
        )

    def _status(self, alive: list[Line]) -> OrderStatus:
        if not alive:
            return OrderStatus.CANCELLED
        for row in alive:
            if not self._waiting[row.cells.shipment_status]:
                return OrderStatus.SHIPPING
        return OrderStatus.PLACED

    def _paid(self, rows: list[Line]) -> tuple[Payment, ...]:
        texts = {row.cells.payments for row in rows}
        if len(texts) == 1:
            return self._payments[texts.pop()]
        return tuple(dict.fromkeys(payment for text in sorted(texts) for payment in self._payments[text]))

    def _shipments(self, rows: list[Line]) -> tuple[Shipment, ...]:
        grouped: dict[tuple[tuple[date, ...], str], list[int]] = {}
        for place, row in enumerate(rows):
            if row.shipped or self._parcels[row.cells.tracking]:
                grouped.setdefault((row.shipped, row.cells.tracking), []).append(place)
        shipments: list[Shipment] = []
        for (days, tracking), places in grouped.items():
            statuses = self._parcels[rows[places[0]].cells.shipment_status] or (None,)
            # "A and B" in one row: the line went out in several parcels.
            shipments += [
                Shipment(status=_nth(statuses, part), shipped_on=_nth(days, part) if days else None, tracking=parcel, items=tuple(places))
                for part, parcel in enumerate(self._parcels[tracking] or (None,))
            ]
        return tuple(shipments)


def _amounts(alive: list[Line]) -> dict[Amount, Money]:
    amounts: dict[Amount, Money] = {}
    if not alive or any(row.currency != alive[0].currency for row in alive):
        return amounts
    # By shipment: rows of one shipment repeat its subtotal.
    shipments = (
        {(row.shipped, row.cells.tracking, row.subtotal and row.subtotal.minor): row for row in alive}.values() if len(alive) > 1 else alive
    )
    for name, parts in (
        (Amount.GRAND_TOTAL, [row.item.total for row in alive]),
        (Amount.SHIPPING, [row.item.shipping for row in alive]),
        (Amount.SUBTOTAL, [row.subtotal for row in shipments]),
        (Amount.TAX, [row.subtotal_tax for row in shipments]),
    ):
        total = _sum(parts)
        if total is not None:
            amounts[name] = total
    return amounts


def _sum(parts: list[Money | None]) -> Money | None:
    """Add up; a sum with a missing part would be a guess."""
    if len(parts) == 1:
        return parts[0]
    minor, currency = 0, ""
    for part in parts:
        if part is None:
            return None
        minor, currency = minor + part.minor, part.currency
    return Money(minor, currency)


def _recipient(cell: str) -> Recipient:
    return Recipient(address=cells.words(cell))


def _payments(cell: str) -> tuple[Payment, ...]:
    named = dict.fromkeys(map(cells.payment, cells.joined(cell)))
    return tuple(Payment(method=method, last4=last4) for method, last4 in named)


def _parts(cell: str) -> tuple[str | None, ...]:
    return tuple(cells.words(part) for part in cells.joined(cell))


def _nth(parts: Sequence[V], place: int) -> V:
    return parts[min(place, len(parts) - 1)]


def _is_waiting(cell: str) -> bool:
    return cell.strip().lower() in ("pending", "not available", "")
