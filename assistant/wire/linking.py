"""A comparison of two accounts, and what their owner says of them, as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.domain.accounts.linking import Comparison, Told
from assistant.domain.judging.verdict import Level, Reason
from assistant.wire.verdicts import links_from_json, links_json, reason_json


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Return whether two accounts may be linked, and why."""
    return {
        "accounts": list(found.accounts),
        "result": found.result,
        "reasons": [reason_json(reason) for reason in found.reasons],
        "fits": list(found.fits),
        "not_said": {key: list(what) for key, what in found.asked.items()},
        "links": links_json(found.links),
    }


def comparison_from_json(data: Mapping[str, Any]) -> Comparison:
    """Read a comparison back."""
    first, second = data["accounts"]
    return Comparison(
        accounts=(first, second),
        result=data["result"],
        reasons=tuple(_reason(entry) for entry in data["reasons"]),
        fits=tuple(data["fits"]),
        links=links_from_json(data["links"]),
        asked={key: tuple(what) for key, what in data["not_said"].items()},
    )


def told_json(told: Told) -> dict[str, Any]:
    """Return what the owner says of an account."""
    return asdict(told)


def told_from_json(data: Mapping[str, Any]) -> Told:
    """Read back what the owner says of an account; what is absent is not said."""
    return Told(
        name=data.get("name"),
        phone=data.get("phone"),
        addresses=tuple(data.get("addresses") or ()),
        representatives=tuple(data.get("representatives") or ()),
        open_alerts=data.get("open_alerts"),
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        code=data["code"],
        level=Level(data["level"]),
        text=data["text"],
        advice=data["advice"],
        group="account",
        evidence=tuple(data["evidence"]),
        source=data["source"],
    )
