"""Things that belong to one account for good: gift cards about to be redeemed, orders about to be returned."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, cited, policy, rule_name
from assistant.rules.parties import Party
from assistant.rules.situation import Situation, alive, cancelled

_YEAR = 365


def gift_card(situation: Situation) -> Iterator[Reason]:
    """A claim code is about to be redeemed on an account that its owner did not choose."""
    active = situation.active
    if active is None or situation.page != "gift_card_redeem":
        return
    rules = [rule for rule in situation.rules_of("gift_card") if not rule.has("account") or active.key in rule.texts("account")]
    chosen = [(rule, party) for rule in rules if (party := situation.party(rule, "to")) is not None]
    if chosen and active not in [party for _, party in chosen]:
        rule, party = chosen[0]
        yield Reason(
            code="GIFT_CARD_WRONG_ACCOUNT",
            level=BLOCK,
            text=f"Gift cards go to {party.label}, and you are on {active.label}; a redeemed card cannot be moved.",
            advice=f"Switch to {party.label} before you redeem it.",
            group="account",
            evidence=(f"{rule_name(situation, rule)} of yours: gift cards go to {party.label}",),
            source=cited("P16"),
            suggest=party.key,
        )


def wrong_return(situation: Situation) -> Iterator[Reason]:
    """The order that is being returned belongs to another account."""
    active, number = situation.active, situation.event.text("order_id")
    if active is None or situation.page != "return_form":
        return
    owner = _owner(situation)
    if owner is not None and owner != active:
        yield Reason(
            code="RETURN_WRONG_ACCOUNT",
            level=WARN,
            text=f"This order was placed on {owner.label}, and you are on {active.label}.",
            advice=f"Switch to {owner.label} to return it.",
            group="account",
            evidence=(f"order {number}",) if number else (),
            source="your earlier orders",
            suggest=owner.key,
        )


def return_rate(situation: Situation) -> Iterator[Reason]:
    """An unusually high share of orders went back within a year."""
    active, limits = situation.active, situation.thresholds
    if active is None or situation.page != "return_form":
        return
    orders, returned = _year(situation, active)
    if orders >= limits.return_rate_orders and returned > limits.return_rate_share * orders:
        yield policy(
            "RETURN_RATE_HIGH",
            NOTICE,
            "P23",
            f"{returned} of {orders} orders of this account went back within a year.",
            "Keep the proof of return and describe faults exactly.",
            f"{returned} of {orders} orders returned",
        )


def promotion_credit(situation: Situation) -> Iterator[Reason]:
    """The order that is being returned used a promotion; its credit does not come back."""
    number = situation.event.text("order_id")
    if situation.page != "return_form" or situation.signed_out or not number:
        return
    used = (entry for entry in situation.past("promo_used", "coupon_used") if entry.text("order_id") == number)
    if any(not cancelled(entry, "order_state") and not cancelled(entry) for entry in used):
        yield policy(
            "PROMO_CREDIT_LOST",
            NOTICE,
            "P17",
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


RULES = (gift_card, wrong_return, return_rate, promotion_credit)
