"""Trying a rule of the user on past orders: the same engine, asked about each with what was known before it. Changes nothing."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.addresses import known_address
from assistant.domain.accounts.cards import card_name
from assistant.domain.judging.user_rules.model import Example, Preview
from assistant.domain.judging.user_rules.sentences import preview_sentence
from assistant.domain.judging.verdict import Reason
from assistant.domain.money import Money
from assistant.rules import judge
from assistant.rules.facts import Fact
from assistant.rules.matching.user_rule import match_of, matches
from assistant.rules.situation import Situation, situation_from_mapping
from assistant.services.judging.situations import accounts_json
from assistant.storage.orders.past_lines import PastLine, past_orders

_MOST_ORDERS, _MOST_COMPARED = 10_000, 500
_EXAMPLES = 5
_LATELY_DAYS = 16
_OF_DUPLICATES = frozenset({"DUP_CROSS_ACCOUNT", "DUP_SAME_ACCOUNT", "DUP_SIMILAR", "DUP_PRIVATE"})
_TOUCHES: Mapping[str, frozenset[str]] = {
    "route": frozenset({"WRONG_ACCOUNT_ROUTE", "WRONG_ACCOUNT_HISTORY", "MIXED_CART", "BUSINESS_PERSONAL_USE"}),
    "ship": frozenset({"ADDRESS_MISMATCH"}),
    "pay": frozenset({"CARD_MISMATCH"}),
    "purpose": frozenset({"BUSINESS_PERSONAL_USE"}),
    "budget": frozenset({"BUDGET_EXCEEDED"}),
    "private": frozenset({"DUP_CROSS_ACCOUNT", "WRONG_ACCOUNT_HISTORY"}),
    "tag": frozenset({"PRIME_RESALE"}),
}
"""What each kind of rule changes; a mute changes what it names, the rest nothing about an order."""


@dataclass(slots=True)
class _Memory:
    """What was known before an order: earlier ones of the same things, those of the last days, what was spent in the month."""

    by_asin: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    lately: deque[tuple[date, Fact]] = field(default_factory=deque)
    month: str = ""
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def before(self, lines: Iterable[PastLine], day: date, codes: frozenset[str]) -> list[Fact]:
        """Return the history of an order as far as these codes have to do with it."""
        found = {id(entry): entry for line in lines if line.asin for entry in self.by_asin[line.asin]}
        if codes & _OF_DUPLICATES:
            while self.lately and (day - self.lately[0][0]).days > _LATELY_DAYS:
                self.lately.popleft()
            found |= {id(entry): entry for _, entry in self.lately}
        history = list(found.values())
        if "BUDGET_EXCEEDED" in codes:
            history += [
                Fact({"type": "month_spend", "account": key, "month": self.month, "amount": Money(minor, unit).decimal, "currency": unit})
                for (key, unit), minor in self.spent.items()
            ]
        return history

    def turn_to(self, day: date) -> None:
        """Begin a new month of spending."""
        if self.month != day.isoformat()[:7]:
            self.month = day.isoformat()[:7]
            self.spent.clear()

    def add(self, lines: list[PastLine], things: Iterable[Mapping[str, Any]], day: date, account: str) -> None:
        """Remember an order, given as its lines and as the things of its event."""
        state = "placed" if lines[0].state == "unknown" else lines[0].state
        shared = {"type": "order", "account": account, "at": lines[0].on, "order_id": lines[0].number, "state": state}
        for line, thing in zip(lines, things, strict=True):
            entry = Fact({**shared, **thing})
            if line.asin:
                self.by_asin[line.asin].append(entry)
            self.lately.append((day, entry))
        first = lines[0]
        if first.total is not None and first.currency:
            self.spent[account, first.currency] += first.total


def preview(session: Session, rule: Mapping[str, Any], others: Iterable[Mapping[str, Any]], accounts: Mapping[int, Account]) -> Preview:
    """Return what a rule would have changed beside the others, over the newest 10,000 orders."""
    plain = situation_from_mapping({"accounts": accounts_json(accounts.values(), None), "rules": [*others, rule], "event": {}})
    asked, kind, memory = plain.rules[-1], str(rule["type"]), _Memory()
    codes = frozenset(asked.texts("code")) if kind == "mute" else _TOUCHES.get(kind, frozenset())
    warned: Counter[int] = Counter()
    silenced: Counter[int] = Counter()
    examples: deque[Example] = deque(maxlen=_EXAMPLES)
    number = 0
    # Telling what is alike compares every order with all of its weeks: fewer orders are enough to see what a rule does.
    for lines in past_orders(session, _MOST_COMPARED if codes & _OF_DUPLICATES else _MOST_ORDERS):
        account = accounts.get(lines[0].account_id)
        if account is None:
            continue
        number += 1
        day = date.fromisoformat(lines[0].on)
        memory.turn_to(day)
        event = Fact(_event(lines, account, accounts.values(), kind))
        if codes and _concerns(plain, asked, event, kind):
            here = Situation(accounts=plain.accounts, rules=plain.rules, history=tuple(memory.before(lines, day, codes)), event=event)
            more, fewer = _difference(here, codes)
            warned[day.year] += bool(more)
            silenced[day.year] += bool(fewer)
            examples.extend(_example(lines, account, day, (more or fewer)[0]) for _ in (more or fewer)[:1])
        memory.add(lines, event.data["items"], day, account.key)
    text = preview_sentence(warned, silenced, number)
    return Preview(text=text, orders=number, warned=+warned, silenced=+silenced, examples=tuple(reversed(examples)))


def _difference(situation: Situation, codes: frozenset[str]) -> tuple[list[Reason], list[Reason]]:
    """Return what the last of the user's rules adds to what is said, and what it takes away."""
    with_it = judge(situation, codes).reasons
    without = judge(replace(situation, rules=situation.rules[:-1], answers={}), codes).reasons
    before, after = ({reason.code: reason for reason in reasons} for reasons in (without, with_it))
    more = [reason for code, reason in after.items() if code not in before or reason.level.rank > before[code].level.rank]
    return more, [reason for code, reason in before.items() if code not in after]


