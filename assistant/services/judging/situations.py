"""From the ledger to a described situation (contract, section 3): what the rules are asked about a page that is open now."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.addresses import known_address
from assistant.domain.accounts.cards import card_name, same_spelling
from assistant.domain.pages.visit import Basket, BasketLine, Visit
from assistant.domain.terms import Term, TermKind


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
            "greeting": account.greeting,
            "sites": list(account.marketplaces),
            "amazon_business": account.business,
            "org": account.organization,
            "addresses": list(account.addresses),
            "cards": [same_spelling(card) for card in account.cards],
            "status": account.status,
            "closed_at": account.closed_at.isoformat() if account.closed_at else None,
            "notice": account.notice,
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


def with_known(event: dict[str, Any], history: Iterable[Mapping[str, Any]], terms: Iterable[Term]) -> dict[str, Any]:
    """Return the event with what is known of its things: the category that the user last gave, else the shop's own, and the limit.

    A limit on the page beats one that was seen before. History and terms are newest first.
    """
    given: dict[str, str] = {}
    for entry in history:
        if entry.get("asin") and entry.get("category"):
            given.setdefault(entry["asin"], entry["category"])
    products = {term.what: term.details for term in reversed(list(terms)) if term.kind is TermKind.PRODUCT}
    limits = {term.what: _limit(term.details) for term in reversed(list(terms)) if term.kind is TermKind.LIMIT}
    items = []
    for item in event["items"]:
        department = products.get(item["asin"], {}).get("category")
        known = {"category": given.get(item["asin"]) or department or "", "group": department}
        items.append(item | known | {"limit": item["limit"] or limits.get(item["asin"])})
    product = products.get(event.get("asin", ""), {})
    firm = {name: product[name] for name in ("brand", "seller") if product.get(name) and not event.get(name)}
    return event | {"items": items} | firm


def _line(line: BasketLine) -> dict[str, Any]:
    price = line.price.decimal if line.price else None
    limit = _limit({"scope": line.limit.scope, "limit": line.limit.limit}) if line.limit else None
    return {
        "asin": line.asin,
        "title": line.title,
        "qty": line.quantity,
        "price": price,
        "limit": limit,
        "sns": line.subscription,
        "every": line.every,
    }


def _limit(conditions: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"scope": conditions.get("scope"), "max": conditions["limit"]} if conditions.get("limit") else None
