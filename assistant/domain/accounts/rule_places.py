"""How the addresses and cards that a user names in a rule are understood."""

from collections.abc import Mapping
from typing import Any

from assistant.domain.accounts.address_parts import understood
from assistant.domain.accounts.cards import same_spelling

_DESCRIBE = {"ship": understood, "pay": same_spelling}


def places_understood(rule: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how each address or card of a rule is understood, in its order; empty for a rule about other things."""
    describe = _DESCRIBE.get(rule.get("type", ""))
    if describe is None:
        return ()
    named = (rule.get("only") or [], rule.get("also") or [])
    entries = [entry for places in named for entry in ([places] if isinstance(places, str) else places)]
    return tuple(describe(entry) for entry in entries)
