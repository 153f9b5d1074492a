"""Sums over the lines of an order."""

from collections.abc import Sequence

from assistant.domain.money import Money


def whole(parts: Sequence[Money | None]) -> Money | None:
    """Return the sum; None if a part is missing or the currencies differ, because then it would be a guess."""
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts) or len({part.currency for part in known}) > 1:
        return None
    return Money(sum(part.minor for part in known), known[0].currency)
