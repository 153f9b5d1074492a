"""The same thing twice: on another account of the person or home, on this one, by subscription, or under another name."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from assistant.domain.judging.verdict import Level, Reason
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, Findings, Quiet, asked_of_account, title
from assistant.rules.facts import Fact
from assistant.rules.families.privacy import NEVER, told
from assistant.rules.matching.similar_titles import near_identical, spelled
from assistant.rules.memoize import once
from assistant.rules.muting import lines
from assistant.rules.parties import Party
from assistant.rules.situation import BUYING, STOPPED, Situation, alive

_CONSUMED = frozenset({"consumable", "grocery"})


def cross_account(situation: Situation, active: Party) -> Findings:
    """Was the same thing recently ordered on another account of the owner or home?"""
    for item in lines(situation, "DUP_CROSS_ACCOUNT"):
        others = [(order, party) for order, party in _recent(situation, item) if party != active]
        open_ones = [found for found in others if told(situation, *found) is None]
        if not open_ones:
            yield _none(situation, item, "no order on another account")
        elif _within_limit(situation, item, others):
            yield Quiet(f"'{title(item)}': all units together stay within the limit of the page.")
        else:
            order, party = open_ones[0]
            text, evidence = f"'{title(item)}' was just ordered on {party.label}.", f"ordered on {party.label} on {order.day()}"
            yield _duplicate("DUP_CROSS_ACCOUNT", NOTICE if _consumed(item, order) else WARN, text, evidence)


def private_order(situation: Situation, active: Party) -> Findings:
    """Is there somebody else's private order of the same, or nearly the same? A hint without detail, or nothing, as they chose."""
    for item in lines(situation, "DUP_PRIVATE"):
        others = [found for found in (*_recent(situation, item), *_similar(situation, item)) if found[1] != active]
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


def same_account(situation: Situation, active: Party) -> Findings:
    """Was the same thing recently ordered on this account?"""
    for item in lines(situation, "DUP_SAME_ACCOUNT"):
        mine = [order for order, party in _recent(situation, item) if party == active]
        if mine:
            text, evidence = f"'{title(item)}' was just ordered on this account.", f"ordered on {mine[0].day()}"
            yield _duplicate("DUP_SAME_ACCOUNT", NOTICE, text, evidence)
        else:
            yield _none(situation, item, "no order on this account")


def subscription(situation: Situation, active: Party) -> Findings:
    """Does a subscription of another account deliver the same thing soon?"""
    for item in lines(situation, "DUP_SNS_OVERLAP"):
        coming = next(_deliveries(situation, active, item), None)
        if coming:
            text = f"'{title(item)}' comes by subscription on {coming[1].label} on {coming[0]}."
            yield _duplicate("DUP_SNS_OVERLAP", WARN, text, f"next delivery on {coming[0]}")
        else:
            yield Quiet(partial(_undelivered, situation, item))


def similar(situation: Situation, _active: Party) -> Findings:
    """Was nearly the same, by title and price, ordered under another number on another account?"""
    for item in lines(situation, "DUP_SIMILAR"):
        alike = [found for found in _similar(situation, item) if told(situation, *found) is None]
        if alike:
            order, party = alike[0]
            text = f"'{title(item)}' is much like something just ordered on {party.label}."
            yield _duplicate("DUP_SIMILAR", NOTICE, text, f"'{title(order)}', ordered on {party.label} on {order.day()}")
        else:
            yield _none(situation, item, "nothing nearly alike on another account")


def _none(situation: Situation, item: Fact, what: str) -> Quiet:
    days = situation.thresholds.dup_window_days
    return Quiet(lambda: f"'{title(item)}': {what} within {days} days that was kept and may be told.")


def _undelivered(situation: Situation, item: Fact) -> str:
    return f"'{title(item)}': no subscription elsewhere delivers it within {situation.thresholds.sns_overlap_days} days."


def _consumed(item: Fact, order: Fact) -> bool:
    """Whether a thing is used up and bought again; where the page does not sort it, as the earlier order was."""
    return fold(item.text("category") or order.text("category") or "") in _CONSUMED


def _deliveries(situation: Situation, active: Party, item: Fact) -> Iterator[tuple[date, Party]]:
    for entry in situation.past("subscription"):
        party, due = situation.party(entry), entry.day("next_delivery")
        if not entry.has("asin") or entry.text("asin") != item.text("asin") or entry.text("state") in STOPPED:
            continue
        if party is None or due is None or party == active or not situation.near(party) or told(situation, entry, party) is not None:
            continue
        if situation.soon(due, situation.thresholds.sns_overlap_days):
            yield due, party


@once
def _recent(situation: Situation, item: Fact) -> list[tuple[Fact, Party]]:
    """Return the open and delivered orders of the same thing, by the person or home, within the window."""
    orders = situation.by_asin.get(item.text("asin") or "", ())
    days = situation.thresholds.dup_window_days
    recent = [order for order in orders if alive(order) and situation.within(order.day(), days)]
    return [(order, party) for order in recent if (party := situation.party(order)) and situation.near(party)]


@once
def _spelled(situation: Situation) -> tuple[list[Fact], list[str]]:
    orders = [order for order, _ in situation.lately_elsewhere]
    return orders, [spelled(order) for order in orders]


@once
def _similar(situation: Situation, item: Fact) -> list[tuple[Fact, Party]]:
    unit, lately = situation.currency, situation.lately_elsewhere
    alike = [lately[at] for at in near_identical(item, *_spelled(situation))]
    return [
        (order, party) for order, party in alike if order.text("asin") != item.text("asin") and (order.text("currency") or unit) == unit
    ]


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


RULES = (
    asked_of_account(BUYING, "DUP_CROSS_ACCOUNT")(cross_account),
    asked_of_account(BUYING, "DUP_PRIVATE")(private_order),
    asked_of_account(BUYING, "DUP_SAME_ACCOUNT")(same_account),
    asked_of_account(BUYING, "DUP_SNS_OVERLAP")(subscription),
    asked_of_account(BUYING, "DUP_SIMILAR")(similar),
)
