"""Reasons, tried rules, and links to helpful pages of Amazon."""

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from assistant.domain.judging.sentences import SpokenReason, SpokenTrial, spoken, spoken_trial
from assistant.domain.judging.verdict import Level, Link, Reason, Trial
from assistant.wire.shape import JsonShape, builtins


class LinkJson(JsonShape[Link]):
    """A page of Amazon's own: `kind` says what it is for ("switch", "order", …)."""

    kind: str
    label: str
    url: Annotated[str, Meta(pattern=r"^https://www\.amazon\.[a-z.]+/")]


class ReasonJson(JsonShape[SpokenReason]):
    """One reason, as `shopper check` and the reply to a visit give it."""

    code: str
    level: Level
    text: str
    advice: str
    evidence: tuple[str, ...]
    source: str


class RaisedJson(JsonShape[SpokenReason]):
    """A short reason, as in an explanation."""

    code: str
    text: str


class TrialJson(JsonShape[SpokenTrial]):
    """A rule that was tried: the codes it may raise, what it asks, what it raised, why it stayed quiet."""

    codes: tuple[str, ...]
    asks: str
    reasons: tuple[RaisedJson, ...] = field(name="raised")
    quiet: tuple[str, ...]


class ExplanationJson(Struct):
    """The situation of a warning (in the form that `shopper check` reads), and every rule that was tried."""

    id: int | None
    situation: dict[str, Any]
    verdict: Level
    reasons: tuple[ReasonJson, ...]
    trials: tuple[TrialJson, ...]


def reason_json(reason: Reason) -> dict[str, Any]:
    """Return a reason in words, as builtins."""
    return dict(builtins(ReasonJson.of(spoken(reason))))


def trial_json(trial: Trial) -> dict[str, Any]:
    """Return a tried rule in words, as builtins."""
    return dict(builtins(TrialJson.of(spoken_trial(trial))))


def links_json(links: Iterable[Link]) -> list[dict[str, str]]:
    """Return Amazon's own pages as builtins: [{"kind", "label", "url"}]."""
    return [dict(builtins(LinkJson.of(link))) for link in links]
