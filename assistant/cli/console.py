"""Console output: results to standard output as UTF-8, everything else to standard error."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from assistant.domain.languages.formats import decimal_text, full_day
from assistant.domain.languages.translating import translated
from assistant.domain.text import spreadsheet_safe

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.domain.money import Money

_PART = 500
"""How many rows are printed at once."""


class OutputGone(Exception):
    """Standard output cannot be written. `why` is None if its reader (head, less) closed it."""

    def __init__(self, why: str | None) -> None:
        """Store the reason."""
        super().__init__(why)
        self.why = why


def print_json(document: Any) -> None:
    """Print shapes, or builtins that hold shapes, as one JSON document, in UTF-8 regardless of the locale."""
    from assistant.wire.shape import builtins  # not needed by commands that print text

    _write(json.dumps(builtins(document), ensure_ascii=False, indent=1) + "\n")


def print_json_list(items: Iterable[Any]) -> None:
    """Print {"items", "next", "total"} as one document, a part at a time, so that a million items need little memory."""
    from assistant.wire.shape import encode  # not needed by commands that print text

    total, part = 0, ['{"items": [\n']
    for item in items:
        part.append(f"{',' if total else ''}{encode(item).decode()}\n")
        total += 1
        if len(part) >= _PART:
            _write("".join(part))
            part.clear()
    _write(f'{"".join(part)}], "next": null, "total": {total}}}\n')


_SENTENCES: list[bool] = []
"""Not empty once tables are written as sentences; the line mode is for the whole process."""


def write_sentences() -> None:
    """Write every table as one sentence for each row from now on: "account biz, date 2026-11-02, cost 19.49 USD."."""
    _SENTENCES.append(True)


def _print_sentences(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for count, row in enumerate(rows, start=1):
        said = (f"{name} {cell}".strip() for name, cell in zip(header, row, strict=True) if cell.strip())
        print_text(f"{count}. {', '.join(said)}.")


def print_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as CSV (RFC 4180); text that a spreadsheet would run as a formula gets an apostrophe."""
    import csv

    waiting: Iterator[Sequence[str]] = iter(rows)
    part: list[Sequence[str]] = [header]
    while part:
        lines = StringIO(newline="")
        csv.writer(lines).writerows([spreadsheet_safe(cell) for cell in row] for row in chain(part, islice(waiting, _PART)))
        _write(lines.getvalue())
        part = list(islice(waiting, 1))


def print_text(line: str = "") -> None:
    """Print a line of text, without control characters that a title may contain."""
    _write(_printable(line) + "\n")


def say(line: str) -> None:
    """Print progress, hints and failures to standard error."""
    # If started with the stream closed (`2>&-`), Python has none.
    if sys.stderr is not None:
        sys.stderr.write(_printable(line) + "\n")
        sys.stderr.flush()


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows in columns as wide as needed; the columns named in `right` are aligned to the right.

    The titles are English and are translated here: written as a tuple in the call, so that the catalogues get them.
    A million rows need little memory: they are printed a part at a time, and a later part may need wider columns.
    """
    titles = [translated(title) for title in header]
    if _SENTENCES:
        _print_sentences(titles, rows)
        return
    waiting: Iterator[Sequence[str]] = iter(rows)
    part: list[Sequence[str]] = [titles]
    widths = [0] * len(header)
    while part:
        part += islice(waiting, _PART)
        widths = [max(width, *(_width(row[column]) for row in part)) for column, width in enumerate(widths)]
        _write("".join(f"{_printable(_row(row, widths, right))}\n" for row in part))
        part = list(islice(waiting, 1))


def with_undo(sentence: str) -> str:
    """Return a sentence about a change, followed by the command that reverses it."""
    return f"{sentence} {translated('To reverse this: shopper undo')}"


def say_rest(shown: int, total: int, cursor: str | None) -> None:
    """Say how many entries of a list were shown, and how to get the rest, if there are more."""
    if cursor:
        say(translated("{shown} of {total}. More: --cursor '{cursor}'", shown=shown, total=total, cursor=cursor))


def shown_day(day: "date | None") -> str:
    """Return a day as a column shows it, "" for none: "2026-11-05" or "05.11.2026"."""
    return full_day(day) if day else ""


def shown_moment(at: "datetime") -> str:
    """Return an instant in the user's time zone, to the minute."""
    local = at.astimezone()
    return f"{full_day(local.date())} {local:%H:%M}"


def shown_amount(money: "Money | None") -> str:
    """Return an amount with the code of its currency, "" for none: "19.49 USD" or "19,49 EUR"."""
    return f"{decimal_text(money.decimal)} {money.currency}" if money else ""


def is_confirmed(question: str) -> bool:
    """Ask a question on standard error and return whether the answer is yes. An empty answer means no."""
    yes, no = translated("y"), translated("n")
    while True:
        answer = typed(f"{question} [{yes}/{no.upper()}]").casefold()
        if answer in (yes, translated("yes"), "y", "yes"):
            return True
        if answer in ("", no, translated("no"), "n", "no"):
            return False
        say(translated("Answer {yes} or {no}.", yes=yes, no=no))


def typed(question: str, *, hidden: bool = False) -> str:
    """Ask on standard error for a line of text and return it; what is typed is not shown if it is hidden. An empty answer is "" ."""
    import typer

    answer: str = typer.prompt(question, default="", show_default=False, hide_input=hidden, err=True)
    return answer.strip()


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    return "  ".join(_padded(cell, widths[column], right=column in right) for column, cell in enumerate(cells)).rstrip()


def _write(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        silence_output()
        raise OutputGone(None if isinstance(error, BrokenPipeError) else error.strerror) from error


def silence_output() -> None:
    """Write nothing more: the rest of the buffer would fail again when Python closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(sign for sign in line if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cf"))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
