"""Digital orders of the data export: several rows an order; what was paid is the sum of the transaction amounts.

Current: one file, `Digital Content Orders.csv`. Old: `Digital Items.csv`, `Digital Orders.csv` and
`Digital Orders Monetary.csv`, joined by order id, digital order item id and delivery packet id (Amazon's own guide).
`Price` is the list price: an audiobook bought with a credit says 14.95 and nets 0.00.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.domain.documents import SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, OrderKind, OrderStatus
from assistant.domain.text import clean_text
from assistant.importers import cells
from assistant.importers.base import Findings
from assistant.importers.sheets import Sheet


@dataclass(slots=True)
class _Digital:
    """A digital order while its rows come in: items by their own id, sums in minor units."""

    placed: str = ""
    currency: str | None = None
    marketplace: str = ""
    items: dict[str, dict[str, str]] = field(default_factory=dict)
    total: int = 0
    tax: int = 0
    paid: bool = False


class DigitalOrders:
    """Reads digital orders, old and current layout."""

    kind = SourceKind.DIGITAL_EXPORT
    layout = "digital"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by the columns of the one current or the three old files."""
        current = sheet.has("Order ID", "Digital Order Item ID", "Transaction Amount", "Order Date", "Component Type")
        items = sheet.has("OrderId", "DigitalOrderItemId", "OrderDate", "ASIN") and not sheet.has("Component Type")
        orders = sheet.has("OrderId", "DeliveryPacketId", "OrderStatus")
        money = sheet.has("DigitalOrderItemId", "TransactionAmount", "MonetaryComponentTypeCode") and not sheet.has("Order ID")
        return current or items or orders or money

    def extract(self, sheets: Iterable[Sheet]) -> Findings:
        """Return the digital orders that were paid."""
        found = Findings()
        orders: dict[str, _Digital] = {}
        order_of: dict[str, str] = {}
        refused: set[str] = set()
        # Items name the orders that the monetary file only knows by item id.
        for sheet in sorted(sheets, key=lambda entry: not entry.has("Order ID")):
            if sheet.has("Component Type"):
                _read_current(sheet, found, orders)
            elif sheet.has("Order ID", "Digital Order Item ID"):
                _read_items(sheet, orders, order_of)
            elif sheet.has("Order Status"):
                refused |= _read_refused(sheet)
            else:
                _read_money(sheet, found, orders, order_of)
            found.problems += sheet.problems
        found.orders = [_order(number, digital, found) for number, digital in orders.items() if digital.paid and number not in refused]
        return found


def _read_current(sheet: Sheet, found: Findings, orders: dict[str, _Digital]) -> None:
    number_at, item_at, status_at = sheet.at("Order ID"), sheet.at("Digital Order Item ID"), sheet.at("Order Status")
    for line, row in sheet.rows(wide="Product Name"):
        number = row[number_at].strip()
        if number and row[status_at].strip().upper() in ("SUCCESS", ""):
            digital = orders.setdefault(number, _Digital())
            _note(digital, sheet, row, item=row[item_at])
            _charge(digital, sheet, row, found, line)


def _read_items(sheet: Sheet, orders: dict[str, _Digital], order_of: dict[str, str]) -> None:
    number_at, item_at = sheet.at("Order ID"), sheet.at("Digital Order Item ID")
    for _, row in sheet.rows(wide="Title"):
        number = row[number_at].strip()
        order_of[row[item_at]] = number
        _note(orders.setdefault(number, _Digital()), sheet, row, item=row[item_at])


def _read_refused(sheet: Sheet) -> set[str]:
    number_at, status_at = sheet.at("Order ID"), sheet.at("Order Status")
    return {row[number_at].strip() for _, row in sheet.rows() if row[status_at].strip().upper() not in ("SUCCESS", "")}


def _read_money(sheet: Sheet, found: Findings, orders: dict[str, _Digital], order_of: dict[str, str]) -> None:
    item_at = sheet.at("Digital Order Item ID")
    for line, row in sheet.rows():
        digital = orders.get(order_of.get(row[item_at], ""))
        if digital is None:
            found.unreadable(f"{sheet.name}, row {line}", "item of a digital order in these files", row[item_at])
        else:
            _charge(digital, sheet, row, found, line)


def _note(digital: _Digital, sheet: Sheet, row: list[str], item: str) -> None:
    digital.placed = digital.placed or row[sheet.at("Order Date")]
    digital.marketplace = digital.marketplace or row[sheet.at("Marketplace")].strip().lower()
    digital.items.setdefault(
        item,
        {
            "asin": row[sheet.at("ASIN")],
            "title": row[sheet.at("Product Name", "Title")],
            "quantity": row[sheet.at("Quantity Ordered", "Original Quantity")],
            "seller": row[sheet.at("Seller Of Record")],
        },
    )


def _charge(digital: _Digital, sheet: Sheet, row: list[str], found: Findings, line: int) -> None:
    cell, unit_cell = row[sheet.at("Transaction Amount")], row[sheet.at("Base Currency Code")]
    try:
        unit = cells.currency(unit_cell)
        amount = cells.money(cell, unit or "XXX")
    except (ValueError, ArithmeticError):
        found.unreadable(f"{sheet.name}, row {line}", "amount", f"{cell} {unit_cell}")
        return
    if unit and amount:
        digital.paid, digital.currency = True, unit
        digital.total += amount.minor
        if row[sheet.at("Component Type", "MonetaryComponentTypeCode")].strip().lower() == "tax":
            digital.tax += amount.minor


def _order(number: str, digital: _Digital, found: Findings) -> Order:
    try:
        placed = cells.instant(digital.placed)
    except ValueError:
        found.unreadable(number, "order date", digital.placed)
        placed = None
    unit = digital.currency or "XXX"
    return Order(
        number=number,
        kind=OrderKind.DIGITAL,
        placed_on=placed.date() if placed else None,
        placed_at=placed,
        status=OrderStatus.DELIVERED,
        currency=digital.currency,
        marketplace=digital.marketplace if digital.marketplace.startswith("amazon.") else None,
        amounts={Amount.GRAND_TOTAL: Money(digital.total, unit), Amount.TAX: Money(digital.tax, unit)},
        items=tuple(_item(entry) for entry in digital.items.values()),
    )


def _item(entry: dict[str, str]) -> Item:
    count = entry["quantity"].strip()
    return Item(
        asin=cells.present(entry["asin"]),
        title=clean_text(entry["title"]) or None,
        quantity=int(count) if count.isdecimal() else None,
        seller=cells.present(clean_text(entry["seller"])),
    )
