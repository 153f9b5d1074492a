"""Writes orders as Amazon's data export does, in its old and its current layout, so that the demo uses the real import."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.demo.catalogue import CatalogueProduct

_OLD = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,Unit Price Tax,Shipping Charge,Total Discounts,Total Owed,"
    "Shipment Item Subtotal,Shipment Item Subtotal Tax,ASIN,Product Condition,Quantity,Payment Instrument Type,Order Status,"
    "Shipment Status,Ship Date,Shipping Option,Shipping Address,Billing Address,Carrier Name & Tracking Number,Product Name,"
    "Gift Message,Gift Sender Name,Gift Recipient Contact Details"
)
_RENAMED = {"Total Owed": "Total Amount", "Quantity": "Original Quantity", "Payment Instrument Type": "Payment Method Type"}
_OLD_REFUNDS = ("OrderID", "ReversalID", "RefundCompletionDate", "Currency", "AmountRefunded", "Status", "DisbursementType")
_REFUNDS = ("Creation Date", "Currency", "Order ID", "Payment Status", "Refund Amount", "Refund Date", "Reversal Status", "Website")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """One line of an order; money in minor units, `price` net and `tax` per unit, `discount` negative."""

    product: CatalogueProduct
    quantity: int
    price: int
    tax: int
    shipping: int = 0
    discount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """One order in the export."""

    number: str
    on: date
    lines: tuple[ExportLine, ...]
    site: str
    currency: str
    payment: str
    address: str
    open: bool = False
    cancelled: bool = False
    refund: int = 0
    refunded_on: date | None = None


def write_export(file: Path, purchases: Iterable[ExportOrder], *, old: bool) -> None:
    """Write a privacy zip of the old or the current layout."""
    bought = list(purchases)
    rows = [row for purchase in bought for row in _rows(purchase)]
    columns = _OLD.split(",")
    refunds = [purchase for purchase in bought if purchase.refund]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if old:
            _add(archive, "Retail.OrderHistory.1/Retail.OrderHistory.1.csv", columns, rows)
            _add(archive, "Retail.OrdersReturned.Payments.1/Retail.OrdersReturned.Payments.1.csv", _OLD_REFUNDS, map(_old_refund, refunds))
        else:
            renamed = sorted(_RENAMED.get(name, name) for name in columns)
            current = [{_RENAMED.get(name, name): cell for name, cell in row.items()} for row in rows]
            _add(archive, "Your Amazon Orders/Order History.csv", renamed, current)
            _add(archive, "Your Returns & Refunds/Refund Details.csv", _REFUNDS, map(_refund, refunds))


def _add(archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="Not Available")
    writer.writeheader()
    writer.writerows(rows)
    # Without a time of its own, so that the same purchases always make the same file.
    archive.writestr(zipfile.ZipInfo(name), text.getvalue().encode("utf-8-sig"), zipfile.ZIP_DEFLATED)


def _rows(purchase: ExportOrder) -> list[dict[str, str]]:
    subtotal = sum(line.price * line.quantity for line in purchase.lines)
    tax = sum(line.tax * line.quantity for line in purchase.lines)
    status = "Cancelled" if purchase.cancelled else "Open" if purchase.open else "Closed"
    shipped = not purchase.open and not purchase.cancelled
    return [
        {
            "Website": purchase.site,
            "Order ID": purchase.number,
            "Order Date": f"{purchase.on}T17:24:09Z",
            "Currency": purchase.currency,
            "Unit Price": _major(line.price),
            "Unit Price Tax": _major(line.tax),
            "Shipping Charge": _major(line.shipping),
            "Total Discounts": f"'{_major(line.discount)}'" if line.discount else "0",
            "Total Owed": _major((line.price + line.tax) * line.quantity + line.shipping + line.discount),
            "Shipment Item Subtotal": _major(subtotal),
            "Shipment Item Subtotal Tax": _major(tax),
            "ASIN": line.product.asin,
            "Product Condition": "New",
            "Quantity": "0" if purchase.cancelled else str(line.quantity),
            "Payment Instrument Type": purchase.payment,
            "Order Status": status,
            "Shipment Status": "Shipped" if shipped else "Not Available",
            "Ship Date": f"{purchase.on}T20:03:00Z" if shipped else "Not Available",
            "Shipping Option": "std-n-us",
            "Shipping Address": purchase.address,
            "Billing Address": purchase.address,
            "Carrier Name & Tracking Number": f"AMZN_US(TBA{purchase.number[4:11]})" if shipped else "Not Available",
            "Product Name": line.product.title,
        }
        for line in purchase.lines
    ]


def _old_refund(purchase: ExportOrder) -> dict[str, str]:
    return {
        "OrderID": purchase.number,
        "ReversalID": f"R{purchase.number[4:11]}",
        "RefundCompletionDate": f"{purchase.refunded_on}T09:00:00Z",
        "Currency": purchase.currency,
        "AmountRefunded": _major(purchase.refund),
        "Status": "Completed",
        "DisbursementType": "Refund",
    }


def _refund(purchase: ExportOrder) -> dict[str, str]:
    return {
        "Creation Date": f"{purchase.refunded_on}T08:00:00Z",
        "Currency": purchase.currency,
        "Order ID": purchase.number,
        "Payment Status": "Completed",
        "Refund Amount": _major(purchase.refund),
        "Refund Date": f"{purchase.refunded_on}T09:00:00Z",
        "Reversal Status": "Completed",
        "Website": purchase.site,
    }


def _major(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"
