"""Budgets beside what the books say."""

from datetime import date

from assistant.demo.catalogue import CatalogueProduct
from tests.purchases import bought, export_of

PENS = CatalogueProduct("B0PENS0001", "Pens", 3000, "office", 1)


def household(services, tmp_path):
    for number, account in enumerate(("per", "biz")):
        services.accounts.add(account, "business", key=account)
        orders = [bought(number * 10 + month, date(2025, month, 9), PENS) for month in (3, 4, 5)]
        services.imports.take_paths([export_of(tmp_path / f"{account}.zip", *orders)], account=account)


def test_a_later_month_is_forecast_from_the_months_before_today(services, tmp_path):
    today = date(2025, 6, 2)
    household(services, tmp_path)
    for account in ("per", "biz"):
        services.rules.add({"type": "budget", "account": account, "month": "1", "currency": "USD"})
    now, _ = services.budgets.all(today, today)
    later, _ = services.budgets.all(date(2025, 12, 1), today)
    assert now.forecast.minor > 0
    assert later.spent.minor == 0
    assert later.forecast.minor > 0


def test_a_budget_for_a_word_that_is_gone_does_not_hide_the_others(services, tmp_path):
    household(services, tmp_path)
    services.word_lists.add("purpose", "hobby")
    added = services.journal.steps().items[0]
    services.rules.add({"type": "budget", "purpose": "hobby", "month": "10", "currency": "USD"})
    services.rules.add({"type": "budget", "account": "biz", "month": "20", "currency": "USD"})
    services.journal.undo(added.id)
    first, second = services.budgets.all(date(2025, 5, 1), date(2025, 6, 2))
    assert (first.spent.minor, first.planned.minor) == (0, 1000)
    assert "'hobby'" in first.problem
    assert first.problem.endswith("Nothing is counted until the rule is changed.")
    assert (second.planned.minor, second.problem) == (2000, "")
