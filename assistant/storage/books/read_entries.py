"""Reads entries by filter, oldest first, in parts so that a million of them need little memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlmodel import Session, SQLModel, col

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.domain.days import stored_day
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import KINDS, Filter
from assistant.domain.languages.translating import translated
from assistant.storage.accounts.labels import is_word, label_word
from assistant.storage.books.tables import EntryRow, EntryShareRow
from assistant.storage.books.write_entries import paid_of, taxes_of
from assistant.storage.filters import combined, conditions, has_category, of_items
from assistant.storage.products import CATEGORY, filed, key_of
from assistant.storage.tables import AccountRow, ItemRow, OrderRow

PART = 2000
_KEY = (col(EntryRow.on), col(EntryRow.order_id), col(EntryRow.item), col(EntryRow.refund), col(EntryRow.nth))
SAME_ENTRY = (
    col(EntryShareRow.order_id) == col(EntryRow.order_id),
    col(EntryShareRow.item) == col(EntryRow.item),
    col(EntryShareRow.refund) == col(EntryRow.refund),
    col(EntryShareRow.nth) == col(EntryRow.nth),
)


def entry_conditions(session: Session, found: Filter, purpose: Any = None) -> list[ColumnElement[bool]]:
    """Return a filter's conditions on an entry: days and items of the entry, the purpose of a share.

    A query that joins the shares gives the column of their `purpose`, so that other shares of the entry are left out.
    """
    return [*combined(found, lambda part: _of_entry(session, part, purpose))]


def _of_entry(session: Session, found: Filter, purpose: Any) -> Iterator[ColumnElement[bool]]:
    own = replace(found, since=None, until=None, purpose=None, kind=None, category=None, person=None, seller=None, items=())
    yield from conditions(session, replace(own, states=tuple(state for state in found.states if state != "uncategorized")))
    if "uncategorized" in found.states:
        yield of_item(CATEGORY.is_(None))
    if found.category:
        yield of_item(has_category(session, found.category))
    if found.person:
        yield of_item(is_word(col(ItemRow.person), label_word(session, "person", found.person)))
    if found.seller or found.items:
        yield of_item(and_(*of_items(found)))
    if found.since:
        yield col(EntryRow.on) >= found.since.isoformat()
    if found.until:
        yield col(EntryRow.on) <= found.until.isoformat()
    if found.kind:
        yield col(EntryRow.kind).in_(KINDS[found.kind])
    if found.purpose:
        wanted = label_word(session, "purpose", found.purpose)
        yield _of_purpose(wanted) if purpose is None else is_word(purpose, wanted)


def of_item(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a condition on the entry's own item, not on others of its order."""
    same = (col(ItemRow.order_id) == col(EntryRow.order_id), col(ItemRow.line) == col(EntryRow.line))
    return exists().where(*same, condition).correlate(EntryRow)


def _of_purpose(purpose: str) -> ColumnElement[bool]:
    # The sums join shares themselves, so what belongs to the entry is said.
    own = exists().where(*SAME_ENTRY).correlate(EntryRow)
    return or_(own.where(is_word(col(EntryShareRow.purpose), purpose)), and_(~own, is_word(col(AccountRow.purpose), purpose)))


def joined(query: Select[Any]) -> Select[Any]:
    """Return a query over entries joined with their orders and accounts."""
    return (
        query.select_from(EntryRow)
        .join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
    )


def count(session: Session, found: Filter) -> int:
    """Return how many entries match a filter."""
    return session.scalar(joined(select(func.count())).where(*entry_conditions(session, found))) or 0


class NotBooked(NamedTuple):
    """An order that the books lack, in whole or in part: it is in quarantine (`held`), or no source says what an item cost."""

    number: str
    account: str
    title: str
    held: bool


