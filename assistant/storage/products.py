"""The category of each product: the user's, the product page's, and the result."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlmodel import Field, Session, SQLModel, col

from assistant.domain.categories import CategorySource, Filed
from assistant.storage.prepared import Prepared, at_most
from assistant.storage.tables import ItemRow, OrderRow

_MOST = 500
_SHORTEST_WORD, _MOST_WORDS = 4, 12


class ProductRow(SQLModel, table=True):
    """A product; `key` is its ASIN, else its title.

    `word` is the category that the user gave it, `page` the one of its product page; `category` is the result, None if
    unknown. `stale`: something changed since that may change it.
    """

    __tablename__ = "products"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    title: str = ""
    word: str | None = Field(default=None, index=True)
    page: str | None = None
    category: str | None = None
    source: str | None = None
    confidence: int = 0
    stale: bool = Field(default=False, index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProduct:
    """What is known about a product before its category is worked out; `marketplace` is where it was bought last."""

    key: str
    title: str = ""
    marketplace: str | None = None
    unspsc: str | None = None
    word: str | None = None
    page: str | None = None


_ITEMS, _PRODUCTS = (SQLModel.metadata.tables[name] for name in ("items", "products"))
_KEY = func.coalesce(_ITEMS.c.asin, _ITEMS.c.title)
CATEGORY: ColumnElement[str | None] = func.coalesce(
    _ITEMS.c.category, select(_PRODUCTS.c.category).where(_PRODUCTS.c.key == _KEY).scalar_subquery()
)
"""The category of a line in a query over `items`: the user's own word, else that of the product."""


def key_of(asin: str | None, title: str | None) -> str | None:
    """Return the key of a product."""
    return asin or title or None


_FILED = Prepared(
    select(_PRODUCTS.c.key, _PRODUCTS.c.category, _PRODUCTS.c.source, _PRODUCTS.c.confidence).where(
        _PRODUCTS.c.key.in_(bindparam("keys", expanding=True)), _PRODUCTS.c.category.is_not(None) | ~_PRODUCTS.c.stale
    )
)

_CORRECTIONS = Prepared(
    select(_PRODUCTS.c.title, _PRODUCTS.c.word)
    # Written so that SQLite uses the index of words: in the order of ids it would look at every product at each visit.
    .where(_PRODUCTS.c.word > "", _PRODUCTS.c.title != "")
    .order_by((_PRODUCTS.c.id + 0).desc())
    .limit(at_most(_MOST))
)


def filed(session: Session, keys: Collection[str]) -> dict[str, Filed | None]:
    """Return the categories of those products that have been worked out; None for an unknown one."""
    rows = _FILED.rows(session, keys=list(keys)) if keys else ()
    return {
        key: Filed(category=category, source=CategorySource(source), confidence=sure) if category else None
        for key, category, source, sure in rows
    }


def sources_of(session: Session, keys: Collection[str]) -> dict[str, CategorySource | None]:
    """Return where the categories of known products come from; None for a product without one."""
    return {key: CategorySource(row.source) if row.source else None for key, row in _product_rows(session, keys).items()}


def _product_rows(session: Session, keys: Collection[str]) -> dict[str, ProductRow]:
    return {row.key: row for row in session.scalars(select(ProductRow).where(col(ProductRow.key).in_(keys)))} if keys else {}


def newest_line(session: Session) -> int:
    """Return the id of the newest item, 0 for none."""
    return session.scalar(select(func.max(col(ItemRow.id)))) or 0


def products_after(session: Session, item_id: int, limit: int) -> tuple[int, list[KnownProduct]]:
    """Return the products of the items after an id, and the id of the last one."""
    query = (
        select(col(ItemRow.id), _KEY, col(ItemRow.title), col(ItemRow.unspsc), col(OrderRow.marketplace))
        .join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .where(col(ItemRow.id) > item_id)
        .order_by(col(ItemRow.id))
        .limit(limit)
    )
    rows = session.execute(query).all()
    found: dict[str, KnownProduct] = {}
    for _, key, title, unspsc, marketplace in rows:
        if key:
            earlier = found.get(key)
            code = unspsc or (earlier.unspsc if earlier else None)
            found[key] = KnownProduct(key=key, title=title or "", marketplace=marketplace, unspsc=code)
    known = _product_rows(session, found)
    return (rows[-1][0] if rows else item_id), [_with_word(product, known.get(product.key)) for product in found.values()]


