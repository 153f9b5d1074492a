"""Where text goes: results to standard output as UTF-8, everything else to standard error."""

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.domain.text import spreadsheet_safe


def print_json(document: Any) -> None:
    """Print one JSON document, UTF-8 whatever the locale."""
    _write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def print_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as CSV (RFC 4180); text that a spreadsheet would run as a formula gets an apostrophe."""
    writer = csv.writer(_Lines())
    writer.writerow(header)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)


def print_text(line: str = "") -> None:
    """Print a line for a person; control characters that a seller may have planted are dropped."""
    _write("".join(sign for sign in line if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cf")) + "\n")


def say(line: str) -> None:
    """Tell a person something that is no result: progress, hints, failures."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows in columns as wide as needed; the columns named in `right` are aligned to the right."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(header))]
    for row in table:
        cells = [_padded(cell, widths[column], right=column in right) for column, cell in enumerate(row)]
        print_text("  ".join(cells).rstrip())


class _Lines:
    """What `csv.writer` writes to."""

    def write(self, text: str) -> int:
        """Write to standard output."""
        _write(text)
        return len(text)


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
