"""Learns from answers to warnings and from where items were always bought."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.addresses import ParsedAddress, address_of, same_place
from assistant.domain.accounts.cards import card_name
from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.judging.user_rules.model import Habit
from assistant.domain.judging.user_rules.sentences import rule_said
from assistant.domain.judging.verdict import Choice
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.text import fold
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.bought_where import Bought, bought_by
from assistant.storage.unit_of_work import Session, UnitOfWork
from assistant.storage.user_rules import add_rule, kept_rules, learned_routes, remove_rules
from assistant.storage.visits.visits import KeptVisit
from assistant.storage.warnings.alerts import times_left, was_asked

_LEAST = 3
"""Minimum number of orders for a habit."""
_MOST = 50
_MOST_THINGS = 20
_ASKED = "ADDRESS_MISMATCH.same_postcode"
_ANSWERS = 2
"""How often the user must leave an account's page before a rule is learned."""


class Habits:
    """Finds habits and learns rules."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[Habit]:
        """Return the habits of items, sellers and categories, strongest first, without those that a rule already covers."""
        with self._database.reading() as session:
            accounts = register.accounts_by_id(session)
            rules = [rule.written for rule in kept_rules(session)]
            hidden = [rule for rule in rules if rule["type"] == "private"]
            today = self._clock().date()
            since = today.replace(year=today.year - 2, day=1)
            found: list[Habit] = []
            for kind in ("item", "seller", "category"):
                found += _habits(kind, bought_by(session, kind, since, hidden), accounts)
        ruled = {(name, fold(str(value))) for name, value in _ruled(rules)}
        left = [habit for habit in found if (habit.kind, fold(habit.name)) not in ruled]
        return sorted(left, key=lambda habit: (-habit.times, habit.kind, habit.name))[:_MOST]


def learn_answer(work: UnitOfWork, visit: KeptVisit, asins: Sequence[str], code: str, *, choice: Choice, now: str) -> None:
    """Learn a rule from an answer, which the user can see and undo.

    "Always right" allows the address or card, and mutes other warnings for the items; leaving twice adds a route. Going on where
    the page asked whether a house is the one that a rule names answers "yes". `asins` are the items of the visit.
    """
    account = register.accounts_by_id(work.session).get(visit.account_id or 0)
    origin = {"choice": choice.value, "code": code, "on": now[:10], "visit": visit.id}
    allowed = _allowed(work.session, visit, account, code, choice) if account is not None else None
    if allowed is not None:
        _keep(work, *allowed, origin, now)
    elif choice is Choice.ALWAYS_RIGHT:
        remove_rules(work.session, learned_routes(work.session, asins))
        for asin in asins[:_MOST_THINGS] or (None,):
            body = {"code": [code], "asin": [asin] if asin else None, "account": account.key if account else None}
            _keep(work, "mute", {name: value for name, value in body.items() if value}, origin, now)
    elif choice is Choice.LEFT and code == "WRONG_ACCOUNT_HISTORY" and len(asins) == 1:
        to = visit.reply.get("verdict", {}).get("suggest")
        if to and times_left(work.session, visit.account_id, code, asins[0]) >= _ANSWERS:
            _keep(work, "route", {"match": {"asin": list(asins)}, "to": to, "strength": "soft"}, origin, now)


def _allowed(session: Session, visit: KeptVisit, account: Account, code: str, choice: Choice) -> tuple[str, dict[str, Any]] | None:
    """Return the kind and the parts of the rule that allows a visit's address or card from now on; None if the answer says less."""
    house, card = visit.facts.get("ship_to"), card_name(visit.facts.get("method"), visit.facts.get("last4"))
    if code == "ADDRESS_MISMATCH" and house:
        short = _short_form(session, account, house)
        if choice is Choice.ALWAYS_RIGHT or (choice is Choice.CONTINUE and short and was_asked(session, visit.id, _ASKED)):
            return "ship", {"account": account.key, "also": [f"{short.label}/{house}" if short else house]}
    if code == "CARD_MISMATCH" and card and choice is Choice.ALWAYS_RIGHT:
        return "pay", {"account": account.key, "also": [card]}
    return None


def _short_form(session: Session, account: Account, house: str) -> ParsedAddress | None:
    """Return the first short form in the ship rules of an account that lies in the postcode of a house."""
    for rule in kept_rules(session):
        named = rule.body["account"] if rule.kind == "ship" else []
        if account.key in ([named] if isinstance(named, str) else named):
            for place in (*rule.body.get("only", ()), *rule.body.get("also", ())):
                if same_place(place, house) is None and not address_of(place).whole:
                    return address_of(place)
    return None


def _keep(work: UnitOfWork, kind: str, body: dict[str, Any], origin: dict[str, Any], now: str) -> None:
    rules = kept_rules(work.session)
    if any(rule.kind == kind and rule.body == body for rule in rules):
        return
    labels = {row.key: row.label for row in register.account_rows(work.session)}
    with work.step(Action.RULE_CHANGED, sentence_of("Learned the rule: {rule}", rule=rule_said({"type": kind, **body}, labels))):
        add_rule(work.session, kind, body, now, origin)
        work.tell(EventKind.RULES_CHANGED)


def _ruled(rules: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the single subjects of route rules: such a habit is already a rule."""
    for rule in rules:
        match = rule.get("match") or {}
        if rule["type"] == "route" and len(match) == 1:
            part = next(iter(match))
            yield from (("item" if part == "asin" else part, value) for value in match[part] if part != "price")


def _habits(kind: str, bought: Iterable[Bought], accounts: Mapping[int, Account]) -> Iterator[Habit]:
    """Yield subjects that were bought at least three times on one account and on none of the owner's others."""
    owners = defaultdict(set)
    for number, account in accounts.items():
        owners[account.owner].add(number)
    places: defaultdict[tuple[str, str], list[Bought]] = defaultdict(list)
    for entry in bought:
        owner = accounts[entry.account_id].owner
        if len(owners[owner]) > 1:
            places[owner, fold(entry.name)].append(entry)
    for entries in places.values():
        first = max(entries, key=lambda entry: entry.last)
        if len({entry.account_id for entry in entries}) == 1:
            times = sum(entry.times for entry in entries)
            if times >= _LEAST:
                yield Habit(
                    kind=kind,
                    name=first.name,
                    title=first.title or first.name,
                    account=accounts[first.account_id].key,
                    times=times,
                    last=date.fromisoformat(first.last),
                    warns=kind == "item",
                )
