"""Physical orders of the data export: `Retail.OrderHistory.N.csv` (old) and `Order History.csv` (current).

One row is one line of a shipment. `Total Owed`/`Total Amount` is the row's own; `Shipment Item Subtotal` is the
shipment's, repeated on each of its rows. Columns are found by name: both layouts, any order.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from assistant.domain.documents import SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.domain.text import clean_text
from assistant.importers import cells
from assistant.importers.base import Findings
from assistant.importers.sheets import Sheet

T = TypeVar("T")


@dataclass(slots=True)
class _Row:
    """One row of the file, read; `cells` is kept to tell repeated rows of overlapping files from repeated lines."""

    cells: list[str]
    item: Item
    cancelled: bool
    open: bool
    placed: datetime | None
    currency: str | None
    website: str
    address: str
    shipped: tuple[date, ...]
    tracking: str
    shipment_status: str
    payments: str
    shipment_subtotal: Money | None
    shipment_tax: Money | None


class RetailOrders:
    """Reads retail order history, old and current layout."""

    kind = SourceKind.RETAIL_EXPORT
    layout = "retail"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by the columns that only the order history has together."""
        return sheet.has("Order ID", "Order Date", "Unit Price", "Website") and (sheet.has("Total Owed") or sheet.has("Total Amount"))

    def extract(self, sheets: Iterable[Sheet]) -> Findings:
        """Return one order per order id; a row that stands in two overlapping files counts once."""
        found = Findings()
        orders: dict[str, list[_Row]] = {}
        for sheet in sheets:
            here = _rows(sheet, found)
            found.problems += sheet.problems
            for number, rows in here.items():
                orders[number] = _union(orders[number], rows) if number in orders else rows
        found.orders = [_order(number, rows) for number, rows in orders.items()]
        return found


def _union(known: list[_Row], more: list[_Row]) -> list[_Row]:
    seen = Counter(tuple(row.cells) for row in known)
    extra = []
    for row in more:
        key = tuple(row.cells)
        if seen[key]:
            seen[key] -= 1
        else:
            extra.append(row)
    return known + extra


def _rows(sheet: Sheet, found: Findings) -> dict[str, list[_Row]]:
    at = sheet.at
    number_at = at("Order ID")
    read_row = _row_reader(sheet, found)
    orders: dict[str, list[_Row]] = {}
    for line, row in sheet.rows(wide="Product Name"):
        number = row[number_at].strip()
        if number:
            parsed = read_row(line, row)
            if number in orders:
                orders[number].append(parsed)
            else:
                orders[number] = [parsed]
        elif any(row):
            found.unreadable(f"{sheet.name}, row {line}", "order id", row[number_at])
    return orders


def _row_reader(sheet: Sheet, found: Findings) -> Callable[[int, list[str]], _Row]:
    at = sheet.at
    currency_at, quantity_at, price_at, tax_at = at("Currency"), at("Quantity", "Original Quantity"), at("Unit Price"), at("Unit Price Tax")
    total_at, shipping_at, discount_at = at("Total Owed", "Total Amount"), at("Shipping Charge"), at("Total Discounts")
    subtotal_at, subtotal_tax_at = at("Shipment Item Subtotal"), at("Shipment Item Subtotal Tax")
    asin_at, title_at, condition_at, status_at = at("ASIN"), at("Product Name"), at("Product Condition"), at("Order Status")
    gift_at = (at("Gift Message"), at("Gift Sender Name"), at("Gift Recipient Contact", "Gift Recipient Contact Details"))
    placed_at, shipped_at, shipment_at, tracking_at = (
        at("Order Date"),
        at("Ship Date"),
        at("Shipment Status"),
        at("Carrier Name & Tracking Number"),
    )
    website_at, address_at, payment_at = at("Website"), at("Shipping Address"), at("Payment Instrument Type", "Payment Method Type")

    def value(line: int, what: str, cell: str, read: Callable[..., T | None], *more: str) -> T | None:
        try:
            return read(cell, *more)
        except (ValueError, ArithmeticError):
            found.unreadable(f"{sheet.name}, row {line}, {what}", what.lower(), cell)
            return None

    def read(line: int, row: list[str]) -> _Row:
        currency = value(line, "Currency", row[currency_at], cells.currency)
        unit = currency or "XXX"

        def money(what: str, place: int) -> Money | None:
            return value(line, what, row[place], cells.money, unit) if currency else None

        discount = money("Total Discounts", discount_at)
        status = row[status_at].strip().lower()
        item = Item(
            asin=cells.present(row[asin_at]),
            title=clean_text(row[title_at]) or None,
            quantity=value(line, "Quantity", row[quantity_at], cells.quantity),
            unit_price=money("Unit Price", price_at),
            unit_tax=money("Unit Price Tax", tax_at),
            total=money("Total", total_at),
            shipping=money("Shipping Charge", shipping_at),
            discount=-discount if discount and discount.minor > 0 else discount,
            condition=cells.present(row[condition_at]),
            gift=True if any(cells.present(row[place]) for place in gift_at) else None,
        )
        return _Row(
            cells=row,
            item=item,
            cancelled=status in ("cancelled", "canceled"),
            open=row[shipment_at].strip().lower() in ("pending", "not available", ""),
            placed=value(line, "Order Date", row[placed_at], cells.instant),
            currency=currency,
            website=row[website_at].strip(),
            address=row[address_at],
            shipped=value(line, "Ship Date", row[shipped_at], cells.days) or (),
            tracking=row[tracking_at],
            shipment_status=row[shipment_at],
            payments=row[payment_at],
            shipment_subtotal=money("Shipment Item Subtotal", subtotal_at),
            shipment_tax=money("Shipment Item Subtotal Tax", subtotal_tax_at),
        )

    return read


