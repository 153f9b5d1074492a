"""Digital orders of the data export: several rows per order. The amount paid is the sum of the transaction amounts.

Current: one file, `Digital Content Orders.csv`. Old: `Digital Items.csv`, `Digital Orders.csv` and
`Digital Orders Monetary.csv`, joined by order id, digital order item id and delivery packet id (Amazon's own guide).
`Price` is the list price: an audiobook bought with a credit has the price 14.95 and costs 0.00.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.problems import quoted
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet

_LONGEST_COUNT = 10
_PAID = ("SUCCESS", "")


class _Charge(NamedTuple):
    """One row's share of the amount paid."""

    item: str
    component: str
    offer: str
    amount: Money


@dataclass(slots=True)
class _Digital:
    """A digital order while its rows are read: items by id, charges with their number in one file."""

    placed: str = ""
    marketplace: str = ""
    items: dict[str, dict[str, str]] = field(default_factory=dict)
    charges: Counter[_Charge] = field(default_factory=Counter)
    of_this_sheet: Counter[_Charge] = field(default_factory=Counter)


class DigitalOrders:
    """Reads digital orders, old and current layout."""

    kind = SourceKind.DIGITAL_EXPORT
    layout = "digital"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the columns of the current file or of one of the three old files."""
        current = sheet.has("Order ID", "Digital Order Item ID", "Transaction Amount", "Order Date", "Component Type")
        items = sheet.has("OrderId", "DigitalOrderItemId", "OrderDate", "ASIN") and not sheet.has("Component Type")
        orders = sheet.has("OrderId", "DeliveryPacketId", "OrderStatus")
        money = sheet.has("DigitalOrderItemId", "TransactionAmount", "MonetaryComponentTypeCode") and not sheet.has("Order ID")
        # `Digital.Orders.Returns.Monetary` has the same columns, but lists refunds and not payments.
        return current or items or orders or (money and "returns" not in sheet.name.lower())

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return the digital orders that were paid."""
        found = Findings()
        orders: dict[str, _Digital] = {}
        order_of: dict[str, str] = {}
        refused: set[str] = set()
        # Items and orders name the orders that the monetary file only knows by item and packet.
        for sheet in sorted(sheets, key=lambda entry: not entry.has("Order ID")):
            if sheet.has("Component Type"):
                _read_current(sheet, orders)
            elif sheet.has("Order ID", "Digital Order Item ID"):
                _read_items(sheet, orders, order_of)
            elif sheet.has("Order Status"):
                refused |= _read_refused(sheet, order_of)
            else:
                _read_money(sheet, orders, order_of)
            found.problems += sheet.notes.problems
            for digital in orders.values():
                # A charge that is repeated in overlapping files was paid once.
                digital.charges |= digital.of_this_sheet
                digital.of_this_sheet.clear()
        found.orders = [
            _digital_order(number, digital, found) for number, digital in orders.items() if digital.charges and number not in refused
        ]
        return found


def _read_current(sheet: Sheet, orders: dict[str, _Digital]) -> None:
    item_at, status_at = sheet.at("Digital Order Item ID"), sheet.at("Order Status")
    for line, row, number in numbered(sheet, wide="Product Name"):
        if row[status_at].strip().upper() in _PAID:
            digital = orders.setdefault(number, _Digital())
            _note(digital, sheet, row, item=row[item_at])
            _charge(digital, sheet, row, line)


def _read_items(sheet: Sheet, orders: dict[str, _Digital], order_of: dict[str, str]) -> None:
    item_at = sheet.at("Digital Order Item ID")
    for _, row, number in numbered(sheet, wide="Title"):
        order_of[row[item_at]] = number
        _note(orders.setdefault(number, _Digital()), sheet, row, item=row[item_at])


def _read_refused(sheet: Sheet, order_of: dict[str, str]) -> set[str]:
    status_at, packet_at = sheet.at("Order Status"), sheet.at("Delivery Packet ID")
    refused = set()
    for _, row, number in numbered(sheet):
        order_of[row[packet_at]] = number
        if row[status_at].strip().upper() not in _PAID:
            refused.add(number)
    return refused


def _read_money(sheet: Sheet, orders: dict[str, _Digital], order_of: dict[str, str]) -> None:
    item_at, packet_at = sheet.at("Digital Order Item ID"), sheet.at("Delivery Packet ID")
    for line, row in sheet.rows():
        digital = orders.get(order_of.get(row[item_at]) or order_of.get(row[packet_at], ""))
        if digital is None:
            where = f"{sheet.name}, row {line}"
            sheet.notes.add(
                where,
                "unreadable",
                sentence_of("{quote} is not an item of a digital order in these files.", quote=quoted(row[item_at])),
                about="item",
            )
        else:
            _charge(digital, sheet, row, line)


