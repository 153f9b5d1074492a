"""The entries of a form's year: its own, and earlier purchases whose refunds are in it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.filters import Filter
from assistant.domain.taxes.conversion import PURPOSE
from assistant.storage.books.read_entries import each
from assistant.storage.books.tables import PURCHASE, EntryRow


def entries_of_year(session: Session, accounts: Sequence[str], first: date, last: date) -> Iterator[Entry]:
    """Yield the business entries of these accounts (none: all) from `first` to `last`, oldest first."""
    yield from each(session, Filter(accounts=tuple(accounts), purpose=PURPOSE, since=first, until=last))


def earlier_purchases(session: Session, accounts: Sequence[str], first: date, last: date) -> Iterator[Entry]:
    """Yield the business purchases before `first` of orders that have a refund from `first` to `last`."""
    days = col(EntryRow.on).between(first.isoformat(), last.isoformat())
    refunded = select(col(EntryRow.order_id)).where(days, col(EntryRow.refund) != PURCHASE)
    before = Filter(accounts=tuple(accounts), purpose=PURPOSE, until=first - timedelta(days=1))
    yield from each(session, before, col(EntryRow.refund) == PURCHASE, col(EntryRow.order_id).in_(refunded))
