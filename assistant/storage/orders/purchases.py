"""Orders as purchases that somebody made: what was bought when, where it went, how it was paid, and which pages came before."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select, update
from sqlmodel import Session, SQLModel, col

from assistant.domain.money import Money
from assistant.storage.tables import BUYING_STEP, AlertRow, DocumentRow, OrderRow, SightingRow

_CHUNK = 400
_ORDERS, _ITEMS, _PAYMENTS, _VISITS = (SQLModel.metadata.tables[name] for name in ("orders", "items", "payments", "visits"))


@dataclass(slots=True, kw_only=True)
class Purchase:
    """An order as the rules look at it: `lines` are entries of an event's items, `cards` are (network, last four)."""

    id: int
    account_id: int
    number: str
    placed_on: date
    status: str
    cancelled: bool
    marketplace: str | None
    currency: str | None
    total: str | None
    recipient: str | None
    address: str | None
    lines: list[dict[str, Any]] = field(default_factory=list)
    cards: set[tuple[str | None, str | None]] = field(default_factory=set)
    gift: bool = False

    @property
    def asins(self) -> set[str]:
        """The things bought."""
        return {line["asin"] for line in self.lines if line["asin"]}


def documents_unjudged(session: Session) -> list[int]:
    """Return the documents whose orders nobody has looked back at, oldest first."""
    query = select(col(DocumentRow.id)).where(col(DocumentRow.judged).is_(False), col(DocumentRow.state) == "read")
    return [number for number in session.scalars(query.order_by(col(DocumentRow.id)).limit(_CHUNK)) if number is not None]


def mark_judged(session: Session, documents: Sequence[int]) -> None:
    """Write down that the orders of these documents were looked back at."""
    session.execute(update(DocumentRow).where(col(DocumentRow.id).in_(documents)).values(judged=True))


def told_by(
    session: Session, documents: Sequence[int], *, since: date | None = None, before: date | None = None, most: int
) -> list[Purchase]:
    """Return the orders, newest first, that documents told of and that nobody cancelled or sent back."""
    told = exists().where(col(SightingRow.order_id) == col(OrderRow.id), col(SightingRow.document_id).in_(documents))
    return _purchases(session, _kept(since, before).where(told).limit(most))


def earlier(session: Session, before: date, most: int) -> list[Purchase]:
    """Return the orders before a day, newest first, that nobody cancelled or sent back."""
    return _purchases(session, _kept(None, before).limit(most))


def same_things(session: Session, asins: Collection[str], since: date | None = None) -> list[Purchase]:
    """Return the orders that hold one of these things, and, if a day is given, all orders from that day on."""
    found: dict[int, Purchase] = {}
    for part in _parts(sorted(asins)):
        holding = select(_ITEMS.c.order_id).where(_ITEMS.c.asin.in_(part))
        found |= {one.id: one for one in _purchases(session, _dated().where(_ORDERS.c.id.in_(holding)))}
    if since is not None:
        found |= {one.id: one for one in _purchases(session, _dated().where(_ORDERS.c.placed_on >= since.isoformat()))}
    return list(found.values())


def pages_before(session: Session, purchase: Purchase) -> list[str]:
    """Return the ids of the buying steps on which this purchase was judged: same account, same things, about that day.

    A page whose warnings already belong to another order says nothing about this one.
    """
    first, last = (purchase.placed_on + timedelta(days=days) for days in (-1, 2))
    query = select(_VISITS.c.id, _VISITS.c.facts).where(
        _VISITS.c.account_id == purchase.account_id,
        BUYING_STEP,  # in these very words: only so does SQLite use the partial index
        _VISITS.c.at >= first.isoformat(),
        _VISITS.c.at < last.isoformat(),
    )
    pages = [number for number, facts in session.connection().execute(query) if _holds(facts, purchase)]
    others = select(col(AlertRow.visit_id)).where(col(AlertRow.visit_id).in_(pages), col(AlertRow.order_id) != purchase.id)
    taken = set(session.scalars(others)) if pages else set()
    return [page for page in pages if page not in taken]


def note_outcome(session: Session, pages: Collection[str], order_id: int) -> int:
    """Write down that an order followed the warnings of these pages; return how many had none yet."""
    open_ones = (col(AlertRow.visit_id).in_(pages), col(AlertRow.order_id).is_(None))
    number = session.scalar(select(func.count()).select_from(AlertRow).where(*open_ones)) or 0
    if number:
        session.execute(update(AlertRow).where(*open_ones).values(order_id=order_id))
    return number


def _kept(since: date | None, before: date | None) -> Select[Any]:
    query = _dated().where(_ORDERS.c.cancelled.is_(False), _ORDERS.c.status.not_in(["cancelled", "returned"]))
    if since is not None:
        query = query.where(_ORDERS.c.placed_on >= since.isoformat())
    return query if before is None else query.where(_ORDERS.c.placed_on < before.isoformat())


def _dated() -> Select[Any]:
    return select(_ORDERS).where(_ORDERS.c.placed_on.is_not(None)).order_by(_ORDERS.c.placed_on.desc(), _ORDERS.c.id.desc())


def _purchases(session: Session, query: Select[Any]) -> list[Purchase]:
    connection = session.connection()
    found = {row.id: _purchase(row) for row in connection.execute(query)}
    for part in _parts(list(found)):
        items = select(_ITEMS).where(_ITEMS.c.order_id.in_(part)).order_by(_ITEMS.c.line)
        for row in connection.execute(items):
            found[row.order_id].lines.append(_line(row))
            found[row.order_id].gift |= bool(row.gift)
        for order_id, method, last4 in connection.execute(
            select(_PAYMENTS.c.order_id, _PAYMENTS.c.method, _PAYMENTS.c.last4).where(_PAYMENTS.c.order_id.in_(part))
        ):
            found[order_id].cards.add((method, last4))
    return list(found.values())


def _purchase(row: Any) -> Purchase:
    return Purchase(
        id=row.id,
        account_id=row.account_id,
        number=row.number,
        placed_on=date.fromisoformat(row.placed_on),
        status=row.status,
        cancelled=row.cancelled,
        marketplace=row.marketplace,
        currency=row.currency,
        total=Money(row.total, row.currency).decimal if row.total is not None and row.currency else None,
        recipient=row.recipient,
        address=row.address,
    )


def _line(row: Any) -> dict[str, Any]:
    return {
        "asin": row.asin,
        "title": row.title,
        "qty": row.quantity if row.quantity is not None else 1,
        "price": Money(row.unit_price, row.currency).decimal if row.unit_price is not None and row.currency else None,
        "category": row.category or "",
    }


def _holds(facts: dict[str, Any], purchase: Purchase) -> bool:
    return any(line.get("asin") in purchase.asins for line in facts.get("lines", ()))


def _parts(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))
