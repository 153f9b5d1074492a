"""The history of what people did: each command is one step that says who did what, when and why, and that can be undone.

Steps are only added. Undoing a step adds another one; undoing that one redoes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What a step did. The values are stored: never change them."""

    ACCOUNT_ADDED = "account-added"
    ACCOUNT_EDITED = "account-edited"
    ACCOUNT_LINKED = "account-linked"
    ACCOUNT_UNLINKED = "account-unlinked"
    ACCOUNT_MERGED = "account-merged"
    ACCOUNT_REMOVED = "account-removed"
    IMPORTED = "imported"
    IMPORT_REMOVED = "import-removed"
    ORDER_CORRECTED = "order-corrected"
    ORDER_CONFIRMED = "order-confirmed"
    ITEM_LABELLED = "item-labelled"
    RULE_CHANGED = "rule-changed"
    TERM_CHANGED = "term-changed"
    ITEM_SPLIT = "item-split"
    CLAIM_SETTLED = "claim-settled"
    STATEMENT_IMPORTED = "statement-imported"
    STATEMENT_MATCHED = "statement-matched"
    MONTH_CLOSED = "month-closed"
    TAX_CHANGED = "tax-changed"
    RECEIPT_CHANGED = "receipt-changed"
    WORDS_CHANGED = "words-changed"
    WARNING_DISMISSED = "warning-dismissed"
    BOOKS_RECOMPUTED = "books-recomputed"
    UNDONE = "undone"


LASTING = frozenset({Action.BOOKS_RECOMPUTED})
"""Steps of the program itself; there is nothing to undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command in the history. `what` and `why` are sentences; `undoes` is the step that this one undid or redid."""

    id: int
    at: datetime
    who: str
    action: Action
    what: str
    why: str = ""
    undone: bool = False
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who runs a command, and why. All transactions with the same `command` are one step; if empty, each is its own."""

    who: str = "you"
    why: str = ""
    command: str = ""


_AUTHOR: ContextVar[Author | None] = ContextVar("author", default=None)


def current_author() -> Author:
    """Return the author of the running command."""
    return _AUTHOR.get() or Author()


@contextmanager
def acting_as(author: Author) -> Iterator[None]:
    """Attribute everything inside the block to this author."""
    token = _AUTHOR.set(author)
    try:
        yield
    finally:
        _AUTHOR.reset(token)
