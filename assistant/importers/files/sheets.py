"""Reads a file of rows with columns found by name, in any encoding, separator and column order, even if damaged."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from assistant.domain.languages.sentences import sentence_of
from assistant.importers.files.cells import Remembered
from assistant.importers.files.encodings import encoding_of
from assistant.importers.files.problems import FileProblems

MOST_CELL = 1 << 20
MOST_HEADER = 1 << 16
csv.field_size_limit(MOST_CELL)


def column_key(name: str) -> str:
    """Return a column's name for comparing: lower case, letters and digits only ("Order ID" = "OrderId")."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


class Sheet:
    """Rows under named columns. `notes` fill while the rows are read, which is possible only once."""

    def __init__(self, name: str, header: list[str], rows: Iterator[list[str]], first: int = 2, separator: str = ",") -> None:
        """Create a sheet from the rows below a header; `first` is the number of the first row."""
        self.name = name
        self.first = first
        self.separator = separator
        self.header = header
        self.notes = FileProblems(name)
        self._rows, self._width = rows, len(header)
        self._places = Remembered(self._place)
        self._columns: dict[str, int] = {}
        for place, title in enumerate(header):
            self._columns.setdefault(column_key(title), place)

    def has(self, *names: str) -> bool:
        """Return whether the sheet has all these columns."""
        return all(column_key(name) in self._columns for name in names)

    def name_also(self, names: Mapping[str, Sequence[str]]) -> None:
        """Add other names for columns: each key finds the column with one of its names, unless a column has the key itself."""
        for name, others in names.items():
            place = next((self._columns[key] for key in map(column_key, others) if key in self._columns), None)
            if place is not None:
                self._columns.setdefault(column_key(name), place)
        self._places.clear()

    def at(self, *names: str) -> int:
        """Return the position of the first of these columns in the sheet, or else of an empty column."""
        return self._places[names]

    def _place(self, names: tuple[str, ...]) -> int:
        return next((self._columns[key] for key in map(column_key, names) if key in self._columns), self._width)

    def rows(self, *wide: str | None, fits: Callable[[list[str]], bool] | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and cells, one empty cell added at the end for columns that are not there.

        `wide` names the free-text columns that unquoted commas may have split; `fits` returns whether a repaired row
        can be right.
        """
        width = self._width
        torn = [place for name in wide if name and (place := self.at(name)) < width]
        number = self.first - 1
        try:
            for number, row in enumerate(self._rows, self.first):
                if len(row) == width:
                    row.append("")
                    yield number, row
                elif any(row):
                    mended = self._mended(number, row, torn, fits)
                    if mended:
                        yield number, mended
        except csv.Error as error:
            self.notes.add(
                f"{self.name}, row {number + 1}", "unreadable", sentence_of("The file ends too early here: {error}.", error=str(error))
            )

    def _mended(self, number: int, row: list[str], torn: Sequence[int], fits: Callable[[list[str]], bool] | None) -> list[str] | None:
        width = self._width
        extra = len(row) - width
        if extra > 0:
            rows = [[*row[:at], ",".join(row[at : at + extra + 1]), *row[at + extra + 1 :], ""] for at in torn]
            fitting = [(at, mended) for at, mended in zip(torn, rows, strict=True) if fits is None or fits(mended)]
            # People write a space after a comma.
            written = [mended for at, mended in fitting if all(part.startswith(" ") for part in row[at + 1 : at + extra + 1])]
            if fitting:
                return written[0] if written else fitting[0][1]
        self.notes.add(
            f"{self.name}, row {number}",
            "damaged-row",
            sentence_of("The row has {count} cells, but the header has {width}.", count=len(row), width=width),
        )
        # The last cell of an incomplete row may be half a value.
        return [*row[:-1], *[""] * (width + 2 - len(row))] if extra < 0 else None


def sheet(name: str, content: bytes) -> Sheet | None:
    """Read a file as CSV; None for other files: binary, HTML, JSON, or a single column."""
    encoding = encoding_of(content)
    if encoding is None:
        return None
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")
    # Bounded pieces, so that a file without line breaks never becomes one string.
    lines = iter(partial(stream.readline, MOST_CELL), "")
    skipped, first = _first_line(lines)
    separator = max(",;\t", key=first.count)
    if not first.count(separator) or len(first) > MOST_HEADER or first.lstrip()[:1] in ("<", "{", "["):
        return None
    rows = csv.reader(chain((first,), lines), delimiter=separator)
    try:
        header = next(rows)
    except (StopIteration, csv.Error):
        return None
    return Sheet(name, header, rows, skipped + 2, separator)


def _first_line(lines: Iterator[str]) -> tuple[int, str]:
    """Return the header's line, and how many came before it: empty ones, and the separator as Excel notes it."""
    for skipped, line in enumerate(lines):
        if line.strip() and not line.startswith("sep="):
            return skipped, line
    return 0, ""
