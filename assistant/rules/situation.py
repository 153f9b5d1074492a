"""A described situation (contract, section 3): accounts, the user's rules, what happened before, and what is about to happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from assistant.domain.text import fold
from assistant.rules.facts import Fact, decimal

BUYING = frozenset({"cart", "checkout", "buy_now", "sns_signup"})
_LIVE = frozenset({"placed", "processing", "shipping", "delivered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An account of the situation."""

    key: str
    label: str
    customer_id: str | None
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
    reminder_days: Mapping[str, int] = field(default_factory=lambda: {"return_window": 3, "trial_end": 3, "renewal": 7, "payment_due": 3})


@dataclass(frozen=True)
class Situation:
    """Everything that a rule may look at."""

    accounts: Mapping[str, Party]
    rules: tuple[Fact, ...]
    history: tuple[Fact, ...]
    event: Fact
    thresholds: Thresholds = field(default_factory=Thresholds)

    @cached_property
    def active(self) -> Party | None:
        """The account that the page belongs to, where it is registered."""
        seen = self.event.fact("seen").text("customer_id")
        by_id = next((party for party in self.accounts.values() if seen and party.customer_id == seen), None)
        return by_id or self.accounts.get(self.event.text("account") or "")

    @cached_property
    def signed_out(self) -> bool:
        """Whether the page says that nobody is signed in."""
        seen = self.event.fact("seen")
        return "customer_id" in seen.data and seen.data["customer_id"] == ""

    @cached_property
    def page(self) -> str:
        """What the page is for."""
        return self.event.text("page") or "home"

    @cached_property
    def buying(self) -> bool:
        """Whether this is a step of buying, by somebody who is signed in."""
        return self.page in BUYING and not self.signed_out

    @cached_property
    def today(self) -> date | None:
        """The civil date of the event."""
        return self.event.day()

    @cached_property
    def items(self) -> tuple[Fact, ...]:
        """The things about to be bought."""
        return self.event.facts("items")

    @cached_property
    def site(self) -> str | None:
        """The marketplace of the page; the account's first site where the event does not say."""
        return self.event.text("site") or (self.active.sites[0] if self.active and self.active.sites else None)

    @cached_property
    def by_asin(self) -> Mapping[str, tuple[Fact, ...]]:
        """Earlier orders by ASIN."""
        found: dict[str, list[Fact]] = {}
        for entry in self.past("order"):
            asin = entry.text("asin")
            if asin:
                found.setdefault(asin, []).append(entry)
        return {asin: tuple(entries) for asin, entries in found.items()}

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for entry in self.history:
            found.setdefault(entry.text("type") or "", []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    def past(self, *kinds: str) -> Iterator[Fact]:
        """Yield history entries of these types."""
        for kind in kinds:
            yield from self._by_type.get(kind, ())

    def rules_of(self, kind: str) -> Iterator[Fact]:
        """Yield the user's rules of one type."""
        return (rule for rule in self.rules if rule.text("type") == kind)

    def party(self, fact: Fact, name: str = "account") -> Party | None:
        """Return the account that a fact names."""
        return self.accounts.get(fact.text(name) or "")

    def same_owner(self, party: Party) -> bool:
        """Whether an account belongs to the same person as the active one."""
        return self.active is not None and party.owner is not None and party.owner == self.active.owner

    def same_home(self, party: Party) -> bool:
        """Whether an account belongs to the same home as the active one."""
        return self.active is not None and party.home is not None and party.home == self.active.home

    def near(self, party: Party) -> bool:
        """Whether an account is of the same person or the same home."""
        return self.same_owner(party) or self.same_home(party)

    def within(self, earlier: date | None, days: int) -> bool:
        """Whether a day lies at most so many days before today."""
        return earlier is not None and self.today is not None and timedelta(0) <= self.today - earlier <= timedelta(days=days)

    def soon(self, later: date | None, days: int) -> bool:
        """Whether a day lies today or at most so many days ahead."""
        return later is not None and self.today is not None and timedelta(0) <= later - self.today <= timedelta(days=days)


def alive(order: Fact) -> bool:
    """Whether an earlier order is open or delivered: not cancelled, not returned."""
    return (order.text("state") or "placed") in _LIVE


def situation_from_mapping(data: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Situation:
    """Read a situation; unknown keys and values are ignored, every optional key may be absent."""
    fact = Fact(data)
    limits = Fact({**(defaults or {}), **fact.fact("defaults").data})
    parties = [_party(entry) for entry in fact.facts("accounts")]
    return Situation(
        accounts={party.key: party for party in parties if party is not None},
        rules=fact.facts("rules"),
        history=fact.facts("history"),
        event=fact.fact("event"),
        thresholds=_thresholds(limits),
    )


def _party(entry: Fact) -> Party | None:
    key = entry.text("key")
    if not key:
        return None
    return Party(
        key=key,
        label=entry.text("label") or entry.text("org") or key,
        customer_id=entry.text("cid"),
        owner=entry.text("owner"),
        home=entry.text("home"),
        kind=entry.text("kind"),
        business=bool(entry.flag("amazon_business")),
        greeting=entry.text("greeting"),
        prime=entry.text("prime"),
        sites=tuple(site.lower() for site in entry.texts("sites")),
        addresses=tuple(fold(address) for address in entry.texts("addresses")),
        cards=tuple(fold(card) for card in entry.texts("cards")),
        status=entry.text("status") or "ok",
        closed_at=entry.day("closed_at"),
        notice=entry.text("notice"),
    )


def _thresholds(limits: Fact) -> Thresholds:
    usual = Thresholds()
    rate, reminders = limits.fact("return_rate_notice"), limits.fact("reminder_days")
    return Thresholds(
        dup_window_days=limits.count("dup_window_days", usual.dup_window_days),
        sns_overlap_days=limits.count("sns_overlap_days", usual.sns_overlap_days),
        history_route_min=limits.count("history_route_min", usual.history_route_min),
        identity_fresh_minutes=limits.count("identity_fresh_minutes", usual.identity_fresh_minutes),
        trial_lookback_days=limits.count("trial_lookback_days", usual.trial_lookback_days),
        return_rate_orders=rate.count("min_orders", usual.return_rate_orders),
        return_rate_share=decimal(rate.data.get("share")) or usual.return_rate_share,
        reminder_days={name: reminders.count(name, days) for name, days in usual.reminder_days.items()},
    )
