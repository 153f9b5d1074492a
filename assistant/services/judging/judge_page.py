"""Judges an open page with the same rules as `shopper check`, using facts from the ledger."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.addresses import address_of
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.judging.situation import JudgedEvent, PromotionHere, ShownAccount, Signals, Situation
from assistant.domain.judging.user_rules.rules import BudgetRule, ShipRule, UserRule
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.rules.case import SIGNED_OUT
from assistant.services.judging.evaluate import Judged, judged
from assistant.services.judging.page_facts import basket_of, event_of, judged_page, promotions_of, terms_of, with_forms
from assistant.services.judging.page_history import (
    history_of_terms,
    spent_this_month,
    terms_for,
    terms_seen_before,
    with_known,
    with_orders,
)
from assistant.services.judging.parties import Register, parties_of
from assistant.services.orders.categories import with_categories
from assistant.storage.unit_of_work import Session
from assistant.storage.visits.visits import KeptVisit, last_of_tab

_CART_LIFE = timedelta(hours=4)


def judge_visit(
    session: Session,
    visit: Visit,
    seen: SeenPage,
    found: Attribution,
    *,
    unwritten: Iterable[KeptVisit] = (),
    known: Register | None = None,
) -> Judged:
    """Return the verdict of the rules about a page; an empty one for pages that they do not judge.

    `unwritten` visits count like stored ones; `known` is the register, where the session only reads.
    """
    page = judged_page(seen) or _page_of_window(visit, found)
    if page is None:
        return Judged()
    return judged(situations_of_page(session, visit, seen, page, found, unwritten=unwritten, known=known))


def situations_of_page(
    session: Session,
    visit: Visit,
    seen: SeenPage,
    page: SourceKind,
    found: Attribution,
    *,
    unwritten: Iterable[KeptVisit] = (),
    known: Register | None = None,
) -> list[Situation]:
    """Return the situations of a page: one per promotion on it, else one."""
    known = known or Register(session)
    accounts, rules = found.everyone.values(), known.rules
    keys = {number: account.key for number, account in found.everyone.items()}
    promotions = promotions_of(seen, page)
    marketplace = seen.marketplace.name if seen.marketplace else None
    event = with_forms(event_of(visit, page, basket_of(seen, page), found.account, marketplace), seen, accounts)
    asins = [asin for asin in (event.asin, *(item.asin for item in event.items)) if asin]
    terms = terms_for(session, page, asins, promotions, keys)
    offers = [
        PromotionHere(name=one.name, public=one.public, terms=terms_seen_before(one, terms, terms_of(one.terms))) for one in promotions
    ]
    new_customer = any(offer.terms and offer.terms.new_customer for offer in offers)
    history = history_of_terms(session, terms, promotions, keys)
    history = with_orders(session, page, event, history, keys, new_customer=new_customer)
    if any(isinstance(rule, BudgetRule) for rule in rules):
        history = replace(history, month_spend=spent_this_month(session, found.everyone, visit.at.date()))
    history = replace(history, shown=(*_cart(session, visit, seen, found, unwritten=unwritten), *_carried_identity(visit, found)))
    event = with_known(event, history, terms)
    window = found.everyone.get(visit.window_id) if visit.window_id is not None else None
    items = with_categories(session, event.items, marketplace, rules)
    event = replace(event, items=items, signals=_signals(seen, found), window=window.key if window else None)
    parties = parties_of(accounts, known.houses(session, found.everyone) if _asks_for_houses(event, found, rules) else None)
    situation = Situation(accounts=parties, rules=rules, history=history, event=event)
    return [replace(situation, event=replace(event, promotion=offer)) for offer in offers] or [situation]


def _page_of_window(visit: Visit, found: Attribution) -> SourceKind | None:
    """Return the kind that any page counts as in a window of another account: only a rule about windows looks at it."""
    window = found.everyone.get(visit.window_id) if visit.window_id is not None else None
    return SourceKind.HOME if window is not None and found.account is not None and window.key != found.account.key else None


def _asks_for_houses(event: JudgedEvent, found: Attribution, rules: tuple[UserRule, ...]) -> bool:
    """Return whether a parcel goes somewhere and an address of an account or ship rule is written by postcode only."""
    places = [place for account in found.everyone.values() for place in account.addresses]
    places += [place for rule in rules if isinstance(rule, ShipRule) for place in rule.allowed]
    return bool(event.ship_to) and not all(address_of(place).whole for place in places)


def _signals(seen: SeenPage, found: Attribution) -> Signals | None:
    """Return the page's identity signals; None if an earlier page of the sign-in proves the account and this one does not contradict it."""
    if found.certainty != "carried":
        return Signals(customer_id=seen.account.customer_id, greeting=seen.account.greeting)
    return None if found.account else Signals(customer_id=found.customer_id, greeting=seen.account.greeting)


def _carried_identity(visit: Visit, found: Attribution) -> list[ShownAccount]:
    """Return the account that the sign-in showed before a page with an unknown account, if the page contradicts it; else None.

    Nobody is said, too: the cart of this tab may be older than a sign-out.
    """
    if found.certainty != "unknown":
        return []
    if found.account is None or found.seen_at is None:
        return [ShownAccount(who=SIGNED_OUT, at=visit.at, store=visit.store)]
    return [ShownAccount(who=found.account.key, at=found.seen_at, store=visit.store)]


def _cart(session: Session, visit: Visit, seen: SeenPage, found: Attribution, *, unwritten: Iterable[KeptVisit]) -> list[ShownAccount]:
    """Return the cart last shown in this tab, to notice a change of account before the checkout."""
    if seen.kind is SourceKind.CART or seen.account.contradicted:
        return []
    cart = last_of_tab(session, found.sign_in, visit.tab, SourceKind.CART.value, (visit.at - _CART_LIFE, visit.at), unwritten=unwritten)
    account = found.everyone.get(cart.account_id) if cart is not None and cart.account_id is not None else None
    if cart is None or account is None:
        return []
    return [ShownAccount(who=account.key, at=datetime.fromisoformat(str(cart.at)), store=cart.store, tab=str(cart.tab), in_cart=True)]
