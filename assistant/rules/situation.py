"""A described situation (contract, section 3): accounts, the user's rules, what happened before, and what is about to happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from assistant.amazon.marketplaces import by_host
from assistant.rules.active_rules import standing
from assistant.rules.facts import Fact
from assistant.rules.parties import Party, Thresholds, parties, site_name, thresholds
from assistant.rules.seen_before import newest

BUYING = frozenset({"cart", "checkout", "buy_now", "sns_signup"})
STOPPED = frozenset({"cancelled", "canceled", "paused", "ended"})
_GONE = frozenset({"cancelled", "canceled"})
_BACK = frozenset({"returned", "refunded"})


@dataclass(frozen=True)
class Situation:
    """Everything that a rule may look at."""

    accounts: Mapping[str, Party]
    rules: tuple[Fact, ...]
    history: tuple[Fact, ...]
    event: Fact
    thresholds: Thresholds = field(default_factory=Thresholds)
    answers: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several rules ask, worked out once."""

    @cached_property
    def shown_id(self) -> str | None:
        """The customer id on the page; None where it shows none, or nobody is signed in."""
        return self.event.fact("seen").text("customer_id") or None

    @cached_property
    def active(self) -> Party | None:
        """The account that the page belongs to, where it is registered; an id on the page wins over everything."""
        if self.shown_id:
            return next((party for party in self.accounts.values() if self.shown_id in party.customer_ids), None)
        if self.signed_out:
            return None
        # A page without an id that nobody could attribute is the account's that its cookie store showed a moment ago.
        named = self.event.text("account") or (None if self.proven else self.carried)
        return self.accounts.get(named or "")

    @property
    def here(self) -> str:
        """What people call the account of the page."""
        return self.active.label if self.active else "an account that is not registered"

    @property
    def proven(self) -> bool:
        """Whether the page's account stands beyond doubt: an id on the page, or an attribution without further signals."""
        return bool(self.shown_id) or not self.event.fact("seen").data

    @cached_property
    def carried(self) -> str | None:
        """The account, or unregistered id, that the cookie store showed last, while that is fresh."""
        seen = newest(self.past("identity_seen", "cart_seen"), self.event, self.accounts, same_tab=False)
        fresh = timedelta(minutes=self.thresholds.identity_fresh_minutes)
        return seen.who or None if seen is not None and seen.age <= fresh else None

    @cached_property
    def signed_out(self) -> bool:
        """Whether the page says that nobody is signed in."""
        seen = self.event.fact("seen")
        asks = (seen.text("nav_ref") or "").startswith("nav_ya_signin")
        return not self.shown_id and (seen.data.get("customer_id") == "" or asks)

    @cached_property
    def page(self) -> str:
        """What the page is for."""
        return self.event.text("page") or "home"

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
        said = self.event.text("site")
        return site_name(said) if said else self.active.sites[0] if self.active and self.active.sites else None

    @cached_property
    def currency(self) -> str | None:
        """The currency of the event; the shop's own where the event does not say."""
        said, shop = self.event.text("currency"), by_host(self.site or "")
        return said.upper() if said else shop.currency if shop else None

    @cached_property
    def by_asin(self) -> Mapping[str, tuple[Fact, ...]]:
        """Earlier orders of the things of this event, by ASIN."""
        found: dict[str, list[Fact]] = {asin: [] for item in (*self.items, self.event) if (asin := item.text("asin"))}
        for entry in self.past("order") if found else ():
            asin = entry.data.get("asin")
            if isinstance(asin, str) and asin in found:
                found[asin].append(entry)
        return {asin: tuple(entries) for asin, entries in found.items()}

    @cached_property
    def lately_elsewhere(self) -> tuple[tuple[Fact, Party], ...]:
        """Open and delivered orders of the person's or home's other accounts within the window for duplicates."""
        days = self.thresholds.dup_window_days
        recent = (order for order in self.past("order") if self.within(order.day(), days) and alive(order))
        return tuple((order, party) for order in recent if (party := self.party(order)) and party != self.active and self.near(party))

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

    @cached_property
    def _standing(self) -> Mapping[str, tuple[Fact, ...]]:
        return standing(self.rules, self.today)

    def rules_of(self, kind: str) -> tuple[Fact, ...]:
        """Return the user's rules of one type that stand today and that no other rule mutes."""
        return self._standing.get(kind, ())

    def rules_for(self, kind: str, party: Party | None) -> tuple[Fact, ...]:
        """Return the rules of one type that are for an account, or for all of them; only these where the account is not known."""
        key = party.key if party else None
        return tuple(rule for rule in self.rules_of(kind) if not rule.has("account") or key in rule.texts("account"))

    def party(self, fact: Fact, name: str = "account") -> Party | None:
        """Return the account that a fact names."""
        return self.accounts.get(fact.text(name) or "")

    def same_owner(self, party: Party) -> bool:
        """Whether an account belongs to the same person as the active one."""
        return self.active is not None and (party.key == self.active.key or (party.owner is not None and party.owner == self.active.owner))

    def same_home(self, party: Party) -> bool:
        """Whether an account belongs to the same home as the active one; a person whose home is not told has one."""
        if self.active is None or party.home is None or self.active.home is None:
            return self.same_owner(party)
        return party.home == self.active.home

    def near(self, party: Party) -> bool:
        """Whether an account is of the same person or the same home."""
        return self.same_owner(party) or self.same_home(party)

    def within(self, earlier: date | None, days: int) -> bool:
        """Whether a day lies at most so many days before today."""
        return earlier is not None and self.today is not None and timedelta(0) <= self.today - earlier <= timedelta(days=days)

    def soon(self, later: date | None, days: int) -> bool:
        """Whether a day lies today or at most so many days ahead."""
        return later is not None and self.today is not None and timedelta(0) <= later - self.today <= timedelta(days=days)


def cancelled(order: Fact, name: str = "state") -> bool:
    """Whether an earlier order was cancelled."""
    return order.text(name) in _GONE


def alive(order: Fact) -> bool:
    """Whether an earlier order is open or delivered: not cancelled, not returned."""
    state = order.text("state")
    return state not in _GONE and state not in _BACK


def situation_from_mapping(data: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Situation:
    """Read a situation; unknown keys and values are ignored, every optional key may be absent."""
    fact = Fact(data)
    return Situation(
        accounts=parties(fact.facts("accounts")),
        rules=fact.facts("rules"),
        history=fact.facts("history"),
        event=fact.fact("event"),
        thresholds=thresholds(Fact(_united(defaults or {}, fact.fact("defaults").data))),
    )


def _united(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults of a file with those of one situation laid over them, one level deep."""
    found = dict(common)
    for name, value in own.items():
        before = found.get(name)
        found[name] = {**before, **value} if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return found
