"""Promotions: each one's own terms decide, scope by scope; a partner is another customer."""

from collections.abc import Iterator

from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, Quiet, asked_of_account
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import BUYING, Situation, cancelled

_PAGES = frozenset({"promo_entry", "coupon_clip"}) | BUYING
_SCOPES = frozenset({"account", "customer", "household"})
_ORDERED = ("year_orders", "year_spend", "month_spend")


def reuse(situation: Situation, _active: Party) -> Findings:
    """Has the same person or home already used a limited promotion as often as it allows?"""
    promo = situation.event.fact("promo")
    terms = _terms(situation, promo)
    scope, limit = terms.text("scope"), max(1, terms.count("limit"))
    if scope not in ("customer", "household"):
        yield Quiet("The promotion on the page is not known to be limited per customer or household.")
        return
    fits = situation.same_owner if scope == "customer" else situation.same_home
    counted = [entry for entry, party in _uses(situation, promo) if fits(party)]
    if len(counted) < limit:
        yield Quiet(f"The limit is {limit} per {scope}, and {len(counted)} uses count so far; cancelled orders and other people's do not.")
        return
    who = "you have" if scope == "customer" else "your home has"
    yield policy(
        situation,
        "PROMO_REUSE_LIMITED",
        BLOCK if scope == "customer" else WARN,
        f"This promotion is limited to {limit} per {scope}, and {who} used it {_times(len(counted))} already.",
        "Leave the promotion out of this order.",
        *_dates(counted, "used"),
        said=terms.text("text"),
    )


def terms_unknown(situation: Situation, active: Party) -> Findings:
    """Did another account of the person or home use a promotion whose limit is not known?"""
    promo = situation.event.fact("promo")
    terms = _terms(situation, promo)
    if promo.flag("public") or terms.text("scope") in _SCOPES:
        yield Quiet("The promotion is open to all, or its terms say for whom it is limited.")
        return
    others = [entry for entry, party in _uses(situation, promo) if party != active and situation.near(party)]
    if not others:
        yield Quiet("No other account of this person or home is known to have used a promotion of this page.")
        return
    yield policy(
        situation,
        "PROMO_TERMS_UNKNOWN",
        NOTICE,
        "This promotion was already used in your home, and its terms do not say for whom it is limited.",
        "Read the terms of the promotion before you use it again.",
        *_dates(others, "used"),
        said=terms.text("text"),
    )


def new_customer(situation: Situation, _active: Party) -> Findings:
    """Is a first-order offer used although the same person has ordered before?"""
    terms = _terms(situation, situation.event.fact("promo"))
    if not (terms.flag("new_customer") or terms.flag("first_order")):
        yield Quiet("The promotion on the page is not known to be for new customers.")
        return
    evidence = next(_earlier_orders(situation), None)
    if evidence is None:
        yield Quiet("This person has no earlier order; what others ordered does not count.")
        return
    yield policy(
        situation,
        "PROMO_NEW_CUSTOMER",
        BLOCK,
        "This offer is for new customers, and you have ordered before.",
        "Leave the promotion out of this order.",
        evidence,
        said=terms.text("text"),
    )


def transfer(situation: Situation, active: Party) -> Findings:
    """Was the code issued to another account, and may it not be passed on?"""
    promo = situation.event.fact("promo")
    issued = [entry for entry in situation.past("promo_issued") if _is(entry, promo) and entry.has("account")]
    flags = [entry.fact("terms").flag("transferable") for entry in (promo, *issued)]
    # What the page says beats what was noted before.
    transferable = next((flag for flag in flags[:1] if flag is not None), False not in flags)
    if not issued or any(entry.text("account") == active.key for entry in issued):
        yield Quiet("The code is not known to have been issued to another account only.")
    elif transferable:
        yield Quiet("Nothing says that the code may not be passed on.")
    else:
        yield policy(
            situation,
            "PROMO_TRANSFER",
            WARN,
            "This code was issued to another account and may not be passed on.",
            "Leave the code out of this order.",
            *_dates(issued, "issued"),
            said=promo.fact("terms").text("text"),
        )


def _is(entry: Fact, promo: Fact) -> bool:
    name = (promo.text("id") or "").casefold()
    return bool(name) and (entry.text("promo") or "").casefold() == name


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


def _dates(entries: list[Fact], what: str) -> list[str]:
    return [f"{what} on {entry.day()}" for entry in entries if entry.day()][:3]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


RULES = (
    asked_of_account(_PAGES, "PROMO_REUSE_LIMITED")(reuse),
    asked_of_account(_PAGES, "PROMO_TERMS_UNKNOWN")(terms_unknown),
    asked_of_account(_PAGES, "PROMO_NEW_CUSTOMER")(new_customer),
    asked_of_account(_PAGES, "PROMO_TRANSFER")(transfer),
)
