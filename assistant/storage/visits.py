"""What a judgement needs to know of what happened before: earlier visits of a cookie store, earlier orders of the same things."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts import Account
from assistant.domain.money import Money
from assistant.domain.visits import Visit
from assistant.storage.prepared import Prepared
from assistant.storage.products import CATEGORY
from assistant.storage.tables import AlertRow

_MOST = 500
_RECENT_DAYS = 16


# Statements of every visit are built once, over plain tables: building them, and the object mapper, cost more than running them.
_VISITS, _ITEMS, _ORDERS = (SQLModel.metadata.tables[name] for name in ("visits", "items", "orders"))
_LAST_IDENTITY = Prepared(
    select(_VISITS.c.customer_id)
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


def last_identity(session: Session, store: str, since: datetime, until: datetime) -> str | None:
    """Return the customer id of the newest visit of a cookie store between two instants; "" was signed out, None showed nothing."""
    found = _LAST_IDENTITY.first(session, store=store, since=since.isoformat(), until=until.isoformat())
    return found.customer_id if found is not None else None


def last_of_tab(session: Session, visit: Visit, client_id: str, kind: str, since: datetime) -> Any:
    """Return id, account_id, at, tab, store and facts of the newest visit of one kind in the tab of this visit, or None."""
    return _LAST_OF_TAB.first(session, store=visit.store, since=since.isoformat(), tab=visit.tab, client=client_id, kind=kind)


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
