"""The purpose of an account: personal items on Amazon Business, Monthly Payments for business purchases."""

from assistant.domain.judging.situation import JudgedItem, Party
from assistant.domain.judging.user_rules.rules import PurposeRule, RouteRule, TagRule
from assistant.domain.judging.verdict import Level, said
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, AfterPurchase, Findings, Quiet, asked_of_buyer, quiet, rule_name, title, titles
from assistant.rules.case import Case
from assistant.rules.families.routing import route
from assistant.rules.matching.user_rule import fits, spoken_of
from assistant.rules.muting import unmuted_items
from assistant.rules.policy_citations import policy

_PERSONAL = frozenset({"toys", "pet", "baby", "clothing", "games", "sports"})
_INSTALMENTS = frozenset({"monthly_payments", "monthly payments"})
_MOST_TOLD = 5


def business_personal(case: Case, active: Party) -> Findings:
    """Warn if an item looks personal on an Amazon Business account, louder where the user's rule calls it personal."""
    if not active.business:
        yield quiet("not_business", account=active.label)
        return
    found: list[tuple[Level, JudgedItem]] = []
    for item in unmuted_items(case, "BUSINESS_PERSONAL_USE"):
        why = _not_personal(case, active, item)
        if why:
            yield why
        else:
            found.append((WARN if route(case, item) else NOTICE, item))
    if found:
        yield policy(
            case,
            "BUSINESS_PERSONAL_USE",
            max((level for level, _ in found), key=lambda level: level.rank),
            said("BUSINESS_PERSONAL_USE", items=titles(item for _, item in found)),
            *(said("evidence.category", category=item.category or "") for _, item in found[:_MOST_TOLD]),
            group="account",
        )


def monthly_payments(case: Case, active: Party) -> Findings:
    """Warn if Monthly Payments are used for an item that counts as a business purchase."""
    if case.event.plan not in _INSTALMENTS:
        yield quiet("no_monthly_payments")
        return
    found = [item for item in unmuted_items(case, "MONTHLY_PAY_BUSINESS") if _business_purchase(case, active, item)]
    if not found:
        yield quiet("no_business_purchase")
        return
    yield policy(case, "MONTHLY_PAY_BUSINESS", WARN, said("MONTHLY_PAY_BUSINESS", items=titles(found)))


def _business_purchase(case: Case, active: Party, item: JudgedItem) -> bool:
    ruled = route(case, item)
    if ruled is not None:
        return ruled[1].for_business
    tagged = any(rule.tag == "business" and fits(case, rule.match, item) for rule in case.rules_for(TagRule, active))
    return active.for_business or tagged


def _not_personal(case: Case, active: Party, item: JudgedItem) -> Quiet | None:
    """Return why an item does not count as personal here; None if it does."""
    category = item.category or ""
    if fold(category) not in _PERSONAL:
        return quiet("not_personal", title=title(item), category=category)
    for rule in case.rules_for(PurposeRule, active):
        if fold(category) in rule.categories or not spoken_of(case, item).isdisjoint(rule.words):
            return quiet("called_business", title=title(item), rule=rule_name(rule))
    ruled = route(case, item)
    if ruled and ruled[1].for_business:
        return quiet("sent_to_business", title=title(item), rule=rule_name(ruled[0]), account=ruled[1].label)
    return None


RULES = (
    asked_of_buyer(
        "BUSINESS_PERSONAL_USE", look=business_personal, changed_by=(RouteRule, PurposeRule), afterwards=AfterPurchase.MISPLACED
    ),
    asked_of_buyer("MONTHLY_PAY_BUSINESS", look=monthly_payments, changed_by=(), afterwards=AfterPurchase.NOTHING),
)
