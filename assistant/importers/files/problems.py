"""Collects the problems of one file: the first of each kind one by one, the rest as a count."""

from collections import Counter

from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.text import clean_text

MOST_OF_A_KIND = 20
_LONGEST_QUOTE = 60


class FileProblems:
    """The problems in the file `name`."""

    def __init__(self, name: str) -> None:
        """Create an empty collection."""
        self._name = name
        self._problems: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, where: str, code: str, said: Sentence, *, about: str = "") -> None:
        """Add a problem. `about` splits the problems of one code into kinds that are counted separately."""
        self._counts[code, about] += 1
        if self._counts[code, about] <= MOST_OF_A_KIND:
            self._problems.append(Problem(where=where, code=code, said=said))

    def unreadable(self, line: int, column: str, cell: str) -> None:
        """Add the problem that a cell is not a value of its column's type."""
        self.add(
            f"{self._name}, row {line}, {column}",
            "unreadable",
            sentence_of("{quote} is not a valid {column}.", quote=quoted(cell), column=column.lower()),
            about=column,
        )

    @property
    def problems(self) -> list[Problem]:
        """The problems in the order they were found, and how many more there are of each kind."""
        more = [
            Problem(
                where=", ".join(filter(None, (self._name, about))),
                code=code,
                said=sentence_of("{count} more like these.", count=count - MOST_OF_A_KIND),
            )
            for (code, about), count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return self._problems + more


def quoted(cell: str) -> str:
    """Return the beginning of a cell, safe to show, in quotation marks."""
    return f"'{clean_text(cell)[:_LONGEST_QUOTE]}'"
