"""What a browser's popup shows: the accounts, and the last orders, warnings and dates of one; which account bought something."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from assistant.domain.accounts.account import AccountOverview
from assistant.domain.due_dates import Due, DueKind
from assistant.domain.filters import Filter
from assistant.domain.judging.sentences import sentence
from assistant.domain.judging.user_rules.model import OwnRule
from assistant.domain.judging.user_rules.rules import PrivateRule
from assistant.domain.judging.verdict import Message, said
from assistant.domain.money import Money
from assistant.domain.order_view import OrderView
from assistant.domain.summary import AccountSummary, BoughtOrder, BrowserSummary, MonthSpending, Notice, monthly_budgets
from assistant.rules import codes_afterwards
from assistant.rules.base import AfterPurchase
from assistant.rules.described.fields import Fields
from assistant.rules.described.user_rules import read_rules
from assistant.services.accounts.register import Accounts
from assistant.services.orders.ledger import Ledger
from assistant.services.user_rules.rules import UserRules
from assistant.services.warnings.alerts import Alerts
from assistant.services.warnings.reminders import Reminders

_SHOWN = 3
_FOUND = 8
_DAYS_AHEAD = 14
_MOST_NOTICED = 50
_NOTICED_DAYS = 2
_MISPLACED = codes_afterwards(AfterPurchase.MISPLACED)


class Summaries:
    """Reads what a popup shows."""

    def __init__(self, accounts: Accounts, ledger: Ledger, alerts: Alerts, reminders: Reminders, rules: UserRules) -> None:
        """Read through other services."""
        self._accounts = accounts
        self._ledger = ledger
        self._alerts = alerts
        self._reminders = reminders
        self._rules = rules

    def of(self, account: str | None, today: date) -> BrowserSummary:
        """Return all accounts, and what is new on one of them, or on all. Raises NotFound."""
        found = Filter(accounts=(account,) if account else ())
        # Without an account it is unknown who is looking, and warnings and dates name what was bought.
        rules = self._rules.all()
        private = _private_rules(rules)
        is_shown = account is not None or not private
        budgets = monthly_budgets(rules)
        return BrowserSummary(
            accounts=tuple(_with_budgets(row, budgets.get(row.account.key, ())) for row in self._ledger.overview(today)),
            orders=self._orders(found, _SHOWN, account, private),
            warnings=tuple(self._alerts.alerts(found, limit=_SHOWN).items) if is_shown else (),
            dates=tuple(self._reminders.due(today, _DAYS_AHEAD, found)[:_SHOWN]) if is_shown else (),
        )

    def notices(self, today: date) -> list[Notice]:
        """Return what should be told on the desktop: purchases to cancel first, then return windows of at most two days.

        Nothing while there are private orders: everybody in the room reads a desktop.
        """
        if _private_rules(self._rules.all()):
            return []
        found = [
            Notice(key=f"cancel/{alert.order}", text=f"{alert.text} {alert.advice}")
            for alert in self._alerts.alerts(Filter(), limit=_MOST_NOTICED).items
            if alert.afterwards and alert.cancellable and alert.code in _MISPLACED
        ]
        ends = [due for due in self._reminders.due(today, _NOTICED_DAYS, Filter()) if due.kind is DueKind.RETURN]
        return found + [Notice(key=_return_key(due), text=sentence(_return_notice(due))) for due in ends]

    def bought(self, words: str, account: str | None) -> tuple[BoughtOrder, ...]:
        """Return the newest orders of all accounts that have these words. Of other people's private ones it shows no content."""
        wanted = tuple(words.split())
        return self._orders(Filter(words=wanted), _FOUND, account, _private_rules(self._rules.all())) if wanted else ()

    def _orders(self, found: Filter, most: int, account: str | None, private: Sequence[PrivateRule]) -> tuple[BoughtOrder, ...]:
        views = self._ledger.views(found, limit=most).items
        if not private:
            return tuple(map(_bought, views))
        owners = {row.key: row.owner for row in self._accounts.all()}
        owner = owners.get(account or "")

        def seen(view: OrderView) -> BoughtOrder:
            is_hidden = owners.get(view.account) != owner and _is_private(view, private)
            return replace(_bought(view), title="", cost=None) if is_hidden else _bought(view)

        return tuple(map(seen, views))


def _private_rules(rules: Sequence[OwnRule]) -> list[PrivateRule]:
    return [rule for rule in read_rules(Fields(own.body) for own in rules) if isinstance(rule, PrivateRule)]


def _return_key(due: Due) -> str:
    """Return what a browser keeps to tell a return once: without the title."""
    return f"return/{due.number}/{sha256(due.title.encode()).hexdigest()[:12]}/{due.due}"


def _return_notice(due: Due) -> Message:
    return said("notices.return", thing=said("parts.title", title=due.title) if due.title else said("parts.an_order"), day=due.due)


def _with_budgets(row: AccountOverview, budgets: Sequence[Money]) -> AccountSummary:
    """Return an account with its budgets beside what it spent; a currency without spending shows its budget."""
    limits = {budget.currency: budget for budget in budgets}
    spent = {amount.currency: amount for amount in row.month}
    month = [MonthSpending(spent=spent.get(unit, Money(0, unit)), budget=limits.get(unit)) for unit in {**limits, **spent}]
    return AccountSummary(account=row.account, month=tuple(month), alerts=row.alerts)


def _bought(view: OrderView) -> BoughtOrder:
    items = view.order.items
    return BoughtOrder(
        account=view.account,
        number=view.order.number,
        placed_on=view.order.placed_on,
        title=next((item.title for item in items if item.title), None) or "",
        items=len(items),
        cost=view.cost,
    )


def _is_private(view: OrderView, rules: Sequence[PrivateRule]) -> bool:
    asins = {item.asin for item in view.order.items}
    return any(
        (rule.accounts is None or view.account in rule.accounts)
        and (rule.order_ids is None or view.order.number in rule.order_ids)
        and (rule.asins is None or not asins.isdisjoint(rule.asins))
        for rule in rules
    )
