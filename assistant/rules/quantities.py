"""Quantity limits that a page states: on this account alone, or with the other accounts of the person or home."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy, title
from assistant.rules.facts import Fact
from assistant.rules.muting import muted
from assistant.rules.parties import Party
from assistant.rules.privacy import NEVER, told
from assistant.rules.situation import Situation, cancelled

_LEVELS = {"customer": BLOCK, "household": WARN}


def quantity(situation: Situation) -> Iterator[Reason]:
    """More units than the page allows; never both reasons for one thing."""
    active = situation.active
    if active is None or not situation.buying:
        return
    wanted: dict[str, list[Fact]] = {}
    for number, item in enumerate(situation.items):
        wanted.setdefault(item.text("asin") or f"line {number}", []).append(item)
    for asin, same in wanted.items():
        limit = next((item.fact("limit") for item in same if item.fact("limit").has("max")), Fact())
        most = limit.number("max")
        if most is None or most < 0:
            continue
        ordering = sum(item.count("qty", 1) for item in same)
        if ordering + _bought(situation, asin, [active]) > most:
            if not muted(situation, "QTY_LIMIT_ACCOUNT", asin):
                yield _on_this_account(same[0], int(most), ordering + _bought(situation, asin, [active]))
        elif not muted(situation, "QTY_LIMIT_AGGREGATE", asin):
            yield from _together(situation, asin, same[0], ordering, limit)


def _on_this_account(item: Fact, most: int, units: int) -> Reason:
    return policy(
        "QTY_LIMIT_ACCOUNT",
        NOTICE,
        "P10",
        f"The page allows {most} of '{title(item)}', and with this order it is {units}; Amazon will enforce it.",
        "Lower the quantity.",
        f"limit {most}",
    )


def _together(situation: Situation, asin: str, item: Fact, ordering: int, limit: Fact) -> Iterator[Reason]:
    """Tell that only the sum over the accounts within the limit's scope is above it; an unknown scope never stops the click."""
    scope, most = limit.text("scope"), int(limit.number("max") or 0)
    if scope == "account":
        return
    fits = situation.same_home if scope == "household" else situation.same_owner
    units = ordering + _bought(situation, asin, [party for party in situation.accounts.values() if fits(party)])
    if units > most:
        per = f"{most} per {scope}" if scope in _LEVELS else f"{most}"
        known = "Leave it at what the limit allows." if scope in _LEVELS else "Check for whom the limit is meant."
        yield policy(
            "QTY_LIMIT_AGGREGATE",
            _LEVELS.get(scope or "", NOTICE),
            "P10",
            f"The page allows {per} of '{title(item)}', and together with earlier orders this makes {units}.",
            known,
            f"limit {per}",
        )


def _bought(situation: Situation, asin: str, accounts: list[Party]) -> int:
    """Return the units ordered before: cancelled ones do not count, returned ones do; what is private to somebody else stays so."""
    return sum(
        order.count("qty", 1)
        for order in situation.by_asin.get(asin, ())
        if not cancelled(order) and (party := situation.party(order)) in accounts and told(situation, order, party) != NEVER
    )


RULES = (quantity,)
