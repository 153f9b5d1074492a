"""The filter language as SQL conditions on orders."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select, true
from sqlmodel import Session, col

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import CURRENCIES, checked_currency, exponent
from assistant.domain.orders.order import OrderStatus
from assistant.domain.text import fold
from assistant.storage.accounts import register
from assistant.storage.accounts.labels import category_tree, is_word, label_word
from assistant.storage.products import CATEGORY
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def matching(session: Session, found: Filter) -> Select[Any]:
    """Return a query for the ids of the orders that match a filter, in no order."""
    return select(col(OrderRow.id)).where(*conditions(session, found))


def conditions(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on an order. Raises NotFound for an account or label that does not exist, InvalidInput for a bad value."""
    yield from combined(found, lambda part: _of_order(session, part))


def combined(found: Filter, plain: Callable[[Filter], Iterable[ColumnElement[bool]]]) -> Iterator[ColumnElement[bool]]:
    """Yield a filter's conditions: what `plain` returns for its own part, what it leaves out, and its alternatives."""
    yield from plain(replace(found, without=(), either=()))
    for left_out in found.without:
        # An unknown value is not excluded.
        yield not_(func.coalesce(and_(true(), *combined(left_out, plain)), false()))
    for group in found.either:
        yield or_(*(and_(true(), *combined(alternative, plain)) for alternative in group))


def _of_order(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    if found.kind:
        raise InvalidInput(
            translated("'kind:' selects entries of the books, not orders. Use it with 'shopper books' or 'shopper expenses'.")
        )
    if found.accounts:
        yield col(OrderRow.account_id).in_([register.account_row(session, name).id for name in found.accounts])
    if found.status:
        yield col(OrderRow.status) == _status(found.status)
    if found.currency:
        yield col(OrderRow.currency) == _currency(session, found.currency)
    if found.since:
        yield col(OrderRow.placed_on) >= found.since.isoformat()
    if found.until:
        yield col(OrderRow.placed_on) <= found.until.isoformat()
    yield from _labels(session, found)
    yield from _sizes(found)
    for state in found.states:
        yield _is(state)
    for word in found.words:
        yield col(OrderRow.search).contains(fold(word), autoescape=True)


def _currency(session: Session, code: str) -> str:
    """Return the code of a currency. Raises InvalidInput for one that does not exist, unless a source told it."""
    told = select(col(OrderRow.id)).where(col(OrderRow.currency) == code).limit(1)
    return code if code in CURRENCIES or session.scalar(told) is not None else checked_currency(code)


def _is(state: str) -> ColumnElement[bool]:
    """Return the condition that an order is what a word of STATES says; every other word is a status."""
    if state == "refunded":
        return col(OrderRow.refunded) > 0
    if state == "held":
        return col(OrderRow.quarantine).is_not(None)
    if state == "business":
        return col(OrderRow.account_id).in_(select(col(AccountRow.id)).where(col(AccountRow.business)))
    if state == "uncategorized":
        return _has_item(CATEGORY.is_(None))
    return col(OrderRow.status) == _status(state)


def of_items(found: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on one item: its seller and its title."""
    if found.seller:
        yield col(ItemRow.seller).icontains(found.seller, autoescape=True)
    for word in found.items:
        yield col(ItemRow.title).icontains(word, autoescape=True)


def _labels(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    if found.purpose:
        yield _of_purpose(label_word(session, "purpose", found.purpose))
    if found.category:
        yield _has_item(has_category(session, found.category))
    if found.person:
        yield _has_item(is_word(col(ItemRow.person), label_word(session, "person", found.person)))
    if found.seller or found.items:
        yield _has_item(and_(*of_items(found)))


def _sizes(found: Filter) -> Iterator[ColumnElement[bool]]:
    for limit, above in ((found.above, True), (found.below, False)):
        if limit is None:
            continue
        parts = []
        for digits, units in ((0, _units(0)), (3, _units(3))):
            parts.append(and_(col(OrderRow.currency).in_(units), _sized(limit, digits, above=above)))
        others = col(OrderRow.currency).not_in([*_units(0), *_units(3)])
        parts.append(and_(others, _sized(limit, 2, above=above)))
        yield or_(*parts)


def _sized(limit: Decimal, digits: int, *, above: bool) -> ColumnElement[bool]:
    """A limit may lie between two minor units: 19.49 is below 19.495."""
    size = int(limit.scaleb(digits).to_integral_value(ROUND_FLOOR if above else ROUND_CEILING))
    cost = func.coalesce(col(OrderRow.cost), col(OrderRow.total))
    return cost > size if above else cost < size


def _units(digits: int) -> list[str]:
    return [unit for unit in ("JPY", "KRW", "CLP", "ISK", "VND", "KWD", "BHD", "JOD", "OMR", "TND") if exponent(unit) == digits]


def _status(word: str) -> str:
    if word not in list(OrderStatus):
        raise InvalidInput(
            translated("'{text}' is not a status. Use {choices}.", text=word[:40], choices=", ".join(map(shown_word, OrderStatus)))
        )
    return word


def _of_purpose(purpose: str) -> ColumnElement[bool]:
    owner = select(col(AccountRow.id)).where(is_word(col(AccountRow.purpose), purpose))
    mine = _has_item(is_word(col(ItemRow.purpose), purpose))
    plain = or_(_has_item(col(ItemRow.purpose).is_(None)), col(OrderRow.item_count) == 0)
    return or_(mine, and_(col(OrderRow.account_id).in_(owner), plain))


def _has_item(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(col(ItemRow.order_id) == col(OrderRow.id)).where(condition).correlate(OrderRow)


def has_category(session: Session, category: str) -> ColumnElement[bool]:
    """Return the condition that an item has a category, or one below it. Raises NotFound for a category that does not exist."""
    words = category_tree(session).below(label_word(session, "category", category))
    return or_(*(is_word(CATEGORY, word) for word in words))
