"""What an account is for: personal things on Amazon Business, Monthly Payments for business purchases."""

from dataclasses import replace

from assistant.domain.judging.verdict import Level
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, Findings, Quiet, asked_of_account, rule_name, title, titles
from assistant.rules.facts import Fact
from assistant.rules.families.routing import route
from assistant.rules.matching.user_rule import matches, spoken_of
from assistant.rules.muting import lines
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import BUYING, Situation

_PERSONAL = frozenset({"toys", "pet", "baby", "clothing", "games", "sports"})
_INSTALMENTS = frozenset({"monthly_payments", "monthly payments"})


def business_personal(situation: Situation, active: Party) -> Findings:
    """Does something look personal, on an Amazon Business account? It is said louder where the user's rule calls it personal."""
    if not active.business:
        yield Quiet(f"{active.label} is not an Amazon Business account.")
        return
    found: list[tuple[Level, Fact]] = []
    for item in lines(situation, "BUSINESS_PERSONAL_USE"):
        why = _not_personal(situation, active, item)
        if why:
            yield Quiet(f"'{title(item)}': {why}.")
        else:
            found.append((WARN if route(situation, item) else NOTICE, item))
    if found:
        reason = policy(
            situation,
            "BUSINESS_PERSONAL_USE",
            max((level for level, _ in found), key=lambda level: level.rank),
            f"You are on an Amazon Business account, and this looks personal: {titles(item for _, item in found)}.",
            "Amazon Business is for business purchases only; go on if this is one, or add a rule that says so.",
            *(f"category {item.text('category')}" for _, item in found[:5]),
        )
        yield replace(reason, group="account")


def monthly_payments(situation: Situation, active: Party) -> Findings:
    """Are Monthly Payments used for something that is treated as a business purchase?"""
    if (situation.event.text("plan") or "").lower() not in _INSTALMENTS:
        yield Quiet("It is not paid by Monthly Payments.")
        return
    found = [item for item in lines(situation, "MONTHLY_PAY_BUSINESS") if _business_purchase(situation, active, item)]
    if not found:
        yield Quiet("Nothing in it is treated as a business purchase.")
        return
    yield policy(
        situation,
        "MONTHLY_PAY_BUSINESS",
        WARN,
        f"Monthly Payments are for personal, family or household purposes, and this is a business purchase: {titles(found)}.",
        "Pay for it in one amount.",
    )


def _business_purchase(situation: Situation, active: Party, item: Fact) -> bool:
    ruled = route(situation, item)
    if ruled is not None:
        return ruled[1].for_business
    tagged = any(rule.text("tag") == "business" and matches(situation, rule, item) for rule in situation.rules_for("tag", active))
    return active.for_business or tagged


def _not_personal(situation: Situation, active: Party, item: Fact) -> str | None:
    """Return why a thing counts as no personal one here, None where it does."""
    category = item.text("category") or ""
    if fold(category) not in _PERSONAL:
        return f"category '{category}' is not usually personal"
    for rule in situation.rules_for("purpose", active):
        listed = fold(category) in {fold(entry) for entry in rule.texts("business_categories")}
        if listed or not spoken_of(situation, item).isdisjoint(rule.texts("business_words")):
            return f"{rule_name(situation, rule)} calls it business"
    ruled = route(situation, item)
    return f"{rule_name(situation, ruled[0])} sends it to {ruled[1].label}" if ruled and ruled[1].for_business else None


RULES = (
    asked_of_account(BUYING, "BUSINESS_PERSONAL_USE")(business_personal),
    asked_of_account(BUYING, "MONTHLY_PAY_BUSINESS")(monthly_payments),
)
