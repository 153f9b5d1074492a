"""Budgets: the user's budget rules beside what the books say."""

from collections import Counter
from datetime import date

from assistant.domain.books.budgets import Budget, Plan, budget_on, first_month, plans
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import period
from assistant.services.orders.ledger import Ledger
from assistant.services.user_rules.rules import UserRules


class Budgets:
    """Reads budgets."""

    def __init__(self, ledger: Ledger, rules: UserRules) -> None:
        """Read through other services."""
        self._ledger = ledger
        self._rules = rules

    def all(self, day: date, today: date) -> list[Budget]:
        """Return every budget in the month or year that contains a day, in the order of the rules."""
        return [budget_on(plan, day, self._spent(plan, day, today), today) for plan in plans(self._rules.all())]

    def _spent(self, plan: Plan, day: date, today: date) -> dict[str, int]:
        # The forecast of a later month needs the months before today.
        since, (_, until) = first_month(plan, min(day, today)), period(plan.period_with(day))
        spent: Counter[str] = Counter()
        try:
            rows = self._ledger.expenses(plan.entries(since, until)).items
        except (NotFound, InvalidInput):
            # A rule may name a word that was removed since, or a currency of an earlier version: nothing was spent on it.
            return {}
        for row in rows:
            spent[row.month] += row.net.minor
        return dict(spent)
