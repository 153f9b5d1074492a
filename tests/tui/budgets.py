"""Invented budgets that the tests of the terminal app show."""

from datetime import date

from assistant.domain.books.budgets import Budget
from assistant.domain.money import Money


def _budget(rule: int, account: str, *amounts: int, currency: str = "USD", category: str = "") -> Budget:
    planned, carried, spent, forecast = (Money(minor, currency) for minor in amounts)
    return Budget(
        rule=rule,
        accounts=(account,) if account else (),
        purposes=(),
        categories=(category,) if category else (),
        period="2026-11",
        since=date(2026, 11, 1),
        until=date(2026, 11, 30),
        planned=planned,
        carried=carried,
        spent=spent,
        forecast=forecast,
    )


BUDGETS = (
    _budget(1, "biz", 600_00, 50_00, 412_10, 690_00),
    _budget(2, "home", 300_00, -20_00, 288_20, 330_00, currency="EUR", category="grocery"),
)
