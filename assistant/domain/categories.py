"""Labels of items, each a word of a closed list: a category out of a tree, a purpose, a person. And where a category comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.languages.labels import label_named, label_said
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import to_translate, translated

LABEL_KINDS = ("category", "purpose", "person")
_KINDS: Mapping[str, str] = {"category": to_translate("category"), "purpose": to_translate("purpose"), "person": to_translate("person")}
LABEL_PLURALS: Mapping[str, str] = {"category": "categories", "purpose": "purposes", "person": "persons"}
CATEGORIES = (
    "office", "electronics", "tools", "kitchen", "home", "grocery", "consumable", "beauty", "clothing", "toys", "baby", "pet", "games",
    "sports", "garden", "automotive", "jewelry", "books", "crafts", "medical", "music",
)  # fmt: skip
"""The usual categories; users may add their own."""
BUSINESS_CATEGORIES = (
    "advertising", "camera", "cleaning", "client-gifts", "commissions", "computers", "courses", "education",
    "entertainment", "furniture", "gifts", "insurance", "internet", "inventory", "lab", "licences", "lighting",
    "machines", "materials", "meals", "membership", "packaging", "parts", "phone", "postage", "professional", "rent",
    "repairs", "resale", "safety", "shipping", "software", "stationery", "subcontractors", "subscriptions",
    "training", "travel", "utilities", "warranty",
)  # fmt: skip
"""What businesses buy; tax forms have lines for most of them. No product is guessed to be one of them."""
GIVEN_PARENTS = {
    "supplies": "", "equipment": "", "living": "", "care": "", "leisure": "",
    "office": "supplies", "crafts": "supplies", "consumable": "supplies",
    "electronics": "equipment", "tools": "equipment", "automotive": "equipment",
    "home": "living", "kitchen": "living", "garden": "living", "grocery": "living", "pet": "living", "baby": "living",
    "beauty": "care", "medical": "care", "clothing": "care", "jewelry": "care",
    "books": "leisure", "music": "leisure", "games": "leisure", "sports": "leisure", "toys": "leisure",
}  # fmt: skip
"""The given tree: each category and what it belongs to, "" for the top."""


@dataclass(frozen=True, slots=True)
class CategoryTree:
    """Every category and its parent, "" for the top. A filter for a category means everything below it, too."""

    parents: Mapping[str, str] = field(default_factory=lambda: GIVEN_PARENTS)

    @classmethod
    def of(cls, own: Mapping[str, str]) -> "CategoryTree":
        """Return the given tree with the user's own categories and moves."""
        return cls({**GIVEN_PARENTS, **own})

    def below(self, word: str) -> tuple[str, ...]:
        """Return a category and all below it. Case does not matter; an unknown word has nothing below it."""
        found = [word.casefold()]
        for at in found:
            found += [child for child, parent in self.parents.items() if parent.casefold() == at and child.casefold() not in found]
        names = {child.casefold(): child for child in self.parents}
        return tuple(names.get(entry, word) for entry in map(str.casefold, found))

    def depth(self, word: str) -> int:
        """Return how many categories are above one."""
        depth, at = 0, self.parents.get(word, "")
        while at and depth < len(self.parents):
            depth, at = depth + 1, self.parents.get(at, "")
        return depth

    def ordered(self) -> list[str]:
        """Return all categories, each after its parent."""
        found: list[str] = []

        def add(parent: str) -> None:
            for child in sorted(word for word, above in self.parents.items() if above == parent):
                if child not in found:
                    found.append(child)
                    add(child)

        add("")
        return found


def kind_word(kind: str) -> str:
    """Return "category", "purpose" or "person" in the current language."""
    return translated(_KINDS[kind])


def kind_said(kind: str) -> Sentence:
    """Return "category", "purpose" or "person" for every language."""
    return Sentence(_KINDS[kind])


def labels_said(labels: Mapping[str, str | None]) -> tuple[Sentence, ...]:
    """Return words by their kind, None for a word that is taken away, for every language: "category office, person removed"."""
    return tuple(
        sentence_of("{kind} {word}", kind=kind_said(kind), word=label_said(kind, label_named(kind, word) or word))
        if word
        else sentence_of("{kind} removed", kind=kind_said(kind))
        for kind, word in labels.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPlace:
    """A category and the one that it is under, None at the top. `own`: the user added it, and may remove it."""

    category: str
    under: str | None
    own: bool


class CategorySource(StrEnum):
    """Where a category comes from, strongest first."""

    YOURS = "yours"
    RULE = "rule"
    KNOWN = "known"
    REPORT = "report"
    PAGE = "page"
    GUESS = "guess"


_SAID = {
    CategorySource.YOURS: to_translate("you said so"),
    CategorySource.RULE: to_translate("by your rule"),
    CategorySource.KNOWN: to_translate("you said so for the same product"),
    CategorySource.REPORT: to_translate("by the business report"),
    CategorySource.PAGE: to_translate("by the product page"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The category of a product, with its source; `confidence` is a percentage."""

    category: str
    source: CategorySource
    confidence: int = 100

    @property
    def said(self) -> str:
        """The source in words: "a guess from the title, 83 % sure"."""
        if self.source in _SAID:
            return translated(_SAID[self.source])
        return translated("a guess from the title, {percent} % sure", percent=self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChange:
    """What labelling changes about an item: the labels before and after that differ, by kind. `item` counts from 1."""

    account: str
    number: str
    item: int
    title: str
    before: Mapping[str, str | None]
    after: Mapping[str, str]
