"""What can still be done about a purchase: cancel it, return it, or correct the books."""

from datetime import date, timedelta

from assistant.domain.judging.verdict import Message, said

_CANCELLABLE = frozenset({"placed", "unknown"})
_CANCEL_DAYS, _RETURN_DAYS = 3, 30
"""An order can be cancelled until it ships; one still known as placed after three days has most likely shipped unseen. Thirty days
after delivery is Amazon's usual return time; a date on the order wins."""
_BOOKS = said("next_steps.books")


def can_be_cancelled(status: str, placed_on: date | None, today: date) -> bool:
    """Return whether an order can probably still be cancelled."""
    return status in _CANCELLABLE and placed_on is not None and today - placed_on <= timedelta(days=_CANCEL_DAYS)


def remedy(status: str, placed_on: date | None, return_by: date | None, today: date) -> Message:
    """Return the next step, the easiest first."""
    if status in ("cancelled", "returned"):
        return said("next_steps.gone")
    age = today - placed_on if placed_on else timedelta(days=_RETURN_DAYS + 1)
    if can_be_cancelled(status, placed_on, today):
        return said("next_steps.cancel")
    if return_by is not None and return_by >= today:
        return said("next_steps.return_until", day=return_by, books=_BOOKS)
    if return_by is None and age <= timedelta(days=_RETURN_DAYS):
        return said("next_steps.return", books=_BOOKS)
    return _BOOKS
