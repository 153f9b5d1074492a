"""Order history reports of personal accounts, which Amazon offered until March 2023: `Items` and `Orders and shipments`.

A row of the first is an item with its own tax; a row of the second is a shipment with its charge. The third report,
`Refunds`, is read with all other refunds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.row_cells import RowCells, currency_of, marketplace_of
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.slashed_days import DayOrder, day_order, read_in_order
from assistant.importers.files.sums import whole

_Known = TypeVar("_Known")
_ITEM_SUMS = {Amount.SUBTOTAL: "Item Subtotal", Amount.TAX: "Item Subtotal Tax", Amount.GRAND_TOTAL: "Item Total"}
_CHARGED = {
    Amount.SUBTOTAL: "Subtotal",
    Amount.SHIPPING: "Shipping Charge",
    Amount.PROMOTION: "Total Promotions",
    Amount.TAX: "Tax Charged",
    Amount.GRAND_TOTAL: "Total Charged",
}
_ADDRESS = tuple(f"Shipping Address {part}" for part in ("Street 1", "Street 2", "City", "State", "Zip"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row of either report. Only the first has `item`, only the second has `charged`."""

    item: Item | None
    charged: tuple[tuple[Amount, Money], ...]
    placed_on: date | None
    cancelled: bool
    currency: str | None
    marketplace: str | None
    recipient: Recipient
    payments: tuple[Payment, ...]
    shipped_on: date | None
    tracking: str | None
    purchase_order: str | None
    buyer: str | None


@dataclass(slots=True)
class _ReportedOrder:
    """All rows of one order, with how often each appears in one file."""

    items: Counter[_Row] = field(default_factory=Counter)
    shipments: Counter[_Row] = field(default_factory=Counter)


class OrderReports:
    """Reads both reports, alone or together."""

    kind = SourceKind.RETAIL_EXPORT
    layout = "order-reports"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the sums that only these reports have."""
        return sheet.has("Order ID") and (_has_items(sheet) or sheet.has("Total Charged"))

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id; a row in two overlapping files counts once."""
        found = Findings()
        orders: dict[str, _ReportedOrder] = {}
        for sheet in sheets:
            here: dict[str, Counter[_Row]] = {}
            for number, row in _rows(sheet):
                here.setdefault(number, Counter())[row] += 1
            for number, rows in here.items():
                told = orders.setdefault(number, _ReportedOrder())
                if _has_items(sheet):
                    told.items |= rows
                else:
                    told.shipments |= rows
            found.problems += sheet.notes.problems
        found.orders = [
            _report_order(number, list(told.items.elements()), list(told.shipments.elements())) for number, told in orders.items()
        ]
        return found


def _has_items(sheet: Sheet) -> bool:
    return sheet.has("Item Total") or sheet.has("Purchase Price Per Unit")


def _report_order(number: str, items: list[_Row], shipments: list[_Row]) -> Order:
    rows = [*items, *shipments]
    cancelled = all(row.cancelled for row in rows)
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
        placed_on=_first(row.placed_on for row in rows),
        status=OrderStatus.CANCELLED if cancelled else OrderStatus.SHIPPING if any(row.shipped_on for row in rows) else OrderStatus.UNKNOWN,
        cancelled=cancelled,
        currency=_first(row.currency for row in rows),
        marketplace=_first(row.marketplace for row in rows),
        recipient=Recipient(name=_first(row.recipient.name for row in rows), address=_first(row.recipient.address for row in rows)),
        purchase_order=_first(row.purchase_order for row in rows),
        buyer=_first(row.buyer for row in rows),
        # The charges for shipments include delivery and promotions; the items do not.
        amounts={} if cancelled else _amounts(shipments or items),
        items=tuple(row.item for row in items if row.item),
        shipments=tuple(_shipments(items) if items else _shipments(shipments)),
        payments=tuple(dict.fromkeys(payment for row in rows for payment in row.payments)),
    )


def _first(values: Iterable[_Known | None]) -> _Known | None:
    """Return the first value that a row states."""
    return next(filter(None, values), None)


def _amounts(rows: Sequence[_Row]) -> dict[Amount, Money]:
    sums = {name: whole([dict(row.charged).get(name) for row in rows if not row.cancelled]) for name in _CHARGED}
    return {name: total for name, total in sums.items() if total is not None}


def _shipments(rows: Sequence[_Row]) -> Iterator[Shipment]:
    parcels: dict[tuple[date | None, str | None], list[int]] = {}
    for place, row in enumerate(rows):
        if row.shipped_on or row.tracking:
            parcels.setdefault((row.shipped_on, row.tracking), []).append(place)
    for (shipped_on, tracking), places in parcels.items():
        yield Shipment(shipped_on=shipped_on, tracking=tracking, items=tuple(places) if rows[places[0]].item else ())


def _rows(sheet: Sheet) -> Iterator[tuple[str, _Row]]:
    rows = []
    for line, row, number in numbered(sheet, wide="Title"):
        bare = RowCells(sheet, line, row)
        unit = currency_of(bare, (*_ITEM_SUMS.values(), *_CHARGED.values()), marketplace_of(bare.words("Website")))
        rows.append((number, RowCells(sheet, line, row, unit)))
    days = ("Order Date", "Shipment Date")
    order = day_order((row.words(name) or "" for _, row in rows for name in days), {row.unit for _, row in rows})
    return ((number, _report_row(row, order)) for number, row in rows)


def _report_row(row: RowCells, order: DayOrder | None) -> _Row:
    lines = _has_items(row.sheet)
    sums = {name: row.money(column) for name, column in (_ITEM_SUMS if lines else _CHARGED).items()}
    promotion = sums.get(Amount.PROMOTION)
    if promotion is not None:
        # The report prints discounts without a minus sign.
        sums[Amount.PROMOTION] = Money(-abs(promotion.minor), promotion.currency)
    paid = map(cells.payment, cells.joined(row.words("Payment Instrument Type") or ""))
    return _Row(
        item=_report_item(row, sums) if lines else None,
        charged=tuple((name, money) for name, money in sums.items() if money is not None),
        placed_on=row.read(lambda cell: read_in_order(cell, order), "Order Date"),
        cancelled=(row.words("Order Status") or "").lower() in ("cancelled", "canceled"),
        currency=row.unit,
        marketplace=cells.marketplace(row.words("Website") or ""),
        recipient=Recipient(name=row.words("Shipping Address Name"), address=", ".join(filter(None, map(row.words, _ADDRESS))) or None),
        payments=tuple(Payment(method=method, last4=last4) for method, last4 in paid),
        shipped_on=row.read(lambda cell: read_in_order(cell, order), "Shipment Date"),
        tracking=row.words("Carrier Name & Tracking Number"),
        purchase_order=row.words("Purchase Order Number"),
        buyer=row.words("Buyer Name"),
    )


def _report_item(row: RowCells, sums: dict[Amount, Money | None]) -> Item:
    return Item(
        asin=row.words("ASIN/ISBN", "ASIN"),
        title=row.words("Title"),
        quantity=row.count("Quantity"),
        unit_price=row.money("Purchase Price Per Unit"),
        tax=sums[Amount.TAX],
        total=sums[Amount.GRAND_TOTAL],
        seller=row.words("Seller"),
        condition=row.words("Condition"),
        product_category=row.words("Category"),
        unspsc=row.words("UNSPSC Code"),
    )
