"""A verdict: what the assistant thinks of a purchase that is about to happen, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How loud a reason is; `rank` orders them."""

    ALLOW = "allow"
    NOTICE = "notice"
    WARN = "warn"
    BLOCK_CONFIRM = "block-confirm"

    @property
    def rank(self) -> int:
        """Return 0 for allow up to 3 for block-confirm."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Link:
    """A page of Amazon's own that helps: `kind` is what for ("switch", "order", …), `url` is https on one of its exact hosts."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing worth saying: `text` one sentence, `advice` what to do, `evidence` what it stands on, `source` whose rule it is."""

    code: str
    level: Level
    text: str
    advice: str
    group: str
    evidence: tuple[str, ...] = ()
    source: str = ""
    suggest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All reasons, loudest first."""

    reasons: tuple[Reason, ...] = ()

    @property
    def level(self) -> Level:
        """The highest level among the reasons; allow when there are none."""
        return max((reason.level for reason in self.reasons), key=lambda level: level.rank, default=Level.ALLOW)

    @property
    def suggest(self) -> str | None:
        """The key of the account that a reason points to, if any."""
        return next((reason.suggest for reason in self.reasons if reason.suggest), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A rule that was asked: the codes it may raise, what it asks, the reasons it found, and why it kept quiet otherwise."""

    codes: tuple[str, ...]
    asks: str
    reasons: tuple[Reason, ...]
    quiet: tuple[str, ...]


class Choice(StrEnum):
    """What the user did about a reason."""

    CONTINUE = "continue"
    ALWAYS_RIGHT = "always_right"
    NOT_NOW = "not_now"
    LEFT = "left"
