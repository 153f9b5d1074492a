"""The accounts of a situation and the documented numbers, read from their described form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.amazon.marketplaces import by_host
from assistant.domain.accounts.cards import same_spelling
from assistant.domain.text import fold
from assistant.rules.facts import Fact, decimal

_LONGEST_DAYS, _LONGEST_MINUTES = 36500, 525600


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An account of the situation; addresses, cards and sites in the one spelling used for comparing."""

    key: str
    label: str
    customer_ids: frozenset[str]
    owner: str | None
    home: str | None
    kind: str | None
    business: bool
    greeting: str | None
    prime: str | None
    sites: tuple[str, ...]
    addresses: tuple[str, ...]
    cards: tuple[str, ...]
    status: str
    closed_at: date | None
    notice: str | None
    name: str | None
    phone: str | None
    representatives: tuple[str, ...]
    open_alerts: int

    @property
    def for_business(self) -> bool:
        """Whether Amazon treats it as a Business account, or its owner uses it as one."""
        return self.business or self.kind == "business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The documented numbers; a situation's `defaults` may override them."""

    dup_window_days: int = 14
    sns_overlap_days: int = 10
    history_route_min: int = 3
    identity_fresh_minutes: int = 30
    trial_lookback_days: int = 365
    return_rate_orders: int = 10
    return_rate_share: Decimal = Decimal("0.4")
    reminder_days: Mapping[str, int] = field(default_factory=lambda: {"return_window": 3, "trial_end": 3, "payment_due": 3})


def site_name(text: str) -> str:
    """Return a shop in the spelling used for comparing: "www.Amazon.DE" is "amazon.de"."""
    low = text.strip().lower()
    shop = by_host(low)
    return shop.name if shop else low


def parties(entries: tuple[Fact, ...]) -> dict[str, Party]:
    """Return the accounts by key; the first of two with the same key, none without one."""
    found: dict[str, Party] = {}
    for entry in entries:
        key = entry.text("key")
        if key:
            found.setdefault(key, _party(key, entry))
    return found


def thresholds(limits: Fact) -> Thresholds:
    """Return the numbers; what is absent or makes no sense stays as documented."""
    usual = Thresholds()
    if not limits.data:
        return usual
    rate, reminders = limits.fact("return_rate_notice"), limits.fact("reminder_days")
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


def _bounded(limits: Fact, name: str, usual: int, most: int = _LONGEST_DAYS) -> int:
    return min(limits.count(name, usual), most)


def _party(key: str, entry: Fact) -> Party:
    ids = (*entry.texts("cid"), *entry.texts("cids"), *entry.texts("customer_ids"))
    return Party(
        key=key,
        label=entry.text("label") or entry.text("org") or key,
        customer_ids=frozenset(ids),
        owner=entry.text("owner"),
        home=entry.text("home"),
        kind=(entry.text("kind") or "").lower() or None,
        business=bool(entry.flag("amazon_business")),
        greeting=entry.text("greeting"),
        prime=(entry.text("prime") or "").lower() or None,
        sites=tuple(site_name(site) for site in entry.texts("sites")),
        addresses=tuple(fold(address).strip() for address in entry.texts("addresses")),
        cards=tuple(same_spelling(card) for card in entry.texts("cards")),
        status=entry.text("status") or "ok",
        closed_at=entry.day("closed_at"),
        notice=entry.text("notice") or ("closed" if entry.flag("notice") else None),
        name=entry.text("name") or entry.text("org"),
        phone="".join(sign for sign in entry.text("phone") or "" if sign.isdecimal()) or None,
        representatives=entry.texts("representatives"),
        open_alerts=entry.count("open_alerts"),
    )
