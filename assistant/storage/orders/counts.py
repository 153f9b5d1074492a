"""How many orders an account has, by what became of them."""

from datetime import date

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from assistant.storage.tables import OrderRow


def year_of(session: Session, account_id: int, since: date) -> dict[str, int]:
    """Return {"orders", "cancelled", "returned"} from a day on; what went back may be a part of an order."""
    cancelled = func.sum(case((col(OrderRow.cancelled), 1), else_=0))
    returned = func.sum(
        case((col(OrderRow.cancelled), 0), (col(OrderRow.status) == "returned", 1), (col(OrderRow.refunded) > 0, 1), else_=0)
    )
    query = select(func.count(), cancelled, returned).where(
        col(OrderRow.account_id) == account_id, col(OrderRow.placed_on) >= since.isoformat()
    )
    orders, gone, back = session.execute(query).one()
    return {"orders": orders, "cancelled": gone or 0, "returned": back or 0}
