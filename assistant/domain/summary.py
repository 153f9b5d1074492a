"""What a browser's popup shows beside the account of a page: months against budgets, last orders, warnings, next dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.domain.accounts.account import Account
from assistant.domain.due_dates import Due
from assistant.domain.judging.user_rules.model import OwnRule
from assistant.domain.judging.warnings import Alert
from assistant.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSpending:
    """What an account spent this month in one currency, and its monthly budget if the user set one."""

    spent: Money
    budget: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSummary:
    """An account with its month in each currency and the number of its open warnings."""

    account: Account
    month: tuple[MonthSpending, ...] = ()
    alerts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtOrder:
    """An order as a list shows it. Of a private one the title is "" and the cost is None."""

    account: str
    number: str
    placed_on: date | None
    title: str
    items: int
    cost: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSummary:
    """All accounts; and of one account, or of all, the last orders, the newest open warnings and the next dates."""

    accounts: tuple[AccountSummary, ...]
    orders: tuple[BoughtOrder, ...]
    warnings: tuple[Alert, ...]
    dates: tuple[Due, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell on the desktop. `key` stays the same for the same purchase or date, so that it is told once."""

    key: str
    text: str


def monthly_budgets(rules: Iterable[OwnRule]) -> Mapping[str, tuple[Money, ...]]:
    """Return the monthly budgets of whole accounts among the user's rules, by account key."""
    found: dict[str, tuple[Money, ...]] = {}
    for rule in (own.body for own in rules):
        if rule.get("type") != "budget" or rule.get("purpose") or rule.get("category"):
            continue
        amount = _budget_amount(rule)
        if amount is not None:
            found |= {key: (*found.get(key, ()), amount) for key in _account_keys(rule.get("account"))}
    return found


def _budget_amount(rule: Mapping[str, Any]) -> Money | None:
    try:
        return Money.of(Decimal(str(rule.get("month"))), str(rule.get("currency") or "USD"))
    except InvalidOperation:
        return None


def _account_keys(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
