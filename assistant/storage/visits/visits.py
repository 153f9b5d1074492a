"""Visits as rows, and what judging needs from earlier ones: the last identity of a sign-in, the cart of a tab."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import Session, SQLModel, col

from assistant.domain.judging.verdict import Choice
from assistant.domain.pages.visit import SignIn
from assistant.storage.prepared import Prepared, at_most
from assistant.storage.tables import AlertRow, VisitRow
from assistant.wire.shape import encode

# Statements used by every visit are built once, over plain tables: building them and mapping objects costs more than running them.
_VISITS = SQLModel.metadata.tables["visits"]
_OUTBOX = SQLModel.metadata.tables["outbox"]
_NEWEST_EVENT = select(func.coalesce(func.max(_OUTBOX.c.id), 0).label("newest"))
_NEWEST_TIME = select(_OUTBOX.c.at).order_by(_OUTBOX.c.id.desc()).limit(at_most(1))
_NEWEST = select(_NEWEST_EVENT.scalar_subquery().label("newest"), _NEWEST_TIME.scalar_subquery().label("at")).subquery()
_OUTSET = Prepared(
    select(_NEWEST.c.newest, _NEWEST.c.at, _VISITS.c.client_id, _VISITS.c.reply).select_from(
        _NEWEST.outerjoin(_VISITS, _VISITS.c.id == bindparam("visit"))
    )
)
_KEEP = Prepared(insert(_VISITS))
_OF_SIGN_IN = (
    (_VISITS.c.client_id == bindparam("client"))
    & (_VISITS.c.store == bindparam("store"))
    & (_VISITS.c.host == bindparam("marketplace"))
    & (_VISITS.c.at >= bindparam("since"))
    & (_VISITS.c.at <= bindparam("until"))
)
_LAST_IDENTITY = Prepared(
    select(_VISITS.c.customer_id, _VISITS.c.at)
    .where(_OF_SIGN_IN, _VISITS.c.customer_id.is_not(None))
    .order_by(_VISITS.c.at.desc())
    .limit(at_most(1))
)
_LAST_OF_TAB = Prepared(
    select(_VISITS.c.id, _VISITS.c.account_id, _VISITS.c.at, _VISITS.c.tab, _VISITS.c.store, _VISITS.c.facts)
    .where(_OF_SIGN_IN, _VISITS.c.tab == bindparam("tab"), _VISITS.c.kind == bindparam("kind"))
    .order_by(_VISITS.c.at.desc())
    .limit(at_most(1))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVisit:
    """A stored visit; `at` is an instant in ISO format, `host` the marketplace.

    `customer_id` "": the page said "signed out", which ends the identity of earlier pages; None: it showed nothing.
    """

    id: str
    client_id: str
    at: str
    tab: int
    store: str
    kind: str
    host: str
    customer_id: str | None
    account_id: int | None
    facts: Mapping[str, Any]
    reply: Mapping[str, Any]

    @property
    def sign_in(self) -> SignIn:
        """The sign-in that the visit belongs to."""
        return SignIn(self.client_id, self.store, self.host)


_KEPT = tuple(field.name for field in fields(KeptVisit) if field.name not in ("facts", "reply"))


def outset(session: Session, visit_id: str) -> tuple[tuple[int, str | None], str | None, Mapping[str, Any] | None]:
    """Return id and time of the newest event (0, None if there is none), and client and reply of this visit (None, None for a new id)."""
    newest, at, client_id, reply = _OUTSET.first(session, visit=visit_id)
    return (newest, at), client_id, reply


def newest_event(session: Session) -> int:
    """Return the newest event's id, 0 for none."""
    return session.connection().scalar(_NEWEST_EVENT) or 0


def keep_visit(session: Session, kept: KeptVisit) -> None:
    """Insert a visit; its id must be new."""
    # Not `asdict`: it copies the whole reply.
    values = {name: getattr(kept, name) for name in _KEPT}
    _KEEP.run(session, **values, facts=encode(kept.facts).decode(), reply=encode(kept.reply).decode())


def keep_new_visits(session: Session, visits: Iterable[KeptVisit]) -> list[KeptVisit]:
    """Insert those visits whose ids are new, and return them."""
    fresh = {visit.id: visit for visit in visits}
    for known in session.scalars(select(col(VisitRow.id)).where(col(VisitRow.id).in_(fresh))):
        del fresh[known]
    for visit in fresh.values():
        keep_visit(session, visit)
    return list(fresh.values())


def visit_of(session: Session, visit_id: str, client_id: str) -> KeptVisit | None:
    """Return the visit with this id if this client made it."""
    row = session.get(VisitRow, visit_id)
    if row is None or row.client_id != client_id:
        return None
    return KeptVisit(**{field.name: getattr(row, field.name) for field in fields(KeptVisit)})


def record_choice(session: Session, visit_id: str, code: str, choice: Choice, at: str) -> None:
    """Store what the user chose on the warnings of one code that a visit raised."""
    mine = (col(AlertRow.visit_id) == visit_id, col(AlertRow.code) == code)
    session.execute(update(AlertRow).where(*mine).values(choice=choice.value, decided_at=at))


def last_identity(
    session: Session, sign_in: SignIn, within: tuple[datetime, datetime], *, unwritten: Iterable[KeptVisit] = ()
) -> tuple[str, datetime] | None:
    """Return the last customer id that a sign-in showed between two instants, and when; "" is signed out, None nothing.

    `unwritten` visits count like stored ones.
    """
    first, last = (instant.isoformat() for instant in within)
    found = _LAST_IDENTITY.first(session, **_where(sign_in), since=first, until=last)
    fresh = [one for one in unwritten if one.customer_id is not None and first <= one.at <= last and one.sign_in == sign_in]
    newest = _newest(found, fresh)
    return (newest.customer_id, datetime.fromisoformat(newest.at)) if newest is not None else None


def last_of_tab(
    session: Session, sign_in: SignIn, tab: int, kind: str, within: tuple[datetime, datetime], *, unwritten: Iterable[KeptVisit] = ()
) -> Any:
    """Return id, account_id, at, tab, store and facts of the newest visit of one kind in a tab of a sign-in between two instants, or None.

    `unwritten` visits count like stored ones.
    """
    first, last = (instant.isoformat() for instant in within)
    found = _LAST_OF_TAB.first(session, **_where(sign_in), since=first, until=last, tab=tab, kind=kind)
    fresh = [one for one in unwritten if (one.tab, one.kind) == (tab, kind) and first <= one.at <= last and one.sign_in == sign_in]
    return _newest(found, fresh)


def forget_later_identities(session: Session, now: datetime) -> None:
    """Clear the identities of visits dated in the future, which exist after the clock was set back."""
    later = (_VISITS.c.at > now.isoformat()) & _VISITS.c.customer_id.is_not(None)
    session.execute(update(_VISITS).where(later).values(customer_id=None))


def _where(sign_in: SignIn) -> dict[str, str]:
    return {"client": sign_in.client_id, "store": sign_in.store, "marketplace": sign_in.marketplace}


def _newest(found: Any, fresh: Iterable[KeptVisit]) -> Any:
    return max((one for one in (found, *fresh) if one is not None), key=lambda one: str(one.at), default=None)
