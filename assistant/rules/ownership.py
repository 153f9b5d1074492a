"""Things that belong to one account for good: gift cards about to be redeemed, orders about to be returned."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, cited, policy
from assistant.rules.situation import Party, Situation


def gift_card(situation: Situation) -> Iterator[Reason]:
    """A claim code is about to be redeemed on an account that its owner did not choose."""
    active = situation.active
    if active is None or situation.page != "gift_card_redeem" or situation.signed_out:
        return
    rules = [rule for rule in situation.rules_of("gift_card") if rule.text("account") in (None, active.key)]
    chosen = [party for rule in rules if (party := situation.party(rule, "to")) is not None]
    if chosen and active.key not in {party.key for party in chosen}:
        yield Reason(
            code="GIFT_CARD_WRONG_ACCOUNT",
            level=BLOCK,
            text=f"Gift cards go to {chosen[0].label}, and you are on {active.label}; a redeemed card cannot be moved.",
            advice=f"Switch to {chosen[0].label} before you redeem it.",
            group="account",
            evidence=("your rule for gift cards",),
            source=cited("P16"),
            suggest=chosen[0].key,
        )


def wrong_return(situation: Situation) -> Iterator[Reason]:
    """The order that is being returned belongs to another account."""
    active, number = situation.active, situation.event.text("order_id")
    if active is None or situation.page != "return_form" or situation.signed_out:
        return
    owner = situation.party(situation.event, "owner_account") or _owner(situation, number)
    if owner is not None and owner.key != active.key:
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
    """An unusually high share of orders went back this year."""
    active, limits = situation.active, situation.thresholds
    if active is None or situation.page != "return_form" or situation.signed_out:
        return
    for entry in situation.past("year_orders"):
        orders, returned = entry.count("orders"), entry.count("returned")
        if entry.text("account") != active.key or orders < limits.return_rate_orders:
            continue
        if returned > limits.return_rate_share * orders:
            yield policy(
                "RETURN_RATE_HIGH",
                NOTICE,
                "P23",
                f"{returned} of {orders} orders of this account went back within a year.",
                "Keep the proof of return and describe faults exactly.",
            )


def promotion_credit(situation: Situation) -> Iterator[Reason]:
    """The order that is being returned used a promotion; its credit does not come back."""
    number = situation.event.text("order_id")
    if situation.page != "return_form" or situation.signed_out or not number:
        return
    used = (entry for entry in situation.past("promo_used", "coupon_used") if entry.text("order_id") == number)
    if next(used, None) is not None:
        yield policy(
            "PROMO_CREDIT_LOST",
            NOTICE,
            "P17",
            "This order used a promotion, and its credit does not come back with a return.",
            "Look at the refund that Amazon announces before you send it back.",
        )


def _owner(situation: Situation, number: str | None) -> Party | None:
    if not number:
        return None
    return next((situation.party(order) for order in situation.past("order") if order.text("order_id") == number), None)


RULES = (gift_card, wrong_return, return_rate, promotion_credit)