def stale_products(session: Session, *, key: str | None = None, limit: int = 1) -> list[KnownProduct]:
    """Return products whose category is out of date: the one with this key, or up to a limit."""
    query = select(ProductRow).where(col(ProductRow.stale)).limit(limit)
    known = {row.key: row for row in session.scalars(query.where(col(ProductRow.key) == key) if key else query)}
    bought = _bought(session, known)
    return [
        _with_word(
            KnownProduct(key=key, title=row.title, unspsc=bought.get(key, (None, None))[0], marketplace=bought.get(key, (None, None))[1]),
            row,
        )
        for key, row in known.items()
    ]


def save(session: Session, answers: Mapping[KnownProduct, Filed | None]) -> None:
    """Store worked-out categories."""
    known = _product_rows(session, [product.key for product in answers])
    fresh: list[dict[str, Any]] = []
    for product, answer in answers.items():
        values = {
            "category": answer.category if answer else None,
            "source": answer.source.value if answer else None,
            "confidence": answer.confidence if answer else 0,
            "stale": False,
        }
        if product.key in known:
            session.execute(update(ProductRow).where(col(ProductRow.key) == product.key).values(**values))
        else:
            fresh.append({"key": product.key, "title": product.title, "word": product.word, "page": product.page, **values})
    if fresh:
        session.execute(insert(ProductRow), fresh)


def note(session: Session, key: str, title: str, said: Mapping[str, str | None]) -> None:
    """Keep the user's "word" about a product, or what its "page" said; None removes it. Its category becomes stale."""
    if session.scalar(select(col(ProductRow.id)).where(col(ProductRow.key) == key)) is None:
        session.execute(insert(ProductRow).values(key=key, title=title, confidence=0, stale=True, **said))
        return
    changed = or_(*(func.coalesce(getattr(ProductRow, name), "") != (value or "") for name, value in said.items()))
    session.execute(update(ProductRow).where(col(ProductRow.key) == key, changed).values(**said, stale=True))


def corrections(session: Session) -> tuple[tuple[str, str], ...]:
    """Return titles with the category that the user gave them, for learning from; a few hundred of the newest."""
    return tuple((title, word) for title, word in _CORRECTIONS.rows(session))


def doubt_guesses_like(session: Session, title: str) -> None:
    """Mark guesses as stale if their titles share a word with this one."""
    words = sorted({word for word in title.split() if len(word) >= _SHORTEST_WORD}, key=len, reverse=True)[:_MOST_WORDS]
    shared = or_(*(col(ProductRow.title).contains(word, autoescape=True) for word in words)) if words else col(ProductRow.id) < 0
    weak = or_(col(ProductRow.source).is_(None), col(ProductRow.source) == CategorySource.GUESS.value)
    session.execute(update(ProductRow).where(weak, shared).values(stale=True))


def doubt_all(session: Session) -> None:
    """Mark every category as stale, because a rule about categories was added or removed."""
    session.execute(update(ProductRow).values(stale=True))


def _bought(session: Session, keys: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the product code of business reports and the marketplace of products, by ASIN."""
    query = (
        select(col(ItemRow.asin), func.max(col(ItemRow.unspsc)), func.max(col(OrderRow.marketplace)))
        .join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .where(col(ItemRow.asin).in_(list(keys)))
        .group_by(col(ItemRow.asin))
    )
    return {asin: (unspsc, marketplace) for asin, unspsc, marketplace in session.execute(query)}


def _with_word(product: KnownProduct, row: ProductRow | None) -> KnownProduct:
    if row is None:
        return product
    return KnownProduct(
        key=product.key,
        title=product.title or row.title,
        marketplace=product.marketplace,
        unspsc=product.unspsc,
        word=row.word,
        page=row.page,
    )
