"""Promotions: the terms of each decide, by scope; a partner is another customer."""

from collections.abc import Iterator

from assistant.domain.judging.situation import BUYING, Party, PastPromotion, PromotionHere, PromotionTerms
from assistant.domain.judging.verdict import Message, said
from assistant.rules.base import BLOCK, NOTICE, WARN, AfterPurchase, Findings, asked_of_buyer, quiet
from assistant.rules.case import Case
from assistant.rules.policy_citations import policy

_PAGES = frozenset({"promo_entry", "coupon_clip"}) | BUYING
_SCOPES = frozenset({"account", "customer", "household"})
_MOST_DATES = 3


def promotion_reuse(case: Case, _active: Party) -> Findings:
    """Warn if the same person or home has already used a limited promotion as often as it allows."""
    promotion = case.event.promotion or PromotionHere()
    terms = _terms(case, promotion)
    scope, limit = terms.scope, max(1, terms.limit or 0)
    if scope not in ("customer", "household"):
        yield quiet("promotion_unlimited")
        return
    fits = case.same_owner if scope == "customer" else case.same_home
    counted = [entry for entry, party in _uses(case, promotion) if fits(party)]
    scoped = said(f"parts.scope_{scope}")
    if len(counted) < limit:
        yield quiet("promotion_left", limit=limit, scope=scoped, uses=len(counted))
        return
    times = said("parts.once") if len(counted) == 1 else said("parts.times", number=len(counted))
    level = BLOCK if scope == "customer" else WARN
    message = said(f"PROMO_REUSE_LIMITED.{scope}", limit=limit, times=times)
    yield policy(case, "PROMO_REUSE_LIMITED", level, message, *_dates(counted, "used_on"), quote=terms.text)


def promotion_terms_unknown(case: Case, active: Party) -> Findings:
    """Warn if another account of the person or home used a promotion with an unknown limit."""
    promotion = case.event.promotion or PromotionHere()
    terms = _terms(case, promotion)
    if promotion.public or terms.scope in _SCOPES:
        yield quiet("promotion_open")
        return
    others = [entry for entry, party in _uses(case, promotion) if party != active and case.near(party)]
    if not others:
        yield quiet("promotion_unused")
        return
    yield policy(case, "PROMO_TERMS_UNKNOWN", NOTICE, said("PROMO_TERMS_UNKNOWN"), *_dates(others, "used_on"), quote=terms.text)


def new_customer(case: Case, _active: Party) -> Findings:
    """Warn if a first-order offer is used although the same person has ordered before."""
    terms = _terms(case, case.event.promotion or PromotionHere())
    if not terms.new_customer:
        yield quiet("not_for_new_customers")
        return
    evidence = next(_earlier_orders(case), None)
    if evidence is None:
        yield quiet("new_customer")
        return
    yield policy(case, "PROMO_NEW_CUSTOMER", BLOCK, said("PROMO_NEW_CUSTOMER"), evidence, quote=terms.text)


def promotion_transfer(case: Case, active: Party) -> Findings:
    """Warn if the code was issued to another account and must not be passed on."""
    promotion = case.event.promotion or PromotionHere()
    issued = [entry for entry in case.history.promotions if entry.issued and _is(entry, promotion) and entry.account is not None]
    here = promotion.terms.transferable if promotion.terms else None
    flags = [here, *(entry.terms.transferable if entry.terms else None for entry in issued)]
    # The page takes precedence over earlier notes.
    transferable = here if here is not None else False not in flags
    if not issued or any(entry.account == active.key for entry in issued):
        yield quiet("not_issued_elsewhere")
    elif transferable:
        yield quiet("may_be_passed_on")
    else:
        quote = promotion.terms.text if promotion.terms else None
        yield policy(case, "PROMO_TRANSFER", WARN, said("PROMO_TRANSFER"), *_dates(issued, "issued_on"), quote=quote)


def _is(entry: PastPromotion, promotion: PromotionHere) -> bool:
    name = (promotion.name or "").casefold()
    return bool(name) and (entry.name or "").casefold() == name


def _terms(case: Case, promotion: PromotionHere) -> PromotionTerms:
    """Return the terms on the page, else those captured earlier."""
    if promotion.terms is not None:
        return promotion.terms
    known = (entry.terms for entry in case.history.promotions if _is(entry, promotion) and entry.terms and entry.terms.scope)
    return next(known, None) or PromotionTerms()


def _uses(case: Case, promotion: PromotionHere) -> list[tuple[PastPromotion, Party]]:
    """Return earlier uses that count: cancelling an order restores a use, returning it does not."""
    return [
        (entry, party)
        for entry in case.history.promotions
        if not entry.issued and _is(entry, promotion) and not entry.cancelled and (party := case.party(entry.account))
    ]


def _earlier_orders(case: Case) -> Iterator[Message]:
    """Yield evidence that the same person has ordered before, on any account; cancelled orders do not count."""
    placed = [(order.account, order.day) for order in case.history.orders if not order.cancelled]
    placed += [(use.account, use.day) for use in case.history.promotions if not use.issued and not use.cancelled]
    for account, day in placed:
        party = case.party(account)
        if party is not None and case.same_owner(party):
            yield said("evidence.order_of", day=day) if day else said("evidence.earlier_order")
    counted = [(entry.account, entry.orders) for entry in case.history.year_orders]
    spent = [(entry.account, entry.amount or 0) for entry in (*case.history.year_spend, *case.history.month_spend)]
    for account, number in (*counted, *spent):
        party = case.party(account)
        if party is not None and case.same_owner(party) and number > 0:
            yield said("evidence.orders_this_year")


def _dates(entries: list[PastPromotion], key: str) -> list[Message]:
    return [said(f"evidence.{key}", day=entry.day) for entry in entries if entry.day][:_MOST_DATES]


RULES = tuple(
    asked_of_buyer(code, look=look, changed_by=(), afterwards=AfterPurchase.NOTHING, pages=_PAGES)
    for code, look in (
        ("PROMO_REUSE_LIMITED", promotion_reuse),
        ("PROMO_TERMS_UNKNOWN", promotion_terms_unknown),
        ("PROMO_NEW_CUSTOMER", new_customer),
        ("PROMO_TRANSFER", promotion_transfer),
    )
)