def _concerns(situation: Situation, rule: Fact, event: Fact, kind: str) -> bool:
    """Whether a rule can change what is said of an order; a quick look that spares most of the judging."""
    if kind in ("route", "tag"):
        match_of(situation, rule)
        there = Situation(accounts=situation.accounts, rules=(rule,), history=(), event=event, answers=dict(situation.answers))
        return any(matches(there, rule, item) for item in there.items)
    if kind != "private" and rule.has("account") and event.text("account") not in rule.texts("account"):
        return False
    return kind == "private" or not rule.has("asin") or any(item.text("asin") in rule.texts("asin") for item in event.facts("items"))


def _event(lines: list[PastLine], account: Account, everyone: Iterable[Account], kind: str) -> dict[str, Any]:
    first = lines[0]
    event: dict[str, Any] = {
        "at": first.on,
        "page": "checkout",
        "account": account.key,
        "site": first.site,
        "items": [_item(line) for line in lines],
        "recipient": first.recipient,
        "gift": any(line.gift for line in lines),
        "total": Money(first.total, first.currency).decimal if first.total is not None and first.currency else None,
        "currency": first.currency,
    }
    if kind == "ship" and first.address:
        stored = [*account.addresses, *(address for other in everyone for address in other.addresses)]
        event["ship_to"] = known_address(first.address, stored) or f"new/{first.address}"
    if kind == "pay":
        event["pay"] = card_name(first.method, first.last4)
    return event


def _item(line: PastLine) -> dict[str, Any]:
    return {
        "asin": line.asin,
        "title": line.title,
        "qty": line.quantity or 1,
        "price": Money(line.unit_price, line.currency).decimal if line.unit_price is not None and line.currency else None,
        "category": line.category,
        "seller": line.seller,
        "brand": line.brand,
    }


def _example(lines: list[PastLine], account: Account, day: date, reason: Reason) -> Example:
    title = next((line.title for line in lines if line.title), None) or ""
    return Example(account=account.key, number=lines[0].number, on=day, title=title, text=reason.text)
