"""A CSV file as columns found by name: whatever its encoding, separator, order of columns or damage."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.domain.documents import Problem

csv.field_size_limit(1 << 20)


def column_key(name: str) -> str:
    """Return a column's name for comparing: lower case, letters and digits only ("Order ID" = "OrderId")."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


def decoded(content: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


@dataclass(slots=True)
class Sheet:
    """Rows under named columns. `problems` fill while the rows are read."""

    name: str
    columns: dict[str, int]
    header: list[str]
    _rows: Iterator[list[str]]
    problems: list[Problem] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Tell whether all these columns are there."""
        return all(column_key(name) in self.columns for name in names)

    def at(self, *names: str) -> int:
        """Return the place of the first of these columns that is there, else of an always empty one."""
        return next((self.columns[key] for key in map(column_key, names) if key in self.columns), len(self.header))

    def rows(self, wide: str | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and cells, one empty cell added at the end for columns that are not there.

        `wide` names the free-text column that unquoted commas may have torn apart.
        """
        width, torn = len(self.header), self.at(wide) if wide else -1
        number = 1
        try:
            for number, row in enumerate(self._rows, 2):
                if len(row) == width:
                    row.append("")
                    yield number, row
                elif any(row):
                    mended = self._mended(number, row, width, torn)
                    if mended:
                        yield number, mended
        except csv.Error as error:
            self.problems.append(
                Problem(where=f"{self.name}, row {number + 1}", code="unreadable", text=f"The file breaks off here: {error}.")
            )

    def _mended(self, number: int, row: list[str], width: int, torn: int) -> list[str] | None:
        extra = len(row) - width
        if extra > 0 and 0 <= torn < width:
            return [*row[:torn], ",".join(row[torn : torn + extra + 1]), *row[torn + extra + 1 :], ""]
        self.problems.append(
            Problem(where=f"{self.name}, row {number}", code="damaged-row", text=f"The row has {len(row)} cells, the header {width}.")
        )
        # The last cell of a row that breaks off may be half a value.
        return [*row[: min(len(row) - 1, width)], *[""] * (width + 1 - min(len(row) - 1, width))] if extra < 0 else None


def sheet(name: str, content: bytes) -> Sheet | None:
    """Read a file as CSV, or return None when it is none: binary, HTML, JSON, or a single column."""
    head = content[:4096]
    if head.lstrip()[:1] in (b"<", b"{", b"[") or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return None
    text = decoded(content)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    if not first.count(separator):
        return None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [cell.strip() for cell in next(rows)]
    except (StopIteration, csv.Error):
        return None
    columns: dict[str, int] = {}
    for place, title in enumerate(header):
        columns.setdefault(column_key(title), place)
    return Sheet(name=name, columns=columns, header=header, _rows=rows)