def _note(digital: _Digital, sheet: Sheet, row: list[str], item: str) -> None:
    digital.placed = digital.placed or row[sheet.at("Order Date")]
    digital.marketplace = digital.marketplace or row[sheet.at("Marketplace")]
    digital.items.setdefault(
        item,
        {
            "asin": row[sheet.at("ASIN")],
            "title": row[sheet.at("Product Name", "Title")],
            "quantity": row[sheet.at("Quantity Ordered", "Original Quantity")],
            "seller": row[sheet.at("Seller Of Record")],
            "fulfilled": row[sheet.at("Fulfilled Date")],
        },
    )


def _charge(digital: _Digital, sheet: Sheet, row: list[str], line: int) -> None:
    cell, unit_cell = row[sheet.at("Transaction Amount")], row[sheet.at("Base Currency Code")]
    try:
        unit = cells.currency(unit_cell)
        amount = cells.money(cell, unit) if unit else None
    except ValueError:
        sheet.notes.unreadable(line, "Amount", f"{cell} {unit_cell}")
        return
    if amount:
        component = row[sheet.at("Component Type", "MonetaryComponentTypeCode")].strip().lower()
        offer = row[sheet.at("Offer Type Code")]
        digital.of_this_sheet[_Charge(row[sheet.at("Digital Order Item ID")], component, offer, amount)] += 1


def _digital_order(number: str, digital: _Digital, found: Findings) -> Order:
    try:
        placed_on, placed_at = cells.day_and_instant(cells.moment(digital.placed))
    except ValueError:
        found.problems.append(
            Problem(where=number, code="unreadable", said=sentence_of("{quote} is not an order date.", quote=quoted(digital.placed)))
        )
        placed_on, placed_at = None, None
    units = {charge.amount.currency for charge in digital.charges}
    return Order(
        number=number,
        kind=OrderKind.DIGITAL,
        placed_on=placed_on,
        placed_at=placed_at,
        status=OrderStatus.DELIVERED,
        currency=units.pop() if len(units) == 1 else None,
        marketplace=cells.marketplace(digital.marketplace),
        amounts=_amounts(digital.charges),
        items=tuple(_digital_item(entry, _own_charges(digital, name)) for name, entry in digital.items.items()),
        shipments=_shipments(digital),
    )


def _own_charges(digital: _Digital, item: str) -> Counter[_Charge]:
    """Return the charges for one item, by the item's id; all charges if the order has a single item."""
    if len(digital.items) == 1:
        return digital.charges
    return Counter({charge: times for charge, times in digital.charges.items() if charge.item == item})


def _shipments(digital: _Digital) -> tuple[Shipment, ...]:
    """Return when the items were delivered, which is when Amazon charges for them."""
    handed: dict[date | datetime, list[int]] = {}
    for place, entry in enumerate(digital.items.values()):
        try:
            moment = cells.moment(entry["fulfilled"])
        except ValueError:
            continue
        if moment:
            handed.setdefault(moment, []).append(place)
    days = ((*cells.day_and_instant(moment), tuple(places)) for moment, places in handed.items())
    return tuple(Shipment(shipped_on=on, shipped_at=at, items=places) for on, at, places in days)


def _amounts(charges: Counter[_Charge]) -> dict[Amount, Money]:
    units = {charge.amount.currency for charge in charges}
    if len(units) != 1:
        return {}
    unit = units.pop()
    total = sum(charge.amount.minor * times for charge, times in charges.items())
    tax = sum(charge.amount.minor * times for charge, times in charges.items() if charge.component == "tax")
    return {Amount.GRAND_TOTAL: Money(total, unit), Amount.TAX: Money(tax, unit)}


def _digital_item(entry: dict[str, str], charges: Counter[_Charge]) -> Item:
    count = entry["quantity"].strip()
    quantity = int(count) if count.isdecimal() and len(count) < _LONGEST_COUNT else None
    return Item(
        asin=cells.words(entry["asin"]),
        title=cells.words(entry["title"]),
        quantity=quantity,
        seller=cells.words(entry["seller"]),
        **_money(charges, quantity or 1),
    )


def _money(charges: Counter[_Charge], quantity: int) -> dict[str, Any]:
    """Return an item's own amounts: the charge is its price, the deduction its discount."""
    units = {charge.amount.currency for charge in charges}
    if len(units) != 1:
        return {}
    unit = units.pop()
    sums: Counter[str] = Counter()
    for charge, times in charges.items():
        part = "tax" if charge.component == "tax" else "discount" if charge.amount.minor < 0 else "price"
        sums[part] += charge.amount.minor * times
    found = {"tax": sums["tax"], "total": sums.total()}
    if sums["discount"]:
        found["discount"] = sums["discount"]
    if sums["price"] % quantity == 0:
        found["unit_price"] = sums["price"] // quantity
    return {name: Money(minor, unit) for name, minor in found.items()}
