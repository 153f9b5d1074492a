"""Queries for the history of orders that rules and screens need: earlier items, whole purchases, yearly sums.

One row type for an earlier item: `PastOrder` of the domain. A purchase is an order with its items, where it went and how it was paid.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, select
from sqlmodel import Session, SQLModel

from assistant.domain.days import stored_day
from assistant.domain.filters import Filter
from assistant.domain.judging.situation import RECENT_DAYS, PastOrder, YearOfOrders
from assistant.domain.money import exponent
from assistant.domain.terms import Term
from assistant.storage.filters import matching
from assistant.storage.prepared import Prepared, at_most
from assistant.storage.products import CATEGORY

_MOST, _CHUNK = 500, 400
_YEAR, _NEAR = timedelta(days=365), timedelta(days=1)
_ORDERS, _ITEMS, _PAYMENTS, _SIGHTINGS = (SQLModel.metadata.tables[name] for name in ("orders", "items", "payments", "sightings"))
_STATE = case((_ORDERS.c.cancelled, "cancelled"), (_ORDERS.c.status == "unknown", "placed"), else_=_ORDERS.c.status)
_COLUMNS: tuple[Any, ...] = (
    *(_ITEMS.c[name] for name in ("id", "asin", "title", "quantity", "unit_price", "currency")),
    CATEGORY.label("category"),
    *(_ITEMS.c[name] for name in ("seller", "brand", "return_by")),
    *(_ORDERS.c[name] for name in ("account_id", "placed_on", "number", "marketplace")),
    _STATE.label("state"),
)
_HISTORY: Any = select(*_COLUMNS).join_from(_ITEMS, _ORDERS, _ORDERS.c.id == _ITEMS.c.order_id)
# Statements used by every visit are built once: building them costs more than running them.
_NEWEST_FIRST = _HISTORY.order_by(_ORDERS.c.placed_on.desc()).limit(at_most(_MOST))
_SAME = Prepared(_NEWEST_FIRST.where(_ITEMS.c.asin.in_(bindparam("asins", expanding=True))))
_LATELY = Prepared(_NEWEST_FIRST.where(_ORDERS.c.placed_on >= bindparam("since")))
# Of the newest orders only: an account of 50,000 orders would take a tenth of a second.
_RECENT = (
    select(*(_ORDERS.c[name] for name in ("id", "recipient", "address", "placed_on")))
    .where(_ORDERS.c.account_id == bindparam("account"), _ORDERS.c.address.is_not(None), _ORDERS.c.cancelled.is_(False))
    .order_by(_ORDERS.c.placed_on.desc())
    .limit(at_most(_MOST))
    .subquery()
)
_GIFTS = select(_ITEMS.c.id).where(_ITEMS.c.order_id == _RECENT.c.id, _ITEMS.c.gift.is_(True))
_HOUSES = Prepared(
    select(_RECENT.c.recipient, _RECENT.c.address, func.min(_RECENT.c.placed_on).label("first"))
    .where(~_GIFTS.exists())
    .group_by(_RECENT.c.recipient, _RECENT.c.address)
    .order_by(func.min(_RECENT.c.placed_on))
)

Keys = Mapping[int, str]
"""Keys of accounts by their row ids; orders of other accounts are left out."""


@dataclass(slots=True, kw_only=True)
class Purchase:
    """A past order: its items, destination and payments; `cards` are (method, last four)."""

    id: int
    account_id: int
    account: str
    number: str
    placed_on: date
    state: str
    marketplace: str | None
    currency: str | None
    total: Decimal | None
    recipient: str | None
    address: str | None
    items: list[PastOrder] = field(default_factory=list)
    cards: set[tuple[str | None, str | None]] = field(default_factory=set)
    gift: bool = False

    @property
    def asins(self) -> set[str]:
        """The item numbers."""
        return {item.asin for item in self.items if item.asin}


def orders_of(session: Session, asins: Collection[str], keys: Keys, today: date) -> list[PastOrder]:
    """Return earlier orders of the same items, and all orders of the last days, newest first."""
    rows = _SAME.rows(session, asins=list(asins))
    if len(keys) > 1:
        # A similar item may have a different number.
        rows += _LATELY.rows(session, since=(today - timedelta(days=RECENT_DAYS)).isoformat())
    found = {row[0]: row for row in rows}
    return [_past_order(row, keys) for row in found.values() if row.account_id in keys]


def houses_of(session: Session, account_id: int) -> list[tuple[str | None, str]]:
    """Return the recipients and addresses of an account's newest orders, oldest first, without gifts and cancelled orders."""
    return [(row.recipient, row.address) for row in _HOUSES.rows(session, account=account_id)]