def not_booked(session: Session, found: Filter) -> list[NotBooked]:
    """Return the orders matching a filter, by the day they were placed, that the books lack although they cost something."""
    entry_of_item = or_(col(EntryRow.line) == col(ItemRow.line), col(EntryRow.line).is_(None))
    has_entry = exists().where(col(EntryRow.order_id) == col(ItemRow.order_id), entry_of_item)
    no_price = exists().where(col(ItemRow.order_id) == col(OrderRow.id), col(ItemRow.unit_price).is_(None), ~has_entry)
    query = (
        select(col(OrderRow.number), col(AccountRow.key), col(OrderRow.title), col(OrderRow.quarantine).is_not(None))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(col(OrderRow.cancelled).is_(False), or_(col(OrderRow.quarantine).is_not(None), no_price))
        .where(*conditions(session, _of_orders(found)))
        .order_by(col(OrderRow.placed_on), col(OrderRow.id))
    )
    return [NotBooked(number, account, title, bool(held)) for number, account, title, held in session.execute(query)]


def _of_orders(found: Filter) -> Filter:
    """Return a filter of entries for orders that have none: what it says of kinds of entries is dropped."""
    return replace(
        found,
        kind=None,
        without=tuple(part for part in found.without if part.kind is None),
        either=tuple(tuple(map(_of_orders, group)) for group in found.either),
    )


def page(session: Session, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = PART) -> list[Entry]:
    """Return up to `limit` entries after a cursor or an offset, oldest first."""
    after = _place(cursor) if cursor else None
    if after:
        # The day too: SQLite finds the start of a page by a plain bound only, and would read everything since `found.since` else.
        found = replace(found, since=max(stored_day(after[0]) or date.min, found.since or date.min))
    query = _query(session, found).limit(limit)
    if after:
        query = query.where(tuple_(*_KEY) > tuple_(*after))
    elif offset:
        query = query.offset(offset)
    return [entry for part in _parts(session, query) for entry in part]


def each(session: Session, found: Filter, *more: ColumnElement[bool]) -> Iterator[Entry]:
    """Yield every entry that matches a filter, oldest first."""
    for part in _parts(session, _query(session, found).where(*more)):
        yield from part


def _parts(session: Session, query: Select[Any]) -> Iterator[list[Entry]]:
    """Yield the entries of a query in parts, through the connection: a session would do as much again for objects that rows are not.

    What the session holds is written first, as it is before every other query.
    """
    session.flush()
    for rows in session.connection().execute(query, execution_options={"yield_per": PART}).partitions():
        yield _entries(session, rows)


def cursor_of(entry: Entry) -> str:
    """Return the cursor that continues after this entry."""
    return f"{entry.on}~{entry.id}"


def entry_id(order_id: int, item: int, refund: int, nth: int) -> str:
    """Return an entry's id: the order's number in the ledger, the keys of item and refund, and which of several it is."""
    return f"{order_id}.{item}.{refund}.{nth}"


def _place(cursor: str) -> tuple[str, int, int, int, int]:
    on, _, rest = cursor.partition("~")
    numbers = rest.split(".")
    if len(numbers) != 4 or not all(each.isascii() and each.isdecimal() for each in numbers):  # noqa: PLR2004  # the parts of `entry_id`
        raise InvalidInput(translated("'{cursor}' is not a cursor of this list. Use the 'next' of the previous page.", cursor=cursor[:40]))
    order_id, item, refund, nth = map(int, numbers)
    return on, order_id, item, refund, nth


_ENTRY, _ORDER, _ACCOUNT, _ITEM = (SQLModel.metadata.tables[name].c for name in ("entries", "orders", "accounts", "items"))
_COLUMNS = (
    # Columns, not rows: SQLAlchemy needs as long to build an object as everything else here together. `_entry` takes them by their places.
    *(
        _ENTRY[name]
        for name in ("order_id", "item", "refund", "nth", "kind", "on", "basis", "currency", "gross", "certainty", "taxes", "paid")
    ),
    *(_ACCOUNT[name] for name in ("key", "purpose")),
    *(_ENTRY[name] for name in Parts._fields),
    *(_ORDER[name] for name in ("number", "placed_on", "marketplace", "recipient", "purchase_order")),
    *(_ENTRY[name] for name in ("line", "occurrence", "quantity")),
    *(_ITEM[name] for name in ("asin", "title", "seller", "category", "person", "purpose")),
)
_PARTS, _OF_ORDER, _OF_ITEM = slice(14, 22), slice(22, 27), slice(27, 36)
_ASIN, _TITLE, _CATEGORY = 30, 31, 33


