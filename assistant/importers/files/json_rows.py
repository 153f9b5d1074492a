"""A list of objects as a sheet: `Retail.OrderHistory.1.json` as Amazon wrote it in late 2023, and the lists of other tools."""

import json
from collections.abc import Iterator
from typing import Any

from assistant.importers.files.sheets import Sheet

MOST_BYTES = 64 << 20


def json_sheet(name: str, content: bytes) -> Sheet | None:
    """Read a list of JSON objects as rows under named columns; None for other content.

    The list may be the only value of an object, a single object is a list of one. Nested values stay JSON text in their cell.
    """
    start = content[:64].removeprefix(b"\xef\xbb\xbf").split()
    if not start or not start[0].startswith((b"[", b"{")) or len(content) > MOST_BYTES:
        return None
    try:
        # Numbers stay text, because money is never a float.
        rows = json.loads(content, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if isinstance(rows, dict) and len(rows) == 1:
        (rows,) = rows.values()
    rows = [rows] if isinstance(rows, dict) else rows
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    header = list(dict.fromkeys(column for row in rows for column in row))
    return Sheet(name, header, _cells(header, rows), first=1)


def _cells(header: list[str], rows: list[dict[str, Any]]) -> Iterator[list[str]]:
    return ([_cell(row.get(column)) for column in header] for row in rows)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        # JSON can contain half a surrogate pair, which cannot be stored.
        return value.encode("utf-8", "replace").decode()
    return "" if value is None else json.dumps(value)
