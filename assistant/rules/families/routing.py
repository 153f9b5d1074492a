"""Items that belong on another account, by the user's rules or by habit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from assistant.domain.judging.situation import JudgedItem, Party
from assistant.domain.judging.user_rules.rules import PrivateRule, RouteRule
from assistant.domain.judging.verdict import Message, Origin, Param, Reason, said
from assistant.rules.base import WARN, AfterPurchase, Findings, Quiet, asked_of_buyer, hard, quiet, rule_name, title, titles
from assistant.rules.case import Case, once
from assistant.rules.families.privacy import privacy
from assistant.rules.matching.user_rule import closeness, fits, misfits, spoken_of
from assistant.rules.muting import muted, unmuted_items

_MOST_TOLD = 5


def route(case: Case, item: JudgedItem) -> tuple[RouteRule, Party] | None:
    """Return the route rule that decides about an item, with its account: hard before soft, then the most specific, then the first."""
    way = next(iter(_routes(case, item)), None)
    return (way.rule, way.party) if way else None


def habit(case: Case, item: JudgedItem) -> tuple[Party, int] | None:
    """Return the owner's other account on which an item was always bought, and how often; too few purchases are ignored."""
    bought = _bought(case, item)
    if len(bought) != 1 or (case.active is not None and case.active.key in bought):
        return None
    key, times = next(iter(bought.items()))
    return (case.accounts[key], times) if times >= case.thresholds.history_route_min else None


def wrong_route(case: Case, active: Party) -> Findings:
    """Warn if a route rule names another account for an item in the order."""
    astray: dict[str, list[tuple[RouteRule, JudgedItem]]] = {}
    for item in unmuted_items(case, "WRONG_ACCOUNT_ROUTE"):
        found = route(case, item)
        if found is None:
            yield Quiet(partial(_unrouted, case, item))
        elif found[1].key == active.key:
            yield quiet("routed_here", title=title(item), rule=rule_name(found[0]))
        else:
            astray.setdefault(found[1].key, []).append((found[0], item))
    for key, entries in astray.items():
        party = case.accounts[key]
        loudest = max((rule for rule, _ in entries), key=lambda rule: hard(rule).rank)
        yield Reason(
            code="WRONG_ACCOUNT_ROUTE",
            level=hard(loudest),
            group="account",
            said=said("WRONG_ACCOUNT_ROUTE", items=titles(item for _, item in entries), account=party.label, here=active.label),
            evidence=(*_routed(entries, party), *_disagreements(case, entries)),
            origin=Origin.USER_RULE,
            source=rule_name(loudest),
            suggest=key,
        )


def wrong_history(case: Case, active: Party) -> Findings:
    """Warn if an item was always bought on one other account of the same person."""
    strays: dict[str, list[tuple[JudgedItem, int]]] = {}
    for item in unmuted_items(case, "WRONG_ACCOUNT_HISTORY"):
        used, ruled = habit(case, item), route(case, item)
        if used is None:
            yield Quiet(partial(_no_habit, case, item))
        # A user rule about an item takes precedence over earlier purchases.
        elif ruled is not None and ruled[1].key != used[0].key:
            yield quiet("rule_before_habit", title=title(item), rule=rule_name(ruled[0]))
        else:
            strays.setdefault(used[0].key, []).append((item, used[1]))
    for key, entries in strays.items():
        party = case.accounts[key]
        yield Reason(
            code="WRONG_ACCOUNT_HISTORY",
            level=WARN,
            group="account",
            said=said("WRONG_ACCOUNT_HISTORY", items=titles(item for item, _ in entries), account=party.label, here=active.label),
            evidence=tuple(_bought_before(case, item, party, active, times) for item, times in entries[:_MOST_TOLD]),
            source=said("sources.earlier_orders"),
            suggest=key,
        )


def mixed_cart(case: Case, active: Party) -> Findings:
    """Warn if the items of this cart belong to different accounts."""
    ends: dict[str, list[Param]] = {}
    for item in unmuted_items(case, "MIXED_CART"):
        ends.setdefault(_resolved(case, active, item).key, []).append(title(item))
    told = tuple(said("evidence.belongs", account=case.accounts[key].label, titles=tuple(names)) for key, names in ends.items())
    if len(ends) < 2:  # noqa: PLR2004  # to be mixed takes two
        yield quiet("one_account", items=told)
        return
    source = said("sources.rules_and_orders")
    yield Reason(code="MIXED_CART", level=WARN, group="account", said=said("MIXED_CART"), evidence=told, source=source)


@dataclass(frozen=True, slots=True)
class _Way:
    """A route rule to a registered account, with its rank: hard before soft, then the most specific match."""

    rule: RouteRule
    party: Party
    weight: tuple[int, int]


