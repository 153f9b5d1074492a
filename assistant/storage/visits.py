"""What a judgement needs to know: earlier visits of a cookie store, earlier orders of the same things, promotions used."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.money import Money
from assistant.domain.visits import Visit
from assistant.storage.tables import AccountRow, AlertRow, ItemRow, OrderRow, PromotionUseRow, VisitRow

_MOST = 500
_RECENT_DAYS = 16


def last_identity(session: Session, store: str, since: datetime, until: datetime) -> VisitRow | None:
    """Return the newest visit of a cookie store, between two instants, whose page showed a customer id or was signed out."""
    query = (
        select(VisitRow)
        .where(col(VisitRow.store) == store, col(VisitRow.at) >= since.isoformat(), col(VisitRow.at) <= until.isoformat())
        .where(col(VisitRow.customer_id).is_not(None))
        .order_by(col(VisitRow.at).desc())
        .limit(1)
    )
    return session.scalars(query).first()


def last_of_tab(session: Session, visit: Visit, client_id: str, kind: str, since: datetime) -> VisitRow | None:
    """Return the newest visit of one kind in the tab of this visit since an instant."""
    query = (
        select(VisitRow)
        .where(col(VisitRow.store) == visit.store, col(VisitRow.at) >= since.isoformat(), col(VisitRow.tab) == visit.tab)
        .where(col(VisitRow.client_id) == client_id, col(VisitRow.kind) == kind)
        .order_by(col(VisitRow.at).desc())
        .limit(1)
    )
    return session.scalars(query).first()


def orders_of(session: Session, asins: Collection[str], today: date) -> list[dict[str, Any]]:
    """Return earlier lines of the same ASINs, and all lines of the last days, as entries of a situation's history."""
    recent = (today - timedelta(days=_RECENT_DAYS)).isoformat()
    base = select(*_HISTORY).join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
    base = base.join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id)).limit(_MOST)
    same = base.where(col(ItemRow.asin).in_(asins)).order_by(col(OrderRow.placed_on).desc())
    lately = base.where(col(OrderRow.placed_on) >= recent).order_by(col(OrderRow.placed_on).desc())
    found = {row.item: row for query in (same, lately) for row in session.execute(query)}
    return [_history(row) for row in found.values()]


_HISTORY: tuple[Any, ...] = (
    col(ItemRow.id).label("item"),
    col(AccountRow.key).label("account"),
    col(OrderRow.placed_on).label("at"),
    col(OrderRow.number).label("order_id"),
    col(ItemRow.asin),
    col(ItemRow.title),
    col(ItemRow.quantity).label("qty"),
    col(ItemRow.unit_price),
    col(ItemRow.currency),
    col(ItemRow.category),
    col(OrderRow.cancelled),
    col(OrderRow.status),
)


def _history(row: Any) -> dict[str, Any]:
    price = Money(row.unit_price, row.currency).decimal if row.unit_price is not None and row.currency else None
    return {
        "type": "order",
        "account": row.account,
        "at": row.at,
        "order_id": row.order_id,
        "asin": row.asin,
        "title": row.title,
        "qty": row.qty if row.qty is not None else 1,
        "price": price,
        "currency": row.currency,
        "category": row.category,
        "state": "cancelled" if row.cancelled else "placed" if row.status == "unknown" else row.status,
    }


def promotions_used(session: Session, names: Collection[str]) -> list[dict[str, Any]]:
    """Return earlier uses of these promotions, as entries of a situation's history."""
    query = select(PromotionUseRow, col(AccountRow.key)).join(AccountRow, col(AccountRow.id) == col(PromotionUseRow.account_id))
    rows = session.execute(query.where(col(PromotionUseRow.name).in_(names)).limit(_MOST)).all()
    numbers = [use.order_number for use, _ in rows if use.order_number]
    states = dict(session.execute(select(col(OrderRow.number), col(OrderRow.status)).where(col(OrderRow.number).in_(numbers))).all())
    return [
        {
            "type": "promo_used",
            "account": key,
            "at": use.used_on,
            "promo": use.name,
            "terms": use.terms,
            "order_state": states.get(use.order_number or "", "placed"),
        }
        for use, key in rows
    ]


def open_alert(session: Session, account_id: int | None, code: str, asin: str | None) -> AlertRow | None:
    """Return the open warning of the same code for the same account and thing."""
    query = select(AlertRow).where(col(AlertRow.code) == code, col(AlertRow.dismissed_at).is_(None), col(AlertRow.choice).is_(None))
    query = query.where(col(AlertRow.account_id) == account_id if account_id else col(AlertRow.account_id).is_(None))
    return session.scalars(query.where(col(AlertRow.asin) == asin if asin else col(AlertRow.asin).is_(None))).first()
