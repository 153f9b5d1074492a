"""Actions that belong to one account: redeeming gift cards and returning orders."""

from assistant.domain.judging.situation import Party
from assistant.domain.judging.user_rules.rules import GiftCardRule
from assistant.domain.judging.verdict import Origin, Reason, said
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, asked_on, asked_on_account, here, quiet, rule_name
from assistant.rules.case import Case
from assistant.rules.policy_citations import cited, policy

_YEAR = 365
_RETURN = frozenset({"return_form"})


def gift_card(case: Case) -> Findings:
    """Warn if a claim code is about to be redeemed on an account that its owner did not choose."""
    active = case.active
    if active is None and not case.shown_id:
        yield quiet("page_of_nobody")
        return
    chosen = [(rule, party) for rule in case.rules_for(GiftCardRule, active) if (party := case.party(rule.to)) is not None]
    if not chosen:
        yield quiet("no_gift_card_rule")
    elif active in [party for _, party in chosen]:
        yield quiet("gift_cards_here")
    else:
        rule, party = chosen[0]
        others = [said("evidence.other_gift_card_rule", rule=rule_name(other), account=to.label) for other, to in chosen[1:] if to != party]
        yield Reason(
            code="GIFT_CARD_WRONG_ACCOUNT",
            level=BLOCK,
            group="account",
            said=said("GIFT_CARD_WRONG_ACCOUNT", account=party.label, here=here(case)),
            evidence=(said("evidence.gift_card_rule", rule=rule_name(rule), account=party.label), *others),
            origin=Origin.TERMS,
            source=cited("GIFT_CARD_WRONG_ACCOUNT", case.today),
            suggest=party.key,
        )


def wrong_return(case: Case) -> Findings:
    """Warn if the order that is being returned belongs to another account."""
    active, number = case.active, case.event.order_id
    owner = _owner(case)
    if active is None and not case.shown_id:
        yield quiet("page_of_nobody")
    elif owner is None:
        yield quiet("no_owner_of_order")
    elif owner == active:
        yield quiet("own_order")
    else:
        yield Reason(
            code="RETURN_WRONG_ACCOUNT",
            level=WARN,
            group="account",
            said=said("RETURN_WRONG_ACCOUNT", account=owner.label, here=here(case)),
            evidence=(said("evidence.order", number=number),) if number else (),
            source=said("sources.earlier_orders"),
            suggest=owner.key,
        )


def return_rate(case: Case, active: Party) -> Findings:
    """Warn if an unusually high share of orders was returned within a year."""
    limits = case.thresholds
    orders, returned = _year(case, active)
    counts = {"returned": returned, "orders": orders}
    if orders < limits.return_rate_orders or returned <= limits.return_rate_share * orders:
        yield quiet("few_returns", **counts)
        return
    yield policy(case, "RETURN_RATE_HIGH", NOTICE, said("RETURN_RATE_HIGH", **counts), said("evidence.returned", **counts))


def promotion_credit(case: Case) -> Findings:
    """Warn if the order that is being returned used a promotion whose credit is lost."""
    number = case.event.order_id
    uses = [entry.cancelled for entry in case.history.promotions if number and not entry.issued and entry.order_id == number]
    uses += [order.cancelled for order in case.history.orders if number and order.promotion is not None and order.order_id == number]
    if case.signed_out:
        yield quiet("signed_out")
    elif all(uses):
        yield quiet("no_promotion_in_order")
    else:
        yield policy(case, "PROMO_CREDIT_LOST", NOTICE, said("PROMO_CREDIT_LOST"), said("evidence.order", number=number or ""))


def _owner(case: Case) -> Party | None:
    """Return the account that placed the order being returned; if several may have, the active one."""
    told, number = case.party(case.event.owner_account), case.event.order_id
    if told is not None or not number:
        return told
    owners = [party for order in case.history.orders if order.order_id == number and (party := case.party(order.account))]
    return case.active if case.active in owners else next(iter(owners), None)


def _year(case: Case, active: Party) -> tuple[int, int]:
    """Return how many orders the account placed within a year and how many were returned: as a source says, else counted."""
    told = [entry for entry in case.history.year_orders if entry.account == active.key]
    if told:
        return max((entry.orders, entry.returned) for entry in told)
    states: dict[str, bool] = {}
    for number, order in enumerate(case.history.orders):
        if order.account == active.key and not order.cancelled and case.within(order.day, _YEAR):
            name = order.order_id or f"line {number}"
            states[name] = states.get(name, False) or not order.kept
    return len(states), sum(states.values())


RULES = (
    asked_on(frozenset({"gift_card_redeem"}), "GIFT_CARD_WRONG_ACCOUNT", look=gift_card),
    asked_on(_RETURN, "RETURN_WRONG_ACCOUNT", look=wrong_return),
    asked_on_account(_RETURN, "RETURN_RATE_HIGH", look=return_rate),
    asked_on(_RETURN, "PROMO_CREDIT_LOST", look=promotion_credit),
)
