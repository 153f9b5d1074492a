"""From the ledger to a described situation (contract, section 3): what the rules are asked about a page that is open now."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from assistant.domain.accounts import Account
from assistant.domain.addresses import known_address
from assistant.domain.cards import card_name, same_spelling
from assistant.domain.money import Money
from assistant.domain.visits import Basket, BasketLine, Promotion, Visit
from assistant.services.rules import rules_of
from assistant.storage.spending import lately
from assistant.storage.visits import orders_of, promotions_used


def accounts_json(accounts: Iterable[Account], customer_id: str | None) -> list[dict[str, Any]]:
    """Return the accounts as a situation holds them; `customer_id` is the one on the page."""
    return [
        {
            "key": account.key,
            "label": account.label,
            "cid": customer_id if customer_id in account.customer_ids else next(iter(account.customer_ids), None),
            "kind": account.purpose,
            "owner": account.owner,
            "home": account.home,
            "sites": list(account.marketplaces),
            "amazon_business": account.business,
            "org": account.organization,
            "addresses": list(account.addresses),
            "cards": [same_spelling(card) for card in account.cards],
            "status": account.status,
        }
        for account in accounts
    ]


def event_json(visit: Visit, page: str, basket: Basket, active: Account | None, accounts: Iterable[Account]) -> dict[str, Any]:
    """Return the event: what the page would buy, where it goes, how it is paid."""
    own = active.addresses if active else ()
    others = [address for account in accounts for address in account.addresses]
    ship_to = known_address(basket.ship_to, [*own, *others]) if basket.ship_to else None
    return {
        "at": visit.at.isoformat(),
        "page": page,
        "account": active.key if active else None,
        "tab": visit.tab,
        "store": visit.store,
        "items": [_line(line) for line in basket.lines if line.selected],
        "ship_to": ship_to or (f"new/{basket.ship_to}" if basket.ship_to else None),
        "recipient": basket.recipient,
        "pay": card_name(basket.method, basket.last4),
        "gift": basket.gift,
        "total": basket.total.decimal if basket.total else None,
        "currency": basket.total.currency if basket.total else None,
    }


def promotion_json(promotion: Promotion) -> dict[str, Any]:
    """Return a promotion as an event holds it."""
    terms = promotion.terms
    return {"id": promotion.name, "terms": {"scope": terms.scope, "limit": terms.limit, "text": terms.text} if terms else None}


def known_json(
    session: Session, basket: Basket, accounts: Mapping[int, Account], today: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the user's rules and the history that matter to a basket."""
    asins = {line.asin for line in basket.lines if line.asin}
    history = orders_of(session, asins, accounts, today) if basket.lines else []
    history += promotions_used(session, {promotion.name for promotion in basket.promotions}) if basket.promotions else []
    return rules_of(session), history


def spent_json(session: Session, accounts: Mapping[int, Account], today: date) -> list[dict[str, Any]]:
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


def with_categories(event: dict[str, Any], history: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the event with the category that the user last gave each thing; history is newest first."""
    known: dict[str, str] = {}
    for entry in history:
        if entry.get("asin") and entry.get("category"):
            known.setdefault(entry["asin"], entry["category"])
    return event | {"items": [item | {"category": known.get(item["asin"] or "")} for item in event["items"]]}


def _line(line: BasketLine) -> dict[str, Any]:
    return {"asin": line.asin, "title": line.title, "qty": line.quantity, "price": line.price.decimal if line.price else None}
