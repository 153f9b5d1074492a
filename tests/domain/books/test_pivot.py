"""Sums beside the same days a year earlier."""

from datetime import date

import pytest

from assistant.domain.books.pivot import PivotRow, a_year_earlier, year_over_year
from assistant.domain.filters import Filter
from assistant.domain.money import Money


def row(name: str, month: str, minor: int, unit: str = "USD", back: int = 0) -> PivotRow:
    return PivotRow(name=name, month=month, currency=unit, spent=Money(minor, unit), refunded=Money(back, unit))


def test_a_year_is_compared_name_by_name_and_currencies_are_never_added():
    now = [row("office", "2026-01", 3000, back=500), row("office", "2026-02", 500), row("toys", "2026-02", 100, "EUR")]
    before = [row("office", "2025-01", 2000), row("garden", "2025-05", 700)]
    found = {(each.name, each.net.currency): (each.net.minor, each.before.minor, each.change) for each in year_over_year(now, before)}
    assert found == {("office", "USD"): (3000, 2000, 50), ("garden", "USD"): (0, 700, -100), ("toys", "EUR"): (100, 0, None)}


@pytest.mark.parametrize(
    ("since", "until", "earlier"),
    [
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2028-02-01", "2028-02-29", ("2027-02-01", "2027-02-28")),
        ("2029-02-01", "2029-02-28", ("2028-02-01", "2028-02-29")),
        ("2028-02-29", "2028-03-05", ("2027-02-28", "2027-03-05")),
    ],
)
def test_the_same_days_a_year_earlier_end_with_the_month(since, until, earlier):
    found = a_year_earlier(Filter(since=date.fromisoformat(since), until=date.fromisoformat(until)), date(2030, 1, 1))
    assert (str(found.since), str(found.until)) == earlier


def test_a_running_year_is_compared_up_to_the_same_day():
    found = a_year_earlier(Filter(since=date(2026, 1, 1), until=date(2026, 12, 31)), date(2026, 11, 25))
    assert (str(found.since), str(found.until)) == ("2025-01-01", "2025-11-25")
    later = a_year_earlier(Filter(since=date(2027, 1, 1), until=date(2027, 12, 31)), date(2026, 11, 25))
    assert (str(later.since), str(later.until)) == ("2026-01-01", "2026-12-31")


def test_a_period_without_an_end_is_compared_up_to_the_same_day_and_one_without_days_is_not_changed():
    today = date(2026, 11, 25)
    running = a_year_earlier(Filter(since=date(2026, 1, 1)), today)
    assert (str(running.since), str(running.until)) == ("2025-01-01", "2025-11-25")
    until_now = a_year_earlier(Filter(until=date(2026, 12, 31)), today)
    assert (until_now.since, str(until_now.until)) == (None, "2025-11-25")
    assert a_year_earlier(Filter(), today) == Filter()
