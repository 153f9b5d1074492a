"""The closed lists of labels: categories, purposes and persons, and what labelling many items changes."""

from typing import Annotated

from msgspec import Meta, Struct, field

from assistant.domain.categories import CategoryPlace, LabelChange
from assistant.wire.shape import Count, JsonShape

Word = Annotated[str, Meta(min_length=1, max_length=60)]
"""A word of a list as a person types it."""


class CategoryJson(JsonShape[CategoryPlace]):
    """A category and the one that it is under, null at the top. `own`: the user added it, and may remove it."""

    category: str
    under: str | None
    own: bool


class WordBody(Struct):
    """A new purpose or person."""

    word: Word


class CategoryBody(Struct, omit_defaults=True):
    """A new category, under another one or at the top."""

    word: Word
    under: Word | None = None


class MoveBody(Struct):
    """The category that this one goes under; null: to the top."""

    under: Word | None


class LabelBody(Struct, omit_defaults=True):
    """What items become: at least one of the three. `new` adds a word that is not in its list."""

    category: Word | None = None
    purpose: Word | None = None
    person: Word | None = None
    new: bool = False

    def labels(self) -> dict[str, str]:
        """Return the given words by kind."""
        given = {"category": self.category, "purpose": self.purpose, "person": self.person}
        return {kind: word for kind, word in given.items() if word}


class LabelChangeJson(JsonShape[LabelChange]):
    """An item and the labels that differ before and after, by kind. `item` counts from 1."""

    account: str
    number: str = field(name="order_id")
    item: Count
    title: str
    before: dict[str, str | None]
    after: dict[str, str]
