"""Warnings as rows, with the purchase that each is about."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from assistant.amazon.marketplaces import by_url
from assistant.amazon.own_pages import links_for, order_link
from assistant.domain.filters import Filter
from assistant.domain.judging.next_steps import remedy
from assistant.domain.judging.verdict import Level
from assistant.domain.views import Alert
from assistant.storage.accounts import register
from assistant.storage.filters import is_word, matching
from assistant.storage.tables import AccountRow, AlertRow, ItemRow, OrderRow


class _Made(NamedTuple):
    """The purchase of a warning."""

    number: str
    status: str
    placed_on: str | None
    marketplace: str | None
    return_by: str | None


def alert_conditions(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield what must hold of a warning's row; days are those on which it came. Raises NotFound, InvalidInput."""
    if found.accounts:
        yield col(AlertRow.account_id).in_([register.account_row(session, name).id for name in found.accounts])
    if found.purpose:
        yield col(AlertRow.account_id).in_(select(col(AccountRow.id)).where(is_word(col(AccountRow.purpose), found.purpose)))
    day = func.substr(col(AlertRow.at), 1, 10)
    if found.since:
        yield day >= found.since.isoformat()
    if found.until:
        yield day <= found.until.isoformat()
    if found.of_orders != Filter():
        yield col(AlertRow.order_id).in_(matching(session, found.of_orders))
    for word in found.words:
        yield or_(*(told.icontains(word, autoescape=True) for told in (col(AlertRow.text), col(AlertRow.advice), col(AlertRow.code))))


def open_alerts(session: Session) -> dict[int | None, int]:
    """Return how many warnings each account has that nobody dismissed, by its id."""
    query = select(col(AlertRow.account_id), func.count()).where(col(AlertRow.dismissed_at).is_(None)).group_by(col(AlertRow.account_id))
    return {owner: number for owner, number in session.execute(query)}  # noqa: C416  # mypy does not take a Result for a dict


def alerts_of(session: Session, rows: Sequence[AlertRow], today: date) -> tuple[Alert, ...]:
    """Return warnings in the same order; what to do about a purchase depends on where it is by now."""
    keys = register.account_keys(session)
    purchases = _purchases(session, {row.order_id for row in rows if row.order_id is not None})
    return tuple(_alert(row, keys.get(row.account_id or 0), purchases.get(row.order_id or 0), today) for row in rows)


def _purchases(session: Session, ids: set[int]) -> dict[int, _Made]:
    last = select(func.min(col(ItemRow.return_by))).where(col(ItemRow.order_id) == col(OrderRow.id)).scalar_subquery()
    columns = (col(OrderRow.number), col(OrderRow.status), col(OrderRow.placed_on), col(OrderRow.marketplace), last)
    found: Any = session.execute(select(col(OrderRow.id), *columns).where(col(OrderRow.id).in_(ids)))
    return {number: _Made(*rest) for number, *rest in found}


def _alert(row: AlertRow, account: str | None, made: _Made | None, today: date) -> Alert:
    afterwards = row.visit_id is None and made is not None
    links = links_for(row.code, by_url(row.url or ""))
    advice = row.advice
    if afterwards and made is not None:
        link = order_link(made.marketplace, made.number)
        links = ((link,) if link else ()) + tuple(other for other in links if other.kind != "switch")
        advice = remedy(made.status, _day(made.placed_on), _day(made.return_by), today)
    return Alert(
        id=row.id or 0,
        at=datetime.fromisoformat(row.at),
        account=account,
        code=row.code,
        level=Level(row.level),
        text=row.text,
        advice=advice,
        evidence=tuple(row.evidence),
        source=row.source,
        url=row.url,
        choice=row.choice,
        dismissed_at=datetime.fromisoformat(row.dismissed_at) if row.dismissed_at else None,
        links=links,
        order=made.number if made else None,
        afterwards=afterwards,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
