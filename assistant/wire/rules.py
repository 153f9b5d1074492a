"""User rules with their metadata, what a rule would have done, and habits."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

import msgspec
from msgspec import ValidationError, field

from assistant.domain.accounts.rule_places import places_understood
from assistant.domain.judging.user_rules.kinds import KINDS
from assistant.domain.judging.user_rules.model import Example, Habit, OwnRule, Preview
from assistant.wire.shape import Count, JsonShape, builtins, from_builtins

_DEEPEST = 8


class RuleBody(dict[str, Any]):
    """A rule, in the form of a described situation; its keys depend on its `type`."""

    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {"type": {"enum": sorted(KINDS)}},
        "required": ["type"],
        "additionalProperties": True,
    }

    @classmethod
    def read(cls, value: Any) -> Self:
        """Validate a rule. Raises ValidationError."""
        if not isinstance(value, dict):
            raise ValidationError("Expected `object`")
        if "type" not in value:
            raise ValidationError("Object missing required field `type`")
        if value["type"] not in KINDS:
            raise ValidationError("Invalid enum value - at `$.type`")
        check_plain(value)
        return cls(value)


class RuleHead(JsonShape[OwnRule]):
    """The metadata of a rule; `learned_from` says which answer or habit made it, null for the user."""

    id: int
    text: str
    since: date
    learned_from: str | None
    contradictions: tuple[str, ...]


_HEAD = msgspec.json.schema_components([RuleHead])[1]["RuleHead"]
_UNDERSTOOD = "understood"


class RuleJson(dict[str, Any]):
    """A stored rule: its parts as in a described situation, its metadata, and how each of its addresses or cards is understood."""

    SCHEMA: ClassVar[Mapping[str, Any]] = {
        **_HEAD,
        "properties": {**_HEAD["properties"], _UNDERSTOOD: {"type": "array", "items": {"type": "string"}}},
        "required": [*_HEAD["required"], _UNDERSTOOD],
        "additionalProperties": True,
    }

    @classmethod
    def of(cls, value: OwnRule, /) -> Self:
        """Return a rule with its parts."""
        return cls({**value.body, **builtins(RuleHead.of(value)), _UNDERSTOOD: list(places_understood(value.body))})

    @classmethod
    def read(cls, value: Any) -> Self:
        """Return a rule from JSON."""
        return cls(value)

    def to_domain(self) -> OwnRule:
        """Return the rule. Raises ValidationError."""
        head = from_builtins(self, RuleHead)
        parts = {name: value for name, value in self.items() if name not in (*RuleHead.__struct_fields__, _UNDERSTOOD)}
        return OwnRule(body=parts, **msgspec.structs.asdict(head))


class ExampleJson(JsonShape[Example]):
    """A past order whose warnings a rule would have changed."""

    account: str
    number: str = field(name="order_id")
    on: date
    title: str
    text: str


class PreviewJson(JsonShape[Preview]):
    """What a rule would have done to past orders: the number of orders tried, and added and removed warnings by year."""

    text: str
    orders: Count
    warned: dict[int, Count]
    silenced: dict[int, Count]
    examples: tuple[ExampleJson, ...]
    contradictions: tuple[str, ...]


class HabitJson(JsonShape[Habit]):
    """Where an item, a seller's items or a category was always bought; `warns`: it warns without a rule."""

    kind: Literal["item", "seller", "category"]
    name: str
    title: str
    account: str
    times: Count
    last: date
    warns: bool


def check_plain(value: Any, depth: int = 0) -> None:
    """Refuse values that the ledger cannot store: infinite numbers, NUL, and deeper nesting than a rule needs. Raises ValueError."""
    if depth > _DEEPEST:
        raise ValueError("is nested too deeply")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("is not a finite number")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("holds a NUL")
    for entry in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_plain(entry, depth + 1)
