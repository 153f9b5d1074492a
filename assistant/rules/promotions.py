"""Promotions: each one's own terms decide, scope by scope; a partner is another customer."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import BUYING, Situation, cancelled

_PAGES = frozenset({"promo_entry", "coupon_clip"}) | BUYING
_SCOPES = frozenset({"account", "customer", "household"})
_ORDERED = ("year_orders", "year_spend", "month_spend")


def reuse(situation: Situation) -> Iterator[Reason]:
    """A limited promotion whose limit the same person or home has already reached."""
    promo = _promotion(situation)
    terms = _terms(situation, promo) if promo else Fact()
    scope, limit = terms.text("scope"), max(1, terms.count("limit", 1))
    if promo is None or scope not in ("customer", "household"):
        return
    fits = situation.same_owner if scope == "customer" else situation.same_home
    counted = [entry for entry, party in _uses(situation, promo) if fits(party)]
    if len(counted) >= limit:
        who = "you have" if scope == "customer" else "your home has"
        said = terms.text("text")
        yield policy(
            "PROMO_REUSE_LIMITED",
            BLOCK if scope == "customer" else WARN,
            "P07",
            f"This promotion is limited to {limit} per {scope}, and {who} used it {_times(len(counted))} already.",
            "Leave the promotion out of this order.",
            *([f"Amazon's words: “{said}”"] if said else []),
            *_dates(counted),
        )


def terms_unknown(situation: Situation) -> Iterator[Reason]:
    """A promotion that another account of the person or home used, and whose limit is not known."""
    promo = _promotion(situation)
    if promo is None or promo.flag("public") or _terms(situation, promo).text("scope") in _SCOPES:
        return
    others = [entry for entry, party in _uses(situation, promo) if party != situation.active and situation.near(party)]
    if others:
        yield policy(
            "PROMO_TERMS_UNKNOWN",
            NOTICE,
            "P07",
            "This promotion was already used in your home, and its terms do not say for whom it is limited.",
            "Read the terms of the promotion before you use it again.",
            *_dates(others),
        )


def new_customer(situation: Situation) -> Iterator[Reason]:
    """A first-order offer although the same person has ordered before."""
    promo = _promotion(situation)
    terms = _terms(situation, promo) if promo else Fact()
    if not (terms.flag("new_customer") or terms.flag("first_order")):
        return
    evidence = next(_earlier_orders(situation), None)
    if evidence:
        yield policy(
            "PROMO_NEW_CUSTOMER",
            BLOCK,
            "P08",
            "This offer is for new customers, and you have ordered before.",
            "Leave the promotion out of this order.",
            evidence,
        )


def transfer(situation: Situation) -> Iterator[Reason]:
    """A code that was issued to another account and may not be passed on."""
    promo = _promotion(situation)
    if promo is None or situation.active is None:
        return
    issued = [entry for entry in situation.past("promo_issued") if _is(entry, promo)]
    if not issued or any(entry.text("account") == situation.active.key for entry in issued):
        return
    if any(entry.fact("terms").flag("transferable") is False for entry in (promo, *issued)):
        yield policy(
            "PROMO_TRANSFER",
            WARN,
            "P09",
            "This code was issued to another account and may not be passed on.",
            "Leave the code out of this order.",
            *[f"issued on {entry.day()}" for entry in issued if entry.day()][:3],
        )


def _promotion(situation: Situation) -> Fact | None:
    promo = situation.event.fact("promo")
    return promo if situation.page in _PAGES and situation.active is not None and promo.text("id") else None


def _is(entry: Fact, promo: Fact) -> bool:
    return (entry.text("promo") or "").casefold() == (promo.text("id") or "").casefold()


def _terms(situation: Situation, promo: Fact) -> Fact:
    """Return the terms on the page; where it shows none, those that were captured before."""
    if promo.fact("terms").data:
        return promo.fact("terms")
    entries = situation.past("promo_used", "coupon_used", "promo_issued")
    return next((entry.fact("terms") for entry in entries if _is(entry, promo) and entry.fact("terms").text("scope")), Fact())


def _uses(situation: Situation, promo: Fact) -> list[tuple[Fact, Party]]:
    """Return earlier uses that count: a use whose order was cancelled came back, a returned one did not."""
    return [
        (entry, party)
        for entry in situation.past("promo_used", "coupon_used")
        if _is(entry, promo) and not cancelled(entry, "order_state") and not cancelled(entry) and (party := situation.party(entry))
    ]


def _earlier_orders(situation: Situation) -> Iterator[str]:
    """Yield what tells that the same person has ordered before, on any account; cancelled orders do not count."""
    for entry in situation.past("order", "promo_used", "coupon_used", *_ORDERED):
        party = situation.party(entry)
        if party is None or not situation.same_owner(party) or cancelled(entry) or cancelled(entry, "order_state"):
            continue
        if entry.text("type") not in _ORDERED:
            yield f"an order of {entry.day()}" if entry.day() else "an earlier order"
        elif (entry.number("orders") or entry.number("amount") or 0) > 0:
            yield "orders of this year"


def _dates(uses: list[Fact]) -> list[str]:
    return [f"used on {entry.day()}" for entry in uses if entry.day()][:3]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


RULES = (reuse, terms_unknown, new_customer, transfer)
