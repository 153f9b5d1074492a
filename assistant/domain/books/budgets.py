"""Budgets: what may be spent in a month or a year, what was carried over, and how the period is likely to end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter, period
from assistant.domain.judging.user_rules.model import OwnRule, words_of
from assistant.domain.money import Money

_USUAL = 3
"""How many whole months before the period tell what is usually spent on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A budget as the user wrote it: `amount` for each month, or each year if `yearly`; what is left is carried over from `carry` on.

    `carry` is the first month of that, like "2026-01", "" for none. `rule` is the id of its rule.
    """

    rule: int
    accounts: tuple[str, ...]
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    amount: Money
    yearly: bool = False
    carry: str = ""

    def period_with(self, day: date) -> str:
        """Return the month or year that contains a day: "2026-11", "2026"."""
        return f"{day:%Y}" if self.yearly else f"{day:%Y-%m}"

    def entries(self, since: date, until: date) -> Filter:
        """Return the filter for the entries that this budget counts."""
        either = [tuple(Filter(purpose=word) for word in self.purposes), tuple(Filter(category=word) for word in self.categories)]
        return Filter(
            accounts=self.accounts,
            currency=self.amount.currency,
            since=since,
            until=until,
            either=tuple(group for group in either if group),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A budget in one period. `carried` is negative if more was spent than planned; `forecast` is what the period is likely to cost.

    `problem` says why nothing can be counted, "" if all is well.
    """

    rule: int
    accounts: tuple[str, ...]
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    period: str
    since: date
    until: date
    planned: Money
    carried: Money
    spent: Money
    forecast: Money
    problem: str = ""

    @property
    def available(self) -> Money:
        """What may be spent in the period: the plan and what was carried over."""
        return self.planned + self.carried

    @property
    def left(self) -> Money:
        """What may still be spent; negative if more was spent than available."""
        return self.available - self.spent

    @property
    def over(self) -> bool:
        """Whether more was spent than available."""
        return self.left.minor < 0

    @property
    def likely_over(self) -> bool:
        """Whether the period is likely to cost more than is available."""
        return (self.available - self.forecast).minor < 0


def plans(rules: Sequence[OwnRule]) -> list[Plan]:
    """Return the budgets among the user's rules."""
    return [plan for own in rules if own.body.get("type") == "budget" and (plan := _plan(own)) is not None]


def _plan(own: OwnRule) -> Plan | None:
    body = own.body
    yearly = body.get("month") is None
    try:
        amount = Money.of(Decimal(str(body.get("year" if yearly else "month"))), str(body.get("currency") or "USD"))
    except (InvalidOperation, InvalidInput):
        return None
    words = {name: words_of(body.get(name)) for name in ("account", "purpose", "category")}
    carry = str(body.get("carry") or "")
    return Plan(
        rule=own.id,
        accounts=words["account"],
        purposes=words["purpose"],
        categories=words["category"],
        amount=amount,
        yearly=yearly,
        carry=carry,
    )


def first_month(plan: Plan, day: date) -> date:
    """Return the first day whose spending matters for a budget on a day: of what is carried over, and of what is usual."""
    start, _ = period(plan.period_with(day))
    usual = _months_before(date(day.year, day.month, 1), _USUAL)
    return min([start, usual, *([period(plan.carry)[0]] if plan.carry else [])])


def budget_on(plan: Plan, day: date, spent: Mapping[str, int], today: date) -> Budget:
    """Return a budget in the period that contains a day. `spent` is by month ("2026-11"), in minor units, less refunds."""
    name = plan.period_with(day)
    since, until = period(name)
    unit, sum_of = plan.amount.currency, _Sums(spent)
    before = [sum_of(*period(earlier)) for earlier in _periods(plan, since)]
    here = sum_of(since, until)
    return Budget(
        rule=plan.rule,
        accounts=plan.accounts,
        purposes=plan.purposes,
        categories=plan.categories,
        period=name,
        since=since,
        until=until,
        planned=plan.amount,
        carried=Money(plan.amount.minor * len(before) - sum(before), unit),
        spent=Money(here, unit),
        forecast=Money(_forecast(spent, here, since, until, today), unit),
    )


class _Sums:
    """Adds up whole months."""

    def __init__(self, spent: Mapping[str, int]) -> None:
        self._spent = spent

    def __call__(self, since: date, until: date) -> int:
        return sum(minor for month, minor in self._spent.items() if f"{since:%Y-%m}" <= month <= f"{until:%Y-%m}")


def _periods(plan: Plan, since: date) -> Iterator[str]:
    """Yield the periods before a day from which something is carried over."""
    day = period(plan.carry)[0] if plan.carry else since
    while day < since and plan.period_with(day) < plan.period_with(since):
        name = plan.period_with(day)
        yield name
        day = period(name)[1] + timedelta(days=1)


def _forecast(spent: Mapping[str, int], here: int, since: date, until: date, today: date) -> int:
    """Return what a period is likely to cost: what was spent, and for each day left what is usually spent on a day.

    Usual is the average of the three whole months before; without spending in them, that of the period so far.
    """
    if today > until:
        return here
    month = date(today.year, today.month, 1)
    first = _months_before(month, _USUAL)
    usual = sum(minor for name, minor in spent.items() if f"{first:%Y-%m}" <= name < f"{month:%Y-%m}")
    past = max((today - since).days + 1, 0)
    days = (month - first).days
    if usual <= 0:
        usual, days = here, max(past, 1)
    left = (until - max(today, since - timedelta(days=1))).days
    return here + max(0, usual) * left // days


def _months_before(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)
