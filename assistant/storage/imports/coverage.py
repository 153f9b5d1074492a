"""Reads the evidence for completeness: orders by month, days covered by exports, lists that were seen."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from assistant.domain.coverage import MonthCounts, SeenList, Span
from assistant.domain.documents import Listing
from assistant.domain.orders.precedence import PAGES
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.tables import DocumentRow, OrderRow, SightingRow

_WHOLE_HISTORY = (SourceKind.PRIVACY_ZIP.value, SourceKind.RETAIL_EXPORT.value)
_MONTH = func.substr(col(OrderRow.placed_on), 1, 7)


def month_counts(session: Session, account_ids: Iterable[int]) -> dict[int, dict[str, MonthCounts]]:
    """Return by account and month the number of orders, and of those that totals cannot count."""
    owner, day, wanted = col(OrderRow.account_id), col(OrderRow.placed_on), set(account_ids)
    # By day, which needs the index of accounts and days only; reading every order takes twenty times as long.
    days = select(owner, day, func.count()).where(day.is_not(None), owner.in_(wanted)).group_by(owner, day)
    found: dict[int, dict[str, MonthCounts]] = defaultdict(dict)
    for account_id, placed_on, orders in session.execute(days):
        found[account_id].setdefault(str(placed_on)[:7], MonthCounts(orders=0, held=0, unpriced=0)).orders += orders
    held = col(OrderRow.quarantine).is_not(None)
    unpriced = and_(col(OrderRow.total).is_(None), col(OrderRow.cancelled).is_(False))
    for account_id, placed_on, is_held in session.execute(select(owner, day, held).where(day.is_not(None), or_(held, unpriced))):
        if account_id in wanted:
            counts = found[account_id][str(placed_on)[:7]]
            counts.held += bool(is_held)
            counts.unpriced += not is_held
    return found


def spans(session: Session) -> dict[int, list[Span]]:
    """Return by account the days that its exports cover: an export contains the whole history up to its last order."""
    query = select(col(DocumentRow.account_id), col(DocumentRow.first_day), col(DocumentRow.last_day)).where(
        col(DocumentRow.kind).in_(_WHOLE_HISTORY), col(DocumentRow.first_day).is_not(None), col(DocumentRow.state) == "read"
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for owner, first, last in session.execute(query):
        if owner is not None:
            found[owner].append(Span(date.fromisoformat(first), date.fromisoformat(last), "export"))
    return found


def seen_lists(session: Session) -> dict[int, list[SeenList]]:
    """Return by account the pages of the list of orders that were seen."""
    query = select(col(DocumentRow.account_id), col(DocumentRow.received_at), col(DocumentRow.listing)).where(
        col(DocumentRow.listing).is_not(None), col(DocumentRow.account_id).is_not(None)
    )
    found: dict[int, list[SeenList]] = defaultdict(list)
    for owner, received_at, kept in session.execute(query):
        told = dict(kept)
        numbers = tuple(told.pop("numbers"))
        seen_on = datetime.fromisoformat(received_at).astimezone().date()
        found[owner].append(SeenList(seen_on=seen_on, listing=Listing(**told), numbers=numbers))
    return found


def only_sources(session: Session, account_id: int, months: Iterable[str]) -> dict[str, dict[SourceKind | None, int]]:
    """Return by month how many orders are known from one kind of source alone; None means several kinds."""
    wanted = sorted(months)
    if not wanted:
        return {}
    kinds = (
        select(col(SightingRow.order_id), _MONTH.label("month"), func.min(col(DocumentRow.kind)), func.max(col(DocumentRow.kind)))
        .join(OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .join(DocumentRow, col(DocumentRow.id) == col(SightingRow.document_id))
        .where(col(OrderRow.account_id) == account_id, col(OrderRow.placed_on) >= wanted[0], col(OrderRow.placed_on) <= f"{wanted[-1]}-31")
        .where(col(DocumentRow.kind) != SourceKind.USER.value)
        .group_by(col(SightingRow.order_id), _MONTH)
    )
    found: dict[str, dict[SourceKind | None, int]] = defaultdict(lambda: defaultdict(int))
    for _, month, least, most in session.execute(kinds):
        if month in wanted:
            found[month][_one_kind(SourceKind(least), SourceKind(most))] += 1
    return found


def _one_kind(least: SourceKind, most: SourceKind) -> SourceKind | None:
    if {least, most} <= PAGES:
        return SourceKind.ORDER_DETAILS
    return least if least is most else None
