"""Promotions and quantity limits: each promotion's own terms decide, scope by scope."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy
from assistant.rules.facts import Fact
from assistant.rules.situation import Party, Situation

_PAGES = frozenset({"promo_entry", "coupon_clip", "cart", "checkout", "buy_now", "sns_signup"})
_SCOPES = ("account", "customer", "household")


def _promotion(situation: Situation) -> Fact | None:
    promo = situation.event.fact("promo")
    fitting = situation.page in _PAGES and situation.active is not None and not situation.signed_out
    return promo if fitting and promo.text("id") else None


def _uses(situation: Situation, promo: Fact) -> list[tuple[Fact, Party]]:
    """Return earlier uses that count: a use whose order was cancelled came back, a returned one did not."""
    wanted = (promo.text("id") or "").casefold()
    found = []
    for entry in situation.past("promo_used", "coupon_used"):
        party = situation.party(entry)
        state = entry.text("order_state") or entry.text("state")
        if party and (entry.text("promo") or "").casefold() == wanted and state not in ("cancelled", "canceled"):
            found.append((entry, party))
    return found


def reuse(situation: Situation) -> Iterator[Reason]:
    """A limited promotion whose limit the same person or home has already reached."""
    promo = _promotion(situation)
    if promo is None:
        return
    terms = promo.fact("terms")
    scope = terms.text("scope")
    uses = _uses(situation, promo)
    if scope not in _SCOPES:
        others = [party for _, party in uses if situation.active and party.key != situation.active.key and situation.near(party)]
        if others and not promo.flag("public"):
            yield policy(
                "PROMO_TERMS_UNKNOWN",
                NOTICE,
                "P07",
                "This promotion was already used in your home, and the page did not show its terms.",
                "Read the terms of the promotion before you use it again.",
                *_dates(uses),
            )
        return
    if scope == "account":
        return
    counted = [entry for entry, party in uses if (situation.same_owner(party) if scope == "customer" else situation.near(party))]
    if len(counted) >= terms.count("limit", 1):
        who = "the same person" if scope == "customer" else "your home"
        yield policy(
            "PROMO_REUSE_LIMITED",
            BLOCK if scope == "customer" else WARN,
            "P07",
            f"This promotion is limited to {terms.count('limit', 1)} per {scope}, and {who} has used it {_times(len(counted))}.",
            "Leave the promotion out of this order.",
            *([terms.text("text") or ""] if terms.text("text") else []),
            *_dates(uses),
        )


def new_customer(situation: Situation) -> Iterator[Reason]:
    """A first-order offer although the same person has ordered before."""
    promo = _promotion(situation)
    if promo is None or not promo.fact("terms").flag("new_customer"):
        return
    for order in situation.past("order"):
        party = situation.party(order)
        if party and situation.same_owner(party) and order.text("state") not in ("cancelled", "canceled"):
            yield policy(
                "PROMO_NEW_CUSTOMER",
                BLOCK,
                "P08",
                "This offer is for new customers, and you have ordered before.",
                "Leave the promotion out of this order.",
                f"an order of {order.day()}",
            )
            return


def transfer(situation: Situation) -> Iterator[Reason]:
    """A code that was issued to another account and is not transferable."""
    promo = _promotion(situation)
    if promo is None or situation.active is None:
        return
    wanted = (promo.text("id") or "").casefold()
    issued = [entry for entry in situation.past("promo_issued") if (entry.text("promo") or "").casefold() == wanted]
    if not issued or any(entry.text("account") == situation.active.key for entry in issued):
        return
    bound = promo.fact("terms").flag("transferable") is False or any(entry.fact("terms").flag("transferable") is False for entry in issued)
    if bound:
        yield policy(
            "PROMO_TRANSFER",
            WARN,
            "P09",
            "This code was issued to somebody else and may not be passed on.",
            "Leave the code out of this order.",
        )


def quantity(situation: Situation) -> Iterator[Reason]:
    """More units than the page allows: on this account alone, or with the other accounts of the person or home."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        limit = item.fact("limit")
        most = limit.number("max")
        if most is None:
            continue
        here = item.count("qty", 1) + _bought(situation, item, {active.key})
        if here > most:
            yield policy(
                "QTY_LIMIT_ACCOUNT",
                NOTICE,
                "P10",
                f"The page allows {most} of these, and this order makes it {here}; Amazon will enforce it.",
                "Lower the quantity.",
            )
            continue
        scope = limit.text("scope") or "customer"
        if scope == "account":
            continue
        within = situation.near if scope == "household" else situation.same_owner
        keys = {party.key for party in situation.accounts.values() if party.key == active.key or within(party)}
        total = item.count("qty", 1) + _bought(situation, item, keys)
        if total > most:
            yield policy(
                "QTY_LIMIT_AGGREGATE",
                WARN if scope == "household" else BLOCK,
                "P10",
                f"The page allows {most} per {scope}, and together with earlier orders this makes {total}.",
                "Leave it at what the limit allows.",
            )


def _bought(situation: Situation, item: Fact, keys: set[str]) -> int:
    orders = situation.by_asin.get(item.text("asin") or "", ())
    return sum(
        order.count("qty", 1) for order in orders if order.text("account") in keys and order.text("state") not in ("cancelled", "canceled")
    )


def _dates(uses: list[tuple[Fact, Party]]) -> list[str]:
    return [f"used on {entry.day()}" for entry, _ in uses if entry.day()][:3]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


RULES = (reuse, new_customer, transfer, quantity)
