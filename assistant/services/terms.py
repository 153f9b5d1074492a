"""The ledger of terms by hand: what was seen of promotions, memberships, limits and reviews is listed, added, corrected, removed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.terms import SHAPES, Term, TermChange, TermKind
from assistant.domain.views import Page
from assistant.storage.accounts import register
from assistant.storage.cursors import part_of
from assistant.storage.engine import Database
from assistant.storage.tables import TermRow
from assistant.storage.terms import fill, term_of
from assistant.storage.unit_of_work import UnitOfWork

_SCOPES, _PLANS = ("account", "customer", "household"), ("trial", "paid")
_LONGEST_NAME, _LONGEST_DETAILS, _MOST_DETAILS = 200, 8000, 30


class Terms:
    """The list of terms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def terms(
        self,
        *,
        kind: TermKind | None = None,
        account: str | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int = 100,
    ) -> Page[Term]:
        """Return a page of terms, newest first; products that were merely looked at only when asked for. Raises NotFound, InvalidInput."""
        with self._database.reading() as session:
            wanted = [col(TermRow.kind) == kind.value if kind else col(TermRow.kind) != TermKind.PRODUCT.value]
            if account:
                wanted.append(col(TermRow.account_id) == register.account_row(session, account).id)
            total = session.scalar(select(func.count()).select_from(TermRow).where(*wanted)) or 0
            query = part_of(select(TermRow).where(*wanted), col(TermRow.id), cursor=cursor, offset=offset, limit=limit)
            rows, keys = session.scalars(query).all(), _keys(session)
            items = tuple(term_of(row, keys) for row in rows[:limit])
        return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)

    def add(self, term: Term) -> Term:
        """Keep what a person writes down. Raises InvalidInput for a term that lacks something, NotFound for an unknown account."""
        now = self._clock()
        with self._database.writing() as work:
            row = TermRow(kind=term.kind.value, what="", name="", seen_at=now.isoformat())
            return self._written(work, row, term)

    def edit(self, term_id: int, change: TermChange) -> Term:
        """Correct a term; from then on no page changes it. Raises NotFound, InvalidInput."""
        with self._database.writing() as work:
            row = _row(work.session, term_id)
            return self._written(work, row, _changed(term_of(row, _keys(work.session)), change))

    def remove(self, term_id: int) -> None:
        """Forget a term. Raises NotFound."""
        with self._database.writing() as work:
            work.session.delete(_row(work.session, term_id))
            work.tell(EventKind.ACCOUNT_CHANGED, term=term_id)
            work.commit()

    def _written(self, work: UnitOfWork, row: TermRow, term: Term) -> Term:
        _check(term)
        row.account_id = register.account_row(work.session, term.account).id if term.account else None
        fill(row, replace(term, what=term.what.strip()))
        row.by_hand = True
        work.session.add(row)
        work.session.flush()
        work.tell(EventKind.ACCOUNT_CHANGED, term=row.id)
        kept = term_of(row, _keys(work.session))
        work.commit()
        return kept


def _changed(term: Term, change: TermChange) -> Term:
    details = {name: value for name, value in {**term.details, **change.details}.items() if value is not None}
    return replace(
        term,
        what=change.what if change.what is not None else term.what,
        account=change.account or term.account,
        on=None if "on" in change.cleared else change.on or term.on,
        until=None if "until" in change.cleared else change.until or term.until,
        details=details,
    )


def _check(term: Term) -> None:
    """Refuse a term that no rule could use; the sentence says what to mend."""
    shape, details = SHAPES[term.kind], term.details
    if not 0 < len(term.what.strip()) <= _LONGEST_NAME:
        raise InvalidInput(f"Say what it is about (its {shape.what.replace('_', ' ')}), in at most {_LONGEST_NAME} signs.")
    if shape.owned and not term.account:
        raise InvalidInput(f"The kind '{term.kind.value}' belongs to an account. Name the account.")
    if not shape.owned and term.account:
        raise InvalidInput(f"The kind '{term.kind.value}' belongs to no account. Leave the account out.")
    if term.on and term.until and term.until < term.on:
        raise InvalidInput("It ends before it begins. Look at the two days again.")
    if details.get("scope") not in (None, *_SCOPES):
        raise InvalidInput(f"'{details['scope']}' is no scope. Choose one of {', '.join(_SCOPES)}.")
    if term.kind is TermKind.MEMBERSHIP and details.get("plan") not in _PLANS:
        raise InvalidInput("Say whether the membership is a trial or paid: plan=trial or plan=paid.")
    _check_limit(term.kind, details)
    if len(details) > _MOST_DETAILS or len(str(details)) > _LONGEST_DETAILS:
        raise InvalidInput("These details are too long. Keep what matters.")


def _check_limit(kind: TermKind, details: Mapping[str, Any]) -> None:
    limit = details.get("limit")
    whole = isinstance(limit, int) and not isinstance(limit, bool) and limit > 0
    if (limit is not None or kind is TermKind.LIMIT) and not whole:
        raise InvalidInput("Say how many are allowed, as a whole number from 1 up: limit=2.")


def _row(session: Session, term_id: int) -> TermRow:
    row = session.get(TermRow, term_id)
    if row is None:
        raise NotFound(f"There is no entry {term_id}. 'shopper terms list' shows them.")
    return row


def _keys(session: Session) -> dict[int, str]:
    return {row.id or 0: row.key for row in register.account_rows(session)}
