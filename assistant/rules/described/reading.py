"""Reads described situations: unknown keys and values are ignored, every optional key may be absent.

Spelling does not matter: case, surrounding spaces, a marketplace given as a URL.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assistant.amazon.marketplaces import by_host
from assistant.domain.accounts.cards import same_spelling
from assistant.domain.judging.situation import (
    CANCELLED,
    FamilyLeft,
    History,
    JudgedEvent,
    JudgedItem,
    Limit,
    Party,
    PastInstalment,
    PastMembership,
    PastNote,
    PastOrder,
    PastPromotion,
    PastReview,
    PastSubscription,
    PromotionHere,
    PromotionTerms,
    ServiceOffer,
    ShownAccount,
    Signals,
    Situation,
    Spent,
    Thresholds,
    YearOfOrders,
)
from assistant.rules.described.fields import Fields, decimal
from assistant.rules.described.user_rules import read_rules
from assistant.rules.matching.service_names import service_name

_LONGEST_DAYS, _LONGEST_MINUTES = 36500, 525600
_SETTLED = frozenset({"paid", "settled", *CANCELLED})
_STOPPED = frozenset({*CANCELLED, "paused", "ended"})
_SIGN_IN = "nav_ya_signin"


def read_situation(data: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Situation:
    """Return the situation that a mapping describes; `defaults` are the limits that it does not set itself."""
    fields = Fields(data)
    accounts = read_parties(fields.entries("accounts"))
    return Situation(
        accounts=accounts,
        rules=read_rules(fields.entries("rules")),
        history=read_history(fields.entries("history"), accounts),
        event=read_event(fields.inner("event")),
        thresholds=_thresholds(Fields(_united(defaults or {}, fields.inner("defaults").data))),
    )


def marketplace_name(text: str) -> str:
    """Normalise a marketplace: "https://www.Amazon.DE/dp/…" is "amazon.de"."""
    low = text.strip().lower()
    host = low.partition("://")[2].partition("/")[0] if "://" in low else low.partition("/")[0]
    found = by_host(host)
    return found.name if found else host


def read_parties(entries: Iterable[Fields]) -> dict[str, Party]:
    """Return the accounts by key: the first of two with the same key, and only accounts that have a key."""
    found: dict[str, Party] = {}
    for entry in entries:
        key = entry.text("key")
        if key:
            found.setdefault(key, _party(key, entry))
    return found


def read_event(fields: Fields) -> JudgedEvent:
    """Return what is about to happen."""
    seen, said, invitee = fields.inner("seen"), fields.text("site"), fields.inner("invitee")
    return JudgedEvent(
        page=fields.word("page") or "home",
        at=fields.moment(),
        day=fields.day(),
        account=fields.text("account"),
        store=fields.text("store") or "default",
        tab=fields.text("tab"),
        window=fields.text("window"),
        signals=_signals(seen) if seen.data else None,
        marketplace=marketplace_name(said) if said else None,
        items=tuple(map(_read_item, fields.entries("items"))),
        ship_to=fields.text("ship_to"),
        recipient=fields.text("recipient"),
        gift=bool(fields.flag("gift")),
        pay=same_spelling(fields.text("pay") or "") or None,
        total=fields.number("total"),
        currency=(fields.text("currency") or "").upper() or None,
        plan=fields.word("plan"),
        promotion=_promotion_here(fields.inner("promo")) if fields.has("promo") else None,
        offer=_offer(fields.inner("offer")) if fields.has("offer") else None,
        order_id=fields.text("order_id"),
        owner_account=fields.text("owner_account"),
        asin=fields.item_number("asin"),
        brand=fields.text("brand"),
        seller=fields.text("seller"),
        manufacturer=fields.text("manufacturer"),
        review_id=fields.text("review_id"),
        compensation=fields.text("compensation"),
        invitee=fields.text("invitee") or invitee.text("account"),
        invitee_home=invitee.text("home"),
        group=fields.text("group"),
        with_account=fields.text("with"),
    )


def read_history(entries: Iterable[Fields], accounts: Mapping[str, Party]) -> History:
    """Return what happened before, by kind; an entry of an unknown type is left out."""
    found: dict[str, list[Any]] = {}
    for entry in entries:
        kind = entry.word("type") or ""
        if kind in ("identity_seen", "cart_seen"):
            shown = _shown(entry, accounts)
            if shown is not None:
                found.setdefault("shown", []).append(shown)
        elif kind in _ENTRIES:
            name, read = _ENTRIES[kind]
            found.setdefault(name, []).append(read(entry))
    return History(**{name: tuple(made) for name, made in found.items()})


def _party(key: str, entry: Fields) -> Party:
    ids = (*entry.texts("cid"), *entry.texts("cids"), *entry.texts("customer_ids"))
    return Party(
        key=key,
        label=entry.text("label") or entry.text("org") or key,
        customer_ids=frozenset(ids),
        owner=entry.text("owner"),
        home=entry.text("home"),
        kind=entry.word("kind") or None,
        business=bool(entry.flag("amazon_business")),
        greeting=entry.text("greeting"),
        prime=entry.word("prime") or None,
        marketplaces=tuple(marketplace_name(name) for name in entry.texts("sites")),
        addresses=entry.texts("addresses"),
        houses=entry.texts("houses"),
        cards=tuple(same_spelling(card) for card in entry.texts("cards")),
        status=entry.word("status") or "ok",
        closed_at=entry.day("closed_at"),
        notice=entry.text("notice") or ("closed" if entry.flag("notice") else None),
        name=entry.text("name") or entry.text("org"),
        phone="".join(sign for sign in entry.text("phone") or "" if sign.isdecimal()) or None,
        representatives=entry.texts("representatives"),
        open_alerts=entry.count("open_alerts"),
    )


def _signals(seen: Fields) -> Signals:
    shown = seen.text("customer_id") or None
    signed_out = seen.data.get("customer_id") == "" or (seen.text("nav_ref") or "").startswith(_SIGN_IN)
    return Signals(customer_id=shown if shown or not signed_out else "", greeting=seen.text("greeting"))


def _read_item(fields: Fields) -> JudgedItem:
    limit = fields.inner("limit")
    most = limit.number("max")
    return JudgedItem(
        asin=fields.item_number("asin"),
        title=fields.text("title") or None,
        category=fields.text("category"),
        quantity=fields.count("qty", 1),
        price=fields.number("price"),
        brand=fields.text("brand"),
        seller=fields.text("seller"),
        limit=Limit(most=int(most), scope=limit.word("scope"), text=limit.text("text")) if most is not None and most >= 0 else None,
        subscription=bool(fields.flag("sns")),
        every=fields.text("every"),
        group=fields.text("group"),
    )


def _terms(fields: Fields) -> PromotionTerms | None:
    if not fields.data:
        return None
    return PromotionTerms(
        scope=fields.word("scope"),
        limit=fields.count("limit") or None,
        text=fields.text("text"),
        new_customer=bool(fields.flag("new_customer") or fields.flag("first_order")),
        transferable=fields.flag("transferable"),
    )


def _promotion_here(fields: Fields) -> PromotionHere:
    return PromotionHere(name=fields.text("id"), terms=_terms(fields.inner("terms")), public=bool(fields.flag("public")))


def _offer(fields: Fields) -> ServiceOffer:
    kind = fields.word("kind")
    return ServiceOffer(
        service=service_name(fields.text("service")) or None,
        trial="trial" in kind if kind else None,
        text=fields.inner("terms").text("text"),
    )


def _shown(entry: Fields, accounts: Mapping[str, Party]) -> ShownAccount | None:
    signals = entry if "customer_id" in entry.data else entry.inner("seen")
    who = entry.text("account")
    if "customer_id" in signals.data:
        shown = signals.text("customer_id")
        who = next((party.key for party in accounts.values() if shown in party.customer_ids), shown)
    if who is None:
        return None
    return ShownAccount(
        who=who,
        at=entry.moment(),
        store=entry.text("store") or "default",
        tab=entry.text("tab"),
        in_cart=entry.word("type") == "cart_seen",
    )


def _reveal(fields: Fields) -> str | None:
    if not fields.flag("private"):
        return None
    return "never" if fields.word("reveal") == "never" else "hint"


def _read_order(fields: Fields) -> PastOrder:
    return PastOrder(
        account=fields.text("account"),
        day=fields.day(),
        order_id=fields.text("order_id"),
        asin=fields.item_number("asin"),
        title=fields.text("title"),
        quantity=fields.count("qty", 1),
        price=fields.number("price"),
        currency=(fields.text("currency") or "").upper() or None,
        category=fields.text("category"),
        state=fields.word("state"),
        seller=fields.text("seller"),
        brand=fields.text("brand"),
        marketplace=fields.text("site"),
        reveal=_reveal(fields),
        return_until=fields.day("return_until") or fields.day("return_by"),
        latest_delivery=fields.day("latest_delivery"),
        third_party=fields.flag("third_party"),
        digital=fields.word("kind") == "digital",
        chargeback=bool(fields.flag("chargeback")),
        problem=fields.has("problem"),
        promotion=fields.text("promo") if fields.has("promo") else None,
    )


def _promotion(fields: Fields) -> PastPromotion:
    kind = fields.word("type")
    return PastPromotion(
        name=fields.text("promo"),
        account=fields.text("account"),
        day=fields.day(),
        order_id=fields.text("order_id"),
        cancelled=fields.word("order_state") in CANCELLED or fields.word("state") in CANCELLED,
        issued=kind == "promo_issued",
        coupon=kind == "coupon_used",
        terms=_terms(fields.inner("terms")),
    )


def _membership(fields: Fields) -> PastMembership:
    return PastMembership(
        service=service_name(fields.text("service")),
        account=fields.text("account"),
        plan=fields.word("plan"),
        begins=fields.day("from"),
        ends=fields.day("to"),
        open_ended=not fields.has("to"),
        auto_renew=fields.flag("auto_renew"),
        charged_on=fields.day("charged_on") or fields.day("charged_at"),
    )


def _subscription(fields: Fields) -> PastSubscription:
    return PastSubscription(
        asin=fields.item_number("asin"),
        account=fields.text("account"),
        next_delivery=fields.day("next_delivery"),
        stopped=fields.word("state") in _STOPPED,
        group=fields.text("group"),
        reveal=_reveal(fields),
    )


def _instalment(fields: Fields) -> PastInstalment:
    return PastInstalment(
        account=fields.text("account"),
        order_id=fields.text("order_id"),
        due=fields.day("due"),
        settled=bool(fields.flag("paid")) or fields.word("state") in _SETTLED,
        amount=fields.number("amount"),
        currency=(fields.text("currency") or "").upper() or None,
        card_expires=(fields.text("card_expires") or "")[:7] or None,
        last_due=fields.day("last_due"),
    )


def _review(fields: Fields) -> PastReview:
    return PastReview(account=fields.text("account"), asin=fields.item_number("asin"), review_id=fields.text("review_id"))


def _note(fields: Fields) -> PastNote:
    return PastNote(account=fields.text("account"), asin=fields.item_number("asin"), compensation=fields.text("compensation"))


def _spent(fields: Fields) -> Spent:
    return Spent(
        account=fields.text("account"),
        amount=fields.number("amount"),
        currency=(fields.text("currency") or "").upper() or None,
        month=(fields.text("month") or "")[:7],
        category=fields.text("category"),
    )


def _year(fields: Fields) -> YearOfOrders:
    return YearOfOrders(
        account=fields.text("account"),
        orders=fields.count("orders"),
        returned=fields.count("returned"),
        cancelled=fields.count("cancelled"),
    )


def _left(fields: Fields) -> FamilyLeft:
    return FamilyLeft(account=fields.text("account"), day=fields.day())


_ENTRIES: Mapping[str, tuple[str, Callable[[Fields], Any]]] = {
    "order": ("orders", _read_order),
    "promo_used": ("promotions", _promotion),
    "coupon_used": ("promotions", _promotion),
    "promo_issued": ("promotions", _promotion),
    "membership": ("memberships", _membership),
    "subscription": ("subscriptions", _subscription),
    "instalment": ("instalments", _instalment),
    "review": ("reviews", _review),
    "note": ("notes", _note),
    "month_spend": ("month_spend", _spent),
    "year_spend": ("year_spend", _spent),
    "year_orders": ("year_orders", _year),
    "family_left": ("families_left", _left),
}


def _thresholds(limits: Fields) -> Thresholds:
    """Return the limits; absent or meaningless ones keep their documented value."""
    usual = Thresholds()
    if not limits.data:
        return usual
    rate, reminders = limits.inner("return_rate_notice"), limits.inner("reminder_days")
    share = decimal(rate.data.get("share"))
    return Thresholds(
        dup_window_days=_bounded(limits, "dup_window_days", usual.dup_window_days),
        sns_overlap_days=_bounded(limits, "sns_overlap_days", usual.sns_overlap_days),
        history_route_min=max(1, _bounded(limits, "history_route_min", usual.history_route_min)),
        identity_fresh_minutes=_bounded(limits, "identity_fresh_minutes", usual.identity_fresh_minutes, _LONGEST_MINUTES),
        trial_lookback_days=_bounded(limits, "trial_lookback_days", usual.trial_lookback_days),
        return_rate_orders=_bounded(rate, "min_orders", usual.return_rate_orders),
        return_rate_share=share if share is not None and 0 <= share <= 1 else usual.return_rate_share,
        reminder_days={name: _bounded(reminders, name, days) for name, days in usual.reminder_days.items()},
    )


def _bounded(limits: Fields, name: str, usual: int, most: int = _LONGEST_DAYS) -> int:
    return min(limits.count(name, usual), most)


def _united(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults of a file, overridden by those of one situation, one level deep."""
    found = dict(common)
    for name, value in own.items():
        before = found.get(name)
        found[name] = {**before, **value} if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return found
