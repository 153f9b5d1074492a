"""Writes situations in the form of described files; `reading.read_situation` is the inverse."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.domain.judging.situation import (
    History,
    JudgedEvent,
    JudgedItem,
    Limit,
    Party,
    PastInstalment,
    PastMembership,
    PastOrder,
    PastPromotion,
    PastSubscription,
    PromotionHere,
    PromotionTerms,
    Situation,
    Spent,
)


def describe(situation: Situation) -> dict[str, Any]:
    """Return one situation: {accounts, rules, history, event}. Undocumented limits are not written."""
    return {**_common(situation), "event": _event(situation.event)}


def describe_all(situations: Sequence[Situation]) -> dict[str, Any]:
    """Return situations that differ in their events only: {accounts, rules, history, events}; {} for none."""
    return {**_common(situations[0]), "events": [_event(one.event) for one in situations]} if situations else {}


def one_by_one(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what `describe_all` wrote as situations of one event each."""
    common = {name: value for name, value in described.items() if name != "events"}
    return [{**common, "event": event} for event in described.get("events", ())]


def _common(situation: Situation) -> dict[str, Any]:
    return {
        "accounts": [_party(party) for party in situation.accounts.values()],
        "rules": [_json({"id": rule.number, **rule.written}) for rule in situation.rules],
        "history": list(_history(situation.history)),
    }


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known values, as JSON types."""
    return {name: _value(value) for name, value in values.items() if value is not None and value != ()}


def _value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return [_value(entry) for entry in value] if isinstance(value, tuple | frozenset) else value


def _party(party: Party) -> dict[str, Any]:
    return _json(
        {
            "key": party.key,
            "label": party.label,
            "cids": tuple(sorted(party.customer_ids)),
            "kind": party.kind,
            "owner": party.owner,
            "home": party.home,
            "greeting": party.greeting,
            "prime": party.prime,
            "sites": party.marketplaces,
            "amazon_business": party.business,
            "name": party.name,
            "phone": party.phone,
            "addresses": party.addresses,
            "houses": party.houses,
            "cards": party.cards,
            "status": party.status,
            "closed_at": party.closed_at,
            "notice": party.notice,
            "representatives": party.representatives,
            "open_alerts": party.open_alerts or None,
        }
    )


def _event(event: JudgedEvent) -> dict[str, Any]:
    offer, invitee = event.offer, event.invitee or _json({"home": event.invitee_home})
    described = {
        "at": event.at or event.day,
        "page": event.page,
        "account": event.account,
        "store": event.store,
        "tab": event.tab,
        "window": event.window,
        "site": event.marketplace,
        "items": [_written_item(item) for item in event.items],
        "ship_to": event.ship_to,
        "recipient": event.recipient,
        "gift": event.gift or None,
        "pay": event.pay,
        "total": event.total,
        "currency": event.currency,
        "plan": event.plan,
        "promo": _promotion_here(event.promotion) if event.promotion else None,
        "order_id": event.order_id,
        "owner_account": event.owner_account,
        "asin": event.asin,
        "brand": event.brand,
        "seller": event.seller,
        "manufacturer": event.manufacturer,
        "review_id": event.review_id,
        "compensation": event.compensation,
        "invitee": invitee or None,
        "group": event.group,
        "with": event.with_account,
    }
    if offer is not None:
        kind = {True: "free_trial", False: "paid", None: None}[offer.trial]
        described["offer"] = _json({"service": offer.service, "kind": kind, "terms": {"text": offer.text} if offer.text else None})
    found = _json(described)
    if event.signals is not None:
        # A key without a value means that the page shows no id.
        found["seen"] = {"customer_id": event.signals.customer_id, "greeting": event.signals.greeting}
    return found


def _written_item(item: JudgedItem) -> dict[str, Any]:
    return _json(
        {
            "asin": item.asin,
            "title": item.title,
            "category": item.category,
            "qty": item.quantity,
            "price": item.price,
            "brand": item.brand,
            "seller": item.seller,
            "limit": _limit(item.limit) if item.limit else None,
            "sns": item.subscription or None,
            "every": item.every,
            "group": item.group,
        }
    )


def _limit(limit: Limit) -> dict[str, Any]:
    return _json({"scope": limit.scope, "max": limit.most, "text": limit.text})


def _terms(terms: PromotionTerms | None) -> dict[str, Any] | None:
    if terms is None:
        return None
    flags = {"new_customer": terms.new_customer, "transferable": terms.transferable}
    return _json({"scope": terms.scope, "limit": terms.limit, "text": terms.text, **flags})


def _promotion_here(promotion: PromotionHere) -> dict[str, Any]:
    return _json({"id": promotion.name, "terms": _terms(promotion.terms), "public": promotion.public or None})


def _history(history: History) -> Iterator[dict[str, Any]]:
    yield from map(_written_order, history.orders)
    for shown in history.shown:
        kind = "cart_seen" if shown.in_cart else "identity_seen"
        # The same text distinguishes an account from "signed out" and from an unregistered id.
        who = {"account": shown.who} if shown.who else {"customer_id": ""}
        yield _json({"type": kind, **who, "at": shown.at, "store": shown.store, "tab": shown.tab})
    yield from map(_promotion, history.promotions)
    yield from map(_membership, history.memberships)
    yield from map(_subscription, history.subscriptions)
    yield from map(_instalment, history.instalments)
    for review in history.reviews:
        yield _json({"type": "review", "account": review.account, "asin": review.asin, "review_id": review.review_id})
    for note in history.notes:
        yield _json({"type": "note", "account": note.account, "asin": note.asin, "compensation": note.compensation})
    yield from (_spent("month_spend", entry) for entry in history.month_spend)
    yield from (_spent("year_spend", entry) for entry in history.year_spend)
    for year in history.year_orders:
        counts = {"orders": year.orders, "returned": year.returned, "cancelled": year.cancelled}
        yield _json({"type": "year_orders", "account": year.account, **counts})
    for left in history.families_left:
        yield _json({"type": "family_left", "account": left.account, "at": left.day})


def _membership(membership: PastMembership) -> dict[str, Any]:
    ends = {} if membership.open_ended else {"to": membership.ends or "unknown"}
    return _json(
        {
            "type": "membership",
            "service": membership.service,
            "account": membership.account,
            "plan": membership.plan,
            "from": membership.begins,
            **ends,
            "auto_renew": membership.auto_renew,
            "charged_on": membership.charged_on,
        }
    )


def _subscription(subscription: PastSubscription) -> dict[str, Any]:
    return _json(
        {
            "type": "subscription",
            "asin": subscription.asin,
            "account": subscription.account,
            "next_delivery": subscription.next_delivery,
            "state": "cancelled" if subscription.stopped else None,
            "group": subscription.group,
            **_private(subscription.reveal),
        }
    )


def _instalment(instalment: PastInstalment) -> dict[str, Any]:
    return _json(
        {
            "type": "instalment",
            "account": instalment.account,
            "order_id": instalment.order_id,
            "due": instalment.due,
            "paid": instalment.settled,
            "amount": instalment.amount,
            "currency": instalment.currency,
            "card_expires": instalment.card_expires,
            "last_due": instalment.last_due,
        }
    )


def _private(reveal: str | None) -> dict[str, Any]:
    return {"private": True, "reveal": reveal} if reveal else {}


def _written_order(order: PastOrder) -> dict[str, Any]:
    return _json(
        {
            "type": "order",
            "account": order.account,
            "at": order.day,
            "order_id": order.order_id,
            "asin": order.asin,
            "title": order.title,
            "qty": order.quantity,
            "price": order.price,
            "currency": order.currency,
            "category": order.category,
            "state": order.state,
            "seller": order.seller,
            "brand": order.brand,
            "site": order.marketplace,
            **_private(order.reveal),
            "return_until": order.return_until,
            "latest_delivery": order.latest_delivery,
            "third_party": order.third_party,
            "kind": "digital" if order.digital else None,
            "chargeback": order.chargeback or None,
            "problem": order.problem or None,
            "promo": order.promotion,
        }
    )


def _promotion(promotion: PastPromotion) -> dict[str, Any]:
    return _json(
        {
            "type": "promo_issued" if promotion.issued else "coupon_used" if promotion.coupon else "promo_used",
            "promo": promotion.name,
            "account": promotion.account,
            "at": promotion.day,
            "order_id": promotion.order_id,
            "order_state": "cancelled" if promotion.cancelled else None,
            "terms": _terms(promotion.terms),
        }
    )


def _spent(kind: str, entry: Spent) -> dict[str, Any]:
    return _json(
        {
            "type": kind,
            "account": entry.account,
            "month": entry.month or None,
            "amount": entry.amount,
            "currency": entry.currency,
            "category": entry.category,
        }
    )
