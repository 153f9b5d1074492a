"""A situation that is being judged, with the values that several rules need, each computed once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from assistant.amazon.marketplaces import by_host
from assistant.domain.judging.situation import (
    History,
    JudgedEvent,
    JudgedItem,
    Party,
    PastOrder,
    ShownAccount,
    Situation,
    Thresholds,
)
from assistant.domain.judging.user_rules.rules import MuteRule, UserRule

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=UserRule)

SIGNED_OUT = ""


@dataclass(frozen=True, slots=True)
class AccountSighting:
    """Who was signed in on an earlier page, and how long ago; `who` as in `ShownAccount`."""

    who: str
    age: timedelta


@dataclass(frozen=True)
class Case:
    """One situation, as the rules see it."""

    situation: Situation
    answers: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Cached results of functions marked with `once`."""

    @property
    def event(self) -> JudgedEvent:
        """What is about to happen."""
        return self.situation.event

    @property
    def items(self) -> tuple[JudgedItem, ...]:
        """The items about to be bought."""
        return self.situation.event.items

    @property
    def page(self) -> str:
        """What the page is for."""
        return self.situation.event.page

    @property
    def today(self) -> date | None:
        """The civil day of the event."""
        return self.situation.event.day

    @property
    def accounts(self) -> Mapping[str, Party]:
        """The registered accounts, by key."""
        return self.situation.accounts

    @property
    def history(self) -> History:
        """What happened before."""
        return self.situation.history

    @property
    def thresholds(self) -> Thresholds:
        """The documented limits."""
        return self.situation.thresholds

    @cached_property
    def shown_id(self) -> str | None:
        """The customer id on the page; None if it shows none or nobody is signed in."""
        signals = self.event.signals
        return (signals.customer_id or None) if signals else None

    @cached_property
    def signed_out(self) -> bool:
        """Whether the page says that nobody is signed in."""
        return self.event.signals is not None and self.event.signals.customer_id == SIGNED_OUT

    @cached_property
    def active(self) -> Party | None:
        """The registered account that the page belongs to; an id on the page takes precedence."""
        if self.shown_id:
            return next((party for party in self.accounts.values() if self.shown_id in party.customer_ids), None)
        if self.signed_out:
            return None
        # A page without an id and attribution belongs to the account that its cookie store showed a moment ago.
        named = self.event.account or (None if self.proven else self.carried)
        return self.accounts.get(named or "")

    @property
    def proven(self) -> bool:
        """Whether the page's account is certain: an id on the page, or an attribution without further signals."""
        return bool(self.shown_id) or self.event.signals is None

    @cached_property
    def carried(self) -> str | None:
        """The account, or unregistered id, that the cookie store showed last, if that is recent."""
        seen = self.last_shown(self.history.shown)
        fresh = timedelta(minutes=self.thresholds.identity_fresh_minutes)
        return seen.who or None if seen is not None and seen.age <= fresh else None

    @cached_property
    def cart(self) -> AccountSighting | None:
        """The account that the cart of this tab last belonged to."""
        here = self.event.tab
        return self.last_shown(one for one in self.history.shown if one.in_cart and (one.tab is None or here is None or one.tab == here))

    @cached_property
    def marketplace(self) -> str | None:
        """The marketplace of the page; the account's first one if the event does not say."""
        return self.event.marketplace or (self.active.marketplaces[0] if self.active and self.active.marketplaces else None)

    @cached_property
    def currency(self) -> str | None:
        """The currency of the event; the marketplace's if the event does not say."""
        marketplace = by_host(self.marketplace or "")
        return self.event.currency or (marketplace.currency if marketplace else None)

    @cached_property
    def by_asin(self) -> Mapping[str, tuple[PastOrder, ...]]:
        """Earlier orders of the items of this event, by ASIN."""
        found: dict[str, list[PastOrder]] = {asin: [] for asin in (self.event.asin, *(item.asin for item in self.items)) if asin}
        for order in self.history.orders if found else ():
            if order.asin in found:
                found[order.asin].append(order)
        return {asin: tuple(orders) for asin, orders in found.items()}

    def orders_of(self, item: JudgedItem) -> tuple[PastOrder, ...]:
        """Return earlier orders of the same item."""
        return self.by_asin.get(item.asin or "", ())

    @cached_property
    def lately_elsewhere(self) -> tuple[tuple[PastOrder, Party], ...]:
        """Open and delivered orders of the person's or home's other accounts within the window for duplicates."""
        days = self.thresholds.dup_window_days
        recent = (order for order in self.history.orders if self.within(order.day, days) and order.kept)
        owned = ((order, self.party(order.account)) for order in recent)
        return tuple((order, party) for order, party in owned if party and party != self.active and self.near(party))

    @cached_property
    def _rules(self) -> Mapping[type[UserRule], tuple[UserRule, ...]]:
        """The active user rules by kind: those that have not ended and that no `mute` rule disables by number."""
        today = self.today
        lasting = [rule for rule in self.situation.rules if rule.until is None or today is None or rule.until >= today]
        muted = frozenset[str]().union(*(rule.rules for rule in lasting if isinstance(rule, MuteRule)))
        found: dict[type[UserRule], list[UserRule]] = {}
        for rule in lasting:
            if rule.number not in muted:
                found.setdefault(type(rule), []).append(rule)
        return {kind: tuple(rules) for kind, rules in found.items()}

    def rules_of(self, kind: type[R]) -> tuple[R, ...]:
        """Return the active user rules of one kind."""
        return self._rules.get(kind, ())  # type: ignore[return-value]  # the mapping holds rules of the class that is their key

    def rules_for(self, kind: type[R], party: Party | None) -> tuple[R, ...]:
        """Return the rules of one kind for an account or for all accounts; only the latter if the account is unknown."""
        key = party.key if party else None
        return tuple(rule for rule in self.rules_of(kind) if rule.accounts is None or key in rule.accounts)

    def party(self, key: str | None) -> Party | None:
        """Return the account of this key."""
        return self.accounts.get(key or "")

    def same_owner(self, party: Party) -> bool:
        """Whether an account belongs to the same person as the active one."""
        return self.active is not None and (party.key == self.active.key or (party.owner is not None and party.owner == self.active.owner))

    def same_home(self, party: Party) -> bool:
        """Whether an account belongs to the same home as the active one; a person without a known home lives alone."""
        if self.active is None or party.home is None or self.active.home is None:
            return self.same_owner(party)
        return party.home == self.active.home

    def near(self, party: Party) -> bool:
        """Whether an account belongs to the same person or home."""
        return self.same_owner(party) or self.same_home(party)

    def within(self, earlier: date | None, days: int) -> bool:
        """Whether a day is today or at most this many days ago."""
        today = self.today
        return earlier is not None and today is not None and 0 <= (today - earlier).days <= days

    def soon(self, later: date | None, days: int) -> bool:
        """Whether a day is today or at most this many days ahead."""
        today = self.today
        return later is not None and today is not None and 0 <= (later - today).days <= days

    def last_shown(self, shown: Iterator[ShownAccount] | tuple[ShownAccount, ...]) -> AccountSighting | None:
        """Return the last sighting in the event's cookie store that is not later than the event; stores are independent."""
        found: AccountSighting | None = None
        for one in shown:
            age = _since(one.at, self.event.at) if one.store == self.event.store else None
            if age is not None and age >= timedelta(0) and (found is None or age <= found.age):
                found = AccountSighting(one.who, age)
        return found


def once(find: Callable[Concatenate[Case, P], T]) -> Callable[Concatenate[Case, P], T]:
    """Cache a function of a case and of parts of its situation."""

    @wraps(find)
    def known(case: Case, /, *args: P.args, **kwargs: P.kwargs) -> T:
        # The parts of a situation live as long as the situation, so their ids identify them.
        question = (find, *map(id, args))
        try:
            answer: T = case.answers[question]
        except KeyError:
            case.answers[question] = answer = find(case, *args, **kwargs)
        return answer

    return known


def _since(earlier: datetime | None, later: datetime | None) -> timedelta | None:
    """Return the time between two instants; one without an offset is in the time zone of the other."""
    if earlier is None or later is None:
        return None
    if earlier.tzinfo is None or later.tzinfo is None:
        zone = earlier.tzinfo or later.tzinfo
        earlier, later = (instant.replace(tzinfo=instant.tzinfo or zone) for instant in (earlier, later))
    return later - earlier
