"""Splits a data export that is too large to be read at once into pieces, each with all rows of its orders.

The rows are copied as bytes into temporary files, by order number. A row of another piece leaves an empty line, so that problems
still name the row of the original file. Digital files name orders in several ways, so they stay whole, with all digital orders.
"""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from assistant.importers.amazon_export.digital_orders import DigitalOrders
from assistant.importers.amazon_export.refunds import Refunds, Returns
from assistant.importers.amazon_export.retail_orders import RetailOrders
from assistant.importers.base import Importer
from assistant.importers.files.bundle import MOST_FILES, MOST_RATIO, Bundle, is_read
from assistant.importers.files.cells import order_number
from assistant.importers.files.encodings import encoding_of
from assistant.importers.files.sheets import MOST_CELL, Sheet, sheet

LARGE_BYTES, PIECE_BYTES = 40 << 20, 16 << 20
"""Size from which an export is read in pieces, and about how large a piece is."""
MOST_LARGE_BYTES = 1 << 30
_HEAD = 1 << 16
_BY_ORDER = (RetailOrders, Refunds, Returns)
_BY_BYTE = ("utf-8", "utf-8-sig", "cp1252")
_FAULTS = (zipfile.BadZipFile, zlib.error, csv.Error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

Open = Callable[[], IO[bytes]]


class _Member(NamedTuple):
    """A file of the export; `column` is that of its order numbers, None for a digital file; `header` counts the lines above its rows."""

    name: str
    open: Open
    size: int
    column: int | None
    separator: str
    header: int


def pieces_of(path: Path, claims: Callable[[Sheet], Sequence[Importer]]) -> Iterator[Bundle] | None:
    """Return the pieces of a very large export, a CSV file or a zip of them. `claims` returns the importers of a sheet.

    Return None for everything else and for a damaged export: reading it at once says what is wrong.
    """
    try:
        if not path.is_file() or path.stat().st_size * MOST_RATIO <= LARGE_BYTES:
            return None
        if not zipfile.is_zipfile(path):
            return _split(path.name, [(path.name, lambda: path.open("rb"), path.stat().st_size)], claims, many=False)
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if is_read(entry.filename)]
            if len(entries) > MOST_FILES or any(entry.flag_bits & 1 or entry.filename.startswith("/") for entry in entries):
                return None
            if any(entry.file_size > MOST_RATIO * max(entry.compress_size, _HEAD) for entry in entries):
                return None
            files: list[tuple[str, Open, int]] = [(one.filename, partial(archive.open, one), one.file_size) for one in entries]
            return _split(path.name, files, claims, many=True)
    except _FAULTS:
        return None


def _split(
    name: str, files: Sequence[tuple[str, Open, int]], claims: Callable[[Sheet], Sequence[Importer]], *, many: bool
) -> Iterator[Bundle] | None:
    size = sum(length for _, _, length in files)
    if not LARGE_BYTES < size <= MOST_LARGE_BYTES or not all(inner.lower().endswith(".csv") for inner, _, _ in files):
        return None
    members = []
    for inner, opened, length in sorted(files, key=lambda file: file[0]):
        with opened() as stream:
            head = stream.read(_HEAD)
        table = sheet(inner, head)
        importers = claims(table) if table is not None else ()
        if table is None or not importers:
            continue
        if encoding_of(head) not in _BY_BYTE or len(importers) > 1 or not isinstance(importers[0], (*_BY_ORDER, DigitalOrders)):
            return None
        column = table.at("Order ID") if isinstance(importers[0], _BY_ORDER) else None
        members.append(_Member(inner, opened, length, column, table.separator, table.first - 1))
    count = size // PIECE_BYTES + 1
    # Temporary files without a name: nothing is left behind if this process is killed.
    copies = [
        [TemporaryFile() for _ in range(count if member.column is not None else 1)]  # noqa: SIM115  # `_bundles` closes them
        for member in members
    ]
    for member, pieces in zip(members, copies, strict=True):
        with member.open() as stream:
            _copy(member, stream, pieces)
    return _bundles(name, members, copies, count, many=many) if members else None


def _copy(member: _Member, stream: IO[bytes], pieces: Sequence[IO[bytes]]) -> None:
    """Copy the records of a file to its pieces. Raises csv.Error, ValueError if it is longer than its zip says."""
    raw: list[bytes] = []

    def lines() -> Iterator[str]:
        left = member.size
        while line := stream.readline(MOST_CELL):
            left -= len(line)
            if left < 0:
                raise ValueError("The file is longer than its zip says.")
            raw.append(line)
            # Each byte becomes a letter: separators, quotation marks and order numbers are ASCII in every encoding of `_BY_BYTE`.
            yield line.decode("latin-1")

    waiting = lines()
    for line in islice(waiting, member.header if member.column is not None else None):
        raw.clear()
        for piece in pieces:
            piece.write(line.encode("latin-1"))
    for row in csv.reader(waiting, delimiter=member.separator):
        own = _piece_of(row, member.column or 0, len(pieces))
        for place, piece in enumerate(pieces):
            piece.write(b"".join(raw) if own in (place, None) else b"\n")
        raw.clear()


def _piece_of(row: Sequence[str], column: int, count: int) -> int | None:
    """Return the piece that a row belongs to; None for an empty row, which all have."""
    if not row:
        return None
    number = (order_number(row[column]) if column < len(row) else None) or ""
    return 0 if number.startswith("D") else zlib.crc32(number.encode()) % count


def _bundles(name: str, members: Sequence[_Member], copies: Sequence[Sequence[IO[bytes]]], count: int, *, many: bool) -> Iterator[Bundle]:
    for place in range(count):
        piece = Bundle(name=name, many=many)
        for member, files in zip(members, copies, strict=True):
            if place < len(files):
                with files[place] as copy:
                    copy.seek(0)
                    piece.take(member.name, copy.read())
        yield piece
