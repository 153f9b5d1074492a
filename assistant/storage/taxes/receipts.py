"""Receipts and business purposes as rows. Receipts belong to order numbers, so they stay when an order is imported again.

An order that two accounts hold is one order: it counts once, on one of them, and has the receipts that either got.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.taxes.evidence import BusinessPurposes, PurposeScope
from assistant.domain.taxes.receipts import ReceiptProblem
from assistant.storage.tables import AccountRow, ItemRow, OrderRow
from assistant.storage.taxes.tables import BusinessPurposeRow, ReceiptLinkRow, ReceiptRow

_AT_ONCE = 500
"""Order numbers in one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt of an order: its file by path and SHA-256. `item` is the key of an item, 0 for the whole order."""

    number: str
    item: int
    sha256: str
    name: str
    path: Path
    media_type: str
    size: int
    problem: ReceiptProblem | None = None
    added_at: str = ""


def receipts(session: Session, numbers: Iterable[str] | None = None) -> list[Receipt]:
    """Return the receipts of these orders, of all without them, by order."""
    query = select(ReceiptLinkRow, ReceiptRow).join(ReceiptRow, col(ReceiptRow.sha256) == col(ReceiptLinkRow.sha256))
    keys = (col(ReceiptLinkRow.number), col(ReceiptLinkRow.item), col(ReceiptLinkRow.sha256))
    wanted = None if numbers is None else set(numbers)
    return [
        Receipt(
            number=link.number,
            item=link.item,
            sha256=row.sha256,
            name=row.name,
            path=Path(row.path),
            media_type=row.media_type,
            size=row.size,
            problem=ReceiptProblem(row.problem) if row.problem else None,
            added_at=row.added_at,
        )
        for link, row in session.execute(query.order_by(*keys))
        if wanted is None or link.number in wanted
    ]


def keep_receipt(session: Session, receipt: Receipt, at: str) -> None:
    """Attach a receipt; a file that is known gets its new path. The caller commits."""
    row = session.get(ReceiptRow, receipt.sha256)
    if row is None:
        row = ReceiptRow(sha256=receipt.sha256, name=receipt.name, path="", media_type=receipt.media_type, size=receipt.size, added_at=at)
        row.problem = receipt.problem.value if receipt.problem else ""
    row.path = str(receipt.path)
    session.add(row)
    session.flush()
    if session.get(ReceiptLinkRow, (receipt.number, receipt.item, receipt.sha256)) is None:
        session.add(ReceiptLinkRow(number=receipt.number, item=receipt.item, sha256=receipt.sha256))
    session.flush()


def accounts_of_orders(session: Session, numbers: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of the accounts that have these orders, by number; orders that nobody has are left out."""
    found: dict[str, list[str]] = {}
    query = select(col(OrderRow.number), col(AccountRow.key)).join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
    wanted = sorted(set(numbers))
    for first in range(0, len(wanted), _AT_ONCE):
        for number, key in session.execute(query.where(col(OrderRow.number).in_(wanted[first : first + _AT_ONCE]))):
            found.setdefault(number, []).append(key)
    return found


def known_sellers(session: Session) -> list[str]:
    """Return all sellers of items."""
    return [seller for seller in session.scalars(select(col(ItemRow.seller)).distinct().order_by(col(ItemRow.seller))) if seller]


def detach_receipts(session: Session, number: str, sha256: str) -> int:
    """Detach the receipts of an order whose hash starts with a text; return how many. The caller commits."""
    rows = session.scalars(select(ReceiptLinkRow).where(col(ReceiptLinkRow.number) == number)).all()
    found = [row for row in rows if row.sha256.startswith(sha256)]
    for row in found:
        session.delete(row)
    session.flush()
    return len(found)


def business_purposes(session: Session) -> BusinessPurposes:
    """Return why items are bought for the business."""
    found: dict[str, dict[str, str]] = {}
    for row in session.scalars(select(BusinessPurposeRow)):
        found.setdefault(row.scope, {})[row.value] = row.text
    return BusinessPurposes(
        by_order=found.get(PurposeScope.ORDER, {}),
        by_seller=found.get(PurposeScope.SELLER, {}),
        by_category=found.get(PurposeScope.CATEGORY, {}),
    )


def keep_purpose(session: Session, scope: PurposeScope, value: str, text: str) -> None:
    """Store why items of a category, a seller or an order are bought for the business. The caller commits."""
    row = session.get(BusinessPurposeRow, (scope.value, value)) or BusinessPurposeRow(scope=scope.value, value=value, text=text)
    row.text = text
    session.add(row)
    session.flush()
