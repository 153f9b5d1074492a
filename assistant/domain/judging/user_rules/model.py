"""What the program tells about the user's own rules: as they are kept, what they would have done, what was learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A rule that is kept: its number, its parts, its sentence; `learned_from` says which answer or habit made it, None for the user."""

    id: int
    body: Mapping[str, Any]
    text: str
    since: date
    learned_from: str | None = None
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A past order about which a rule would have changed what was said."""

    account: str
    number: str
    on: date
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule would have done to past orders: how many were looked at, and warnings more and fewer by year."""

    text: str
    orders: int
    warned: Mapping[int, int] = field(default_factory=dict)
    silenced: Mapping[int, int] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """Where a thing, everything of a seller or of a category was always bought: `times` orders on one account, none on the owner's others.

    `warns`: it does so by itself; else it is a proposal until it is made a rule.
    """

    kind: str
    name: str
    title: str
    account: str
    times: int
    last: date
    warns: bool
