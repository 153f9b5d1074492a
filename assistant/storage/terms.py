"""The ledger of terms: looking them up by thing or kind, and keeping what a page or a person says."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session, SQLModel, col

from assistant.domain.terms import SHAPES, Term, TermKind
from assistant.storage.prepared import Prepared
from assistant.storage.tables import TermRow

_MOST = 1000
_SAME_SPELL = timedelta(days=31)
"""A lasting term that ended longer ago than this is another one: the trial of three years ago is not this one."""

_TERMS = SQLModel.metadata.tables["terms"]
# Built once, over plain tables: every judged visit asks this.
_ABOUT = Prepared(
    select(_TERMS)
    .where(
        or_(
            _TERMS.c.name.in_(bindparam("names", expanding=True)),
            _TERMS.c.kind.in_(bindparam("kinds", expanding=True)),
        )
    )
    .order_by(_TERMS.c.seen_at.desc(), _TERMS.c.id.desc())
    .limit(_MOST)
)


def folded(what: str) -> str:
    """Return a thing's name for looking it up."""
    return what.strip().casefold()


def terms_about(session: Session, names: Iterable[str], kinds: Collection[TermKind], accounts: Mapping[int, str]) -> list[Term]:
    """Return the terms of these things, and all terms of these kinds, newest first; `accounts` are keys by row id."""
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
        on=date.fromisoformat(row.on) if row.on else None,
        until=date.fromisoformat(row.until) if row.until else None,
        details=dict(row.details),
        by_hand=row.by_hand,
        seen_at=datetime.fromisoformat(row.seen_at),
    )


def keep(session: Session, term: Term, account_id: int | None, visit_id: str | None, now: datetime) -> TermRow | None:
    """Keep what a page said; `now` is when it was open. A lasting term replaces its earlier sighting.

    None comes back where nothing changes: a person wrote it, or a page that was open later has told already.
    """
    known = _known(session, term, account_id, visit_id, now.date())
    if known is not None and (known.by_hand or datetime.fromisoformat(known.seen_at) > now):
        return None
    row = known or TermRow(kind=term.kind.value, account_id=account_id, what=term.what, name=folded(term.what), seen_at=now.isoformat())
    fill(row, term, earlier=known)
    row.visit_id, row.seen_at = visit_id, now.isoformat()
    session.add(row)
    return row


def fill(row: TermRow, term: Term, *, earlier: TermRow | None = None) -> None:
    """Write a term's days and details into a row; a day that a later page does not print stays as an earlier one printed it."""
    on = term.on.isoformat() if term.on else None
    until = term.until.isoformat() if term.until else None
    row.what, row.name = term.what, folded(term.what)
    row.on = (earlier.on or on) if earlier is not None else on
    row.until, row.details = until, {name: value for name, value in term.details.items() if value is not None}


def _known(session: Session, term: Term, account_id: int | None, visit_id: str | None, today: date) -> TermRow | None:
    """Return the row that this sighting is about: of a lasting term its newest, else one of the very same visit."""
    same = select(TermRow).where(col(TermRow.name) == folded(term.what), col(TermRow.kind) == term.kind.value)
    same = same.where(col(TermRow.account_id) == account_id if account_id is not None else col(TermRow.account_id).is_(None))
    if not SHAPES[term.kind].lasting:
        return session.scalars(same.where(col(TermRow.visit_id) == visit_id)).first()
    oldest = (today - _SAME_SPELL).isoformat()
    rows = session.scalars(same.order_by(col(TermRow.id).desc())).all()
    plan = term.details.get("plan")
    return next((row for row in rows if row.details.get("plan") == plan and (row.until is None or row.until >= oldest)), None)
