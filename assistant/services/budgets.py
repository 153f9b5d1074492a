"""Budgets: the user's budget rules beside what the books say."""

from collections import Counter
from dataclasses import replace
from datetime import date

from assistant.domain.books.budgets import Budget, Plan, budget_on, first_month, plans
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import period
from assistant.domain.languages.translating import translated
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
        return [self._budget(plan, day, today) for plan in plans(self._rules.all())]

    def _budget(self, plan: Plan, day: date, today: date) -> Budget:
        try:
            return budget_on(plan, day, self._spent(plan, day, today), today)
        except (NotFound, InvalidInput) as error:
            # The rule names a word that was removed since, or a currency of an earlier version.
            return replace(
                budget_on(plan, day, {}, today), problem=translated("{error} Nothing is counted until the rule is changed.", error=error)
            )

    def _spent(self, plan: Plan, day: date, today: date) -> dict[str, int]:
        # The forecast of a later month needs the months before today.
        since, (_, until) = first_month(plan, min(day, today)), period(plan.period_with(day))
        spent: Counter[str] = Counter()
        for row in self._ledger.expenses(plan.entries(since, until)).items:
            spent[row.month] += row.net.minor
        return dict(spent)