@once
def _routes(case: Case, item: JudgedItem) -> list[_Way]:
    """Return all route rules that match an item, the deciding one first."""
    ways = _ways(case)
    if not ways:
        return []
    told = spoken_of(case, item)
    # Most rules are about other words, so skip them first.
    found = [
        way for way in ways if not (way.rule.match.words and way.rule.match.words.isdisjoint(told)) and fits(case, way.rule.match, item)
    ]
    return sorted(found, key=lambda way: way.weight, reverse=True)


@once
def _ways(case: Case) -> list[_Way]:
    found = []
    for rule in case.rules_of(RouteRule):
        party = case.party(rule.to)
        if party is not None:
            found.append(_Way(rule, party, (hard(rule).rank, closeness(rule.match))))
    return found


def _routed(entries: list[tuple[RouteRule, JudgedItem]], party: Party) -> Iterator[Message]:
    """Yield what each rule says; for a single item the sentence already contains the title."""
    for rule, item in entries[:_MOST_TOLD]:
        parts: dict[str, Param] = {"wording": rule.match.wording, "account": party.label}
        yield said("evidence.route", **parts) if len(entries) == 1 else said("evidence.route_of", title=title(item), **parts)


def _disagreements(case: Case, entries: list[tuple[RouteRule, JudgedItem]]) -> Iterator[Message]:
    """Yield, for each item with contradicting user rules, which rule was followed and why."""
    for rule, item in entries[:_MOST_TOLD]:
        first, *others = _routes(case, item)
        against = next((way for way in others if way.party != first.party), None)
        if against is not None:
            why = "closer" if first.weight > against.weight else "first"
            why = "harder" if first.weight[0] > against.weight[0] else why
            yield said(
                f"evidence.disagree_{why}",
                title=title(item),
                other=rule_name(against.rule),
                account=against.party.label,
                rule=rule_name(rule),
            )


def _unrouted(case: Case, item: JudgedItem) -> Message:
    """Return that no route rule matches an item, and which rule would match except for one part (like another sense of "toner")."""
    for rule in case.rules_of(RouteRule):
        wrong = list(misfits(case, rule.match, item))
        if len(wrong) == 1 < len(rule.match.given):
            return said("quiet.nearly_routed", title=title(item), rule=rule_name(rule), part=said(f"parts.its_{wrong[0]}"))
    return said("quiet.unrouted", title=title(item))


@once
def _bought(case: Case, item: JudgedItem) -> dict[str, int]:
    """Return how often an item was bought on each account of the owner, by order. Private, cancelled and returned orders do not count."""
    bought: dict[str, set[str]] = {}
    for number, order in enumerate(case.orders_of(item)):
        party = case.party(order.account)
        if party is not None and order.kept and case.same_owner(party) and privacy(case, order, party) is None:
            bought.setdefault(party.key, set()).add(order.order_id or f"line {number}")
    return {key: len(orders) for key, orders in bought.items()}


def _bought_before(case: Case, item: JudgedItem, party: Party, active: Party, times: int) -> Message:
    days = [order.day for order in case.orders_of(item) if case.party(order.account) == party and order.day]
    parts: dict[str, Param] = {"account": party.label, "times": times, "here": active.label}
    return said("evidence.bought_last", day=max(days), **parts) if days else said("evidence.bought", **parts)


def _no_habit(case: Case, item: JudgedItem) -> Message:
    bought = tuple(f"{case.accounts[key].label} {times}" for key, times in _bought(case, item).items())
    least = case.thresholds.history_route_min
    return said("quiet.no_habit", title=title(item), bought=bought or said("parts.no_account"), least=least)


def _resolved(case: Case, active: Party, item: JudgedItem) -> Party:
    """Return the account that an item belongs to: by rule, by habit, else the active one; muted items stay on the active one."""
    ruled = route(case, item)
    if ruled is not None:
        return active if muted(case, "WRONG_ACCOUNT_ROUTE", item.asin) else ruled[1]
    used = None if muted(case, "WRONG_ACCOUNT_HISTORY", item.asin) else habit(case, item)
    return used[0] if used else active


RULES = (
    asked_of_buyer("WRONG_ACCOUNT_ROUTE", look=wrong_route, changed_by=(RouteRule,), afterwards=AfterPurchase.MISPLACED),
    asked_of_buyer("WRONG_ACCOUNT_HISTORY", look=wrong_history, changed_by=(RouteRule, PrivateRule), afterwards=AfterPurchase.MISPLACED),
    asked_of_buyer(
        "MIXED_CART",
        look=mixed_cart,
        changed_by=(RouteRule,),
        afterwards=AfterPurchase.NOTHING,
        pages=frozenset({"cart", "checkout"}),
    ),
)
