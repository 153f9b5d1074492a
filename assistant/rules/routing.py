"""Things that belong on another account: by the user's own rules, by what was always bought where."""

from collections.abc import Iterator

from assistant.domain.text import fold
from assistant.domain.verdicts import Reason
from assistant.rules.base import WARN, hard, rule_name, title, titles
from assistant.rules.facts import Fact
from assistant.rules.muting import lines, muted
from assistant.rules.parties import Party
from assistant.rules.privacy import privacy
from assistant.rules.situation import Situation, alive
from assistant.rules.words import mentions


def matches(situation: Situation, rule: Fact, item: Fact) -> bool:
    """Whether a rule's match fits a thing: words AND category AND asin, as far as they are given."""
    match = rule.fact("match")
    words, categories, asins = match.texts("words"), match.texts("category"), match.texts("asin")
    if not (words or categories or asins):
        return False
    if asins and item.text("asin") not in asins:
        return False
    if categories and fold(item.text("category") or "") not in {fold(category) for category in categories}:
        return False
    return not words or mentions(item.text("title") or "", words, situation.site) is not None


def route(situation: Situation, item: Fact) -> tuple[Fact, Party] | None:
    """Return the route rule that decides about a thing, with its account: hard before soft, then the closest match, then the first."""
    found = [
        (rule, party)
        for rule in situation.rules_of("route")
        if (party := situation.party(rule, "to")) is not None and matches(situation, rule, item)
    ]
    return max(found, key=lambda entry: (hard(entry[0]).rank, _closeness(entry[0])), default=None)


def habit(situation: Situation, item: Fact) -> tuple[Party, int] | None:
    """Return the one other account of the owner on which a thing was always bought, and how often."""
    active = situation.active
    if active is None:
        return None
    bought: dict[str, set[str]] = {}
    for number, order in enumerate(situation.by_asin.get(item.text("asin") or "", ())):
        party = situation.party(order)
        # Private orders never decide where things belong, nor do cancelled and returned ones.
        if party is not None and alive(order) and situation.same_owner(party) and privacy(situation, order, party) is None:
            if party.key == active.key:
                return None
            bought.setdefault(party.key, set()).add(order.text("order_id") or f"line {number}")
    if len(bought) != 1:
        return None
    key, orders = next(iter(bought.items()))
    return (situation.accounts[key], len(orders)) if len(orders) >= situation.thresholds.history_route_min else None


def wrong_route(situation: Situation) -> Iterator[Reason]:
    """A route rule names another account for something about to be bought."""
    active = situation.active
    if active is None or not situation.buying:
        return
    astray: dict[str, list[tuple[Fact, Fact]]] = {}
    for item in lines(situation, "WRONG_ACCOUNT_ROUTE"):
        found = route(situation, item)
        if found and found[1].key != active.key:
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
            evidence=tuple(f"'{title(item)}': {_wording(rule)} goes to {party.label}" for rule, item in entries[:5]),
            source=rule_name(situation, loudest),
            suggest=key,
        )


def wrong_history(situation: Situation) -> Iterator[Reason]:
    """A thing that was always bought on exactly one other account of the same person."""
    active = situation.active
    if active is None or not situation.buying:
        return
    strays: dict[str, list[tuple[Fact, int]]] = {}
    for item in lines(situation, "WRONG_ACCOUNT_HISTORY"):
        used, ruled = habit(situation, item), route(situation, item)
        # The user's word about a thing outweighs what happened before.
        if used and (ruled is None or ruled[1].key == used[0].key):
            strays.setdefault(used[0].key, []).append((item, used[1]))
    for key, entries in strays.items():
        party = situation.accounts[key]
        yield Reason(
            code="WRONG_ACCOUNT_HISTORY",
            level=WARN,
            text=f"You always bought {titles(item for item, _ in entries)} on {party.label}, and you are on {active.label}.",
            advice=f"Switch to {party.label}, or go on if this once is right.",
            group="account",
            evidence=tuple(f"bought on {party.label} {times} times, never on {active.label}" for _, times in entries[:5]),
            source="your earlier orders",
            suggest=key,
        )


def mixed_cart(situation: Situation) -> Iterator[Reason]:
    """The lines of one cart belong to different accounts."""
    active = situation.active
    if active is None or situation.page not in ("cart", "checkout"):
        return
    ends: dict[str, list[str]] = {}
    for item in lines(situation, "MIXED_CART"):
        ends.setdefault(_resolved(situation, active, item).key, []).append(title(item))
    if len(ends) > 1:
        yield Reason(
            code="MIXED_CART",
            level=WARN,
            text="The things in this cart belong to different accounts.",
            advice="Order them separately, or go on if they belong together this once.",
            group="account",
            evidence=tuple(f"{situation.accounts[key].label}: {', '.join(names)}" for key, names in ends.items()),
            source="your rules and earlier orders",
        )


def _resolved(situation: Situation, active: Party, item: Fact) -> Party:
    """Return the account that a line belongs to: by rule, by habit, else the active one; what was called right here stays here."""
    asin = item.text("asin")
    ruled = route(situation, item)
    if ruled is not None:
        return active if muted(situation, "WRONG_ACCOUNT_ROUTE", asin) else ruled[1]
    used = None if muted(situation, "WRONG_ACCOUNT_HISTORY", asin) else habit(situation, item)
    return used[0] if used else active


def _closeness(rule: Fact) -> int:
    """Return how closely a match describes a thing: the thing itself, words, a whole category."""
    match = rule.fact("match")
    return sum(weight for name, weight in (("asin", 4), ("words", 2), ("category", 1)) if match.texts(name))


def _wording(rule: Fact) -> str:
    match = rule.fact("match")
    return ", ".join((*match.texts("words"), *match.texts("category"), *match.texts("asin")))


RULES = (wrong_route, wrong_history, mixed_cart)