def _query(session: Session, found: Filter) -> Select[Any]:
    line = and_(col(ItemRow.order_id) == col(EntryRow.order_id), col(ItemRow.line) == col(EntryRow.line))
    return joined(select(*_COLUMNS)).outerjoin(ItemRow, line).where(*entry_conditions(session, found)).order_by(*_KEY)


def _entries(session: Session, rows: Sequence[Any]) -> list[Entry]:
    shares = _shares(session, {row[0] for row in rows})
    suggested = _suggested(session, rows)
    return [_entry(row, shares, suggested) for row in rows]


def _suggested(session: Session, rows: Sequence[Any]) -> dict[str, str | None]:
    """Return the categories of products whose items have none, by the key of the product."""
    keys = {key_of(row[_ASIN], row[_TITLE]) for row in rows if not row[_CATEGORY]}
    return {key: found.category for key, found in filed(session, {key for key in keys if key}).items() if found}


def _shares(session: Session, order_ids: set[int]) -> dict[tuple[int, int, int, int], list[PurposeShare]]:
    found: dict[tuple[int, int, int, int], list[PurposeShare]] = {}
    query = select(EntryShareRow).where(col(EntryShareRow.order_id).in_(order_ids)).order_by(col(EntryShareRow.position))
    for row in session.scalars(query):
        share = PurposeShare(purpose=row.purpose, share=Decimal(row.share), gross=row.gross)
        found.setdefault((row.order_id, row.item, row.refund, row.nth), []).append(share)
    return found


def _entry(row: Any, shares: Mapping[tuple[int, int, int, int], list[PurposeShare]], suggested: Mapping[str, str | None]) -> Entry:
    order_id, key, refund, nth, kind, on, basis, currency, gross, certainty, taxes, paid, account, purpose = row[: _PARTS.start]
    line, occurrence, quantity, asin, title, seller, category, person, own_purpose = row[_OF_ITEM]
    split = shares.get((order_id, key, refund, nth)) if shares else None
    item = None
    if line is not None:
        shown = category or suggested.get(key_of(asin, title) or "")
        item = _made(EntryItem, (asin, title, occurrence, quantity, seller, shown, person, own_purpose, line, key))
    return _made(
        Entry,
        (
            f"{order_id}.{key}.{refund}.{nth}",
            _KINDS[kind],
            _day(on),
            _BASES[basis],
            account,
            _entry_order(*row[_OF_ORDER]),
            item,
            _made(Parts, row[_PARTS]),
            currency,
            _CERTAINTIES[certainty],
            _tax_shares(taxes) if taxes else (),
            tuple([_made(PurseShare, (instrument, amount, network, last4)) for instrument, network, last4, amount in paid_of(paid)])
            if paid
            else (),
            tuple(split) if split else (_made(PurposeShare, (purpose, _WHOLE, gross)),),
        ),
    )


_WHOLE = Decimal("1.00")
_made = tuple.__new__
"""Makes a named tuple from its values in half the time that calling its class takes; an export makes half a million."""
# Looking a member up takes a tenth of the time that calling its class does.
_KINDS = {member.value: member for member in EntryKind}
_BASES = {member.value: member for member in DateBasis}
_CERTAINTIES = {member.value: member for member in Certainty}


_day = lru_cache(maxsize=4096)(date.fromisoformat)


def _tax_shares(text: str) -> tuple[TaxShare, ...]:
    return tuple([TaxShare(code, rate, base, amount, _CERTAINTIES[sure]) for code, rate, base, amount, sure in taxes_of(text)])


@lru_cache(maxsize=4096)
def _entry_order(
    number: str, placed_on: str | None, marketplace: str | None, recipient: str | None, purchase_order: str | None
) -> EntryOrder:
    return EntryOrder(
        number=number, placed_on=stored_day(placed_on), marketplace=marketplace, recipient=recipient, purchase_order=purchase_order
    )
