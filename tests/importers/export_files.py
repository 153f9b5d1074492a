"""Invented exports in Amazon's two layouts, written as CSV, folder or zip. They contain nobody's data."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]

RENAMED = {
    "Total Owed": "Total Amount",
    "Quantity": "Original Quantity",
    "Payment Instrument Type": "Payment Method Type",
    "Gift Recipient Contact Details": "Gift Recipient Contact",
}
_DIGITAL = {
    "ASIN": "B0INVENTD1",
    "Base Currency Code": "EUR",
    "Component Type": "Price Amount",
    "Digital Order Item ID": "item-1",
    "Fulfilled Date": "2024-04-01T09:00:00Z",
    "Marketplace": "Amazon.de",
    "Offer Type Code": "List Price",
    "Order Date": "2024-04-01T09:00:00Z",
    "Order ID": "D01-1000001-2000001",
    "Order Status": "SUCCESS",
    "Price": "4.00",
    "Product Name": "A short novel",
    "Publisher": "Invented Press",
    "Quantity Ordered": "1",
    "Seller Of Record": "Invented Media",
    "Transaction Amount": "4.00",
}
_REFUND = {
    "Creation Date": "2024-03-10T10:00:00Z",
    "Currency": "EUR",
    "Direct Debit Refund Amount": "0",
    "Disbursement Type": "Refund",
    "Order ID": "302-1000001-2000001",
    "Payment Status": "Completed",
    "Quantity": "1",
    "Refund Amount": "11.90",
    "Refund Date": "2024-03-11T10:00:00Z",
    "Reversal Reason": "Customer Return",
    "Reversal Status": "Completed",
    "Website": "Amazon.de",
}
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
# The columns of the old layout, in its order.
OLD_COLUMNS = tuple(_PLAIN)
CURRENT_COLUMNS = tuple(sorted(RENAMED.get(name, name) for name in OLD_COLUMNS))
_WORDS = (
    "Lamp",
    "Desk",
    "Oak",
    "Büro",
    "Kabel",
    "Steel",
    "Mug",
    "Set",
    "Réveil",
    "Paper",
    "Ink",
    "Blue",
    "Pen",
    "Chair",
    "USB-C",
    "Filter",
)
_PEOPLE = ("Nora Beispiel", "Ivo Muster", "Ada Sample", "Jón Prufa")
_SITES = (("Amazon.de", "EUR"), ("Amazon.com", "USD"), ("Amazon.co.uk", "GBP"), ("Amazon.co.jp", "JPY"))


def retail_row(cells: Mapping[str, str] | None = None) -> Row:
    """Return one ordinary row under the old layout's column names, with some cells of your own."""
    return {**_PLAIN, **(cells or {})}


def digital_row(cells: Mapping[str, str] | None = None) -> Row:
    """Return one ordinary row of `Digital Content Orders.csv`, with some cells of your own."""
    return {**_DIGITAL, **(cells or {})}


def refund_row(cells: Mapping[str, str] | None = None) -> Row:
    """Return one ordinary row of `Refund Details.csv`, with some cells of your own."""
    return {**_REFUND, **(cells or {})}


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


def csv_bytes(
    rows: Iterable[Mapping[str, str]], columns: Sequence[str] | None = None, *, separator: str = ",", encoding: str = "utf-8-sig"
) -> bytes:
    """Return rows as a CSV file from Amazon; the columns default to those of the first row."""
    entries = list(rows)
    text = io.StringIO(newline="")
    names = columns or tuple(entries[0])
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(entries)
    return text.getvalue().encode(encoding)


def retail_csv(rows: Iterable[Mapping[str, str]], layout: str = "current", *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return retail order history in the `old` or the `current` layout."""
    if layout == "old":
        return csv_bytes(rows, OLD_COLUMNS, separator=separator, encoding=encoding)
    renamed = ({RENAMED.get(name, name): cell for name, cell in row.items()} for row in rows)
    return csv_bytes(renamed, CURRENT_COLUMNS, separator=separator, encoding=encoding)


def write_export(path: Path, rows: Iterable[Mapping[str, str]], layout: str = "current") -> Path:
    """Write retail rows as Amazon would: a CSV, a zip if the suffix is .zip, or a folder if there is no suffix. Returns the path."""
    name = "Your Amazon Orders/Order History.csv" if layout == "current" else "Retail.OrderHistory.1/Retail.OrderHistory.1.csv"
    content = retail_csv(rows, layout)
    if path.suffix == ".csv":
        path.write_bytes(content)
        return path
    return write_files(path, {name: content})


def write_files(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write named contents as a zip, or as a folder if the path has no suffix. Returns the path."""
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