def orders_by_number(session: Session, number: str | None, keys: Keys) -> list[PastOrder]:
    """Return the whole orders with this number, one per account that has it."""
    query = select(_ORDERS.c.account_id, _ORDERS.c.placed_on, _ORDERS.c.number, _STATE).where(_ORDERS.c.number == number)
    rows = session.connection().execute(query) if number else ()
    return [
        PastOrder(account=keys[account], day=stored_day(placed), order_id=order_id, state=state)
        for account, placed, order_id, state in rows
        if account in keys
    ]


def numbers_matching(session: Session, found: Filter) -> set[str]:
    """Return the numbers of the orders that match a filter. Raises NotFound, InvalidInput."""
    return set(session.connection().scalars(select(_ORDERS.c.number).where(_ORDERS.c.id.in_(matching(session, found)))))


def newest_orders(session: Session, keys: Keys) -> list[PastOrder]:
    """Return the newest order of each account that has orders; such an account is not a new customer."""
    query = select(_ORDERS.c.account_id, func.max(_ORDERS.c.placed_on)).where(_ORDERS.c.cancelled.is_(False)).group_by(_ORDERS.c.account_id)
    rows = session.connection().execute(query)
    return [PastOrder(account=keys[account], day=stored_day(day), state="placed") for account, day in rows if account in keys]


def returnable(session: Session, keys: Keys, first: date, last: date) -> list[PastOrder]:
    """Return the items whose printed return day is one of these days."""
    query = _HISTORY.where(_ITEMS.c.return_by >= first.isoformat(), _ITEMS.c.return_by <= last.isoformat()).order_by(_ITEMS.c.id)
    return [_past_order(row, keys) for row in session.connection().execute(query) if row.account_id in keys]


def years_of_orders(session: Session, keys: Keys, today: date) -> list[YearOfOrders]:
    """Return how many orders each account placed within a year; a returned order may have been returned in part."""
    cancelled = func.sum(case((_ORDERS.c.cancelled, 1), else_=0))
    back = func.sum(case((_ORDERS.c.cancelled, 0), (_ORDERS.c.status == "returned", 1), (_ORDERS.c.refunded > 0, 1), else_=0))
    query = select(_ORDERS.c.account_id, func.count(), cancelled, back).where(*_within_a_year(today)).group_by(_ORDERS.c.account_id)
    counts = {account: (orders, gone or 0, returned or 0) for account, orders, gone, returned in session.connection().execute(query)}
    return [
        YearOfOrders(account=key, orders=orders, cancelled=gone, returned=returned)
        for account, key in keys.items()
        for orders, gone, returned in [counts.get(account, (0, 0, 0))]
    ]


def known_for_a_year(session: Session, keys: Keys, today: date) -> set[int]:
    """Return the ids of the accounts whose known history begins a year ago or earlier."""
    oldest = select(_ORDERS.c.account_id).group_by(_ORDERS.c.account_id)
    found = session.connection().scalars(oldest.having(func.min(_ORDERS.c.placed_on) <= (today - _YEAR).isoformat()))
    return set(found) & set(keys)


def order_of_promotion(session: Session, use: Term, account_id: int | None) -> tuple[str, str] | None:
    """Return number and state of the order that a promotion was used for, None if unknown.

    Amazon's thank-you page names no order, so take the only one of that account and day with the same items.
    """
    if account_id is None:
        return None
    query = select(_ORDERS.c.number, _STATE).where(_ORDERS.c.account_id == account_id)
    number, asins = use.details.get("order_id"), use.details.get("asins") or ()
    if number:
        query = query.where(_ORDERS.c.number == number)
    elif asins and use.on is not None:
        days = and_(_ORDERS.c.placed_on >= (use.on - _NEAR).isoformat(), _ORDERS.c.placed_on <= (use.on + _NEAR).isoformat())
        held = select(_ITEMS.c.id).where(_ITEMS.c.order_id == _ORDERS.c.id, _ITEMS.c.asin.in_(asins))
        query = query.where(days, held.exists())
    else:
        return None
    rows = session.connection().execute(query.limit(2)).all()
    return (rows[0][0], rows[0][1]) if len(rows) == 1 else None


def purchases_of(
    session: Session, keys: Keys, documents: Sequence[int], *, since: date | None = None, before: date | None = None, most: int
) -> list[Purchase]:
    """Return the orders of these documents, newest first, without cancelled and returned ones."""
    named = exists().where(_SIGHTINGS.c.order_id == _ORDERS.c.id, _SIGHTINGS.c.document_id.in_(documents))
    return _purchases(session, keys, _kept(since, before).where(named).limit(most))


