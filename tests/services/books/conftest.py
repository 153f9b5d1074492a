"""A ledger of two accounts in two currencies, paid with two cards."""

from datetime import date

import pytest

from tests.purchases import DESK, LAMP, bought, export_of


@pytest.fixture
def two_currencies(services, tmp_path):
    orders = {
        "biz": [bought(1, date(2025, 3, 15), DESK, LAMP, refund=5500), bought(2, date(2025, 4, 10), LAMP)],
        "per": [bought(3, date(2025, 3, 16), LAMP, currency="EUR", card="Visa - 2222"), bought(4, date(2025, 5, 1), DESK)],
    }
    for key, purpose in (("biz", "business"), ("per", "personal")):
        services.accounts.add(key, purpose, key=key)
        services.imports.take_paths([export_of(tmp_path / f"{key}.zip", *orders[key])], account=key)
    return services
