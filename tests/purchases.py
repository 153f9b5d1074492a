"""Invented purchases for tests, and exports of them as Amazon writes them."""

from datetime import date, timedelta
from pathlib import Path

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export

DESK = CatalogueProduct("B0DESK0001", "Standing desk", 20000, "furniture", 1)
LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp", 5000, "lighting", 1)
RULER = CatalogueProduct("B0RULER001", "Steel ruler", 1000, "office", 1)
TONER = CatalogueProduct("B0TONER001", "Black toner", 8999, "office", 1)


def bought(
    number: int,
    on: date,
    *products: CatalogueProduct,
    refund: int = 0,
    card: str = "Visa - 1111",
    currency: str = "USD",
    address: str = "1 Sample Way",
    tax_percent: int = 10,
) -> ExportOrder:
    """An order that is shipped and charged on its day, and refunded 20 days later; prices have tax on top."""
    return ExportOrder(
        number=f"112-{number:07d}-0000001",
        on=on,
        lines=tuple(
            ExportLine(product=product, quantity=1, price=product.price, tax=product.price * tax_percent // 100) for product in products
        ),
        site="Amazon.com" if currency == "USD" else "Amazon.de",
        currency=currency,
        payment=card,
        address=address,
        refund=refund,
        refunded_on=on + timedelta(days=20) if refund else None,
    )


def export_of(file: Path, *purchases: ExportOrder) -> Path:
    """Write purchases as an export of the current layout and return its file."""
    write_export(file, purchases, old=False)
    return file
