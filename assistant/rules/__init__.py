"""Judges what is about to happen: one file per family of rules, used by `shopper check` and the server alike."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.domain.judging.situation import Situation
from assistant.domain.judging.user_rules.rules import UserRule
from assistant.domain.judging.verdict import Level, Message, Reason, Trial, Verdict, Word, said
from assistant.rules.base import AfterPurchase, Quiet, Rule
from assistant.rules.case import Case
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
from assistant.rules.muting import heard, silenced
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
    """Return every reason, loudest first, with the user's muted and softened warnings applied.

    With `codes` only the rules run that may raise one of them.
    """
    case = Case(situation)
    found: dict[tuple[str, Message], Reason] = {}
    for rule in _asked_on(situation.event.page):
        if codes is not None and codes.isdisjoint(rule.codes):
            continue
        for reason in rule.look(case):
            if isinstance(reason, Reason) and (heard_as := _heard(case, reason)) is not None:
                found.setdefault((reason.code, reason.said), heard_as)
    return Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))


def trials(situation: Situation) -> tuple[Trial, ...]:
    """Return every rule that `judge` runs, in the same order: its question, its reasons, or why it has none."""
    case = Case(situation)
    return tuple(_tried(case, rule) for rule in RULES)


def codes_afterwards(*worth: AfterPurchase) -> frozenset[str]:
    """Return the codes with this significance for past purchases."""
    return frozenset(code for rule in RULES if rule.afterwards in worth for code in rule.codes)


def codes_changed_by(kind: type[UserRule]) -> frozenset[str]:
    """Return the codes about orders that a kind of user rule affects."""
    return frozenset(code for rule in RULES if kind in rule.changed_by for code in rule.codes)


def compare_with_recent(codes: Iterable[str]) -> bool:
    """Return whether one of these codes compares an order with all recent orders."""
    wanted = set(codes)
    return any(rule.recent and wanted & set(rule.codes) for rule in RULES)


@lru_cache(maxsize=64)
def _asked_on(page: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if page in rule.pages)


def _tried(case: Case, rule: Rule) -> Trial:
    if case.page not in rule.pages:
        elsewhere = said("quiet.elsewhere", pages=tuple(map(Word, sorted(rule.pages))), page=Word(case.page))
        return Trial(codes=rule.codes, asks=rule.asks, reasons=(), quiet=(elsewhere,))
    findings = list(rule.look(case))
    reasons = [finding for finding in findings if isinstance(finding, Reason)]
    heard_as = [_heard(case, reason) for reason in reasons]
    why = [finding.why() for finding in findings if isinstance(finding, Quiet)]
    why += [said("quiet.muted_or_softened", code=reason.code) for reason, kept in zip(reasons, heard_as, strict=True) if kept is None]
    return Trial(
        codes=rule.codes,
        asks=rule.asks,
        reasons=tuple(reason for reason in heard_as if reason is not None),
        quiet=tuple(dict.fromkeys((*why, *silenced(case, rule.codes)))) or (() if reasons else (said("quiet.nothing"),)),
    )


def _heard(case: Case, reason: Reason) -> Reason | None:
    """Apply the user's mute and soften rules to a reason; None if nothing is left to show."""
    quieter = softened(case, reason)
    if quieter.level is Level.ALLOW or not heard(case, reason):
        return None
    if reason.group != "policy":
        return quieter
    return replace(quieter, unnamed=frozenset(name for party in case.accounts.values() for name in (party.key, party.label)))


__all__ = ["RULES", "codes_afterwards", "codes_changed_by", "compare_with_recent", "judge", "trials"]
