"""Tries a user rule on past orders: the same engine judges each with what was known before it. Changes nothing."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.domain.accounts.account import Account
from assistant.domain.judging.sentences import text_of
from assistant.domain.judging.situation import RECENT_DAYS, History, JudgedItem, PastOrder, Situation, Spent
from assistant.domain.judging.user_rules.model import Example, Preview
from assistant.domain.judging.user_rules.rules import MuteRule, PrivateRule, RouteRule, TagRule, UserRule
from assistant.domain.judging.user_rules.sentences import preview_sentence
from assistant.domain.judging.verdict import Reason
from assistant.domain.money import Money
from assistant.rules import codes_changed_by, compare_with_recent, judge
from assistant.rules.amounts import decimal_of
from assistant.rules.case import Case
from assistant.rules.matching.user_rule import fits
from assistant.services.judging.parties import houses_by_key, parties_of
from assistant.services.judging.purchase_situation import situation_of_purchase
from assistant.storage.books.spending import SpentOn, spent_since
from assistant.storage.orders.history import Purchase, newest_purchases
from assistant.storage.unit_of_work import Session

_MOST_ORDERS, _MOST_COMPARED = 10_000, 500
_EXAMPLES = 5
_BUDGET = "BUDGET_EXCEEDED"


class _Spending:
    """The spending of each account in a month up to a day, by the days of the book entries; days can only move forward."""

    def __init__(self, session: Session, keys: Mapping[int, str]) -> None:
        self._session, self._keys = session, keys
        self._coming: Iterator[SpentOn] | None = None
        self._next: SpentOn | None = None
        self._month: list[SpentOn] = []
        self._seen: set[int] = set()

    def note(self, purchase: Purchase) -> None:
        """Count an order from now on, also on its own day."""
        self._seen.add(purchase.id)

    def before(self, purchase: Purchase) -> tuple[Spent, ...]:
        """Return the spending before an order. On its own day only earlier orders count, not the order itself."""
        today = purchase.placed_on
        self._advance(today)
        sums: defaultdict[tuple[str, str], int] = defaultdict(int)
        for spent in self._month:
            earlier = spent.on < today or spent.placed_on != today or spent.order_id in self._seen
            if earlier and spent.order_id != purchase.id and spent.account_id in self._keys:
                sums[self._keys[spent.account_id], spent.currency] += spent.minor
        return tuple(
            Spent(account=key, month=f"{today:%Y-%m}", amount=decimal_of(Money(minor, unit)), currency=unit)
            for (key, unit), minor in sums.items()
        )

    def _advance(self, today: date) -> None:
        if self._coming is None:
            self._coming = spent_since(self._session, today.replace(day=1))
            self._next = next(self._coming, None)
        if self._month and self._month[0].on < today.replace(day=1):
            self._month = [spent for spent in self._month if spent.on >= today.replace(day=1)]
        while self._next is not None and self._next.on <= today:
            if self._next.on >= today.replace(day=1):
                self._month.append(self._next)
            self._next = next(self._coming, None)


@dataclass(slots=True)
class _Memory:
    """The history before an order: earlier orders of the same items, recent orders, spending of the month."""

    spending: _Spending
    by_asin: defaultdict[str, list[PastOrder]] = field(default_factory=lambda: defaultdict(list))
    lately: deque[tuple[date, PastOrder]] = field(default_factory=deque)

    def before(self, purchase: Purchase, *, recent: bool, spent: bool) -> History:
        """Return the history of an order; `recent`: with all orders of the last days, `spent`: with spending."""
        found = {id(order): order for asin in purchase.asins for order in self.by_asin[asin]}
        if recent:
            while self.lately and (purchase.placed_on - self.lately[0][0]).days > RECENT_DAYS:
                self.lately.popleft()
            found |= {id(order): order for _, order in self.lately}
        return History(orders=tuple(found.values()), month_spend=self.spending.before(purchase) if spent else ())

    def add(self, purchase: Purchase, items: Iterable[JudgedItem]) -> None:
        """Add an order; its items must have their categories."""
        self.spending.note(purchase)
        for order, item in zip(purchase.items, items, strict=True):
            entry = order._replace(category=item.category)
            if entry.asin:
                self.by_asin[entry.asin].append(entry)
            self.lately.append((purchase.placed_on, entry))


def preview(session: Session, rules: tuple[UserRule, ...], accounts: Mapping[int, Account]) -> Preview:
    """Return what the last of these rules would have changed, given the others, over the newest 10,000 orders."""
    asked = rules[-1]
    codes = asked.codes if isinstance(asked, MuteRule) else codes_changed_by(type(asked))
    recent = compare_with_recent(codes)
    keys = {number: account.key for number, account in accounts.items()}
    memory = _Memory(_Spending(session, keys))
    parties = parties_of(accounts.values(), houses_by_key(session, accounts))
    warned: Counter[int] = Counter()
    silenced: Counter[int] = Counter()
    examples: deque[Example] = deque(maxlen=_EXAMPLES)
    number = 0
    # Similarity compares each order with weeks of others, so fewer orders are tried: enough to see what a rule does.
    for purchase in newest_purchases(session, keys, _MOST_COMPARED if recent else _MOST_ORDERS):
        number += 1
        situation = situation_of_purchase(session, purchase, parties, rules, History())
        if codes and _concerns(situation, asked):
            here = replace(situation, history=memory.before(purchase, recent=recent, spent=_BUDGET in codes))
            more, fewer = _difference(here, codes)
            warned[purchase.placed_on.year] += bool(more)
            silenced[purchase.placed_on.year] += bool(fewer)
            examples.extend(_example(purchase, reason) for reason in (more or fewer)[:1])
        memory.add(purchase, situation.event.items)
    text = preview_sentence(warned, silenced, number)
    return Preview(text=text, orders=number, warned=+warned, silenced=+silenced, examples=tuple(reversed(examples)))


def _difference(situation: Situation, codes: frozenset[str]) -> tuple[list[Reason], list[Reason]]:
    """Return the reasons that the last of the user's rules adds and removes."""
    with_it = judge(situation, codes).reasons
    without = judge(replace(situation, rules=situation.rules[:-1]), codes).reasons
    before, after = ({reason.code: reason for reason in reasons} for reasons in (without, with_it))
    more = [reason for code, reason in after.items() if code not in before or reason.level.rank > before[code].level.rank]
    return more, [reason for code, reason in before.items() if code not in after]


def _concerns(situation: Situation, rule: UserRule) -> bool:
    """Return whether a rule can change the verdict on an order; a quick check that skips most judging."""
    if isinstance(rule, RouteRule | TagRule):
        case = Case(replace(situation, rules=(rule,)))
        return any(fits(case, rule.match, item) for item in situation.event.items)
    if isinstance(rule, PrivateRule):
        return True
    if rule.accounts is not None and situation.event.account not in rule.accounts:
        return False
    return not isinstance(rule, MuteRule) or rule.asins is None or any(item.asin in rule.asins for item in situation.event.items)


def _example(purchase: Purchase, reason: Reason) -> Example:
    title = next((item.title for item in purchase.items if item.title), None) or ""
    return Example(account=purchase.account, number=purchase.number, on=purchase.placed_on, title=title, text=text_of(reason))