def _order(number: str, rows: list[_Row]) -> Order:
    first = rows[0]
    alive = [row for row in rows if not row.cancelled]
    placed = next((row.placed for row in rows if row.placed), None)
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number.startswith("D") else OrderKind.RETAIL,
        placed_on=placed.date() if placed else None,
        placed_at=placed,
        status=_status(alive),
        cancelled=not alive,
        currency=first.currency,
        marketplace=first.website.lower() if first.website.lower().startswith("amazon.") else None,
        recipient=Recipient(address=clean_text(first.address) if cells.present(first.address) else None),
        amounts=_amounts(alive),
        items=tuple(row.item for row in rows),
        shipments=_shipments(rows),
        payments=_payments(rows),
    )


def _status(alive: list[_Row]) -> OrderStatus:
    if not alive:
        return OrderStatus.CANCELLED
    return OrderStatus.PLACED if all(row.open for row in alive) else OrderStatus.SHIPPING


def _amounts(alive: list[_Row]) -> dict[Amount, Money]:
    amounts: dict[Amount, Money] = {}
    if not alive or any(row.currency != alive[0].currency for row in alive):
        return amounts
    for name, parts in (
        (Amount.GRAND_TOTAL, [row.item.total for row in alive]),
        (Amount.SHIPPING, [row.item.shipping for row in alive]),
        (Amount.SUBTOTAL, _once_per_shipment(alive, "shipment_subtotal")),
        (Amount.TAX, _once_per_shipment(alive, "shipment_tax")),
    ):
        known = [part for part in parts if part is not None]
        # A sum with a missing part would be a guess.
        if known and len(known) == len(parts):
            amounts[name] = Money(sum(part.minor for part in known), known[0].currency)
    return amounts


def _once_per_shipment(alive: list[_Row], name: str) -> list[Money | None]:
    if len(alive) == 1:
        return [getattr(alive[0], name)]
    return list({(row.shipped, row.tracking, row.shipment_subtotal): getattr(row, name) for row in alive}.values())


def _shipments(rows: list[_Row]) -> tuple[Shipment, ...]:
    grouped: dict[tuple[tuple[date, ...], str], list[int]] = {}
    for place, row in enumerate(rows):
        if row.shipped or cells.present(row.tracking):
            grouped.setdefault((row.shipped, row.tracking), []).append(place)
    shipments = []
    for (shipped, tracking), places in grouped.items():
        numbers: list[str | None] = [*cells.joined(tracking)] or [None]
        statuses: list[str | None] = [*cells.joined(rows[places[0]].shipment_status)] or [None]
        # "A and B" in one row: the line went out in several parcels.
        for part, number in enumerate(numbers):
            shipments.append(
                Shipment(
                    status=statuses[min(part, len(statuses) - 1)],
                    shipped_on=shipped[min(part, len(shipped) - 1)] if shipped else None,
                    tracking=number,
                    items=tuple(places),
                )
            )
    return tuple(shipments)


def _payments(rows: list[_Row]) -> tuple[Payment, ...]:
    texts = {row.payments for row in rows}
    named = dict.fromkeys(cells.payment(part) for text in sorted(texts) for part in cells.joined(text))
    return tuple(Payment(method=method, last4=last4) for method, last4 in named)
