"""Where a list goes on: the last id of the page before."""

from assistant.domain.errors import InvalidInput

_LONGEST = 18
"""Digits of a row's id; any database holds that many."""


def id_of(cursor: str) -> int:
    """Return the id that a cursor holds. Raises InvalidInput for what no list has given out."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= _LONGEST):
        raise InvalidInput("The cursor is not one of this list. Start again without it.")
    return int(cursor)
