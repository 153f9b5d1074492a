"""Two accounts with purchases on two cards, and statements of these cards."""

from datetime import date, timedelta

import pytest

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export

DESK = CatalogueProduct("B0DESK0001", "Standing desk", 20000, "furniture", 1)
LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp", 5000, "lighting", 1)
RULER = CatalogueProduct("B0RULER001", "Steel ruler", 1000, "office", 1)


def bought(number, on, *products, refund=0, card="Visa - 1111", currency="USD"):
    """An order that is shipped and charged on its day; prices have 10 % tax on top."""
    return ExportOrder(
        number=f"112-000000{number}-0000001",
        on=on,
        lines=tuple(ExportLine(product=product, quantity=1, price=product.price, tax=product.price // 10) for product in products),
        site="Amazon.com" if currency == "USD" else "Amazon.de",
        currency=currency,
        payment=card,
        address="1 Sample Way",
        refund=refund,
        refunded_on=on + timedelta(days=20) if refund else None,
    )


@pytest.fixture
def household(shopper, tmp_path):
    """Business: three orders on visa/1111, two alike; private: one on visa/2222 and one in euros."""
    orders = {
        "biz": (
            bought(1, date(2025, 3, 1), DESK, LAMP, refund=5500),
            bought(2, date(2025, 3, 10), RULER),
            bought(3, date(2025, 3, 10), RULER),
        ),
        "per": (
            bought(4, date(2025, 3, 5), LAMP, card="Visa - 2222"),
            bought(5, date(2025, 4, 2), LAMP, currency="EUR", card="Visa - 2222"),
        ),
    }
    for key, purpose in (("biz", "business"), ("per", "personal")):
        assert shopper("accounts", "add", key, "--purpose", purpose).code == 0
        write_export(tmp_path / f"{key}.zip", list(orders[key]), old=False)
        assert shopper("import", tmp_path / f"{key}.zip", "--account", key).code in {0, 1}
    return shopper


@pytest.fixture
def statement(tmp_path):
    """Write a CSV statement of lines like ("2025-03-02", "-19.99", "AMZN Mktp US")."""

    def write(name, *lines):
        file = tmp_path / name
        rows = ["Date,Amount,Description,Currency", *(f"{on},{amount},{words},USD" for on, amount, words in lines)]
        file.write_text("\n".join(rows) + "\n")
        return file

    return write
