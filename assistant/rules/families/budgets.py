"""The user's monthly budgets for an account, a purpose or categories; each in one currency, without conversion."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.judging.situation import Party
from assistant.domain.judging.user_rules.rules import BudgetRule
from assistant.domain.judging.verdict import Origin, Param, Reason, said
from assistant.domain.text import fold
from assistant.rules.amounts import stated
from assistant.rules.base import NOTICE, AfterPurchase, Findings, asked_of_buyer, quiet, rule_name
from assistant.rules.case import Case


def budget_exceeded(case: Case, active: Party) -> Findings:
    """Warn if the order takes a monthly budget of the user over its limit."""
    unit = case.currency
    for rule in case.rules_of(BudgetRule):
        name, limit = rule_name(rule), rule.month
        scoped = (rule.accounts, rule.purposes, rule.categories) != (None, None, None)
        if limit is None or not scoped or not _covers(rule, active):
            yield quiet("other_budget", rule=name, account=active.label)
            continue
        adding = _adding(case, rule)
        if unit is None or (rule.currency or unit) != unit or adding is None or case.today is None:
            yield quiet("budget_unknown", rule=name)
            continue
        spent = sum(_spent(case, rule, active, unit), Decimal(0))
        if spent + adding <= limit or not adding:
            yield quiet("within_budget", rule=name, spent=stated(spent + adding, unit), limit=stated(limit, unit))
            continue
        sums = {"spent": stated(spent + adding, unit), "limit": stated(limit, unit)}
        yield Reason(
            code="BUDGET_EXCEEDED",
            level=NOTICE,
            group="account",
            said=said("BUDGET_EXCEEDED", subject=_subject(rule, active), **sums),
            evidence=(said("evidence.spent_before", amount=stated(spent, unit)),),
            origin=Origin.USER_RULE,
            source=name,
        )


def _covers(rule: BudgetRule, party: Party) -> bool:
    """Return whether a budget counts what an account spends."""
    ours = rule.accounts is None or party.key in rule.accounts
    return ours and (rule.purposes is None or (party.kind or "") in {fold(purpose) for purpose in rule.purposes})


def _adding(case: Case, rule: BudgetRule) -> Decimal | None:
    """Return what the order adds to a budget: its total, or the sum of its items in the budget's categories."""
    total = case.event.total
    categories = {fold(category) for category in rule.categories or ()}
    if not categories and (total is not None or not case.items):
        return total
    counted = [item for item in case.items if not categories or fold(item.category or "") in categories]
    if any(item.price is None for item in counted):
        return None
    return sum((item.price * item.quantity for item in counted if item.price is not None), Decimal(0))


def _spent(case: Case, rule: BudgetRule, active: Party, unit: str) -> Iterator[Decimal]:
    """Yield earlier spending of the month, for an account's budget only that account's; no currency means the budget's."""
    month = case.today.isoformat()[:7] if case.today else ""
    categories = {fold(category) for category in rule.categories or ()}
    for entry in case.history.month_spend:
        party = case.party(entry.account)
        counts = party is not None and _covers(rule, party) and (party.key == active.key or rule.accounts is None)
        if entry.amount is None or not counts or entry.month != month:
            continue
        fits = fold(entry.category or "") in categories if categories else entry.category is None
        if fits and (entry.currency or unit) == unit:
            yield entry.amount


def _subject(rule: BudgetRule, active: Party) -> Param:
    scope = [*(said("labels.purpose", purpose=word) for word in rule.purposes or ())]
    scope += [said("labels.category", category=word) for word in rule.categories or ()]
    account = (active.label,) if rule.accounts is not None or not scope else ()
    return (*account, *scope)


RULES = (asked_of_buyer("BUDGET_EXCEEDED", look=budget_exceeded, changed_by=(BudgetRule,), afterwards=AfterPurchase.NOTHING),)