def purchases_before(session: Session, keys: Keys, before: date, most: int) -> list[Purchase]:
    """Return the orders before a day, newest first, without cancelled and returned ones."""
    return _purchases(session, keys, _kept(None, before).limit(most))


def newest_purchases(session: Session, keys: Keys, most: int) -> Iterator[Purchase]:
    """Yield up to `most` of the newest orders that were not cancelled, oldest first."""
    newest = _dated().where(_ORDERS.c.cancelled.is_(False)).limit(most)
    rows = session.connection().execute(newest).all()
    for part in _chunks(rows[::-1]):
        yield from _filled(session, keys, part)


def purchases_with(session: Session, keys: Keys, asins: Collection[str], since: date | None = None) -> list[Purchase]:
    """Return the orders that hold one of these items, and, if a day is given, all orders from that day on."""
    found: dict[int, Purchase] = {}
    for part in _chunks(sorted(asins)):
        holding = select(_ITEMS.c.order_id).where(_ITEMS.c.asin.in_(part))
        found |= {one.id: one for one in _purchases(session, keys, _dated().where(_ORDERS.c.id.in_(holding)))}
    if since is not None:
        found |= {one.id: one for one in _purchases(session, keys, _dated().where(_ORDERS.c.placed_on >= since.isoformat()))}
    return list(found.values())


def _past_order(row: Any, keys: Keys) -> PastOrder:
    # Unpacked at once, because looking up columns by name costs more than the query.
    _, asin, title, quantity, unit_price, currency, category, seller, brand, until, account_id, placed_on, number, marketplace, state = row
    return PastOrder(
        account=keys[account_id],
        day=stored_day(placed_on),
        order_id=number,
        asin=asin,
        title=title,
        quantity=quantity if quantity is not None else 1,
        price=_amount(unit_price, currency) if unit_price is not None and currency else None,
        currency=currency,
        category=category,
        state=state,
        seller=seller,
        brand=brand,
        marketplace=marketplace,
        return_until=stored_day(until),
    )


def _purchases(session: Session, keys: Keys, query: Select[Any]) -> list[Purchase]:
    rows = session.connection().execute(query).all()
    return [one for part in _chunks(rows) for one in _filled(session, keys, part)]


def _filled(session: Session, keys: Keys, orders: Iterable[Any]) -> list[Purchase]:
    """Return rows of orders as purchases with their items and payments."""
    found = {row.id: _purchase(row, keys) for row in orders if row.account_id in keys}
    connection = session.connection()
    items = _HISTORY.add_columns(_ITEMS.c.order_id, _ITEMS.c.gift).where(_ITEMS.c.order_id.in_(found)).order_by(_ITEMS.c.line)
    for *row, order_id, gift in connection.execute(items):
        found[order_id].items.append(_past_order(row, keys))
        found[order_id].gift |= bool(gift)
    payments = select(_PAYMENTS.c.order_id, _PAYMENTS.c.method, _PAYMENTS.c.last4).where(_PAYMENTS.c.order_id.in_(found))
    for order_id, method, last4 in connection.execute(payments):
        found[order_id].cards.add((method, last4))
    return list(found.values())


def _purchase(row: Any, keys: Keys) -> Purchase:
    return Purchase(
        id=row.id,
        account_id=row.account_id,
        account=keys[row.account_id],
        number=row.number,
        placed_on=date.fromisoformat(row.placed_on),
        state=row.state,
        marketplace=row.marketplace,
        currency=row.currency,
        total=_amount(row.total, row.currency) if row.total is not None and row.currency else None,
        recipient=row.recipient,
        address=row.address,
    )


def _kept(since: date | None, before: date | None) -> Select[Any]:
    query = _dated().where(_ORDERS.c.cancelled.is_(False), _ORDERS.c.status.not_in(["cancelled", "returned"]))
    if since is not None:
        query = query.where(_ORDERS.c.placed_on >= since.isoformat())
    return query if before is None else query.where(_ORDERS.c.placed_on < before.isoformat())


def _dated() -> Select[Any]:
    columns = ("id", "account_id", "number", "placed_on", "marketplace", "currency", "total", "recipient", "address")
    query = select(*(_ORDERS.c[name] for name in columns), _STATE.label("state"))
    return query.where(_ORDERS.c.placed_on.is_not(None)).order_by(_ORDERS.c.placed_on.desc(), _ORDERS.c.id.desc())


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield chunks that fit into one statement."""
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))


def _within_a_year(today: date) -> tuple[Any, ...]:
    return (_ORDERS.c.placed_on >= (today - _YEAR).isoformat(), _ORDERS.c.placed_on <= today.isoformat())


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-exponent(currency))
