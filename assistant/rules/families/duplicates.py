"""Duplicate purchases: on another account of the person or home, on this one, by subscription, or under another title."""

from collections.abc import Iterator
from datetime import date

from assistant.domain.judging.situation import JudgedItem, Party, PastOrder
from assistant.domain.judging.user_rules.rules import PrivateRule
from assistant.domain.judging.verdict import Level, Message, Reason, said
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, AfterPurchase, Findings, Quiet, asked_of_buyer, quiet, title
from assistant.rules.case import Case, once
from assistant.rules.families.privacy import NEVER, hidden
from assistant.rules.matching.similar_titles import near_identical, spelled
from assistant.rules.muting import unmuted_items

_CONSUMED = frozenset({"consumable", "grocery"})


def cross_account(case: Case, active: Party) -> Findings:
    """Warn if the same item was recently ordered on another account of the owner or home."""
    for item in unmuted_items(case, "DUP_CROSS_ACCOUNT"):
        others = [(order, party) for order, party in _recent(case, item) if party != active]
        open_ones = [found for found in others if hidden(case, *found) is None]
        if not open_ones:
            yield _none(case, "not_elsewhere", item)
        elif _within_limit(case, item, others):
            yield quiet("units_within_limit", title=title(item))
        else:
            order, party = open_ones[0]
            level = NOTICE if _consumed(item, order) else WARN
            message = said("DUP_CROSS_ACCOUNT", title=title(item), account=party.label)
            yield _duplicate("DUP_CROSS_ACCOUNT", level, message, _ordered(order, party))


def private_order(case: Case, active: Party) -> Findings:
    """Warn if somebody else's private order has the same or a similar item: a hint without details, or nothing, as they chose."""
    for item in unmuted_items(case, "DUP_PRIVATE"):
        others = [found for found in (*_recent(case, item), *_similar(case, item)) if found[1] != active]
        if any(hidden(case, *found) not in (None, NEVER) for found in others):
            source = said("sources.private")
            yield Reason(code="DUP_PRIVATE", level=NOTICE, group="duplicate", said=said("DUP_PRIVATE"), source=source)
            return


def same_account(case: Case, active: Party) -> Findings:
    """Warn if the same item was recently ordered on this account."""
    for item in unmuted_items(case, "DUP_SAME_ACCOUNT"):
        mine = [order for order, party in _recent(case, item) if party == active]
        if mine:
            evidence = said("evidence.ordered_on", day=mine[0].day or "")
            yield _duplicate("DUP_SAME_ACCOUNT", NOTICE, said("DUP_SAME_ACCOUNT", title=title(item)), evidence)
        else:
            yield _none(case, "not_here", item)


def subscription(case: Case, active: Party) -> Findings:
    """Warn if a subscription of another account delivers the same item soon."""
    for item in unmuted_items(case, "DUP_SNS_OVERLAP"):
        coming = next(_deliveries(case, active, item), None)
        if coming:
            message = said("DUP_SNS_OVERLAP", title=title(item), account=coming[1].label, day=coming[0])
            yield _duplicate("DUP_SNS_OVERLAP", WARN, message, said("evidence.next_delivery", day=coming[0]))
        else:
            yield quiet("undelivered", title=title(item), days=case.thresholds.sns_overlap_days)


def similar(case: Case, _active: Party) -> Findings:
    """Warn if an item with a similar title and price was ordered on another account."""
    for item in unmuted_items(case, "DUP_SIMILAR"):
        alike = [found for found in _similar(case, item) if hidden(case, *found) is None]
        if alike:
            order, party = alike[0]
            evidence = said("evidence.similar", title=title(order), account=party.label, day=order.day or "")
            yield _duplicate("DUP_SIMILAR", NOTICE, said("DUP_SIMILAR", title=title(item), account=party.label), evidence)
        else:
            yield _none(case, "not_similar", item)


def _none(case: Case, key: str, item: JudgedItem) -> Quiet:
    return quiet(key, title=title(item), days=case.thresholds.dup_window_days)


def _ordered(order: PastOrder, party: Party) -> Message:
    return said("evidence.ordered", account=party.label, day=order.day or "")


def _consumed(item: JudgedItem, order: PastOrder) -> bool:
    """Return whether an item is a consumable; if the page does not say, the category of the earlier order decides."""
    return fold(item.category or order.category or "") in _CONSUMED


def _deliveries(case: Case, active: Party, item: JudgedItem) -> Iterator[tuple[date, Party]]:
    for entry in case.history.subscriptions:
        party, due = case.party(entry.account), entry.next_delivery
        if entry.asin is None or entry.asin != item.asin or entry.stopped:
            continue
        if party is None or due is None or party == active or not case.near(party) or hidden(case, entry, party) is not None:
            continue
        if case.soon(due, case.thresholds.sns_overlap_days):
            yield due, party


@once
def _recent(case: Case, item: JudgedItem) -> list[tuple[PastOrder, Party]]:
    """Return the open and delivered orders of the same item, by the person or home, within the window."""
    days = case.thresholds.dup_window_days
    recent = [order for order in case.orders_of(item) if order.kept and case.within(order.day, days)]
    return [(order, party) for order in recent if (party := case.party(order.account)) and case.near(party)]


@once
def _spelled(case: Case) -> tuple[list[PastOrder], list[str]]:
    orders = [order for order, _ in case.lately_elsewhere]
    return orders, [spelled(order.title) for order in orders]


@once
def _similar(case: Case, item: JudgedItem) -> list[tuple[PastOrder, Party]]:
    unit, lately = case.currency, case.lately_elsewhere
    if not lately:
        return []
    alike = [lately[at] for at in near_identical(item, *_spelled(case))]
    return [(order, party) for order, party in alike if order.asin != item.asin and (order.currency or unit) == unit]


def _within_limit(case: Case, item: JudgedItem, others: list[tuple[PastOrder, Party]]) -> bool:
    """Return whether all units together are within a stated limit above one: such a page allows several orders."""
    limit = item.limit
    if limit is None or limit.most <= 1:
        return False
    counted = [order for order, party in others if case.same_owner(party) or limit.scope == "household"]
    return len(counted) == len(others) and sum(order.quantity for order in counted) + item.quantity <= limit.most


def _duplicate(code: str, level: Level, message: Message, evidence: Message) -> Reason:
    return Reason(code=code, level=level, group="duplicate", said=message, evidence=(evidence,), source=said("sources.account_orders"))


RULES = (
    asked_of_buyer("DUP_CROSS_ACCOUNT", look=cross_account, changed_by=(PrivateRule,), afterwards=AfterPurchase.WARNING, recent=True),
    asked_of_buyer("DUP_PRIVATE", look=private_order, changed_by=(), afterwards=AfterPurchase.NOTHING, recent=True),
    asked_of_buyer("DUP_SAME_ACCOUNT", look=same_account, changed_by=(), afterwards=AfterPurchase.NOTHING, recent=True),
    asked_of_buyer("DUP_SNS_OVERLAP", look=subscription, changed_by=(), afterwards=AfterPurchase.NOTHING),
    asked_of_buyer("DUP_SIMILAR", look=similar, changed_by=(), afterwards=AfterPurchase.NOTHING, recent=True),
)
