"""Judging a page that is open now: the same rules as `shopper check`, asked about the ledger's own facts."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from assistant.amazon.visits import SeenPage
from assistant.domain.verdicts import Reason, Verdict
from assistant.domain.visits import Basket, PageKind, Visit
from assistant.rules import judge
from assistant.rules.situation import situation_from_mapping
from assistant.services.attribution import Attribution
from assistant.services.filing import with_filed
from assistant.services.situations import accounts_json, event_json, known_json, promotion_json, spent_json, with_categories
from assistant.storage.visits import last_of_tab

_CART_LIFE = timedelta(hours=4)


def judge_visit(session: Session, client_id: str, visit: Visit, seen: SeenPage, found: Attribution) -> Verdict:
    """Return what the rules say about a buying step."""
    everyone = list(found.everyone.values())
    basket = seen.extraction.checkout or seen.extraction.cart or Basket()
    rules, history = known_json(session, basket, found.everyone, visit.at.date())
    if any(rule["type"] == "budget" for rule in rules):
        history += spent_json(session, found.everyone, visit.at.date())
    history += _cart(session, client_id, visit, seen, found)
    event = with_categories(event_json(visit, seen.kind.value, basket, found.account, everyone), history)
    event["site"] = seen.marketplace.name if seen.marketplace else None
    event = with_filed(session, event, rules)
    if found.certainty != "carried":
        event["seen"] = {"customer_id": seen.account.customer_id, "greeting": seen.account.greeting}
    elif found.account is None:
        event["seen"] = {"customer_id": found.customer_id, "greeting": seen.account.greeting}
    situation: dict[str, Any] = {"accounts": accounts_json(everyone, found.customer_id), "rules": rules, "history": history, "event": event}
    promotions = [promotion_json(promotion) for promotion in basket.promotions]
    event["promo"] = promotions[0] if promotions else None
    verdicts = [judge(situation_from_mapping(situation))]
    verdicts += [judge(situation_from_mapping({**situation, "event": {**event, "promo": promo}})) for promo in promotions[1:]]
    return _united(verdicts)


def _cart(session: Session, client_id: str, visit: Visit, seen: SeenPage, found: Attribution) -> list[dict[str, Any]]:
    """Return what the cart of this tab showed, so that a change of account before the checkout is noticed."""
    if seen.kind is PageKind.CART:
        return []
    cart = last_of_tab(session, visit, client_id, PageKind.CART.value, visit.at - _CART_LIFE)
    if cart is None or cart.account_id is None:
        return []
    account = found.everyone.get(cart.account_id)
    return [{"type": "cart_seen", "account": account.key if account else None, "at": cart.at, "tab": cart.tab, "store": cart.store}]


def _united(verdicts: list[Verdict]) -> Verdict:
    found: dict[tuple[str, str], Reason] = {}
    for verdict in verdicts:
        for reason in verdict.reasons:
            found.setdefault((reason.code, reason.text), reason)
    return Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))
