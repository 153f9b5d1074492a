"""Warnings: reasons that are stored for the user, and their outcomes."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.judging.verdict import Level, Link
from assistant.domain.languages.translating import translated, translated_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A reason raised for a visit or a purchase, and its outcome.

    `order` is the number of the purchase that followed, or that was judged `afterwards` (it may still be
    `cancellable`); `links` are Amazon's own pages that help.
    """

    id: int
    at: datetime
    account: str | None
    code: str
    level: Level
    text: str
    advice: str
    evidence: tuple[str, ...] = ()
    source: str = ""
    url: str | None = None
    choice: str | None = None
    dismissed_at: datetime | None = None
    links: tuple[Link, ...] = ()
    order: str | None = None
    afterwards: bool = False
    cancellable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """An earlier purchase that probably belongs on another account; `suggest` is that account's name, if known."""

    account: str
    number: str
    placed_on: date
    code: str
    text: str
    suggest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """Which of the earlier purchases look misplaced; `checked` is how many were judged."""

    checked: int
    misplaced: tuple[Misplaced, ...] = ()

    @property
    def nothing_found(self) -> str:
        """What to say where no purchase looks misplaced."""
        if not self.checked:
            return translated("No purchase older than a month. Newer ones are among the warnings.")
        return translated_count(
            "{count} earlier purchase was checked; it looks right. Newer ones are among the warnings.",
            "{count} earlier purchases were checked; none looks misplaced. Newer ones are among the warnings.",
            self.checked,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCounts:
    """How the warnings of one rule ended.

    `overridden`: the user went on or ordered anyway; `heeded`: the user left and no order followed;
    `ordered`: an order followed on that account. `soften`: overridden so often that lowering its level is suggested.
    """

    code: str
    raised: int
    heeded: int
    overridden: int
    put_off: int
    dismissed: int
    ordered: int
    afterwards: int
    soften: bool
