"""Pages of a list, newest first: after the last id of the previous page, or by offset."""

from typing import Any

from sqlalchemy import Select

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

_LONGEST = 18
"""Digits of a row id that fit into any database."""


def id_of(cursor: str) -> int:
    """Return the id in a cursor. Raises InvalidInput for anything else."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= _LONGEST):
        raise InvalidInput(translated("The cursor does not belong to this list. Start again without it."))
    return int(cursor)


def part_of(query: Select[Any], ids: Any, *, cursor: str | None, offset: int | None, limit: int) -> Select[Any]:
    """Return the query for one part by descending id; it returns one extra row if more follow. Raises InvalidInput."""
    part = query.order_by(ids.desc()).limit(limit + 1)
    return part.where(ids < id_of(cursor)) if cursor else part.offset(offset or 0)
