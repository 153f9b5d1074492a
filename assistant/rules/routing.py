"""Things that belong on another account: by the user's own rules, by what was always bought where, by what Business is for."""

from collections import Counter
from collections.abc import Iterator

from assistant.domain.text import fold
from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy
from assistant.rules.facts import Fact
from assistant.rules.privacy import privacy
from assistant.rules.situation import Party, Situation, alive
from assistant.rules.words import mentions

_LONGEST_TITLE = 60
_PERSONAL = frozenset({"toys", "pet", "baby", "clothing", "games", "sports"})


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
    """Return the route rule that decides about a thing, with its account: a hard rule before a soft one."""
    found = [
        (rule, party)
        for rule in situation.rules_of("route")
        if (party := situation.party(rule, "to")) is not None and matches(situation, rule, item)
    ]
    return next((entry for entry in found if entry[0].text("strength") == "hard"), found[0] if found else None)


def habit(situation: Situation, item: Fact) -> tuple[Party, int] | None:
    """Return the one other account of the owner on which a thing was always bought, and how often."""
    active, asin = situation.active, item.text("asin")
    if active is None or not asin:
        return None
    counts: Counter[str] = Counter()
    for order in situation.by_asin.get(asin, ()):
        party = situation.party(order)
        if party is not None and alive(order) and situation.same_owner(party) and not _hidden(situation, order, party):
            counts[party.key] += 1
    if len(counts) != 1:
        return None
    key, times = next(iter(counts.items()))
    if key == active.key or times < situation.thresholds.history_route_min:
        return None
    return situation.accounts[key], times


def resolved(situation: Situation, item: Fact) -> Party | None:
    """Return the account that a line belongs to: by rule, by habit, else the active one."""
    ruled = route(situation, item)
    if ruled:
        return ruled[1]
    used = habit(situation, item)
    return used[0] if used else situation.active


def wrong_route(situation: Situation) -> Iterator[Reason]:
    """A route rule names another account for something in the cart."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        found = route(situation, item)
        if found and found[1].key != active.key:
            rule, party = found
            yield Reason(
                code="WRONG_ACCOUNT_ROUTE",
                level=BLOCK if rule.text("strength") == "hard" else WARN,
                text=f"'{_title(item)}' belongs on {party.label}, and you are on {active.label}.",
                advice=f"Switch to {party.label}, or go on if this once is right.",
                group="account",
                evidence=(_rule_words(rule),),
                source="your own rule",
                suggest=party.key,
            )


def wrong_history(situation: Situation) -> Iterator[Reason]:
    """A thing that was always bought on exactly one other account of the same person."""
    active = situation.active
    if active is None or not situation.buying:
        return
    for item in situation.items:
        found = None if route(situation, item) else habit(situation, item)
        if found:
            party, times = found
            yield Reason(
                code="WRONG_ACCOUNT_HISTORY",
                level=WARN,
                text=f"'{_title(item)}' was always bought on {party.label}, and you are on {active.label}.",
                advice=f"Switch to {party.label}, or go on if this once is right.",
                group="account",
                evidence=(f"bought on {party.label} {times} times, never on {active.label}",),
                source="your earlier orders",
                suggest=party.key,
            )


def mixed_cart(situation: Situation) -> Iterator[Reason]:
    """The lines of one cart belong to different accounts."""
    if situation.active is None or situation.page not in ("cart", "checkout") or situation.signed_out:
        return
    ends: dict[str, list[str]] = {}
    for item in situation.items:
        party = resolved(situation, item)
        if party:
            ends.setdefault(party.key, []).append(_title(item))
    if len(ends) > 1:
        lines = tuple(f"{situation.accounts[key].label}: {', '.join(titles)}" for key, titles in ends.items())
        yield Reason(
            code="MIXED_CART",
            level=WARN,
            text="The things in this cart belong to different accounts.",
            advice="Order them separately, or go on if they belong together this once.",
            group="account",
            evidence=lines,
            source="your rules and earlier orders",
        )


def business_personal(situation: Situation) -> Iterator[Reason]:
    """Something that looks personal, on an Amazon Business account."""
    active = situation.active
    if active is None or not active.business or not situation.buying:
        return
    for item in situation.items:
        if fold(item.text("category") or "") not in _PERSONAL or _is_business(situation, active, item):
            continue
        ruled = route(situation, item)
        if ruled and ruled[1].business:
            continue
        yield policy(
            "BUSINESS_PERSONAL_USE",
            WARN if ruled else NOTICE,
            "P05",
            f"'{_title(item)}' looks personal, and this is an Amazon Business account.",
            "Amazon Business is meant for business purchases only; go on if this one is.",
        )


def _is_business(situation: Situation, active: Party, item: Fact) -> bool:
    for rule in situation.rules_of("purpose"):
        if rule.text("account") not in (None, active.key):
            continue
        categories = {fold(category) for category in rule.texts("business_categories")}
        if fold(item.text("category") or "") in categories:
            return True
        if mentions(item.text("title") or "", rule.texts("business_words"), situation.site):
            return True
    return False


def _hidden(situation: Situation, order: Fact, party: Party) -> bool:
    """Whether a private order may not be counted: private orders never decide where things belong."""
    return privacy(situation, order, party) is not None


def _title(item: Fact) -> str:
    title = item.text("title") or item.text("asin") or "This"
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _rule_words(rule: Fact) -> str:
    match = rule.fact("match")
    parts = [*match.texts("words"), *match.texts("category"), *match.texts("asin")]
    return f"your rule for {', '.join(parts)}"


RULES = (wrong_route, wrong_history, mixed_cart, business_personal)
