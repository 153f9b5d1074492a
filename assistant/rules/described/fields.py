"""Reads untrusted mappings: unknown keys and values of the wrong type count as absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with typed getters."""

    data: Mapping[str, Any] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Return whether the key exists and is not null."""
        return self.data.get(name) is not None

    def text(self, name: str) -> str | None:
        """Return a stripped text (a number as text), or None."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return str(value)
        return value.isoformat() if isinstance(value, date) else None

    def word(self, name: str) -> str | None:
        """Return a text of the vocabulary in small letters, or None."""
        found = self.text(name)
        return found.lower() if found is not None else None

    def item_number(self, name: str) -> str | None:
        """Return a normalised ASIN, or None."""
        found = self.text(name)
        return found.upper() if found else None

    def flag(self, name: str) -> bool | None:
        """Return true or false, or None if absent."""
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
            return (value.strip(),)
        if not isinstance(value, list | tuple):
            return ()
        return tuple(str(entry).strip() for entry in value if isinstance(entry, str | int) and not isinstance(entry, bool))

    def inner(self, name: str) -> "Fields":
        """Return a nested mapping, empty if absent."""
        value = self.data.get(name)
        return Fields(value) if isinstance(value, Mapping) else Fields()

    def entries(self, name: str) -> tuple["Fields", ...]:
        """Return a nested list of mappings."""
        value = self.data.get(name)
        return tuple(Fields(entry) for entry in value if isinstance(entry, Mapping)) if isinstance(value, list | tuple) else ()

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


def decimal(value: Any) -> Decimal | None:
    """Return a finite number from a number or a plain decimal text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= _MOST_DIGITS else None
