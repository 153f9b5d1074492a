"""Quantity limits that a page states: on this account alone, or with the other accounts of the person or home."""

from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, Quiet, asked_of_account, title
from assistant.rules.facts import Fact
from assistant.rules.families.privacy import NEVER, told
from assistant.rules.muting import muted
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import BUYING, Situation, cancelled

_LEVELS = {"customer": BLOCK, "household": WARN}


def quantity(situation: Situation, active: Party) -> Findings:
    """Are there more units than the page allows, on this account alone or with others? Never both for one thing."""
    wanted: dict[str, list[Fact]] = {}
    for number, item in enumerate(situation.items):
        wanted.setdefault(item.text("asin") or f"line {number}", []).append(item)
    for asin, same in wanted.items():
        limit = next((item.fact("limit") for item in same if item.fact("limit").has("max")), Fact())
        most = limit.number("max")
        if most is None or most < 0:
            yield Quiet(f"'{title(same[0])}': the page states no limit.")
            continue
        ordering = sum(item.count("qty", 1) for item in same)
        alone = ordering + _bought(situation, asin, [active])
        if alone <= most:
            yield from _together(situation, asin, same[0], ordering, limit)
        elif not muted(situation, "QTY_LIMIT_ACCOUNT", asin):
            yield policy(
                situation,
                "QTY_LIMIT_ACCOUNT",
                NOTICE,
                f"The page allows {int(most)} of '{title(same[0])}', and with this order it is {alone}; Amazon will enforce it.",
                "Lower the quantity.",
                f"limit {int(most)}",
                said=limit.text("text"),
            )


def _together(situation: Situation, asin: str, item: Fact, ordering: int, limit: Fact) -> Findings:
    """Tell that only the sum over the accounts within the limit's scope is above it; an unknown scope never stops the click."""
    scope, most = limit.text("scope"), int(limit.number("max") or 0)
    fits = situation.same_home if scope == "household" else situation.same_owner
    units = ordering + _bought(situation, asin, [party for party in situation.accounts.values() if fits(party)])
    if scope == "account" or units <= most:
        yield Quiet(f"'{title(item)}': within the limit of {most} per {scope or 'order'}.")
    elif not muted(situation, "QTY_LIMIT_AGGREGATE", asin):
        per = f"{most} per {scope}" if scope in _LEVELS else f"{most}"
        known = "Leave it at what the limit allows." if scope in _LEVELS else "Check for whom the limit is meant."
        yield policy(
            situation,
            "QTY_LIMIT_AGGREGATE",
            _LEVELS.get(scope or "", NOTICE),
            f"The page allows {per} of '{title(item)}', and together with earlier orders this makes {units}.",
            known,
            f"limit {per}",
            said=limit.text("text"),
        )


def _bought(situation: Situation, asin: str, accounts: list[Party]) -> int:
    """Return the units ordered before: cancelled ones do not count, returned ones do; what is private to somebody else stays so."""
    return sum(
        order.count("qty", 1)
        for order in situation.by_asin.get(asin, ())
        if not cancelled(order) and (party := situation.party(order)) in accounts and told(situation, order, party) != NEVER
    )


RULES = (asked_of_account(BUYING, "QTY_LIMIT_ACCOUNT", "QTY_LIMIT_AGGREGATE")(quantity),)
