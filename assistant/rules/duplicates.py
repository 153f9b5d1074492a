"""The same thing twice: on another account of the person or home, on this one, by subscription, or under another name."""

from collections.abc import Iterator

from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import NOTICE, WARN, title
from assistant.rules.facts import Fact
from assistant.rules.likeness import near_identical
from assistant.rules.muting import lines
from assistant.rules.parties import Party
from assistant.rules.privacy import NEVER, told
from assistant.rules.shops import currency
from assistant.rules.situation import Situation, alive

_CONSUMED = frozenset({"consumable", "grocery"})
_STOPPED = frozenset({"cancelled", "canceled", "paused", "ended"})


def cross_account(situation: Situation) -> Iterator[Reason]:
    """The same thing was recently ordered on another account of the owner or home."""
    if situation.active is None or not situation.buying:
        return
    for item in lines(situation, "DUP_CROSS_ACCOUNT"):
        others = [(order, party) for order, party in _recent(situation, item) if not _is_active(situation, party)]
        if others and not _within_limit(situation, item, others):
            level = NOTICE if fold(item.text("category") or "") in _CONSUMED else WARN
            for order, party in [found for found in others if told(situation, *found) is None][:1]:
                evidence = f"ordered on {party.label} on {order.day()}"
                yield _duplicate("DUP_CROSS_ACCOUNT", level, f"'{title(item)}' was just ordered on {party.label}.", evidence)


def private_order(situation: Situation) -> Iterator[Reason]:
    """Somebody else's private order of the same, or nearly the same: a hint without detail, or nothing, as they chose."""
    if situation.active is None or not situation.buying:
        return
    for item in lines(situation, "DUP_PRIVATE"):
        others = [found for found in (*_recent(situation, item), *_similar(situation, item)) if not _is_active(situation, found[1])]
        if any(told(situation, *found) not in (None, NEVER) for found in others):
            yield Reason(
                code="DUP_PRIVATE",
                level=NOTICE,
                text="Before you buy this, ask at home whether it is still needed.",
                advice="Nothing more can be said here; go on if you are sure.",
                group="duplicate",
                source="something that was marked as private",
            )
            return


def same_account(situation: Situation) -> Iterator[Reason]:
    """The same thing was recently ordered on this account."""
    if situation.active is None or not situation.buying:
        return
    for item in lines(situation, "DUP_SAME_ACCOUNT"):
        for order in [order for order, party in _recent(situation, item) if _is_active(situation, party)][:1]:
            yield _duplicate("DUP_SAME_ACCOUNT", NOTICE, f"'{title(item)}' was just ordered on this account.", f"ordered on {order.day()}")


def subscription(situation: Situation) -> Iterator[Reason]:
    """A subscription of another account delivers the same thing soon."""
    if situation.active is None or not situation.buying:
        return
    for item in lines(situation, "DUP_SNS_OVERLAP"):
        for entry in situation.past("subscription"):
            party, due = situation.party(entry), entry.day("next_delivery")
            if not entry.has("asin") or entry.text("asin") != item.text("asin") or entry.text("state") in _STOPPED:
                continue
            if party is None or _is_active(situation, party) or not situation.near(party) or told(situation, entry, party) is not None:
                continue
            if situation.soon(due, situation.thresholds.sns_overlap_days):
                text = f"'{title(item)}' comes by subscription on {party.label} on {due}."
                yield _duplicate("DUP_SNS_OVERLAP", WARN, text, f"next delivery on {due}")
                break


def similar(situation: Situation) -> Iterator[Reason]:
    """Nearly the same title and price under another number, on another account."""
    if situation.active is None or not situation.buying:
        return
    for item in lines(situation, "DUP_SIMILAR"):
        for order, party in [found for found in _similar(situation, item) if told(situation, *found) is None][:1]:
            text = f"'{title(item)}' is much like something just ordered on {party.label}."
            yield _duplicate("DUP_SIMILAR", NOTICE, text, f"'{title(order)}', ordered on {party.label} on {order.day()}")


def _recent(situation: Situation, item: Fact) -> list[tuple[Fact, Party]]:
    """Return the open and delivered orders of the same thing, by the person or home, within the window."""
    orders = situation.by_asin.get(item.text("asin") or "", ())
    days = situation.thresholds.dup_window_days
    recent = [order for order in orders if alive(order) and situation.within(order.day(), days)]
    return [(order, party) for order in recent if (party := situation.party(order)) and situation.near(party)]


def _similar(situation: Situation, item: Fact) -> list[tuple[Fact, Party]]:
    unit = currency(situation)
    return [
        (order, party)
        for order, party in situation.lately_elsewhere
        if order.text("asin") != item.text("asin") and (order.text("currency") or unit) == unit and near_identical(item, order)
    ]


def _is_active(situation: Situation, party: Party) -> bool:
    return situation.active is not None and party.key == situation.active.key


def _within_limit(situation: Situation, item: Fact, others: list[tuple[Fact, Party]]) -> bool:
    """Whether the page states a limit above one that all units together stay within: then several orders are what is meant."""
    limit = item.fact("limit")
    most = limit.number("max")
    if most is None or most <= 1:
        return False
    counted = [order for order, party in others if situation.same_owner(party) or limit.text("scope") == "household"]
    return len(counted) == len(others) and sum(order.count("qty", 1) for order in counted) + item.count("qty", 1) <= most


def _duplicate(code: str, level: Level, text: str, evidence: str) -> Reason:
    advice = "Check whether it is needed twice; go on if it is."
    return Reason(
        code=code, level=level, text=text, advice=advice, group="duplicate", evidence=(evidence,), source="orders of your accounts"
    )


RULES = (cross_account, private_order, same_account, subscription, similar)
