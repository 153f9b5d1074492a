"""A studio and a shop: two business accounts with an order in each of two years."""

from datetime import date

import pytest

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export

PAPER = CatalogueProduct("B0PAPER001", "Copy paper", 2000, "office", 1)
BOOK = CatalogueProduct("B0BOOK0001", "Handbook", 1500, "books", 1)


def bought(number, on, product=PAPER, refunded_on=None):
    line = ExportLine(product=product, quantity=1, price=product.price, tax=0)
    values = {"number": f"112-000000{number}-0000001", "on": on, "lines": (line,), "site": "Amazon.com", "currency": "USD"}
    refund = product.price if refunded_on else 0
    return ExportOrder(**values, payment="Visa - 1111", address="1 Sample Way", refund=refund, refunded_on=refunded_on)


@pytest.fixture
def exported(tmp_path):
    """Return a function that writes an export of purchases and returns its file."""

    def write(name, *orders):
        file = tmp_path / f"{name}.zip"
        write_export(file, list(orders), old=False)
        return file

    return write


@pytest.fixture
def purchase():
    return bought


@pytest.fixture
def studio(services, exported):
    services.accounts.add("Studio", "business", key="studio")
    services.accounts.add("Shop", "business", key="shop")
    orders = {"studio": [bought(1, date(2024, 5, 1)), bought(2, date(2025, 5, 1))], "shop": [bought(3, date(2025, 6, 1), BOOK)]}
    for account, found in orders.items():
        services.imports.take_paths([exported(account, *found)], account=account)
        for order in found:
            services.ledger.set_item(account, order.number, 0, category=order.lines[0].product.category)
    return services
