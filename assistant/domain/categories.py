"""What kind of thing something is, and who says so."""

from dataclasses import dataclass
from enum import StrEnum

CATEGORIES = (
    "office", "electronics", "tools", "kitchen", "home", "grocery", "consumable", "beauty", "clothing", "toys", "baby", "pet", "games",
    "sports", "garden", "automotive", "jewelry", "books", "crafts", "medical", "music",
)  # fmt: skip
"""The usual words; the user may write any other."""


class Source(StrEnum):
    """Who says so, the strongest first."""

    YOURS = "yours"
    RULE = "rule"
    KNOWN = "known"
    REPORT = "report"
    PAGE = "page"
    GUESS = "guess"


_SAID = {
    Source.YOURS: "you said so",
    Source.RULE: "by your rule",
    Source.KNOWN: "you said so of the same thing",
    Source.REPORT: "by the business report",
    Source.PAGE: "by the product page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The category of a thing, with its source; `confidence` is a percentage."""

    category: str
    source: Source
    confidence: int = 100

    @property
    def said(self) -> str:
        """Who says so, in words: "a guess from the title, 83 % sure"."""
        return _SAID.get(self.source, f"a guess from the title, {self.confidence} % sure")
