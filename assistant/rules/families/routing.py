"""Things that belong on another account: by the user's own rules, by what was always bought where."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from assistant.domain.judging.verdict import Reason
from assistant.rules.base import WARN, Findings, Quiet, asked_of_account, hard, rule_name, title, titles
from assistant.rules.facts import Fact
from assistant.rules.families.privacy import privacy
from assistant.rules.matching.user_rule import Match, closeness, fits, match_of, misfits, spoken_of, wording
from assistant.rules.memoize import once
from assistant.rules.muting import lines, muted
from assistant.rules.parties import Party
from assistant.rules.situation import BUYING, Situation, alive

_MOST_TOLD = 5


def route(situation: Situation, item: Fact) -> tuple[Fact, Party] | None:
    """Return the route rule that decides about a thing, with its account: hard before soft, then the closest match, then the first."""
    way = next(iter(_routes(situation, item)), None)
    return (way.rule, way.party) if way else None


def habit(situation: Situation, item: Fact) -> tuple[Party, int] | None:
    """Return the one other account of the owner on which a thing was always bought, and how often; few times are none."""
    bought = _bought(situation, item)
    if len(bought) != 1 or (situation.active is not None and situation.active.key in bought):
        return None
    key, times = next(iter(bought.items()))
    return (situation.accounts[key], times) if times >= situation.thresholds.history_route_min else None


def wrong_route(situation: Situation, active: Party) -> Findings:
    """Does a route rule name another account for something about to be bought?"""
    astray: dict[str, list[tuple[Fact, Fact]]] = {}
    for item in lines(situation, "WRONG_ACCOUNT_ROUTE"):
        found = route(situation, item)
        if found is None:
            yield Quiet(partial(_unrouted, situation, item))
        elif found[1].key == active.key:
            yield Quiet(f"'{title(item)}': {rule_name(situation, found[0])} sends it here.")
        else:
            astray.setdefault(found[1].key, []).append((found[0], item))
    for key, entries in astray.items():
        party = situation.accounts[key]
        loudest = max((rule for rule, _ in entries), key=lambda rule: hard(rule).rank)
        yield Reason(
            code="WRONG_ACCOUNT_ROUTE",
            level=hard(loudest),
            text=f"Your rule sends {titles(item for _, item in entries)} to {party.label}, and you are on {active.label}.",
            advice=f"Switch to {party.label}, or go on if this once is right.",
            group="account",
            evidence=(
                *(f"'{title(item)}': {wording(rule)} goes to {party.label}" for rule, item in entries[:_MOST_TOLD]),
                *_disagreements(situation, entries),
            ),
            source=rule_name(situation, loudest),
            suggest=key,
        )


def wrong_history(situation: Situation, active: Party) -> Findings:
    """Was a thing always bought on exactly one other account of the same person?"""
    strays: dict[str, list[tuple[Fact, int]]] = {}
    for item in lines(situation, "WRONG_ACCOUNT_HISTORY"):
        used, ruled = habit(situation, item), route(situation, item)
        if used is None:
            yield Quiet(partial(_no_habit, situation, item))
        # The user's word about a thing outweighs what happened before.
        elif ruled is not None and ruled[1].key != used[0].key:
            yield Quiet(f"'{title(item)}': {rule_name(situation, ruled[0])} decides about it, not what happened before.")
        else:
            strays.setdefault(used[0].key, []).append((item, used[1]))
    for key, entries in strays.items():
        party = situation.accounts[key]
        yield Reason(
            code="WRONG_ACCOUNT_HISTORY",
            level=WARN,
            text=f"You always bought {titles(item for item, _ in entries)} on {party.label}, and you are on {active.label}.",
            advice=f"Switch to {party.label}, or go on if this once is right.",
            group="account",
            evidence=tuple(
                f"bought on {party.label} {times} times{_last(situation, item, party)}, never on {active.label}"
                for item, times in entries[:_MOST_TOLD]
            ),
            source="your earlier orders",
            suggest=key,
        )


def mixed_cart(situation: Situation, active: Party) -> Findings:
    """Do the lines of this cart belong to different accounts?"""
    ends: dict[str, list[str]] = {}
    for item in lines(situation, "MIXED_CART"):
        ends.setdefault(_resolved(situation, active, item).key, []).append(title(item))
    told = tuple(f"{situation.accounts[key].label}: {', '.join(names)}" for key, names in ends.items())
    if len(ends) < 2:  # noqa: PLR2004  # to be mixed takes two
        yield Quiet(f"All of it belongs to one account. {' '.join(told)}".strip())
        return
    yield Reason(
        code="MIXED_CART",
        level=WARN,
        text="The things in this cart belong to different accounts.",
        advice="Order them separately, or go on if they belong together this once.",
        group="account",
        evidence=told,
        source="your rules and earlier orders",
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """A route rule to a registered account, what it names, and what it weighs against others: hard before soft, then the closest."""

    rule: Fact
    party: Party
    match: Match
    weight: tuple[int, int]


@once
def _routes(situation: Situation, item: Fact) -> list[_Way]:
    """Return all route rules that fit a thing, the one that decides first."""
    told = spoken_of(situation, item)
    # Most rules are about other words: those are passed over before anything else is looked at.
    found = [
        way for way in _ways(situation) if not (way.match.words and way.match.words.isdisjoint(told)) and fits(situation, way.match, item)
    ]
    return sorted(found, key=lambda way: way.weight, reverse=True)


@once
def _ways(situation: Situation) -> list[_Way]:
    found = []
    for rule in situation.rules_of("route"):
        party, match = situation.party(rule, "to"), match_of(situation, rule)
        if party is not None:
            found.append(_Way(rule, party, match, (hard(rule).rank, closeness(match))))
    return found


def _disagreements(situation: Situation, entries: list[tuple[Fact, Fact]]) -> Iterator[str]:
    """Yield, for each thing about which rules of the user contradict each other, which one was followed and why."""
    for rule, item in entries[:_MOST_TOLD]:
        first, *others = _routes(situation, item)
        against = next((way for way in others if way.party != first.party), None)
        if against is not None:
            why = "it describes the thing more closely" if first.weight > against.weight else "it comes first"
            why = "it is a hard rule" if first.weight[0] > against.weight[0] else why
            other = f"{rule_name(situation, against.rule)} sends it to {against.party.label}"
            yield f"'{title(item)}': your rules disagree, {other}; {rule_name(situation, rule)} was followed because {why}"


def _unrouted(situation: Situation, item: Fact) -> str:
    """Return that no route rule fits a thing, and which one would but for one part, as where words look alike ("toner")."""
    nearly = ""
    for rule in situation.rules_of("route"):
        match = match_of(situation, rule)
        wrong = list(misfits(situation, match, item))
        if len(wrong) == 1 < len(match.given):
            nearly = f"; {rule_name(situation, rule)} would, but for its {wrong[0]}"
            break
    return f"'{title(item)}': no route rule of yours fits{nearly}."


@once
def _bought(situation: Situation, item: Fact) -> dict[str, int]:
    """Return how often a thing was bought on each account of the owner, by order. Private, cancelled and returned orders tell nothing."""
    bought: dict[str, set[str]] = {}
    for number, order in enumerate(situation.by_asin.get(item.text("asin") or "", ())):
        party = situation.party(order)
        if party is not None and alive(order) and situation.same_owner(party) and privacy(situation, order, party) is None:
            bought.setdefault(party.key, set()).add(order.text("order_id") or f"line {number}")
    return {key: len(orders) for key, orders in bought.items()}


def _last(situation: Situation, item: Fact, party: Party) -> str:
    """Return when a thing was last bought on an account, in words."""
    days = [day for order in situation.by_asin.get(item.text("asin") or "", ()) if situation.party(order) == party and (day := order.day())]
    return f", last on {max(days):%-d %b %Y}" if days else ""


def _no_habit(situation: Situation, item: Fact) -> str:
    bought = ", ".join(f"{situation.accounts[key].label} {times}" for key, times in _bought(situation, item).items())
    least = situation.thresholds.history_route_min
    return f"'{title(item)}': bought before on {bought or 'no account of yours'}; it takes {least} on one other account and none elsewhere."


def _resolved(situation: Situation, active: Party, item: Fact) -> Party:
    """Return the account that a line belongs to: by rule, by habit, else the active one; what was called right here stays here."""
    asin = item.text("asin")
    ruled = route(situation, item)
    if ruled is not None:
        return active if muted(situation, "WRONG_ACCOUNT_ROUTE", asin) else ruled[1]
    used = None if muted(situation, "WRONG_ACCOUNT_HISTORY", asin) else habit(situation, item)
    return used[0] if used else active


RULES = (
    asked_of_account(BUYING, "WRONG_ACCOUNT_ROUTE")(wrong_route),
    asked_of_account(BUYING, "WRONG_ACCOUNT_HISTORY")(wrong_history),
    asked_of_account(frozenset({"cart", "checkout"}), "MIXED_CART")(mixed_cart),
)
