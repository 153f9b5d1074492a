"""The filter language on lists that are not orders: imports, the history, rules, terms, questions, claims, statements."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter, Page
from assistant.domain.languages.translating import translated
from assistant.domain.rows.row_facts import KEYS
from assistant.domain.rows.row_filter import RowFacts, check_keys, matches
from assistant.services.accounts.register import Accounts

T = TypeVar("T")
_DIGITS = 9


def search(rows: Iterable[T], facts: Callable[[T], RowFacts], found: Filter, *, what: str, accounts: Accounts) -> list[T]:
    """Return the rows that match a filter. `what` is a name of KEYS.

    Raises InvalidInput for a key that these rows do not know, NotFound for an account that is not registered.
    """
    check_keys(found, KEYS[what], what)
    wanted = _with_keys(found, accounts)
    return [row for row in rows if matches(wanted, facts(row))]


def part_of(found: Sequence[T], cursor: str | None, limit: int) -> Page[T]:
    """Return a part of the rows that were found. A cursor is the number of rows before it. Raises InvalidInput for another one."""
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= _DIGITS):
        raise InvalidInput(
            translated("'{cursor}' is not a cursor of this list. Take the one that the part before it ends with.", cursor=cursor[:40])
        )
    start = int(cursor or 0)
    end = start + limit
    return Page(items=tuple(found[start:end]), next=str(end) if end < len(found) else None, total=len(found))


def every(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the rows of all pages of a list; `page` returns the page at a cursor, None for the first."""
    cursor: str | None = None
    while True:
        read = page(cursor)
        yield from read.items
        if read.next is None:
            return
        cursor = read.next


def _with_keys(found: Filter, accounts: Accounts) -> Filter:
    """Return a filter with the keys of the accounts that it names."""
    return replace(
        found,
        accounts=tuple(accounts.get(name).key for name in found.accounts),
        without=tuple(_with_keys(part, accounts) for part in found.without),
        either=tuple(tuple(_with_keys(part, accounts) for part in group) for group in found.either),
    )
