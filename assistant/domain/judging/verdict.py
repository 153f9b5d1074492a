"""A verdict: what the assistant thinks of a purchase that is about to happen, and why."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """The level of a reason; `rank` orders them."""

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
class Message:
    """A message: the key of a sentence in the catalogue (`messages/`), and its parameters."""

    key: str
    params: tuple[tuple[str, "Param"], ...] = ()


@dataclass(frozen=True, slots=True)
class SaidAmount:
    """An amount of money in a message: a decimal number with the digits of its currency, and the currency's code."""

    number: str
    unit: str

    def __str__(self) -> str:
        """Return it as it is stored: "41.00 USD"."""
        return f"{self.number} {self.unit}"


class Word(str):
    """A word of the data in a message, which people read in other words: "buy_now"."""

    __slots__ = ()


Param = str | int | date | SaidAmount | Message | tuple["Param", ...]


def said(key: str, /, **params: Param) -> Message:
    """Return a message; its parameters are names, numbers, days, amounts, other messages, or several of them."""
    return Message(key, tuple(params.items()))


@dataclass(frozen=True, slots=True)
class Link:
    """A page on Amazon that helps: `kind` is its purpose ("switch", "order", …), `url` is https on one of Amazon's own hosts."""

    kind: str
    label: str
    url: str


class Origin(StrEnum):
    """What a reason is based on."""

    USER_RULE = "user_rule"
    TERMS = "terms"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finding. `said` is its sentence and advice, `evidence` what it is based on, `source` where that comes from.

    `suggest` is the key of the account it points to. `unnamed` are names that its advice must not contain (see `sentences.advice_of`).
    """

    code: str
    level: Level
    group: str
    said: Message
    evidence: tuple[Message, ...] = ()
    origin: Origin = Origin.LEDGER
    source: Message
    suggest: str | None = None
    unnamed: frozenset[str] = field(default=frozenset(), compare=False)


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
    """A rule that was tried: its codes, its question, and the reasons it found or why it found none."""

    codes: tuple[str, ...]
    asks: Message
    reasons: tuple[Reason, ...]
    quiet: tuple[Message, ...]


class Choice(StrEnum):
    """What the user did about a reason."""

    CONTINUE = "continue"
    ALWAYS_RIGHT = "always_right"
    NOT_NOW = "not_now"
    LEFT = "left"
