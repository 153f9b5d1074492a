"""Loads the history in the ledger that matters for an open page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.accounts.account import Account
from assistant.domain.judging.situation import History, JudgedEvent, JudgedItem, Limit, PastOrder, PromotionTerms, Spent
from assistant.domain.money import Money
from assistant.domain.pages.kinds import BUYING_STEPS, SourceKind
from assistant.domain.pages.visit import Promotion
from assistant.domain.terms import Term, TermKind, described
from assistant.rules.amounts import decimal_of
from assistant.rules.described.fields import Fields
from assistant.rules.described.reading import read_history
from assistant.storage.books.spending import lately, spent_between
from assistant.storage.orders.history import (
    Keys,
    known_for_a_year,
    newest_orders,
    order_of_promotion,
    orders_by_number,
    orders_of,
    years_of_orders,
)
from assistant.storage.terms import folded, terms_about
from assistant.storage.unit_of_work import Session

_MEMBERSHIP_PAGES = BUYING_STEPS | {SourceKind.PRIME_SIGNUP, SourceKind.PRIME_INTERSTITIAL, SourceKind.TRIAL_SIGNUP}
_KINDS: Mapping[SourceKind, tuple[TermKind, ...]] = {
    **dict.fromkeys(_MEMBERSHIP_PAGES, (TermKind.MEMBERSHIP,)),
    SourceKind.SNS_SIGNUP: (TermKind.MEMBERSHIP, TermKind.SUBSCRIPTION),
    SourceKind.FAMILY_INVITE: (TermKind.FAMILY_LEFT,),
    SourceKind.REVIEW_VOTE: (TermKind.REVIEW,),
    SourceKind.RETURN_FORM: (TermKind.PROMO_USED, TermKind.COUPON_USED),
}
_USES = frozenset({TermKind.PROMO_USED, TermKind.COUPON_USED, TermKind.PROMO_ISSUED})


def terms_for(session: Session, page: SourceKind, asins: Iterable[str], promotions: Iterable[Promotion], keys: Keys) -> list[Term]:
    """Return the terms that matter for a page: of its items and promotions, and of the kinds that its rules use."""
    names = [*asins, *(name for offer in promotions for name in (offer.name, offer.reference) if name)]
    found = terms_about(session, names, _KINDS.get(page, ()), keys)
    if page is SourceKind.SNS_SIGNUP:
        # The product group of a subscription is stored with its product.
        found += terms_about(session, [term.what for term in found if term.kind is TermKind.SUBSCRIPTION], (), keys)
    return list({term.id: term for term in found}.values())


def history_of_terms(session: Session, terms: Iterable[Term], promotions: Iterable[Promotion], keys: Keys) -> History:
    """Return terms as history; used promotions get their name on the page and the state of their order."""
    names = {folded(name): offer.name for offer in promotions for name in (offer.name, offer.reference) if name}
    terms, numbers = list(terms), {key: number for number, key in keys.items()}
    groups = {term.what: term.details.get("category") for term in terms if term.kind is TermKind.PRODUCT}
    entries = []
    for term in terms:
        # A term's details are the keys of a described history entry.
        entry = described(term)
        if term.kind in _USES:
            order = order_of_promotion(session, term, numbers.get(term.account or ""))
            number, state = order or (None, "placed")
            entry |= {"promo": names.get(folded(term.what), term.what), "order_state": entry.get("order_state", state)}
            entry |= {"order_id": number} if number else {}
        if term.kind is TermKind.SUBSCRIPTION and groups.get(term.what):
            entry.setdefault("group", groups[term.what])
        entries.append(Fields(entry))
    return read_history(entries, {})


def with_orders(session: Session, page: SourceKind, event: JudgedEvent, history: History, keys: Keys, *, new_customer: bool) -> History:
    """Return the history with the earlier orders that matter: of the same items, and the order that is returned.

    `new_customer`: an offer on the page is for people who never ordered.
    """
    today = event.day or date.min
    orders: list[PastOrder] = []
    if event.items and page in BUYING_STEPS:
        orders = orders_of(session, {item.asin for item in event.items if item.asin}, keys, today)
    if page is SourceKind.RETURN_FORM:
        orders += orders_by_number(session, event.order_id, keys)
        years = years_of_orders(session, keys, today)
        # Cancelled orders do not count in the share of returned ones.
        history = replace(history, year_orders=tuple(replace(one, orders=one.orders - one.cancelled) for one in years if one.orders))
    if page is SourceKind.REVIEW_FORM:
        history = replace(history, year_spend=spent_in_a_year(session, keys, today))
    if new_customer:
        orders += newest_orders(session, keys)
    return replace(history, orders=tuple(orders))


def with_known(event: JudgedEvent, history: History, terms: Iterable[Term]) -> JudgedEvent:
    """Complete the items of an event with known category, brand, seller and limit; the page's own values come first.

    History and terms are newest first. A category is the user's own word, else that of the page's department.
    """
    given: dict[str, str] = {}
    brands: dict[str, str] = {}
    for order in history.orders:
        if order.asin and order.category:
            given.setdefault(order.asin, order.category)
        if order.asin and order.brand:
            brands.setdefault(order.asin, order.brand)
    newest_last = list(terms)[::-1]
    products = {term.what: term.details for term in newest_last if term.kind is TermKind.PRODUCT}
    limits = {term.what: _limit(term) for term in newest_last if term.kind is TermKind.LIMIT}

    def known(item: JudgedItem) -> JudgedItem:
        product, asin = products.get(item.asin or "", {}), item.asin or ""
        if not (product or asin in given or asin in brands or asin in limits):
            return item
        return replace(
            item,
            category=given.get(asin) or product.get("category"),
            group=product.get("category"),
            brand=item.brand or product.get("brand") or brands.get(asin),
            seller=item.seller or product.get("seller"),
            limit=item.limit or limits.get(asin),
        )

    product = products.get(event.asin or "", {})
    return replace(
        event,
        items=tuple(map(known, event.items)),
        brand=event.brand or product.get("brand"),
        seller=event.seller or product.get("seller"),
    )


def terms_seen_before(promotion: Promotion, terms: Iterable[Term], here: PromotionTerms | None) -> PromotionTerms | None:
    """Return the terms of a promotion: those on the page, completed from earlier pages."""
    if here is not None and here.scope:
        return here
    names = {folded(name) for name in (promotion.name, promotion.reference) if name}
    seen = next((term for term in terms if term.kind is TermKind.PROMOTION and folded(term.what) in names), None)
    if seen is None:
        return here
    details, page = seen.details, here or PromotionTerms()
    return PromotionTerms(
        scope=page.scope or details.get("scope"),
        limit=page.limit or details.get("limit"),
        text=page.text or details.get("text"),
        new_customer=page.new_customer or bool(details.get("new_customer")),
        transferable=page.transferable if page.transferable is not None else details.get("transferable"),
    )


def spent_in_a_year(session: Session, keys: Keys, today: date) -> tuple[Spent, ...]:
    """Return what each account spent within a year, by the entries' days; accounts whose known history is shorter are left out."""
    known = known_for_a_year(session, keys, today)
    return tuple(
        Spent(account=keys[account_id], amount=decimal_of(money), currency=money.currency)
        for account_id, money in spent_between(session, today - timedelta(days=365), today)
        if account_id in known
    )


def spent_this_month(session: Session, accounts: Mapping[int, Account], today: date) -> tuple[Spent, ...]:
    """Return what each account spent this month, for budgets."""
    return tuple(
        Spent(
            account=accounts[account_id].key,
            month=today.isoformat()[:7],
            amount=decimal_of(Money(entry.month, entry.currency)),
            currency=entry.currency,
        )
        for account_id, entries in lately(session, today).items()
        for entry in entries
        if account_id in accounts
    )


def _limit(term: Term) -> Limit | None:
    most = term.details.get("limit")
    return Limit(most=int(most), scope=term.details.get("scope")) if most else None
