"""A described fact as the file or the ledger gives it: unknown keys and values of the wrong type read as absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """A mapping with typed getters."""

    data: Mapping[str, Any] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the key is there and not null."""
        return self.data.get(name) is not None

    def text(self, name: str) -> str | None:
        """Return a text (a number as text), or None."""
        value = self.data.get(name)
        if isinstance(value, bool):
            return None
        if isinstance(value, str | int | float):
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
        """Return a whole number, or the default."""
        found = self.number(name)
        return default if found is None else int(found)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.data.get(name)
        if isinstance(value, str):
            return (value,)
        return tuple(str(entry) for entry in value if isinstance(entry, str | int)) if isinstance(value, list | tuple) else ()

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
        """Return the instant; local wall-clock time without an offset is compared as if it were UTC."""
        value = self.data.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return None
        if not isinstance(found, datetime):
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def decimal(value: Any) -> Decimal | None:
    """Return a finite number from a number or a plain decimal text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
