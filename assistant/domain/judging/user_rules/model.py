"""User rules as the user sees them: stored rules, previews, learned habits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A stored rule: its number, parts and sentence; `learned_from` says which answer or habit made it, None for the user."""

    id: int
    body: Mapping[str, Any]
    text: str
    since: date
    learned_from: str | None = None
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A past order whose warnings a rule would have changed."""

    account: str
    number: str
    on: date
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule would have done to past orders: the number of orders tried, and added and removed warnings by year."""

    text: str
    orders: int
    warned: Mapping[int, int] = field(default_factory=dict)
    silenced: Mapping[int, int] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """The account on which an item, a seller's items or a category were always bought: `times` orders, none on the owner's others.

    `warns`: it warns without a rule; otherwise it is only a proposal.
    """

    kind: str
    name: str
    title: str
    account: str
    times: int
    last: date
    warns: bool


def words_of(value: Any) -> tuple[str, ...]:
    """Return the words of a part of a rule, which may be one word, a list, or missing."""
    return (value,) if isinstance(value, str) else tuple(map(str, value or ()))
