"""Things that belong to one account for good: gift cards about to be redeemed, orders about to be returned."""

from assistant.domain.judging.verdict import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, Quiet, asked_of_account, asked_on, rule_name
from assistant.rules.parties import Party
from assistant.rules.policy_citations import cited, policy
from assistant.rules.situation import Situation, alive, cancelled

_YEAR = 365
_RETURN = frozenset({"return_form"})


def gift_card(situation: Situation) -> Findings:
    """Is a claim code about to be redeemed on an account that its owner did not choose?"""
    active = situation.active
    if active is None and not situation.shown_id:
        yield Quiet("Whose page it is, is not known.")
        return
    chosen = [(rule, party) for rule in situation.rules_for("gift_card", active) if (party := situation.party(rule, "to")) is not None]
    if not chosen:
        yield Quiet("No rule of yours says where gift cards go.")
    elif active in [party for _, party in chosen]:
        yield Quiet("Gift cards go to this account.")
    else:
        rule, party = chosen[0]
        others = [f"{rule_name(situation, other)} names {to.label}; the first rule was followed" for other, to in chosen[1:] if to != party]
        yield Reason(
            code="GIFT_CARD_WRONG_ACCOUNT",
            level=BLOCK,
            text=f"Gift cards go to {party.label}, and you are on {situation.here}; a redeemed card cannot be moved.",
            advice=f"Switch to {party.label} before you redeem it.",
            group="account",
            evidence=(f"{rule_name(situation, rule)} of yours: gift cards go to {party.label}", *others),
            source=cited("GIFT_CARD_WRONG_ACCOUNT", situation.today),
            suggest=party.key,
        )


def wrong_return(situation: Situation) -> Findings:
    """Does the order that is being returned belong to another account?"""
    active, number = situation.active, situation.event.text("order_id")
    owner = _owner(situation)
    if active is None and not situation.shown_id:
        yield Quiet("Whose page it is, is not known.")
    elif owner is None:
        yield Quiet("No account is known to have placed the order.")
    elif owner == active:
        yield Quiet("The order is this account's own.")
    else:
        yield Reason(
            code="RETURN_WRONG_ACCOUNT",
            level=WARN,
            text=f"This order was placed on {owner.label}, and you are on {situation.here}.",
            advice=f"Switch to {owner.label} to return it.",
            group="account",
            evidence=(f"order {number}",) if number else (),
            source="your earlier orders",
            suggest=owner.key,
        )


def return_rate(situation: Situation, active: Party) -> Findings:
    """Did an unusually high share of orders go back within a year?"""
    limits = situation.thresholds
    orders, returned = _year(situation, active)
    if orders < limits.return_rate_orders or returned <= limits.return_rate_share * orders:
        yield Quiet(f"{returned} of {orders} orders went back within a year, which is not unusual.")
        return
    yield policy(
        situation,
        "RETURN_RATE_HIGH",
        NOTICE,
        f"{returned} of {orders} orders of this account went back within a year.",
        "Keep the proof of return and describe faults exactly.",
        f"{returned} of {orders} orders returned",
    )


def promotion_credit(situation: Situation) -> Findings:
    """Did the order that is being returned use a promotion, whose credit does not come back?"""
    number = situation.event.text("order_id")
    used = [entry for entry in situation.past("promo_used", "coupon_used", "order") if number and entry.text("order_id") == number]
    used = [entry for entry in used if entry.text("type") != "order" or entry.has("promo")]
    if situation.signed_out:
        yield Quiet("Nobody is signed in.")
    elif all(cancelled(entry, "order_state") or cancelled(entry) for entry in used):
        yield Quiet("No promotion is known to have been used in the order.")
    else:
        yield policy(
            situation,
            "PROMO_CREDIT_LOST",
            NOTICE,
            "This order used a promotion, and its credit does not come back with a return.",
            "Look at the refund that Amazon announces before you send it back.",
            f"order {number}",
        )


def _owner(situation: Situation) -> Party | None:
    """Return the account that placed the order being returned; the active one where several are said to have."""
    said, number = situation.party(situation.event, "owner_account"), situation.event.text("order_id")
    if said is not None or not number:
        return said
    owners = [party for order in situation.past("order") if order.text("order_id") == number and (party := situation.party(order))]
    return situation.active if situation.active in owners else next(iter(owners), None)


def _year(situation: Situation, active: Party) -> tuple[int, int]:
    """Return how many orders the account placed within a year and how many went back: as said, else counted."""
    said = [entry for entry in situation.past("year_orders") if entry.text("account") == active.key]
    if said:
        return max((entry.count("orders"), entry.count("returned")) for entry in said)
    states: dict[str, bool] = {}
    for number, order in enumerate(situation.past("order")):
        if order.text("account") == active.key and not cancelled(order) and situation.within(order.day(), _YEAR):
            name = order.text("order_id") or f"line {number}"
            states[name] = states.get(name, False) or not alive(order)
    return len(states), sum(states.values())


RULES = (
    asked_on(frozenset({"gift_card_redeem"}), "GIFT_CARD_WRONG_ACCOUNT")(gift_card),
    asked_on(_RETURN, "RETURN_WRONG_ACCOUNT")(wrong_return),
    asked_of_account(_RETURN, "RETURN_RATE_HIGH")(return_rate),
    asked_on(_RETURN, "PROMO_CREDIT_LOST")(promotion_credit),
)
