"""Problems of one file, told without end: the first of each kind one by one, the rest as a count."""

from collections import Counter

from assistant.domain.documents import Problem
from assistant.domain.text import clean_text

MOST_OF_A_KIND = 20
_LONGEST_QUOTE = 60


class FileProblems:
    """What could not be read in a file of this name."""

    def __init__(self, name: str) -> None:
        """Start with nothing to tell."""
        self._name = name
        self._problems: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, where: str, code: str, text: str, *, about: str = "") -> None:
        """Note a problem; `about` parts the problems of one code into kinds that are counted apart."""
        self._counts[code, about] += 1
        if self._counts[code, about] <= MOST_OF_A_KIND:
            self._problems.append(Problem(where=where, code=code, text=text))

    def unreadable(self, line: int, column: str, cell: str) -> None:
        """Note that a cell is no such thing as its column holds."""
        self.add(f"{self._name}, row {line}, {column}", "unreadable", f"{quoted(cell)} is no {column.lower()}.", about=column)

    @property
    def problems(self) -> list[Problem]:
        """The problems in the order they were found, and how many more there are of each kind."""
        more = [
            Problem(where=", ".join(filter(None, (self._name, about))), code=code, text=f"{count - MOST_OF_A_KIND} more like these.")
            for (code, about), count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return self._problems + more


def quoted(cell: str) -> str:
    """Return the beginning of a cell, safe to show, in quotation marks."""
    return f"'{clean_text(cell)[:_LONGEST_QUOTE]}'"
