"""Budgets: what is carried over, what is left, and how a month or year is likely to end."""

from datetime import date

import pytest

from assistant.domain.books.budgets import budget_on, first_month, plans
from assistant.domain.judging.user_rules.model import OwnRule

TODAY = date(2026, 11, 20)


def plan_of(**body):
    (plan,) = plans([OwnRule(id=1, body={"type": "budget", "currency": "USD", "account": "biz", **body}, text="", since=TODAY)])
    return plan


def test_a_budget_says_what_is_left_and_forecasts_with_the_usual_spending_per_day():
    plan = plan_of(month="600")
    budget = budget_on(plan, TODAY, {"2026-08": 31000, "2026-09": 30000, "2026-10": 31000, "2026-11": 45000}, TODAY)
    assert (budget.period, budget.since, budget.until) == ("2026-11", date(2026, 11, 1), date(2026, 11, 30))
    assert (budget.planned.decimal, budget.carried.decimal, budget.left.decimal) == ("600.00", "0.00", "150.00")
    assert budget.forecast.decimal == "550.00"  # ten dollars a day for ten days more
    assert not budget.likely_over
    assert budget_on(plan, TODAY, {"2026-11": 45000}, TODAY).forecast.decimal == "675.00"  # as in the twenty days so far
    assert budget_on(plan, TODAY, {"2026-11": 70000}, TODAY).over


def test_what_is_left_is_carried_over_from_the_month_that_the_user_chose():
    spent = {"2026-08": 90000, "2026-09": 50000, "2026-10": 75000, "2026-11": 1000}
    carried = {carry: budget_on(plan_of(month="600", carry=carry), TODAY, spent, TODAY).carried.decimal for carry in ("2026-09", "2026-10")}
    assert carried == {"2026-09": "-50.00", "2026-10": "-150.00"}
    earlier = budget_on(plan_of(month="600", carry="2026-09"), date(2026, 10, 1), spent, TODAY)
    assert (earlier.carried.decimal, earlier.available.decimal, earlier.forecast) == ("100.00", "700.00", earlier.spent)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2028, 2, 29)])
def test_a_budget_of_a_year_counts_the_whole_year_and_carries_over_years(day):
    plan = plan_of(year="1200", carry=f"{day.year - 1}-01")
    budget = budget_on(plan, day, {f"{day.year - 1}-05": 100000, f"{day:%Y-%m}": 30000}, day)
    assert (budget.period, budget.carried.decimal, budget.available.decimal, budget.spent.decimal) == (
        str(day.year),
        "200.00",
        "1400.00",
        "300.00",
    )
    assert first_month(plan, day) == date(day.year - 1, 1, 1)


def test_a_filter_finds_what_a_budget_of_several_purposes_and_categories_counts():
    found = plan_of(month="5", purpose=["business", "household"], category=["office", "tools"]).entries(TODAY, TODAY)
    assert [[part.purpose or part.category for part in group] for group in found.either] == [["business", "household"], ["office", "tools"]]
    assert plans([OwnRule(id=2, body={"type": "route"}, text="", since=TODAY)]) == []
