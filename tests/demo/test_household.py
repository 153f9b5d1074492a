"""The demo household has enough data and is the same on the same day."""

from assistant.bootstrap import build
from assistant.demo.household import seed
from assistant.domain.books.statements.card_charges import LineState
from assistant.domain.filter_language import parse_filter
from assistant.domain.filters import Filter
from assistant.settings import Settings


def test_the_household_has_four_accounts_two_years_of_orders_and_warnings(services, clock):
    seed(services, clock.now)
    orders = services.ledger.orders(Filter(), limit=1)
    assert 350 <= orders.total <= 650
    assert len(services.accounts.all()) == 4
    assert {row.currency for row in services.ledger.expenses(Filter()).items} >= {"USD", "EUR", "GBP", "CAD"}
    months = {row.month for row in services.ledger.expenses(Filter()).items}
    assert len(months) >= 24
    assert services.ledger.orders(parse_filter("toner account:per")).total == 1
    assert services.ledger.orders(parse_filter("toner account:biz")).total >= 4
    codes = {alert.code for alert in services.alerts.alerts().items}
    assert {"WRONG_ACCOUNT_ROUTE", "PROMO_REUSE_LIMITED"} <= codes
    assert {(claim.owes, claim.paid) for claim in services.claims.all()} == {("biz", "per")}
    assert {line.state for line in services.statements.matches().lines} == {LineState.MATCHED, LineState.UNMATCHED}
    assert len(services.budgets.all(clock.now.date(), clock.now.date())) == 2
    assert services.ledger.returns_due(clock.now.date(), 3)
    assert all(account.last_seen for account in services.accounts.all())


def test_the_same_day_gives_the_same_household(services, clock, tmp_path):
    seed(services, clock.now)
    other = build(Settings(home=tmp_path / "other", port=0), clock)
    seed(other, clock.now)
    assert services.ledger.views(Filter(), limit=500) == other.ledger.views(Filter(), limit=500)
    other.close()
