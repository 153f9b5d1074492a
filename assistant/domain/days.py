"""Days as text: as people write them, and as the ledger stores them."""

from datetime import date
from enum import StrEnum

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated


def written_day(text: str | None) -> date | None:
    """Parse a day like "2026-11-25"; None for an empty text. Raises InvalidInput."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(translated("'{text}' is not a day. Write it like 2026-11-25.", text=str(text)[:40])) from error


def stored_day(text: str | None) -> date | None:
    """Return a day of the ledger, like "2026-11-25"; None for none."""
    return date.fromisoformat(text) if text else None


class Split(StrEnum):
    """How a long time is split into periods."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def period_of(self, day: date) -> str:
        """Return the period of a day: "2025-03", "2025-Q1" or "2025"."""
        if self is Split.YEAR:
            return f"{day:%Y}"
        return f"{day:%Y-%m}" if self is Split.MONTH else f"{day:%Y}-Q{(day.month + 2) // 3}"
