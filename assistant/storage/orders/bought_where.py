"""On which account items, sellers' items and categories were bought, and how often."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, not_, select
from sqlmodel import Session, col

from assistant.storage.products import CATEGORY
from assistant.storage.tables import AccountRow, ItemRow, OrderRow

_COLUMNS: Mapping[str, Any] = {"item": col(ItemRow.asin), "seller": col(ItemRow.seller), "category": CATEGORY}


class Bought(NamedTuple):
    """The number of orders on one account; `last` is the day of the newest."""

    name: str
    account_id: int
    times: int
    last: str
    title: str | None


def bought_by(session: Session, kind: str, since: date, private: Sequence[Mapping[str, Any]]) -> list[Bought]:
    """Return how often each item, seller or category was bought on each account; cancelled, returned and private orders do not count."""
    name = _COLUMNS[kind].label("name")
    query = (
        select(name, col(OrderRow.account_id), func.count(func.distinct(col(OrderRow.id))), func.max(col(OrderRow.placed_on)))
        .add_columns(func.max(col(ItemRow.title)) if kind == "item" else func.min(None))
        .join_from(ItemRow, OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(col(OrderRow.placed_on) >= since.isoformat(), col(OrderRow.cancelled).is_(False), col(OrderRow.status) != "returned")
        .where(_COLUMNS[kind].is_not(None), *_not_private(private))
        .group_by(name, col(OrderRow.account_id))
    )
    return [Bought(*row) for row in session.execute(query)]


def _not_private(rules: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    for rule in rules:
        named = ((col(OrderRow.number), "order_id"), (func.coalesce(col(ItemRow.asin), ""), "asin"), (col(AccountRow.key), "account"))
        parts = [column.in_(_words(rule[name])) for column, name in named if rule.get(name)]
        if parts:
            yield not_(and_(*parts))


def _words(value: Any) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else [str(value)]
