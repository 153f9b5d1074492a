"""Decisions about purposes, as rows: splits of orders and items, and rules that repeat them."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from assistant.domain.books.shares import SplitPart
from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import translated
from assistant.storage.books.tables import PURCHASE, WHOLE_ORDER, EntryRow, SplitRow, SplitRuleRow
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def item_key(session: Session, order_id: int, number: int | None) -> int:
    """Return the key of an item by its number, counted from 1; None is the whole order. Raises NotFound."""
    if number is None:
        return WHOLE_ORDER
    key = session.scalar(select(col(ItemRow.key)).where(col(ItemRow.order_id) == order_id, col(ItemRow.line) == number - 1))
    if key is None:
        raise NotFound(translated("The order has no item {number}. 'shopper order' shows its items.", number=number))
    return key


def cost_of(session: Session, order_id: int, item: int) -> int:
    """Return what an item, or the whole order, cost before refunds, minor units."""
    query = select(func.sum(col(EntryRow.gross))).where(col(EntryRow.order_id) == order_id, col(EntryRow.refund) == PURCHASE)
    return int(session.scalar(query.where(col(EntryRow.item) == item) if item != WHOLE_ORDER else query) or 0)


def purpose_of(session: Session, order_id: int, item: int) -> str:
    """Return what an item is for as long as it is not split: its own purpose, else that of its account."""
    own = select(col(ItemRow.purpose)).where(col(ItemRow.order_id) == order_id, col(ItemRow.key) == item)
    account = select(col(AccountRow.purpose)).join(OrderRow, col(OrderRow.account_id) == col(AccountRow.id))
    return session.scalar(own) or session.scalar(account.where(col(OrderRow.id) == order_id)) or ""


def order_currency(session: Session, order_id: int) -> str | None:
    """Return the currency of an order's entries, or its own."""
    unit = session.scalar(select(col(EntryRow.currency)).where(col(EntryRow.order_id) == order_id).limit(1))
    return unit or session.scalar(select(col(OrderRow.currency)).where(col(OrderRow.id) == order_id))


def replace_split(session: Session, order_id: int, item: int, parts: Sequence[SplitPart]) -> None:
    """Replace the split of an item or of the whole order. No parts remove it, for the whole order those of its items too.

    The caller commits.
    """
    mine = select(SplitRow).where(col(SplitRow.order_id) == order_id)
    for row in session.scalars(mine if item == WHOLE_ORDER and not parts else mine.where(col(SplitRow.item) == item)).all():
        session.delete(row)
    session.flush()
    for position, part in enumerate(parts):
        session.add(
            SplitRow(order_id=order_id, item=item, position=position, purpose=part.purpose, percent=part.percent, amount=part.amount)
        )
    session.flush()
    session.execute(update(OrderRow).where(col(OrderRow.id) == order_id).values(booked=False))


def add_rule(session: Session, order_id: int, item: int, *, by_seller: bool, parts: Sequence[SplitPart]) -> str:
    """Repeat the parts for every item of this product, or from this seller; return its subject. The caller commits.

    A trigger marks the orders with such items as not booked, also when the rule is undone.

    Raises NotFound when the item has no product number, or no source names its seller.
    """
    row = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order_id, col(ItemRow.key) == item)).first()
    word = (row.seller if by_seller else row.asin) if row else None
    if row is None or not word:
        raise NotFound(
            translated("No source names the seller of this item.")
            if by_seller
            else translated("No source names the product number of this item.")
        )
    shares = [{"purpose": part.purpose, "percent": part.percent} for part in parts]
    rule = SplitRuleRow(seller=word.casefold(), shares=shares) if by_seller else SplitRuleRow(asin=word, shares=shares)
    session.add(rule)
    session.flush()
    return word
