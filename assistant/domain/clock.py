"""The clock, injected so that tests can replace it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def today_of(clock: Clock) -> date:
    """Return the day in the time zone of this machine."""
    return clock().astimezone().date()


def system_today() -> date:
    """Return today in the time zone of this machine."""
    return today_of(system_clock)
