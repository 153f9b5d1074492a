"""Which shop it is and what it adds up to: the marketplaces of an account and its own monthly budget."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.amazon.marketplaces import by_host
from assistant.domain.errors import InvalidInput
from assistant.domain.money import Money
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import NOTICE, WARN, rule_name
from assistant.rules.facts import Fact
from assistant.rules.parties import Party, site_name
from assistant.rules.situation import Situation


def marketplace_mismatch(situation: Situation) -> Iterator[Reason]:
    """The page is of a shop that the account's owner did not list."""
    active, said = situation.active, situation.event.text("site")
    if active is None or not situation.buying or not said or not active.sites or site_name(said) in active.sites:
        return
    yield _account(
        "MARKETPLACE_MISMATCH",
        WARN,
        f"This is {site_name(said)}, and {active.label} is used on {', '.join(active.sites)}.",
        f"Check the shop; if {site_name(said)} is right, add it to the account once.",
        "the shops you listed for the account",
    )


def budget_exceeded(situation: Situation) -> Iterator[Reason]:
    """The order takes the account over its own monthly budget, in the same currency; nothing is converted."""
    active = situation.active
    if active is None or not situation.buying or situation.today is None:
        return
    unit, month = currency(situation), situation.today.isoformat()[:7]
    total = _total(situation)
    for rule in situation.rules_of("budget"):
        limit = rule.number("month")
        mine = active.key in rule.texts("account")
        if not mine or unit is None or limit is None or total is None or (rule.text("currency") or unit).upper() != unit:
            continue
        spent = sum((amount for entry in situation.past("month_spend") if (amount := _spent(entry, active, month, unit))), Decimal(0))
        if spent + total > limit:
            yield _account(
                "BUDGET_EXCEEDED",
                NOTICE,
                f"With this order {active.label} has spent {_money(spent + total, unit)} of {_money(limit, unit)} this month.",
                "It is your own budget: leave something for next month, or go on.",
                rule_name(situation, rule),
                f"{_money(spent, unit)} before this order",
            )


def currency(situation: Situation) -> str | None:
    """Return the currency of the event; the shop's own where the event does not say."""
    said = situation.event.text("currency")
    shop = by_host(situation.site or "")
    return said.upper() if said else shop.currency if shop else None


def _total(situation: Situation) -> Decimal | None:
    """Return what the order comes to; in a cart that shows no total, what its things come to."""
    total = situation.event.number("total")
    if total is not None or not situation.items:
        return total
    prices = [(item.number("price"), item.count("qty", 1)) for item in situation.items]
    return (
        None if any(price is None for price, _ in prices) else sum((price * qty for price, qty in prices if price is not None), Decimal(0))
    )


def _spent(entry: Fact, active: Party, month: str, unit: str) -> Decimal | None:
    fits = entry.text("account") == active.key and (entry.text("month") or "")[:7] == month
    return entry.number("amount") if fits and (entry.text("currency") or "").upper() == unit else None


def _money(amount: Decimal, unit: str) -> str:
    try:
        return f"{Money.of(amount, unit).decimal} {unit}"
    except InvalidInput:
        return f"{amount} {unit}"


def _account(code: str, level: Level, text: str, advice: str, source: str, *evidence: str) -> Reason:
    return Reason(code=code, level=level, text=text, advice=advice, group="account", evidence=evidence, source=source)


RULES = (marketplace_mismatch, budget_exceeded)
