"""The history of a described situation: what the ledger knows that matters to the page that is open now."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from assistant.domain.accounts.account import Account
from assistant.domain.money import Money
from assistant.domain.pages.kinds import BUYING_STEPS, SourceKind
from assistant.domain.pages.visit import Promotion
from assistant.domain.terms import Term, TermKind, described
from assistant.storage.books.spending import lately
from assistant.storage.orders.history import newest_orders, order_states, orders_by_number, spent_in_a_year, year_of_orders
from assistant.storage.terms import folded, terms_about
from assistant.storage.visits.visits import orders_of

_MEMBERSHIP_PAGES = BUYING_STEPS | {SourceKind.PRIME_SIGNUP, SourceKind.PRIME_INTERSTITIAL, SourceKind.TRIAL_SIGNUP}
_KINDS: Mapping[SourceKind, tuple[TermKind, ...]] = {
    **dict.fromkeys(_MEMBERSHIP_PAGES, (TermKind.MEMBERSHIP,)),
    SourceKind.SNS_SIGNUP: (TermKind.MEMBERSHIP, TermKind.SUBSCRIPTION),
    SourceKind.FAMILY_INVITE: (TermKind.FAMILY_LEFT,),
    SourceKind.REVIEW_VOTE: (TermKind.REVIEW,),
    SourceKind.RETURN_FORM: (TermKind.PROMO_USED, TermKind.COUPON_USED),
}
_USES = frozenset({TermKind.PROMO_USED, TermKind.COUPON_USED, TermKind.PROMO_ISSUED})


def terms_for(
    session: Session, page: SourceKind, things: Iterable[str], promotions: Iterable[Promotion], accounts: Mapping[int, Account]
) -> list[Term]:
    """Return the terms that matter to a page: of its things and promotions, and of the kinds that its rules ask for."""
    keys = {number: account.key for number, account in accounts.items()}
    names = [*things, *(name for offer in promotions for name in (offer.name, offer.reference) if name)]
    found = terms_about(session, names, _KINDS.get(page, ()), keys)
    if page is SourceKind.SNS_SIGNUP:
        # The product group of a subscription stands with its product.
        found += terms_about(session, [term.what for term in found if term.kind is TermKind.SUBSCRIPTION], (), keys)
    return list({term.id: term for term in found}.values())


def history_of(terms: Iterable[Term], promotions: Iterable[Promotion], states: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return terms as history entries; `states` are number and state of the orders that promotions were used for, by term id."""
    ids = {folded(name): offer.name for offer in promotions for name in (offer.name, offer.reference) if name}
    terms = list(terms)
    groups = {term.what: term.details.get("category") for term in terms if term.kind is TermKind.PRODUCT}
    entries = []
    for term in terms:
        entry = described(term)
        if term.kind in _USES:
            number, state = states.get(term.id, (None, "placed"))
            entry |= {"promo": ids.get(folded(term.what), term.what), "order_state": entry.get("order_state", state)}
            entry |= {"order_id": number} if number else {}
        if term.kind is TermKind.SUBSCRIPTION and groups.get(term.what):
            entry.setdefault("group", groups[term.what])
        entries.append(entry)
    return entries


def orders_past(
    session: Session, page: SourceKind, event: Mapping[str, Any], accounts: Mapping[int, Account], today: date
) -> list[dict[str, Any]]:
    """Return the earlier orders that matter: of the same things, of the order that goes back, of a person who would be new.

    The event holds its promotions as `offers`.
    """
    asins = {item["asin"] for item in event["items"] if item["asin"]}
    history = orders_of(session, asins, accounts, today) if event["items"] and page in BUYING_STEPS else []
    keys = {number: account.key for number, account in accounts.items()}
    if page is SourceKind.RETURN_FORM:
        history += orders_by_number(session, event.get("order_id"), keys)
        history += year_of_orders(session, keys, today)
    if page is SourceKind.REVIEW_FORM:
        history += spent_in_a_year(session, keys, today)
    if any((offer["terms"] or {}).get("new_customer") for offer in event["offers"]):
        history += newest_orders(session, keys)
    return history


def promotion_orders(session: Session, terms: Iterable[Term], accounts: Mapping[int, Account]) -> dict[int, tuple[str, str]]:
    """Return number and state of the order each promotion was used for, by term id: as noted, else the order of that day and things."""
    numbers = {account.key: number for number, account in accounts.items()}
    return {
        term.id: state for term in terms if term.kind in _USES and (state := order_states(session, term, numbers.get(term.account or "")))
    }


def spent_this_month(session: Session, accounts: Mapping[int, Account], today: date) -> list[dict[str, Any]]:
    """Return what each account spent this month, for budgets."""
    return [
        {
            "type": "month_spend",
            "account": accounts[account_id].key,
            "month": today.isoformat()[:7],
            "amount": Money(entry.month, entry.currency).decimal,
            "currency": entry.currency,
        }
        for account_id, entries in lately(session, today).items()
        for entry in entries
        if account_id in accounts
    ]
