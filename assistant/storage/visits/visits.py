"""Visits as they are kept, and what a judgement needs of what happened before: earlier visits of a cookie store, orders of a thing."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts.account import Account
from assistant.domain.money import Money
from assistant.domain.pages.visit import Visit
from assistant.storage.orders.products import CATEGORY
from assistant.storage.prepared import Prepared
from assistant.storage.tables import AlertRow

_MOST = 500
_RECENT_DAYS = 16


# Statements of every visit are built once, over plain tables: building them, and the object mapper, cost more than running them.
_VISITS, _ITEMS, _ORDERS = (SQLModel.metadata.tables[name] for name in ("visits", "items", "orders"))
_OUTBOX = SQLModel.metadata.tables["outbox"]
_NEWEST_EVENT = select(func.coalesce(func.max(_OUTBOX.c.id), 0).label("newest"))
_NEWEST = _NEWEST_EVENT.subquery()
_OUTSET = Prepared(
    select(_NEWEST.c.newest, _VISITS.c.client_id, _VISITS.c.reply).select_from(
        _NEWEST.outerjoin(_VISITS, _VISITS.c.id == bindparam("visit"))
    )
)
_KEEP = Prepared(insert(_VISITS))
_LAST_IDENTITY = Prepared(
    select(_VISITS.c.customer_id, _VISITS.c.at)
    .where(_VISITS.c.store == bindparam("store"), _VISITS.c.at >= bindparam("since"), _VISITS.c.at <= bindparam("until"))
    .where(_VISITS.c.customer_id.is_not(None))
    .order_by(_VISITS.c.at.desc())
    .limit(1)
)
_LAST_OF_TAB = Prepared(
    select(_VISITS.c.id, _VISITS.c.account_id, _VISITS.c.at, _VISITS.c.tab, _VISITS.c.store, _VISITS.c.facts)
    .where(_VISITS.c.store == bindparam("store"), _VISITS.c.at >= bindparam("since"), _VISITS.c.tab == bindparam("tab"))
    .where(_VISITS.c.client_id == bindparam("client"), _VISITS.c.kind == bindparam("kind"))
    .order_by(_VISITS.c.at.desc())
    .limit(1)
)
_HISTORY: Any = (
    select(
        _ITEMS.c.id,
        _ORDERS.c.account_id,
        _ORDERS.c.placed_on,
        _ORDERS.c.number,
        _ITEMS.c.asin,
        _ITEMS.c.title,
        _ITEMS.c.quantity,
        _ITEMS.c.unit_price,
        _ITEMS.c.currency,
        CATEGORY,
        _ORDERS.c.cancelled,
        _ORDERS.c.status,
    )
    .join_from(_ITEMS, _ORDERS, _ORDERS.c.id == _ITEMS.c.order_id)
    .order_by(_ORDERS.c.placed_on.desc())
    .limit(_MOST)
)
_SAME = Prepared(_HISTORY.where(_ITEMS.c.asin.in_(bindparam("asins", expanding=True))))
_LATELY = Prepared(_HISTORY.where(_ORDERS.c.placed_on >= bindparam("since")))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVisit:
    """A visit as it is kept; `at` is an instant in ISO format.

    `customer_id` "": the page said "signed out", which ends what an earlier page of the store said; None: it said nothing.
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


def outset(session: Session, visit_id: str) -> tuple[int, str | None, Mapping[str, Any] | None]:
    """Return the newest event's id, and of the visit with this id, if there is one, whose it is and its reply."""
    newest, client_id, reply = _OUTSET.first(session, visit=visit_id)
    return newest, client_id, reply


def newest_event(session: Session) -> int:
    """Return the newest event's id, 0 for none."""
    return session.connection().scalar(_NEWEST_EVENT) or 0


def keep_visit(session: Session, kept: KeptVisit) -> None:
    """Write a visit down; its id must be new."""
    _KEEP.run(session, **{**asdict(kept), "facts": json.dumps(kept.facts), "reply": json.dumps(kept.reply)})


def last_identity(session: Session, store: str, since: datetime, until: datetime, *, unwritten: Iterable[KeptVisit] = ()) -> str | None:
    """Return the customer id of the newest visit of a cookie store between two instants; "" was signed out, None showed nothing.

    `unwritten` visits count as those of the ledger do.
    """
    first, last = since.isoformat(), until.isoformat()
    found = _LAST_IDENTITY.first(session, store=store, since=first, until=last)
    fresh = [one for one in unwritten if one.store == store and first <= one.at <= last and one.customer_id is not None]
    newest = _newest(found, fresh)
    return newest.customer_id if newest is not None else None


def last_of_tab(session: Session, visit: Visit, client_id: str, kind: str, since: datetime, *, unwritten: Iterable[KeptVisit] = ()) -> Any:
    """Return id, account_id, at, tab, store and facts of the newest visit of one kind in the tab of this visit, or None.

    `unwritten` visits count as those of the ledger do.
    """
    first = since.isoformat()
    found = _LAST_OF_TAB.first(session, store=visit.store, since=first, tab=visit.tab, client=client_id, kind=kind)
    wanted = (visit.store, visit.tab, client_id, kind)
    fresh = [one for one in unwritten if (one.store, one.tab, one.client_id, one.kind) == wanted and one.at >= first]
    return _newest(found, fresh)


def _newest(found: Any, fresh: Iterable[KeptVisit]) -> Any:
    return max((one for one in (found, *fresh) if one is not None), key=lambda one: str(one.at), default=None)


def orders_of(session: Session, asins: Collection[str], accounts: Mapping[int, Account], today: date) -> list[dict[str, Any]]:
    """Return earlier lines of the same ASINs, and all lines of the last days, as entries of a situation's history, newest first."""
    recent = (today - timedelta(days=_RECENT_DAYS)).isoformat()
    rows = _SAME.rows(session, asins=list(asins))
    if len(accounts) > 1:
        # What is much like something that another account has just ordered may have any ASIN.
        rows += _LATELY.rows(session, since=recent)
    found = {row[0]: row for row in rows}
    return [_history(row, accounts) for row in found.values() if row[1] in accounts]


def _history(row: Any, accounts: Mapping[int, Account]) -> dict[str, Any]:
    # Taken apart at once: looking up columns by name costs more than the query.
    _, account_id, at, order_id, asin, title, qty, unit_price, currency, category, cancelled, status = row
    return {
        "type": "order",
        "account": accounts[account_id].key,
        "at": at,
        "order_id": order_id,
        "asin": asin,
        "title": title,
        "qty": qty if qty is not None else 1,
        "price": Money(unit_price, currency).decimal if unit_price is not None and currency else None,
        "currency": currency,
        "category": category,
        "state": "cancelled" if cancelled else "placed" if status == "unknown" else status,
    }


def open_alert(session: Session, account_id: int | None, code: str, asin: str | None) -> AlertRow | None:
    """Return the open warning of the same code for the same account and thing, before any purchase."""
    query = select(AlertRow).where(col(AlertRow.code) == code, col(AlertRow.dismissed_at).is_(None), col(AlertRow.choice).is_(None))
    query = query.where(col(AlertRow.order_id).is_(None))
    query = query.where(col(AlertRow.account_id) == account_id if account_id else col(AlertRow.account_id).is_(None))
    return session.scalars(query.where(col(AlertRow.asin) == asin if asin else col(AlertRow.asin).is_(None))).first()
