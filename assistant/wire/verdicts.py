"""Reasons, the rules that were tried, and Amazon's own pages as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.domain.judging.verdict import Link, Reason, Trial


def reason_json(reason: Reason) -> dict[str, Any]:
    """Return a reason as `shopper check` and a visit's reply tell it (contract, section 3)."""
    return {
        "code": reason.code,
        "level": reason.level.value,
        "text": reason.text,
        "advice": reason.advice,
        "evidence": list(reason.evidence),
        "source": reason.source,
    }


def trial_json(trial: Trial) -> dict[str, Any]:
    """Return a rule that was tried: what it asks, what it raised, why it kept quiet."""
    return {
        "codes": list(trial.codes),
        "asks": trial.asks,
        "raised": [{"code": reason.code, "text": reason.text} for reason in trial.reasons],
        "quiet": list(trial.quiet),
    }


def links_json(links: Iterable[Link]) -> list[dict[str, str]]:
    """Return Amazon's own pages: [{"kind", "label", "url"}]."""
    return [{"kind": link.kind, "label": link.label, "url": link.url} for link in links]


def links_from_json(data: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    """Read Amazon's own pages back."""
    return tuple(Link(entry["kind"], entry["label"], entry["url"]) for entry in data)
