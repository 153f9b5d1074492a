"""Terms (promotions, memberships, limits, reviews): look them up by name or kind, store what a page shows or a person notes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import Session, SQLModel, col

from assistant.domain.days import stored_day
from assistant.domain.errors import NotFound
from assistant.domain.filters import Page
from assistant.domain.languages.translating import translated
from assistant.domain.terms import SHAPES, Term, TermKind
from assistant.storage.accounts.register import account_keys
from assistant.storage.cursors import part_of
from assistant.storage.prepared import Prepared, at_most
from assistant.storage.tables import TermRow

_MOST = 1000
_SAME_SPELL = timedelta(days=31)
"""A lasting term that ended longer ago is a different one: a trial of three years ago is not today's."""

_TERMS = SQLModel.metadata.tables["terms"]
# Built once, over plain tables, because every judged visit runs it.
_ABOUT = Prepared(
    select(_TERMS)
    .where(
        or_(
            _TERMS.c.name.in_(bindparam("names", expanding=True)),
            _TERMS.c.kind.in_(bindparam("kinds", expanding=True)),
        )
    )
    .order_by(_TERMS.c.seen_at.desc(), _TERMS.c.id.desc())
    .limit(at_most(_MOST))
)


def folded(what: str) -> str:
    """Return a name in the form in which it is looked up."""
    return what.strip().casefold()


def terms_about(session: Session, names: Iterable[str], kinds: Collection[TermKind], accounts: Mapping[int, str]) -> list[Term]:
    """Return the terms with these names and all terms of these kinds, newest first; `accounts` are keys by row id."""
    wanted = {"names": sorted({folded(name) for name in names}), "kinds": [kind.value for kind in kinds]}
    rows = _ABOUT.rows(session, **wanted) if wanted["names"] or wanted["kinds"] else ()
    return [term_of(row, accounts) for row in rows if row.account_id is None or row.account_id in accounts]


def term_of(row: Any, accounts: Mapping[int, str]) -> Term:
    """Return a row as the domain's term."""
    return Term(
        id=row.id,
        kind=TermKind(row.kind),
        account=accounts.get(row.account_id) if row.account_id is not None else None,
        what=row.what,
        on=stored_day(row.on),
        until=stored_day(row.until),
        details=dict(row.details),
        by_hand=row.by_hand,
        seen_at=datetime.fromisoformat(row.seen_at),
    )


def list_terms(
    session: Session, *, kind: TermKind | None, account_id: int | None, cursor: str | None, offset: int | None, limit: int
) -> Page[Term]:
    """Return a page of terms, newest first; without a kind all except viewed products. Raises InvalidInput."""
    wanted = [col(TermRow.kind) == kind.value if kind else col(TermRow.kind) != TermKind.PRODUCT.value]
    if account_id is not None:
        wanted.append(col(TermRow.account_id) == account_id)
    total = session.scalar(select(func.count()).select_from(TermRow).where(*wanted)) or 0
    rows = session.scalars(part_of(select(TermRow).where(*wanted), col(TermRow.id), cursor=cursor, offset=offset, limit=limit)).all()
    keys = account_keys(session)
    items = tuple(term_of(row, keys) for row in rows[:limit])
    return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)


def term(session: Session, term_id: int) -> Term:
    """Return a term. Raises NotFound."""
    return term_of(_term_row(session, term_id), account_keys(session))


def write_term(session: Session, written: Term, account_id: int | None, now: datetime) -> Term:
    """Store a term that a person wrote: with an id it replaces that term, else it is new. Raises NotFound."""
    row = _term_row(session, written.id) if written.id else TermRow(kind=written.kind.value, what="", name="", seen_at=now.isoformat())
    row.account_id, row.by_hand = account_id, True
    _fill(row, written)
    session.add(row)
    session.flush()
    return term_of(row, account_keys(session))


def delete_term(session: Session, term_id: int) -> None:
    """Delete a term. Raises NotFound."""
    session.delete(_term_row(session, term_id))
    session.flush()


def _term_row(session: Session, term_id: int) -> TermRow:
    row = session.get(TermRow, term_id)
    if row is None:
        raise NotFound(translated("There is no entry {term_id}. 'shopper terms list' shows them.", term_id=term_id))
    return row


def keep(session: Session, term: Term, account_id: int | None, visit_id: str | None, now: datetime) -> None:
    """Store a term from a page; `now` is when it was open. A lasting term replaces its earlier sighting.

    Nothing changes if a person wrote the term, or if a later page was stored already.
    """
    known = _known(session, term, account_id, visit_id, now.date())
    if known is not None and (known.by_hand or datetime.fromisoformat(known.seen_at) > now):
        return
    row = known or TermRow(kind=term.kind.value, account_id=account_id, what=term.what, name=folded(term.what), seen_at=now.isoformat())
    _fill(row, term, earlier=known)
    row.visit_id, row.seen_at = visit_id, now.isoformat()
    session.add(row)


def _fill(row: TermRow, term: Term, *, earlier: TermRow | None = None) -> None:
    """Write a term's days and details into a row; a day that the page does not print stays."""
    on = term.on.isoformat() if term.on else None
    until = term.until.isoformat() if term.until else None
    row.what, row.name = term.what, folded(term.what)
    row.on = (earlier.on or on) if earlier is not None else on
    row.until, row.details = until, {name: value for name, value in term.details.items() if value is not None}


def _known(session: Session, term: Term, account_id: int | None, visit_id: str | None, today: date) -> TermRow | None:
    """Return the row of the same term: the newest of a lasting term, else that of the same visit."""
    same = select(TermRow).where(col(TermRow.name) == folded(term.what), col(TermRow.kind) == term.kind.value)
    same = same.where(col(TermRow.account_id) == account_id if account_id is not None else col(TermRow.account_id).is_(None))
    if not SHAPES[term.kind].lasting:
        return session.scalars(same.where(col(TermRow.visit_id) == visit_id)).first()
    oldest = (today - _SAME_SPELL).isoformat()
    rows = session.scalars(same.order_by(col(TermRow.id).desc())).all()
    plan = term.details.get("plan")
    return next((row for row in rows if row.details.get("plan") == plan and (row.until is None or row.until >= oldest)), None)
