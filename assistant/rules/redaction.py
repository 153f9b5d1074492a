"""Makes explanations safe to share: replaces names, addresses, titles and numbers of a situation with stable invented ones."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.rules.base import shortened

# Words that all situations share. Every other text in a situation is personal.
_SHARED = frozenset(
    {
        *("at", "page", "site", "sites", "type", "kind", "status", "hold", "state", "order_state", "currency", "language"),
        *("category", "categories", "business_categories", "scope", "strength", "plan", "service", "prime", "relation", "reveal", "tag"),
        *("code", "purpose", "month", "from", "until", "due", "last_due", "next_delivery", "return_until", "return_by"),
        *("closed_at", "latest_delivery", "charged_on", "charged_at", "card_expires"),
    }
)
_MEANT = {
    **dict.fromkeys(("key", "account", "to", "with", "invitee", "owner_account", "suggest"), "account"),
    **dict.fromkeys(("label", "org", "name", "greeting", "recipient"), "name"),
    **dict.fromkeys(("cid", "cids", "customer_id", "customer_ids"), "customer"),
    **dict.fromkeys(("asin", "asins"), "thing"),
    **dict.fromkeys(("addresses", "ship_to", "only", "also", "allow", "shared"), "place"),
    "cards": "card",
    "pay": "card",
    "title": "title",
    "order_id": "order",
}
_DAY = re.compile(r"\d{4}-\d\d(-\d\d|\Z)")
_KEPT = frozenset({"id", "verdict", "level", "code", "codes", "asks"})


class Redaction:
    """Invented names for the texts of situations; equal texts get the same name."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def learn(self, described: Any) -> None:
        """Learn an invented name for every text of a described situation that is not shared vocabulary."""
        for name, text in _texts(described, ""):
            if name in _SHARED or _DAY.match(text):
                continue
            known = self._names.get(text.lower())
            if known is None:
                meant = _MEANT.get(name, name)
                self._counts[meant] += 1
                known = f"{meant}-{self._counts[meant]}"
            for form in (text, shortened(text)):
                # In capitals "Groß" is "GROSS".
                self._names.setdefault(form.lower(), known)
                self._names.setdefault(form.casefold(), known)

    def redacted(self, answer: Any) -> Any:
        """Return an answer about the learned situations with their texts replaced."""
        longest_first = sorted(self._names, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE) if longest_first else None
        return self._replaced(answer, pattern) if pattern else answer

    def _replaced(self, answer: Any, pattern: re.Pattern[str]) -> Any:
        if isinstance(answer, str):
            return pattern.sub(lambda found: self._names.get(found[0].lower(), "…"), answer)
        if isinstance(answer, Mapping):
            return {name: value if name in _KEPT else self._replaced(value, pattern) for name, value in answer.items()}
        return [self._replaced(entry, pattern) for entry in answer] if isinstance(answer, list) else answer


def _texts(described: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield every text inside, with its key."""
    if isinstance(described, str) and described.strip():
        yield name, described
    elif isinstance(described, Mapping):
        for key, value in described.items():
            yield from _texts(value, str(key))
    elif isinstance(described, list | tuple):
        for entry in described:
            yield from _texts(entry, name)
