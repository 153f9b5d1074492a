"""What an account is for: personal things on Amazon Business, Monthly Payments for business purchases."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import NOTICE, WARN, policy, titles
from assistant.rules.facts import Fact
from assistant.rules.muting import lines
from assistant.rules.parties import Party
from assistant.rules.routing import matches, route
from assistant.rules.situation import Situation
from assistant.rules.words import mentions

_PERSONAL = frozenset({"toys", "pet", "baby", "clothing", "games", "sports"})
_INSTALMENTS = frozenset({"monthly_payments", "monthly payments"})


def business_personal(situation: Situation) -> Iterator[Reason]:
    """Something that looks personal, on an Amazon Business account; said louder where the user's rule calls it personal."""
    active = situation.active
    if active is None or not active.business or not situation.buying:
        return
    found: list[tuple[Level, Fact]] = []
    for item in lines(situation, "BUSINESS_PERSONAL_USE"):
        if fold(item.text("category") or "") not in _PERSONAL or _declared_business(situation, active, item):
            continue
        ruled = route(situation, item)
        if ruled is None or not ruled[1].for_business:
            found.append((WARN if ruled else NOTICE, item))
    if found:
        reason = policy(
            "BUSINESS_PERSONAL_USE",
            max((level for level, _ in found), key=lambda level: level.rank),
            "P05",
            f"You are on an Amazon Business account, and this looks personal: {titles(item for _, item in found)}.",
            "Amazon Business is for business purchases only; go on if this is one, or add a rule that says so.",
            *(f"category {item.text('category')}" for _, item in found[:5]),
        )
        yield replace(reason, group="account")


def monthly_payments(situation: Situation) -> Iterator[Reason]:
    """Monthly Payments for something that is treated as a business purchase."""
    active = situation.active
    if active is None or not situation.buying or (situation.event.text("plan") or "").lower() not in _INSTALMENTS:
        return
    found = [item for item in lines(situation, "MONTHLY_PAY_BUSINESS") if _business_purchase(situation, active, item)]
    if found:
        yield policy(
            "MONTHLY_PAY_BUSINESS",
            WARN,
            "P15",
            f"Monthly Payments are for personal, family or household purposes, and this is a business purchase: {titles(found)}.",
            "Pay for it in one amount.",
        )


def _business_purchase(situation: Situation, active: Party, item: Fact) -> bool:
    ruled = route(situation, item)
    if ruled is not None:
        return ruled[1].for_business
    tagged = any(rule.text("tag") == "business" and matches(situation, rule, item) for rule in situation.rules_of("tag"))
    return active.for_business or tagged


def _declared_business(situation: Situation, active: Party, item: Fact) -> bool:
    for rule in situation.rules_of("purpose"):
        if rule.has("account") and active.key not in rule.texts("account"):
            continue
        if fold(item.text("category") or "") in {fold(category) for category in rule.texts("business_categories")}:
            return True
        if mentions(item.text("title") or "", rule.texts("business_words"), situation.site):
            return True
    return False


RULES = (business_personal, monthly_payments)
