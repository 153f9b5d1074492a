"""The demo household is rich, reproducible and quick."""

from datetime import date

from assistant.bootstrap import build
from assistant.demo.household import seed
from assistant.domain.filters import Filter, parse_filter
from assistant.settings import Settings

TODAY = date(2026, 11, 25)


def test_the_household_has_what_the_contract_promises(services):
    seed(services, TODAY)
    orders = services.ledger.orders(Filter(), limit=1)
    assert 350 <= orders.total <= 650
    assert len(services.accounts.all()) == 4
    assert {row.currency for row in services.ledger.expenses(Filter()).items} >= {"USD", "EUR", "GBP", "CAD"}
    months = {row.month for row in services.ledger.expenses(Filter()).items}
    assert len(months) >= 24
    assert services.ledger.orders(parse_filter("toner account:per")).total == 1
    assert services.ledger.orders(parse_filter("toner account:biz")).total >= 4


def test_the_same_day_gives_the_same_household(services, tmp_path):
    seed(services, TODAY)
    other = build(Settings(home=tmp_path / "other", port=0))
    seed(other, TODAY)
    assert services.ledger.views(Filter(), limit=500) == other.ledger.views(Filter(), limit=500)
    other.close()
