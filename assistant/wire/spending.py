"""Sums of what was spent, by other words than account and purpose, and budgets."""

from datetime import date

from assistant.domain.books.budgets import Budget
from assistant.domain.books.pivot import PivotRow
from assistant.wire.shape import DecimalText, JsonShape, MoneyJson


class PivotJson(JsonShape[PivotRow]):
    """What was spent for one account, category, … in one month and currency; `name` is "" where no source says it."""

    name: str
    month: str
    currency: str
    spent: DecimalText
    refunded: DecimalText
    net: DecimalText

    def to_domain(self, currency: str = "") -> PivotRow:
        """Return the sum. Raises InvalidInput for an impossible amount."""
        return super().to_domain(self.currency or currency)


class BudgetJson(JsonShape[Budget]):
    """A budget in one period. `carried` is what earlier periods left, `forecast` what the period is likely to cost."""

    rule: int
    accounts: tuple[str, ...]
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    period: str
    since: date
    until: date
    planned: MoneyJson
    carried: MoneyJson
    spent: MoneyJson
    forecast: MoneyJson
    available: MoneyJson
    left: MoneyJson
    over: bool
    likely_over: bool
    problem: str
