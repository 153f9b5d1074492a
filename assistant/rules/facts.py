"""A described fact as the file or the ledger gives it: unknown keys and values of the wrong type read as absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

_MOST_DIGITS = 15


# Not frozen: a situation makes hundreds of them, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Fact:
    """A mapping with typed getters. Nobody changes it."""

    data: Mapping[str, Any] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the key is there and not null."""
        return self.data.get(name) is not None

    def text(self, name: str) -> str | None:
        """Return a text (a number as text), or None."""
        value = self.data.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return str(value)
        return value.isoformat() if isinstance(value, date) else None

    def flag(self, name: str) -> bool | None:
        """Return true, false, or None where nothing is said."""
        value = self.data.get(name)
        return value if isinstance(value, bool) else None

    def number(self, name: str) -> Decimal | None:
        """Return a finite number, or None."""
        return decimal(self.data.get(name))

    def count(self, name: str, default: int = 0) -> int:
        """Return a whole number from 0 up, or the default."""
        found = self.number(name)
        return default if found is None or found < 0 else int(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.data.get(name)
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list | tuple):
            return ()
        return tuple(str(entry) for entry in value if isinstance(entry, str | int) and not isinstance(entry, bool))

    def fact(self, name: str) -> "Fact":
        """Return a mapping inside, empty where there is none."""
        value = self.data.get(name)
        return Fact(value) if isinstance(value, Mapping) else Fact()

    def facts(self, name: str) -> tuple["Fact", ...]:
        """Return a list of mappings inside."""
        value = self.data.get(name)
        return tuple(Fact(entry) for entry in value if isinstance(entry, Mapping)) if isinstance(value, list | tuple) else ()

    def day(self, name: str = "at") -> date | None:
        """Return the civil date as written."""
        value = self.data.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value[:10]) if isinstance(value, str) else None
        except ValueError:
            return None

    def moment(self, name: str = "at") -> datetime | None:
        """Return the instant; without an offset it is local wall-clock time (see `since`)."""
        value = self.data.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return None
        return found if isinstance(found, datetime) else None


def since(earlier: datetime | None, later: datetime | None) -> timedelta | None:
    """Return the time between two instants; one without an offset is wall-clock time where the other was written."""
    if earlier is None or later is None:
        return None
    if earlier.tzinfo is None or later.tzinfo is None:
        zone = earlier.tzinfo or later.tzinfo
        earlier, later = (instant.replace(tzinfo=instant.tzinfo or zone) for instant in (earlier, later))
    return later - earlier


def decimal(value: Any) -> Decimal | None:
    """Return a finite number from a number or a plain decimal text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= _MOST_DIGITS else None
