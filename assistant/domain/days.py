"""Days as people write them on the command line and in forms."""

from datetime import date

from assistant.domain.errors import InvalidInput


def written_day(text: str | None) -> date | None:
    """Parse a day like "2026-11-25"; None for an empty text. Raises InvalidInput."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"'{str(text)[:40]}' is not a day. Write it like 2026-11-25.") from error
