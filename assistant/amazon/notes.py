"""The context of a page while it is read, and the problems found on it."""

from dataclasses import dataclass, field
from datetime import date

from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.money import read_money
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.money import Money


@dataclass(slots=True, kw_only=True)
class Notes:
    """The page's marketplace, the day it was open (None for a saved page), and the problems met so far."""

    marketplace: Marketplace | None = None
    today: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def currency(self) -> str | None:
        """The marketplace's own currency, None if the marketplace is unknown."""
        return self.marketplace.currency if self.marketplace else None

    def problem(self, where: str, code: str, said: Sentence) -> None:
        """Record something that could not be read or that contradicts itself."""
        self.problems.append(Problem(where=where, code=code, said=said))

    def money(self, text: str, where: str) -> Money | None:
        """Return a printed amount. Empty text is None; other text that is not an amount is recorded as a problem."""
        found = read_money(text, self.currency) if text else None
        if text and found is None:
            self.problem(where, "unreadable", sentence_of("'{quote}' could not be read as an amount of money.", quote=text[:60]))
        return found

    def day(self, text: str, where: str, *, near: date | None = None) -> date | None:
        """Return a printed day. Empty text is None; other text without a certain day is recorded as a problem."""
        found = read_day(text, near=near) if text else None
        if text and found is None:
            self.problem(where, "unreadable", sentence_of("'{quote}' could not be read as a date.", quote=text[:60]))
        return found
