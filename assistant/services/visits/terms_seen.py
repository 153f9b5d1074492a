"""Stores the terms that a page states: limits, promotions, memberships, subscriptions and reviews."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from assistant.amazon.labels.departments import category_of
from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.pages.facts import Membership, PageFacts, Product, Subscription
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import OfferTerms, Promotion, Visit
from assistant.domain.terms import SHAPES, Term, TermKind
from assistant.services.orders.categories import note_page
from assistant.services.visits.attribution import FRESH
from assistant.storage.terms import keep, terms_about
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits.visits import last_of_tab

_MOST = 200
_ORDERING = (SourceKind.CHECKOUT, SourceKind.BUY_NOW)


def note_terms(work: UnitOfWork, visit: Visit, seen: SeenPage, found: Attribution) -> None:
    """Store the terms on a page; an account's own terms only if the account is known."""
    day, account_id = visit.at.date(), found.account_id
    for term in list(_terms_of_page(seen, day))[:_MOST]:
        owned = SHAPES[term.kind].owned
        if not owned or account_id is not None:
            keep(work.session, term, account_id if owned else None, visit.id, visit.at)
        if term.kind is TermKind.PRODUCT and term.details.get("category"):
            note_page(work.session, term.what, term.details.get("title") or "", term.details["category"])
    if seen.kind is SourceKind.THANK_YOU:
        _note_uses(work, visit, found)


def tells_terms(visit: Visit, seen: SeenPage) -> bool:
    """Return whether `note_terms` has something to store."""
    return seen.kind is SourceKind.THANK_YOU or next(_terms_of_page(seen, visit.at.date()), None) is not None


def conditions(terms: OfferTerms | None) -> dict[str, Any]:
    """Return an offer's conditions as details of a term; what the offer does not say is left out."""
    if terms is None:
        return {}
    values = {field.name: getattr(terms, field.name) for field in fields(terms)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value is not None}


def _terms_of_page(seen: SeenPage, day: date) -> Iterator[Term]:
    extraction, facts = seen.extraction, seen.extraction.facts or PageFacts()
    basket = extraction.checkout or extraction.cart
    for line in basket.lines if basket else ():
        if line.asin and line.limit:
            yield _limit(line.asin, line.title, line.limit)
    if facts.product is not None and facts.product.line.asin:
        yield from _product(facts.product, facts.product.line.asin)
    for promotion in (*(basket.promotions if basket else ()), *facts.promotions):
        yield from _promotion(promotion, day)
    yield from (_membership(one) for one in facts.memberships)
    yield from (_subscription(one) for one in facts.subscriptions)
    if facts.family is not None and facts.family.left:
        yield Term(kind=TermKind.FAMILY_LEFT, what="Amazon Family", on=day)
    if facts.review is not None and facts.review.written and facts.review.asin:
        yield Term(kind=TermKind.REVIEW, what=facts.review.asin, on=day, details={"review_id": facts.review.review_id})
    if facts.gift_card is not None and facts.gift_card.redeemed and facts.gift_card.amount is not None:
        amount = facts.gift_card.amount
        yield Term(kind=TermKind.GIFT_CARD, what=f"{amount.decimal} {amount.currency}", on=day)


def _limit(asin: str, title: str | None, limit: OfferTerms) -> Term:
    return Term(kind=TermKind.LIMIT, what=asin, details={"title": title, **conditions(limit)})


def _product(product: Product, asin: str) -> Iterator[Term]:
    line, path = product.line, product.path
    if line.limit is not None:
        yield _limit(asin, line.title, line.limit)
    if path or product.brand or product.seller:
        details = {"title": line.title, "category": category_of(path), "path": list(path) or None}
        yield Term(kind=TermKind.PRODUCT, what=asin, details={**details, "brand": product.brand, "seller": product.seller})


def _promotion(promotion: Promotion, day: date) -> Iterator[Term]:
    said = conditions(promotion.terms)
    if promotion.clipped:
        yield Term(kind=TermKind.COUPON_CLIPPED, what=promotion.name, on=day, details={"asin": promotion.asin, **said})
    telling = {name for name in said if name != "text"}
    if promotion.named and not promotion.public and telling:
        # Terms can be looked up by the typed code and by Amazon's id of the promotion.
        for name in dict.fromkeys(filter(None, (promotion.name, promotion.reference))):
            yield Term(kind=TermKind.PROMOTION, what=name, details=said)


def _membership(one: Membership) -> Term:
    details = {"plan": one.plan, "auto_renew": one.renews, "renews_on": one.renews_on.isoformat() if one.renews_on else None}
    price = {"price": one.price.decimal, "currency": one.price.currency} if one.price else {}
    return Term(kind=TermKind.MEMBERSHIP, what=one.service, until=one.ends_on, details={**details, **price})


def _subscription(one: Subscription) -> Term:
    details = {"title": one.title, "every": one.every, "discount": one.discount}
    price = {"price": one.price.decimal, "currency": one.price.currency} if one.price else {}
    return Term(kind=TermKind.SUBSCRIPTION, what=one.asin, until=one.next_delivery, details={**details, **price})


def _note_uses(work: UnitOfWork, visit: Visit, found: Attribution) -> None:
    """Mark the promotions and clipped coupons of this tab's checkout as used: an order was placed."""
    since = visit.at - FRESH
    candidates = [last_of_tab(work.session, found.sign_in, visit.tab, kind.value, (since, visit.at)) for kind in _ORDERING]
    checkout = max((one for one in candidates if one is not None), key=lambda one: str(one.at), default=None)
    if checkout is None or checkout.account_id is None:
        return
    day = visit.at.date()
    asins = [line["asin"] for line in checkout.facts.get("lines", ()) if line["asin"]]
    for promotion in checkout.facts.get("promotions", ()):
        if promotion.get("named", True):
            details = {"asins": asins, **{name: value for name, value in (promotion["terms"] or {}).items() if value is not None}}
            used = Term(kind=TermKind.PROMO_USED, what=promotion["name"], on=day, details=details)
            keep(work.session, used, checkout.account_id, checkout.id, visit.at)
    keys = {number: account.key for number, account in found.everyone.items()}
    for coupon in terms_about(work.session, [f"COUPON-{asin}" for asin in asins], (), keys):
        if coupon.kind is TermKind.COUPON_CLIPPED and coupon.account == keys.get(checkout.account_id):
            used = Term(kind=TermKind.COUPON_USED, what=coupon.what, on=day, details={**coupon.details, "asins": asins})
            keep(work.session, used, checkout.account_id, checkout.id, visit.at)
