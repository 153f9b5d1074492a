"""Pages of orders and invoices that can be printed as receipts: the newest of each kind per order, compressed."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, LargeBinary, delete, select
from sqlmodel import Field, Session, SQLModel, col

from assistant.storage.tables import AccountRow

MOST_PAGES, LARGEST_PAGE = 3000, 512 << 10
"""Pages that are kept, the oldest go first; bytes of one when compressed. A page takes 5 to 30 KiB."""
_AT_ONCE = 500
"""Order numbers in one statement."""
_FAST = 1
"""Compression that costs a visit less than a millisecond."""


class OrderPageRow(SQLModel, table=True):
    """A page as the browser showed it. `printed`: it is among the receipts already."""

    __tablename__ = "order_pages"
    account_id: int = Field(primary_key=True, foreign_key="accounts.id", ondelete="CASCADE")
    number: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    url: str | None = None
    seen_at: str = Field(index=True)
    printed: bool = False
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """A page of an order. `kind` is that of the page: order_details or invoice; `seen_at` an instant in ISO form, UTC."""

    account: str
    number: str
    kind: str
    url: str | None
    seen_at: str
    printed: bool
    content: bytes


def keep_order_page(session: Session, account_id: int, page: OrderPage) -> None:
    """Keep a page instead of an older one of its order and kind; one that is too large is left out. The caller commits."""
    content = zlib.compress(page.content, _FAST)
    if len(content) > LARGEST_PAGE:
        return
    row = session.get(OrderPageRow, (account_id, page.number, page.kind))
    if row is not None and row.content == content:
        return
    if row is None:
        _drop_oldest_pages(session)
        row = OrderPageRow(account_id=account_id, number=page.number, kind=page.kind, seen_at="", content=b"")
    row.url, row.seen_at, row.printed, row.content = page.url, page.seen_at, False, content
    session.add(row)
    session.flush()


def _drop_oldest_pages(session: Session) -> None:
    limit = session.scalar(select(col(OrderPageRow.seen_at)).order_by(col(OrderPageRow.seen_at).desc()).offset(MOST_PAGES).limit(1))
    if limit is not None:
        session.execute(delete(OrderPageRow).where(col(OrderPageRow.seen_at) <= limit))


def order_pages(session: Session, numbers: Iterable[str]) -> Iterator[OrderPage]:
    """Yield the pages of these orders, by order."""
    wanted = sorted(set(numbers))
    query = select(OrderPageRow, col(AccountRow.key)).join(AccountRow, col(AccountRow.id) == col(OrderPageRow.account_id))
    query = query.order_by(col(OrderPageRow.number), col(OrderPageRow.kind))
    for first in range(0, len(wanted), _AT_ONCE):
        for row, key in session.execute(query.where(col(OrderPageRow.number).in_(wanted[first : first + _AT_ONCE]))):
            yield OrderPage(
                account=key,
                number=row.number,
                kind=row.kind,
                url=row.url,
                seen_at=row.seen_at,
                printed=row.printed,
                content=zlib.decompress(row.content),
            )


def numbers_with_pages(session: Session) -> set[str]:
    """Return the order numbers that have a kept page."""
    return set(session.scalars(select(col(OrderPageRow.number)).distinct()))


def note_printed(session: Session, page: OrderPage) -> None:
    """Store that a page is among the receipts. The caller commits."""
    owner = session.scalar(select(col(AccountRow.id)).where(col(AccountRow.key) == page.account))
    row = session.get(OrderPageRow, (owner, page.number, page.kind))
    if row is not None and row.seen_at == page.seen_at:
        row.printed = True
        session.add(row)
