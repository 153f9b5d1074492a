"""Judging what is about to happen: one file per family of rules, the same for `shopper check` and the server."""

from functools import lru_cache

from assistant.domain.judging.verdict import Level, Reason, Trial, Verdict
from assistant.rules.base import Quiet, Rule
from assistant.rules.families import (
    budgets,
    closures,
    dates,
    duplicates,
    identity,
    linking,
    marketplaces,
    memberships,
    ownership,
    places,
    promotions,
    purposes,
    quantities,
    reviews,
    routing,
)
from assistant.rules.muting import silenced, stands
from assistant.rules.policy_citations import unnamed
from assistant.rules.situation import Situation
from assistant.rules.softening import softened

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *routing.RULES,
    *purposes.RULES,
    *places.RULES,
    *marketplaces.RULES,
    *budgets.RULES,
    *ownership.RULES,
    *duplicates.RULES,
    *promotions.RULES,
    *quantities.RULES,
    *memberships.RULES,
    *closures.RULES,
    *reviews.RULES,
    *dates.RULES,
    *linking.RULES,
)


def judge(situation: Situation, codes: frozenset[str] | None = None) -> Verdict:
    """Return every reason that stands, loudest first; what the user muted is left out, what they softened is quieter.

    With `codes` only the rules are asked that may raise one of these.
    """
    found: dict[tuple[str, str], Reason] = {}
    for rule in _asked_on(situation.page):
        if codes is not None and codes.isdisjoint(rule.codes):
            continue
        for reason in rule.look(situation):
            if isinstance(reason, Reason) and (told := _told(situation, reason)) is not None:
                found.setdefault((reason.code, reason.text), told)
    return Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))


def trials(situation: Situation) -> tuple[Trial, ...]:
    """Return every rule that `judge` asks, in its order: what it asks, what it found, and why it kept quiet otherwise."""
    return tuple(_tried(situation, rule) for rule in RULES)


@lru_cache(maxsize=64)
def _asked_on(page: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if page in rule.pages)


def _tried(situation: Situation, rule: Rule) -> Trial:
    if situation.page not in rule.pages:
        elsewhere = f"It is asked on {', '.join(sorted(rule.pages))}; this page is {situation.page}."
        return Trial(codes=rule.codes, asks=rule.asks, reasons=(), quiet=(elsewhere,))
    findings = list(rule.look(situation))
    reasons = [finding for finding in findings if isinstance(finding, Reason)]
    quiet = [str(finding) for finding in findings if isinstance(finding, Quiet)]
    told = [_told(situation, reason) for reason in reasons]
    quiet += [
        f"{reason.code} is muted or softened to silence by you." for reason, heard in zip(reasons, told, strict=True) if heard is None
    ]
    return Trial(
        codes=rule.codes,
        asks=rule.asks,
        reasons=tuple(reason for reason in told if reason is not None),
        quiet=tuple(dict.fromkeys((*quiet, *silenced(situation, rule.codes)))) or (() if reasons else ("Nothing here speaks for it.",)),
    )


def _told(situation: Situation, reason: Reason) -> Reason | None:
    """Return a reason as the user wants to hear it; None where they muted it or softened it to silence."""
    heard = softened(situation, reason)
    if heard.level is Level.ALLOW or not stands(situation, reason):
        return None
    return unnamed(heard, situation.accounts.values())


__all__ = ["RULES", "judge", "trials"]
