"""What can still be done about a purchase: cancel it, return it, or correct the books."""

from datetime import date, timedelta

_CANCELLABLE = frozenset({"placed", "unknown"})
_CANCEL_DAYS, _RETURN_DAYS = 3, 30
"""An order can be cancelled until it ships; one still known as placed after three days has most likely shipped unseen. Thirty days
after delivery is Amazon's usual return time; a date on the order wins."""
_BOOKS = "To keep it, set its purpose in the list of orders and pay the money back from the right account."


def remedy(status: str, placed_on: date | None, return_by: date | None, today: date) -> str:
    """Return the next step, the easiest first."""
    if status in ("cancelled", "returned"):
        return "It has been cancelled or sent back since then, so there is nothing left to do."
    age = today - placed_on if placed_on else timedelta(days=_RETURN_DAYS + 1)
    if status in _CANCELLABLE and age <= timedelta(days=_CANCEL_DAYS):
        return "It can probably still be cancelled: open the order and cancel it before it ships."
    if return_by is not None and return_by >= today:
        return f"It can be returned until {return_by:%-d %b %Y}. {_BOOKS}"
    if return_by is None and age <= timedelta(days=_RETURN_DAYS):
        return f"It can probably still be returned: the order shows until when. {_BOOKS}"
    return _BOOKS
