"""Amazon Business report CSV (Business Analytics, Orders): the only source with tax, codes and bookings per item."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Order, OrderKind, OrderStatus, Recipient, Refund, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.business_report.columns import GERMAN, GERMAN_WITH_INVOICES
from assistant.importers.business_report.items import Line, business_lines, misses
from assistant.importers.business_report.rows import BusinessRow, Paid, Parcel, business_rows
from assistant.importers.files.merge_files import joined_orders
from assistant.importers.files.sheets import Sheet
from assistant.importers.files.sums import whole

T = TypeVar("T")
# Names that no other file has. Any two of them identify a business report.
_TELLING = (
    *(f"{level} {part}" for level in ("Order", "Shipment", "Item") for part in ("Shipping & Handling", "Promotion", "Tax", "Net Total")),
    *("Order Subtotal", "Order Quantity", "Shipment Subtotal", "Shipment Quantity", "Item Quantity", "Listed PPU", "Purchase PPU"),
    *("Account Group", "Account User", "Account User Email", "PO Number", "PO Line Item Id", "Approver", "Invoice Status"),
    *("Payment Reference ID", "Payment Identifier", "Payment Amount", "Refund Payment Amount", "Refund Payment Identifier"),
    *("UNSPSC", "Brand Code", "GL Code", "Cost Center", "Cost Centre", "Project Code", "Seller Name", "Amazon-Internal Product Category"),
)
_ENOUGH = 2


class BusinessReport:
    """Reads reports of Amazon Business with any choice of columns."""

    kind = SourceKind.BUSINESS_REPORT
    layout = "business"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the column names that only such reports have."""
        if sheet.has("Bestellnummer"):
            sheet.name_also(GERMAN_WITH_INVOICES if sheet.has("Kaufpreis pro Einheit (exkl. USt.)") else GERMAN)
        return sheet.has("Order ID") and sum(map(sheet.has, _TELLING)) >= _ENOUGH

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id; several reports about one order are merged."""
        found = Findings()
        told: list[Order] = []
        for sheet in sheets:
            orders: dict[str, list[BusinessRow]] = {}
            for number, row in business_rows(sheet):
                orders.setdefault(number, []).append(row)
            told += [_business_order(number, rows, sheet) for number, rows in orders.items()]
            found.problems += sheet.notes.problems
        found.orders = joined_orders([(self.kind, told)])
        return found


def _business_order(number: str, rows: list[BusinessRow], sheet: Sheet) -> Order:
    lines = business_lines(rows)
    for name, added, stated in misses(lines):
        text = sentence_of(
            "The items of {number} add up to {sum}, but the order says {total} {currency}.",
            number=number,
            sum=added.decimal,
            total=stated.decimal,
            currency=stated.currency,
        )
        sheet.notes.add(f"{sheet.name}, {number}, {name.value}", "sum-differs", text, about=name.value)
    status = _status(rows)
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
        placed_on=_first(row.placed_on for row in rows),
        status=status,
        cancelled=status is OrderStatus.CANCELLED,
        currency=_first(row.currency for row in rows),
        recipient=Recipient(address=_first(row.address for row in rows)),
        purchase_order=_first(row.purchase_order for row in rows),
        buyer=_first(row.buyer for row in rows),
        amounts=_amounts(lines, rows),
        items=tuple(line[0].item for line in lines),
        shipments=_shipments(lines),
        payments=tuple(replace(paid.payment, items=items) for paid, items in _paid(lines, rows, "paid").items()),
        refunds=tuple(
            _refund(paid, items)
            for paid, items in _paid(lines, rows, "refunded").items()
            if paid.payment.amount is not None and paid.payment.amount.minor
        ),
    )


def _refund(paid: Paid, items: tuple[int, ...]) -> Refund:
    amount = paid.payment.amount
    return Refund(
        amount=Money(abs(amount.minor), amount.currency) if amount else None,
        refunded_on=paid.payment.charged_on,
        item=items[0] if len(items) == 1 else None,
        key=paid.reference,
        method=paid.payment.method,
        last4=paid.payment.last4,
    )


def _status(rows: Sequence[BusinessRow]) -> OrderStatus:
    stated = _first(row.status if row.status is not OrderStatus.UNKNOWN else None for row in rows) or OrderStatus.UNKNOWN
    on_the_way = {(row.parcel.status or "").lower() for row in rows}
    if stated is OrderStatus.CANCELLED or not any(row.parcel.known for row in rows):
        return stated
    if on_the_way == {"delivered"}:
        return OrderStatus.DELIVERED
    return OrderStatus.SHIPPING if any(row.parcel.shipped_on for row in rows) else stated


def _amounts(lines: Sequence[Line], rows: Sequence[BusinessRow]) -> dict[Amount, Money]:
    """Return the sums over the items, or else the amounts of the order or its shipments if the report has none per item."""
    shipments = {(row.parcel, tuple(row.of_shipment.items())): row.of_shipment for row in rows}.values()
    found: dict[Amount, Money] = {}
    for name in Amount:
        total = (
            whole([line[0].own.get(name) for line in lines])
            or _first(row.of_order.get(name) for row in rows)
            or whole([shipment.get(name) for shipment in shipments])
        )
        if total is not None:
            found[name] = total
    return found


def _shipments(lines: Sequence[Line]) -> tuple[Shipment, ...]:
    parcels: dict[Parcel, dict[int, None]] = {}
    for place, line in enumerate(lines):
        for row in line:
            if row.parcel.known:
                parcels.setdefault(row.parcel, {})[place] = None
    return tuple(
        Shipment(status=parcel.status, shipped_on=parcel.shipped_on, tracking=parcel.tracking, items=tuple(places))
        for parcel, places in parcels.items()
    )


def _paid(lines: Sequence[Line], rows: Iterable[BusinessRow], which: Literal["paid", "refunded"]) -> dict[Paid, tuple[int, ...]]:
    """Return each payment or refund once, with the positions of the items it pays for. It repeats on each of their rows."""
    found: dict[Paid, dict[int, None]] = {paid: {} for row in rows if (paid := getattr(row, which)).known}
    for place, line in enumerate(lines):
        for row in line:
            paid = getattr(row, which)
            if paid.known:
                found[paid][place] = None
    return {paid: tuple(places) for paid, places in found.items()}


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
