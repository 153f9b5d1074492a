"""The closed lists of words as rows: categories, purposes, persons; and labels on many items at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from assistant.domain.categories import BUSINESS_CATEGORIES, CATEGORIES, GIVEN_PARENTS
from assistant.domain.filters import Filter
from assistant.storage.accounts.labels import category_tree, is_word, label_word, persons, purposes
from assistant.storage.books.tables import SplitRow
from assistant.storage.filters import combined, conditions, has_category, of_items
from assistant.storage.products import filed, key_of
from assistant.storage.tables import AccountRow, CategoryRow, ItemRow, OrderRow, PersonRow, PurposeRow

__all__ = ["category_tree", "persons", "purposes"]
_OWN: Mapping[str, Any] = {"category": CategoryRow, "purpose": PurposeRow, "person": PersonRow}
_LABELS: Mapping[str, Any] = {"category": col(ItemRow.category), "purpose": col(ItemRow.purpose), "person": col(ItemRow.person)}


def categories(session: Session) -> list[str]:
    """Return every category: those of the tree, those of businesses, and older ones that items still have."""
    used = session.scalars(select(col(ItemRow.category)).where(col(ItemRow.category).is_not(None)).distinct())
    return list(
        dict.fromkeys([*CATEGORIES, *category_tree(session).ordered(), *BUSINESS_CATEGORIES, *sorted(word for word in used if word)])
    )


def own_categories(session: Session) -> set[str]:
    """Return the categories that the user added, which can be removed."""
    return {word for word in session.scalars(select(col(CategoryRow.word))) if word not in GIVEN_PARENTS}


def add_word(session: Session, kind: str, word: str) -> None:
    """Add a category at the top, a purpose or a person. The caller commits."""
    session.add(_OWN[kind](word=word))
    session.flush()


def place_category(session: Session, word: str, parent: str) -> None:
    """Add a category, or move one, below a parent, "" for the top. The caller commits."""
    row = session.get(CategoryRow, word)
    if row is None:
        session.add(CategoryRow(word=word, parent=parent))
    else:
        row.parent = parent
        session.add(row)
    session.flush()


def remove_word(session: Session, kind: str, word: str) -> bool:
    """Remove a word that the user added; return False if there is none to remove. The caller commits."""
    row = session.get(_OWN[kind], word)
    if row is None or (kind == "category" and word in GIVEN_PARENTS):
        return False
    session.delete(row)
    session.flush()
    return True


def times_used(session: Session, kind: str, word: str) -> int:
    """Return how many items, and splits for a purpose, have a word."""
    used = session.scalar(select(func.count()).where(is_word(_LABELS[kind], word))) or 0
    if kind == "purpose":
        used += session.scalar(select(func.count()).select_from(SplitRow).where(is_word(col(SplitRow.purpose), word))) or 0
    return used


def _of_labelled(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on an order and, for what an item has itself, on the item."""
    yield from conditions(session, replace(found, category=None, person=None, seller=None, items=()))
    if found.category:
        yield has_category(session, found.category)
    if found.person:
        yield is_word(col(ItemRow.person), label_word(session, "person", found.person))
    yield from of_items(found)


class LabelledItem(NamedTuple):
    """An item with the order that it belongs to, and its labels now: the user's, else the suggested category."""

    row: ItemRow
    number: str
    account: str
    account_purpose: str
    search: str
    suggested: str | None


def items_of(session: Session, found: Filter) -> list[LabelledItem]:
    """Return the items of a filter's orders that have its category and person themselves, newest order first."""
    query = (
        select(ItemRow, col(OrderRow.number), col(AccountRow.key), col(AccountRow.purpose), col(OrderRow.recipient))
        .join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(*combined(found, lambda part: _of_labelled(session, part)))
        .order_by(col(OrderRow.placed_on).desc(), col(OrderRow.id), col(ItemRow.line))
    )
    rows: Sequence[Any] = session.execute(query).all()
    known = filed(session, {key for row in rows if (key := key_of(row.ItemRow.asin, row.ItemRow.title))})
    return [
        LabelledItem(
            row=item,
            number=number,
            account=account,
            account_purpose=purpose,
            search=" ".join(filter(None, (item.title, item.asin, item.seller, number, recipient))),
            suggested=guess.category if (guess := known.get(key_of(item.asin, item.title) or "")) else None,
        )
        for item, number, account, purpose, recipient in rows
    ]
