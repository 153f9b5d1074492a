"""Categories of products, and their sources."""

from dataclasses import dataclass
from enum import StrEnum

CATEGORIES = (
    "office", "electronics", "tools", "kitchen", "home", "grocery", "consumable", "beauty", "clothing", "toys", "baby", "pet", "games",
    "sports", "garden", "automotive", "jewelry", "books", "crafts", "medical", "music",
)  # fmt: skip
"""The usual categories; users may write their own."""


class CategorySource(StrEnum):
    """Where a category comes from, strongest first."""

    YOURS = "yours"
    RULE = "rule"
    KNOWN = "known"
    REPORT = "report"
    PAGE = "page"
    GUESS = "guess"


_SAID = {
    CategorySource.YOURS: "you said so",
    CategorySource.RULE: "by your rule",
    CategorySource.KNOWN: "you said so for the same product",
    CategorySource.REPORT: "by the business report",
    CategorySource.PAGE: "by the product page",
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
        return _SAID.get(self.source, f"a guess from the title, {self.confidence} % sure")
