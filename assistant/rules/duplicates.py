"""The same thing twice: on another account of the person or home, on this one, by subscription, or under another name."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import NOTICE, WARN
from assistant.rules.facts import Fact
from assistant.rules.privacy import privacy
from assistant.rules.situation import Party, Situation, alive

_CONSUMED = frozenset({"consumable", "grocery"})
_ALIKE = 85
_PRICE_SHARE = Decimal("0.1")
_WORD = re.compile(r"[^\W_]+")
# Words that make two things of one kind different: who it is for, how large, which colour.
_TELLING = frozenset(
    re.findall(
        r"\w+",
        "men mens women womens boys girls kids xs s m l xl xxl xxxl small medium large black "
        "white blue red green grey gray pink yellow brown silver gold purple orange beige navy schwarz weiss blau "
        "rot grun grau rosa gelb braun herren damen kinder ",
    )
)


def cross_account(situation: Situation) -> Iterator[Reason]:
    """The same thing was recently ordered on another account of the owner or home, or on this one."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        recent = [order for order in situation.by_asin.get(item.text("asin") or "", ()) if _recent(situation, order)]
        others = [
            (order, party) for order in recent if (party := situation.party(order)) and party.key != active.key and situation.near(party)
        ]
        if not _limited(situation, item, others):
            yield from _told(situation, item, others)
        if any(order.text("account") == active.key for order in recent):
            yield _duplicate("DUP_SAME_ACCOUNT", NOTICE, item, "was ordered on this account a few days ago.")


def subscription(situation: Situation) -> Iterator[Reason]:
    """A subscription of another account delivers the same thing soon."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        for entry in situation.past("subscription"):
            party = situation.party(entry)
            due = entry.day("next_delivery")
            same = bool(entry.text("asin")) and entry.text("asin") == item.text("asin")
            if same and party and party.key != active.key and situation.near(party) and entry.text("state") not in ("cancelled", "paused"):
                if privacy(situation, entry, party) and not situation.same_owner(party):
                    continue
                if situation.soon(due, situation.thresholds.sns_overlap_days):
                    yield _duplicate("DUP_SNS_OVERLAP", WARN, item, f"comes by subscription on {party.label} on {due}.")


def similar(situation: Situation) -> Iterator[Reason]:
    """Nearly the same title and price under another ASIN on another account."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        for order in situation.past("order"):
            party = situation.party(order)
            if party is None or party.key == active.key or not situation.near(party) or not _recent(situation, order):
                continue
            if order.text("asin") == item.text("asin") or not _alike(item, order):
                continue
            if privacy(situation, order, party) and not situation.same_owner(party):
                continue
            evidence = f"ordered on {party.label} on {order.day()}"
            yield _duplicate("DUP_SIMILAR", NOTICE, item, "is much like something ordered a few days ago.", evidence)
            break


def _told(situation: Situation, item: Fact, others: list[tuple[Fact, Party]]) -> Iterator[Reason]:
    """Tell of orders on other accounts; a private one of somebody else only as a hint, or not at all."""
    open_, hints = [], False
    for order, party in others:
        reveal = None if situation.same_owner(party) else privacy(situation, order, party)
        if reveal is None:
            open_.append((order, party))
        elif reveal != "never":
            hints = True
    if open_:
        order, party = open_[0]
        level = NOTICE if fold(item.text("category") or "") in _CONSUMED else WARN
        evidence = f"ordered on {party.label} on {order.day()}"
        yield _duplicate("DUP_CROSS_ACCOUNT", level, item, f"was just ordered on {party.label}.", evidence)
    elif hints:
        yield Reason(
            code="DUP_PRIVATE",
            level=NOTICE,
            text="Before you buy this, ask the others at home whether it is still needed.",
            advice="Nothing more can be said here.",
            group="duplicate",
            source="a private order",
        )


def _recent(situation: Situation, order: Fact) -> bool:
    return alive(order) and situation.within(order.day(), situation.thresholds.dup_window_days)


def _limited(situation: Situation, item: Fact, others: list[tuple[Fact, Party]]) -> bool:
    """Whether the page states a limit that the units together stay within: then several orders are what is meant to be."""
    limit = item.fact("limit")
    most = limit.number("max")
    if most is None or most <= 1:
        return False
    same = [order for order, party in others if situation.same_owner(party) or limit.text("scope") == "household"]
    return bool(same) and sum(order.count("qty", 1) for order in same) + item.count("qty", 1) <= most


def _alike(item: Fact, order: Fact) -> bool:
    title, other = fold(item.text("title") or ""), fold(order.text("title") or "")
    price, paid = item.number("price"), order.number("price")
    if not title or not other or price is None or paid is None or (order.has("currency") and _unlike_currency(item, order)):
        return False
    if abs(price - paid) > _PRICE_SHARE * max(price, paid):
        return False
    words, others = set(_WORD.findall(title)), set(_WORD.findall(other))
    if (words ^ others) & _TELLING or _sizes(words) != _sizes(others):
        return False
    return fuzz.token_set_ratio(" ".join(sorted(words)), " ".join(sorted(others))) >= _ALIKE


def _unlike_currency(item: Fact, order: Fact) -> bool:
    return item.has("currency") and item.text("currency") != order.text("currency")


def _sizes(words: set[str]) -> set[str]:
    """Numbers with a unit behind them (500ml, 32gb) tell things apart; a bare year does not."""
    return {word for word in words if word[0].isdigit() and not word.isdigit()}


def _duplicate(code: str, level: Level, item: Fact, said: str, *evidence: str) -> Reason:
    title = item.text("title") or "This"
    return Reason(
        code=code,
        level=level,
        text=f"'{title[:60]}' {said}",
        advice="Check whether it is needed twice; go on if it is.",
        group="duplicate",
        evidence=evidence,
        source="your earlier orders",
    )


RULES = (cross_account, subscription, similar)
