"""Whether two accounts may be linked: what their owner says about them, the answer, and the texts for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.domain.errors import InvalidInput
from assistant.domain.judging.sentences import SpokenReason
from assistant.domain.judging.verdict import Link
from assistant.domain.languages.translating import to_translate, translated

RESULTS = {
    "may": to_translate("They may be linked, as far as known."),
    "mend": to_translate("Fix this first:"),
    "no": to_translate("Do not link them."),
}
QUESTIONS = {
    "name": to_translate("Name that Amazon has for {}"),
    "phone": to_translate("Phone number of {}"),
    "addresses": to_translate("An address of {} as name/postcode, like home/78704"),
    "open_alerts": to_translate("How many warnings from Amazon are open on {}"),
    "representatives": to_translate("Who may act for the owner of {}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerStatement:
    """What the owner says about an account beyond the register; None and () mean unanswered.

    `representatives` are the people who may act for its owner, `open_alerts` counts open warnings from Amazon.
    """

    name: str | None = None
    phone: str | None = None
    addresses: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    open_alerts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Whether two accounts may be linked: `result` is "may", "mend" (fix something first) or "no"; `fits` lists what is in favour."""

    accounts: tuple[str, str]
    result: str
    reasons: tuple[SpokenReason, ...]
    fits: tuple[str, ...]
    links: tuple[Link, ...]
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def with_answer(told: OwnerStatement, what: str, value: str) -> OwnerStatement:
    """Return the statement with one question answered. Raises InvalidInput."""
    said: dict[str, Any] = {what: value}
    if what in ("addresses", "representatives"):
        said = {what: (*getattr(told, what), value)}
    elif what == "open_alerts":
        if not (value.isascii() and value.isdecimal()):
            raise InvalidInput(translated("'{value}' is not a number of open warnings. Write 0 if there are none.", value=value[:20]))
        said = {what: min(int(value[:6]), 1000)}
    return replace(told, **said)


def unsaid(found: Comparison) -> Iterable[tuple[str, str, str]]:
    """Yield what is unanswered: account, field, and its question."""
    return ((key, what, translated(QUESTIONS[what]).format(key)) for key, questions in found.asked.items() for what in questions)
