"""Physical orders of the data export: `Retail.OrderHistory.N.csv` (old) and `Order History.csv` (current).

One row is one line of a shipment. `Total Owed`/`Total Amount` is the row's own; `Shipment Item Subtotal` is the
shipment's, repeated on each of its rows. Columns are found by name: both layouts, any order.
"""

from collections.abc import Sequence
from datetime import date, datetime

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Order, OrderKind, OrderStatus, Payment, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.amazon_export.overlaps import united
from assistant.importers.amazon_export.retail_rows import COLUMNS, Meanings, RetailRow, lines
from assistant.importers.base import Findings
from assistant.importers.files.cells import V, day_and_instant, shared
from assistant.importers.files.sheets import Sheet

_TELLING = tuple(COLUMNS[name] for name in ("unit_price", "total", "title", "website", "shipped", "shipment_status"))
_ENOUGH = 3


class RetailOrders:
    """Reads retail order history, old and current layout."""

    kind = SourceKind.RETAIL_EXPORT
    layout = "retail"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the columns that only the order history has together."""
        known = sum(any(sheet.has(name) for name in names.split("|")) for names in _TELLING)
        return sheet.has("Order ID", "Order Date") and known >= _ENOUGH

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id; a row in two overlapping files counts once."""
        found = Findings()
        meanings = Meanings()
        orders: dict[str, list[RetailRow]] = {}
        for sheet in sheets:
            here = _by_order(sheet, meanings)
            found.problems += sheet.notes.problems
            for number, rows in here.items():
                orders[number] = united(orders[number], rows) if number in orders else rows
        found.orders = [_retail_order(number, rows) for number, rows in orders.items()]
        return found


def _by_order(sheet: Sheet, meanings: Meanings) -> dict[str, list[RetailRow]]:
    orders: dict[str, list[RetailRow]] = {}
    for number, line in lines(sheet, meanings):
        if number in orders:
            orders[number].append(line)
        else:
            orders[number] = [line]
    return orders


def _retail_order(number: str, rows: list[RetailRow]) -> Order:
    first = rows[0]
    alive = [row for row in rows if not row.cancelled]
    placed_on, placed_at = day_and_instant(first.placed or next((row.placed for row in rows if row.placed), None))
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
        placed_on=placed_on,
        placed_at=placed_at,
        status=_status(alive),
        cancelled=not alive,
        currency=first.currency or next((row.currency for row in rows if row.currency), None),
        marketplace=first.marketplace,
        recipient=first.recipient,
        amounts=_amounts(alive),
        items=tuple([row.item for row in rows]),
        shipments=_shipments(rows),
        payments=_payments(rows),
    )


def _status(alive: list[RetailRow]) -> OrderStatus:
    if not alive:
        return OrderStatus.CANCELLED
    for row in alive:
        if not row.waiting:
            return OrderStatus.SHIPPING
    return OrderStatus.PLACED


def _payments(rows: list[RetailRow]) -> tuple[Payment, ...]:
    named = {row.payments for row in rows}
    if len(named) == 1:
        return rows[0].payments
    return tuple(dict.fromkeys(payment for row in rows for payment in row.payments))


def _shipments(rows: list[RetailRow]) -> tuple[Shipment, ...]:
    grouped: dict[tuple[tuple[date | datetime, ...], tuple[str, ...]], list[int]] = {}
    for place, row in enumerate(rows):
        if row.shipped or row.parcels:
            grouped.setdefault((row.shipped, row.parcels), []).append(place)
    shipments: list[Shipment] = []
    for (moments, parcels), places in grouped.items():
        statuses, items = rows[places[0]].statuses, tuple(places)
        # "A and B" in one row: the item was sent in several parcels.
        for part, parcel in enumerate(parcels or (None,)):
            moment = _nth(moments, part)
            at = moment if isinstance(moment, datetime) else None
            shipments.append(
                Shipment(
                    status=_nth(statuses, part),
                    shipped_on=shared(at.date()) if at else moment,
                    tracking=parcel,
                    items=items,
                    shipped_at=at,
                )
            )
    return tuple(shipments)


def _amounts(alive: list[RetailRow]) -> dict[Amount, Money]:
    if not alive:
        return {}
    if len(alive) == 1:
        shipments = alive
    elif any(row.currency != alive[0].currency for row in alive):
        return {}
    else:
        # Rows of one shipment repeat its subtotal.
        shipments = list({(row.shipped, row.parcels, row.subtotal and row.subtotal.minor): row for row in alive}.values())
    sums = {
        Amount.GRAND_TOTAL: _sum([row.item.total for row in alive]),
        Amount.SHIPPING: _sum([row.item.shipping for row in alive]),
        Amount.SUBTOTAL: _sum([row.subtotal for row in shipments]),
        Amount.TAX: _sum([row.subtotal_tax for row in shipments]),
    }
    return {name: total for name, total in sums.items() if total is not None}


def _sum(parts: list[Money | None]) -> Money | None:
    """Return the sum, None if a part is missing: it would be a guess."""
    if len(parts) == 1:
        return parts[0]
    minor, currency = 0, ""
    for part in parts:
        if part is None:
            return None
        minor, currency = minor + part.minor, part.currency
    return Money(minor, currency)


def _nth(parts: Sequence[V], place: int) -> V | None:
    return parts[min(place, len(parts) - 1)] if parts else None
