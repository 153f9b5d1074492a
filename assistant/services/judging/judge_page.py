"""Judging a page that is open now: the same rules as `shopper check`, asked about the ledger's own facts."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from assistant.amazon.observed_page import SeenPage
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Promotion, Visit
from assistant.domain.terms import Term, TermKind
from assistant.services.judging.evaluate import Judged, judged
from assistant.services.judging.history import history_of, orders_past, promotion_orders, spent_this_month, terms_for
from assistant.services.judging.page_events import about, basket_of, judged_page, promotion_json, promotions_of
from assistant.services.judging.situations import accounts_json, event_json, with_known
from assistant.services.orders.categories import with_filed
from assistant.services.user_rules.rules import rules_of
from assistant.services.visits.attribution import Attribution
from assistant.storage.terms import folded
from assistant.storage.visits.visits import KeptVisit, last_of_tab

_CART_LIFE = timedelta(hours=4)


def judge_visit(session: Session, visit: Visit, seen: SeenPage, found: Attribution, *, unwritten: Iterable[KeptVisit] = ()) -> Judged:
    """Return what the rules say about the page; nothing about one that they do not judge."""
    page = judged_page(seen)
    if page is None:
        return Judged()
    everyone, today = list(found.everyone.values()), visit.at.date()
    basket, promotions = basket_of(seen, page), promotions_of(seen, page)
    event = event_json(visit, page.value, basket, found.account, everyone) | about(seen, everyone)
    things = [thing["asin"] for thing in (event, *event["items"]) if thing.get("asin")]
    terms = terms_for(session, page, things, promotions, found.everyone)
    offers = [_with_terms(promotion, terms) for promotion in promotions]
    rules = rules_of(session)
    history = orders_past(session, page, event | {"offers": offers}, found.everyone, today)
    if any(rule["type"] == "budget" for rule in rules):
        history += spent_this_month(session, found.everyone, today)
    history += history_of(terms, promotions, promotion_orders(session, terms, found.everyone))
    history += _cart(session, visit, seen, found, unwritten=unwritten)
    history += _carried_identity(visit, found)
    event = with_known(event, history, terms) | {"site": seen.marketplace.name if seen.marketplace else None} | _signals(seen, found)
    event = with_filed(session, event, rules)
    situation = {"accounts": accounts_json(everyone, found.customer_id), "rules": rules, "history": history, "event": event}
    events = [event | {"promo": offer} for offer in offers] or [event]
    return judged(situation, events)


def _with_terms(promotion: Promotion, terms: list[Term]) -> dict[str, Any]:
    """Return a promotion as the event holds it, with its terms: those on the page, and what was seen of them before."""
    offer, names = promotion_json(promotion), {folded(name) for name in (promotion.name, promotion.reference) if name}
    if not (offer["terms"] or {}).get("scope"):
        seen = next((term for term in terms if term.kind is TermKind.PROMOTION and folded(term.what) in names), None)
        here = {name: value for name, value in (offer["terms"] or {}).items() if value is not None}
        offer["terms"] = {**seen.details, **here} if seen is not None else offer["terms"]
    return offer


def _signals(seen: SeenPage, found: Attribution) -> dict[str, Any]:
    """Return whose page it says it is; nothing where an earlier page of the sign-in has told it and this one does not contradict."""
    if found.certainty != "carried":
        return {"seen": {"customer_id": seen.account.customer_id, "greeting": seen.account.greeting}}
    return {} if found.account else {"seen": {"customer_id": found.customer_id, "greeting": seen.account.greeting}}


def _carried_identity(visit: Visit, found: Attribution) -> list[dict[str, Any]]:
    """Return when the sign-in showed the account of a page that contradicts it, so that the rules can say so."""
    if found.certainty != "unknown" or found.account is None or found.seen_at is None:
        return []
    return [{"type": "identity_seen", "account": found.account.key, "at": found.seen_at.isoformat(), "store": visit.store}]


def _cart(session: Session, visit: Visit, seen: SeenPage, found: Attribution, *, unwritten: Iterable[KeptVisit]) -> list[dict[str, Any]]:
    """Return what the cart of this tab showed, so that a change of account before the checkout is noticed."""
    if seen.kind is SourceKind.CART or seen.account.contradicted:
        return []
    cart = last_of_tab(session, found.sign_in, visit.tab, SourceKind.CART.value, (visit.at - _CART_LIFE, visit.at), unwritten=unwritten)
    if cart is None or cart.account_id is None:
        return []
    account = found.everyone.get(cart.account_id)
    return [{"type": "cart_seen", "account": account.key if account else None, "at": cart.at, "tab": cart.tab, "store": cart.store}]
