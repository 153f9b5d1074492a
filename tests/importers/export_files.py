"""Invented exports in Amazon's two layouts, written as CSV, folder or zip. Nobody's data."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]

OLD_COLUMNS = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,Unit Price Tax,Shipping Charge,Total Discounts,Total Owed,"
    "Shipment Item Subtotal,Shipment Item Subtotal Tax,ASIN,Product Condition,Quantity,Payment Instrument Type,Order Status,Shipment Status,"
    "Ship Date,Shipping Option,Shipping Address,Billing Address,Carrier Name & Tracking Number,Product Name,Gift Message,Gift Sender Name,"
    "Gift Recipient Contact Details,Item Serial Number"
).split(",")
RENAMED = {
    "Total Owed": "Total Amount",
    "Quantity": "Original Quantity",
    "Payment Instrument Type": "Payment Method Type",
    "Gift Recipient Contact Details": "Gift Recipient Contact",
}
CURRENT_COLUMNS = sorted(RENAMED.get(name, name) for name in OLD_COLUMNS)
DIGITAL_COLUMNS = (
    "ASIN,Base Currency Code,Component Type,Digital Order Item ID,Fulfilled Date,Marketplace,Offer Type Code,Order Date,Order ID,Order Status,"
    "Price,Product Name,Publisher,Quantity Ordered,Seller Of Record,Transaction Amount"
).split(",")
REFUND_COLUMNS = (
    "Creation Date,Currency,Direct Debit Refund Amount,Disbursement Type,Order ID,Payment Status,Quantity,Refund Amount,Refund Date,"
    "Reversal Amount State,Reversal Reason,Reversal Status,Website"
).split(",")
OLD_REFUND_COLUMNS = "OrderID,ReversalID,RefundCompletionDate,Currency,AmountRefunded,Status,DisbursementType".split(",")

_PLAIN = {
    "Website": "Amazon.de",
    "Order ID": "302-1000001-2000001",
    "Order Date": "2024-03-01T10:00:00Z",
    "Purchase Order Number": "Not Applicable",
    "Currency": "EUR",
    "Unit Price": "10.00",
    "Unit Price Tax": "1.90",
    "Shipping Charge": "0",
    "Total Discounts": "0",
    "Total Owed": "11.90",
    "Shipment Item Subtotal": "10.00",
    "Shipment Item Subtotal Tax": "1.90",
    "ASIN": "B0INVENT01",
    "Product Condition": "New",
    "Quantity": "1",
    "Payment Instrument Type": "Visa - 4321",
    "Order Status": "Closed",
    "Shipment Status": "Shipped",
    "Ship Date": "2024-03-02T08:00:00Z",
    "Shipping Option": "premium",
    "Shipping Address": "Nora Beispiel Ahornweg 3 50667 Colonia",
    "Billing Address": "Nora Beispiel Ahornweg 3 50667 Colonia",
    "Carrier Name & Tracking Number": "DHL(00340000000000000001)",
    "Product Name": "Tea pot, blue",
    "Gift Message": "Not Available",
    "Gift Sender Name": "Not Available",
    "Gift Recipient Contact Details": "Not Available",
    "Item Serial Number": "Not Available",
}
_WORDS = "Lamp Desk Oak Büro Kabel Steel Mug Set Réveil Paper Ink Blue Pen Chair USB-C Filter Tea Garden Hose Light Bag".split()
_PEOPLE = ("Nora Beispiel", "Ivo Muster", "Ada Sample", "Jón Prufa")
_SITES = (("Amazon.de", "EUR"), ("Amazon.com", "USD"), ("Amazon.co.uk", "GBP"), ("Amazon.co.jp", "JPY"))


def retail_row(cells: Mapping[str, str] | None = None) -> Row:
    """Return one ordinary row under the old layout's column names, with some cells of your own."""
    return {**_PLAIN, **(cells or {})}


def invented_rows(count: int, seed: int = 7) -> Iterator[Row]:
    """Yield that many rows of about a third as many orders, with one to six lines and one or two shipments each."""
    chance = random.Random(seed)
    left, order = count, 0
    while left:
        lines = min(left, chance.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 4)))
        left, order = left - lines, order + 1
        yield from _order_rows(chance, order, lines)


def _order_rows(chance: random.Random, order: int, lines: int) -> Iterator[Row]:
    site, currency = chance.choices(_SITES, (6, 3, 2, 1))[0]
    day = f"20{10 + order % 16}-{1 + order % 12:02}-{1 + order % 28:02}T"
    address = f"{chance.choice(_PEOPLE)} {chance.randrange(1, 40)} Ahornweg 50667 Colonia"
    clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
    split = chance.randrange(1, lines + 1)
    prices = [chance.randrange(99, 30000) for _ in range(lines)]
    for line, price in enumerate(prices):
        mates = prices[:split] if line < split else prices[split:]
        tax, digits = price * 19 // 100, 0 if currency == "JPY" else 2
        yield {
            **_PLAIN,
            "Website": site,
            "Order ID": f"{302 + order % 3}-{order:07}-{order * 7919 % 9999991:07}",
            "Order Date": f"{day}{clock}Z",
            "Currency": currency,
            "Unit Price": _amount(price, digits),
            "Unit Price Tax": _amount(tax, digits),
            "Total Owed": _amount(price + tax, digits),
            "Shipment Item Subtotal": _amount(sum(mates), digits),
            "Shipment Item Subtotal Tax": _amount(sum(mate * 19 // 100 for mate in mates), digits),
            "ASIN": f"B0{chance.randrange(16**8):08X}",
            "Payment Instrument Type": f"Visa - {chance.randrange(4321, 4331)}",
            "Ship Date": f"{day}23:{chance.randrange(60):02}:{1 + (line >= split):02}.{chance.randrange(1000):03}Z",
            "Shipping Address": address,
            "Billing Address": address,
            "Carrier Name & Tracking Number": f"DHL({34 * 10**16 + order * 10 + (line >= split)})",
            "Product Name": " ".join(chance.choices(_WORDS, k=12)) + ", 2 pieces",
        }


def _amount(minor: int, digits: int) -> str:
    return f"{minor / 10**digits:.{digits}f}"


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, str]], *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return rows as a file of Amazon's; columns that a row lacks stay empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def retail_csv(rows: Iterable[Mapping[str, str]], layout: str = "current", *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return retail order history in the `old` or the `current` layout."""
    if layout == "old":
        return csv_bytes(OLD_COLUMNS, rows, separator=separator, encoding=encoding)
    renamed = ({RENAMED.get(name, name): cell for name, cell in row.items()} for row in rows)
    return csv_bytes(CURRENT_COLUMNS, renamed, separator=separator, encoding=encoding)


def write_export(path: Path, rows: Iterable[Mapping[str, str]], layout: str = "current") -> Path:
    """Write retail rows as Amazon would: a CSV, a zip by that suffix, or a folder where there is no suffix. Returns the path."""
    name = "Your Amazon Orders/Order History.csv" if layout == "current" else "Retail.OrderHistory.1/Retail.OrderHistory.1.csv"
    content = retail_csv(rows, layout)
    if path.suffix == ".csv":
        path.write_bytes(content)
        return path
    return write_files(path, {name: content})


def write_files(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write named contents as a zip, or as a folder where the path has no suffix. Returns the path."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path
