"""A ledger of two accounts in two currencies, paid with two cards."""

from datetime import date, timedelta

import pytest

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export

DESK = CatalogueProduct("B0DESK0001", "Standing desk", 20000, "furniture", 1)
LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp", 5000, "lighting", 1)


def order(number, on, *products, currency="USD", card="Visa - 1111", refund=0):
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
def two_currencies(services, tmp_path):
    orders = {
        "biz": [order(1, date(2025, 3, 15), DESK, LAMP, refund=5500), order(2, date(2025, 4, 10), LAMP)],
        "per": [order(3, date(2025, 3, 16), LAMP, currency="EUR", card="Visa - 2222"), order(4, date(2025, 5, 1), DESK)],
    }
    for key, purpose in (("biz", "business"), ("per", "personal")):
        services.accounts.add(key, purpose, key=key)
        write_export(tmp_path / f"{key}.zip", orders[key], old=False)
        services.imports.take_paths([tmp_path / f"{key}.zip"], account=key)
    return services
