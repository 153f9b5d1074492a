"""Trying a rule of the user on past orders: the same engine, asked about each with what was known before it. Changes nothing."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from assistant.domain.accounts import Account
from assistant.domain.addresses import known_address
from assistant.domain.cards import card_name
from assistant.domain.money import Money
from assistant.domain.own_rules import Example, Preview
from assistant.domain.rule_words import preview_sentence
from assistant.domain.verdicts import Reason
from assistant.rules import judge
from assistant.rules.facts import Fact
from assistant.rules.matching import matches
from assistant.rules.parties import Party
from assistant.rules.situation import Situation, situation_from_mapping
from assistant.services.situations import accounts_json
from assistant.storage.past_orders import PastLine, past_orders

_MOST_ORDERS = 10_000
_EXAMPLES = 5
_LATELY_DAYS = 16
_OF_DUPLICATES = frozenset({"mute", "private"})


@dataclass(slots=True)
class _Memory:
    """What was known before an order: earlier ones of the same things, those of the last days, what was spent in the month."""

    by_asin: defaultdict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    lately: deque[tuple[date, Fact]] = field(default_factory=deque)
    month: str = ""
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def before(self, lines: Iterable[PastLine], day: date, kind: str) -> list[Fact]:
        """Return the history of an order as far as rules of that kind have to do with it."""
        found = {id(entry): entry for line in lines if line.asin for entry in self.by_asin[line.asin]}
        if kind in _OF_DUPLICATES:
            while self.lately and (day - self.lately[0][0]).days > _LATELY_DAYS:
                self.lately.popleft()
            found |= {id(entry): entry for _, entry in self.lately}
        history = list(found.values())
        if kind == "budget":
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

    def add(self, lines: list[PastLine], day: date, account: str) -> None:
        """Remember an order."""
        for line in lines:
            entry = Fact(_entry(line, account))
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
    warned: Counter[int] = Counter()
    silenced: Counter[int] = Counter()
    examples: deque[Example] = deque(maxlen=_EXAMPLES)
    number = 0
    for lines in past_orders(session, _MOST_ORDERS):
        account = accounts.get(lines[0].account_id)
        if account is None:
            continue
        number += 1
        day = date.fromisoformat(lines[0].on)
        memory.turn_to(day)
        event = Fact(_event(lines, account, accounts.values(), kind))
        if _concerns(plain, asked, event, kind):
            history = tuple(memory.before(lines, day, kind))
            more, fewer = _difference(plain.accounts, plain.rules, history, event)
            warned[day.year] += bool(more)
            silenced[day.year] += bool(fewer)
            examples.extend(_example(lines, account, day, (more or fewer)[0]) for _ in (more or fewer)[:1])
        memory.add(lines, day, account.key)
    text = preview_sentence(warned, silenced, number)
    return Preview(text=text, orders=number, warned=+warned, silenced=+silenced, examples=tuple(reversed(examples)))


def _difference(
    accounts: Mapping[str, Party], rules: tuple[Fact, ...], history: tuple[Fact, ...], event: Fact
) -> tuple[list[Reason], list[Reason]]:
    """Return what the last of the rules adds to what is said, and what it takes away."""
    with_it = judge(Situation(accounts=accounts, rules=rules, history=history, event=event)).reasons
    without = judge(Situation(accounts=accounts, rules=rules[:-1], history=history, event=event)).reasons
    before, after = ({reason.code: reason for reason in reasons} for reasons in (without, with_it))
    more = [reason for code, reason in after.items() if code not in before or reason.level.rank > before[code].level.rank]
    return more, [reason for code, reason in before.items() if code not in after]


def _concerns(situation: Situation, rule: Fact, event: Fact, kind: str) -> bool:
    """Whether a rule can change what is said of an order; a quick look that spares most of the judging."""
    if kind in ("conflict", "gift_card"):
        return False
    if kind in ("route", "tag"):
        there = Situation(accounts=situation.accounts, rules=(rule,), history=(), event=event)
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


def _entry(line: PastLine, account: str) -> dict[str, Any]:
    state = "placed" if line.state == "unknown" else line.state
    return {"type": "order", "account": account, "at": line.on, "order_id": line.number, "state": state, **_item(line)}


def _example(lines: list[PastLine], account: Account, day: date, reason: Reason) -> Example:
    title = next((line.title for line in lines if line.title), None) or ""
    return Example(account=account.key, number=lines[0].number, on=day, title=title, text=reason.text)
