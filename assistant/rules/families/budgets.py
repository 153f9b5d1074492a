"""The user's own monthly budgets: of an account, of a purpose, of categories; in one currency, nothing is converted."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.judging.verdict import Reason
from assistant.domain.money import Money
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, Findings, Quiet, asked_of_account, rule_name
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import BUYING, Situation

_SCOPES = ("account", "purpose", "category")


def budget_exceeded(situation: Situation, active: Party) -> Findings:
    """Does the order take a monthly budget of the user over its limit?"""
    unit = situation.currency
    for rule in situation.rules_of("budget"):
        name, limit = rule_name(situation, rule), rule.number("month")
        if limit is None or not any(rule.has(scope) for scope in _SCOPES) or not _covers(rule, active):
            yield Quiet(f"{name} is no budget of {active.label}.")
            continue
        adding = _adding(situation, rule)
        if unit is None or (rule.text("currency") or unit).upper() != unit or adding is None or situation.today is None:
            yield Quiet(f"{name}: what this order adds in the currency of the budget is not known.")
            continue
        spent = sum(_spent(situation, rule, active, unit), Decimal(0))
        if spent + adding <= limit or not adding:
            yield Quiet(f"{name}: {_money(spent + adding, unit)} of {_money(limit, unit)} with this order.")
            continue
        yield Reason(
            code="BUDGET_EXCEEDED",
            level=NOTICE,
            text=f"With this order {_subject(rule, active)} has spent {_money(spent + adding, unit)} of {_money(limit, unit)} this month.",
            advice="It is your own budget: leave something for next month, or go on.",
            group="account",
            evidence=(f"{_money(spent, unit)} before this order",),
            source=name,
        )


def _covers(rule: Fact, party: Party) -> bool:
    """Whether a budget counts what an account spends."""
    ours = not rule.has("account") or party.key in rule.texts("account")
    return ours and (not rule.has("purpose") or (party.kind or "") in {fold(purpose) for purpose in rule.texts("purpose")})


def _adding(situation: Situation, rule: Fact) -> Decimal | None:
    """Return what the order adds to a budget: its total, or what its things (of the budget's categories) come to."""
    total = situation.event.number("total")
    categories = {fold(category) for category in rule.texts("category")}
    if not categories and (total is not None or not situation.items):
        return total
    counted = [item for item in situation.items if not categories or fold(item.text("category") or "") in categories]
    prices = [(item.number("price"), item.count("qty", 1)) for item in counted]
    if any(price is None for price, _ in prices):
        return None
    return sum((price * quantity for price, quantity in prices if price is not None), Decimal(0))


def _spent(situation: Situation, rule: Fact, active: Party, unit: str) -> Iterator[Decimal]:
    """Yield what was spent before in the month, of an account's own budget by it alone; no currency means the budget's."""
    month = situation.today.isoformat()[:7] if situation.today else ""
    categories = {fold(category) for category in rule.texts("category")}
    for entry in situation.past("month_spend"):
        party, amount = situation.party(entry), entry.number("amount")
        counts = party is not None and _covers(rule, party) and (party.key == active.key or not rule.has("account"))
        if amount is None or not counts or (entry.text("month") or "")[:7] != month:
            continue
        fits = fold(entry.text("category") or "") in categories if categories else not entry.has("category")
        if fits and (entry.text("currency") or unit).upper() == unit:
            yield amount


def _subject(rule: Fact, active: Party) -> str:
    scope = [", ".join(rule.texts(name)) for name in ("purpose", "category") if rule.texts(name)]
    account = active.label if rule.has("account") or not scope else ""
    return " ".join(part for part in (account, *scope) if part)


def _money(amount: Decimal, unit: str) -> str:
    try:
        return f"{Money.of(amount, unit).decimal} {unit}"
    except InvalidInput:
        return f"{amount} {unit}"


RULES = (asked_of_account(BUYING, "BUDGET_EXCEEDED")(budget_exceeded),)
