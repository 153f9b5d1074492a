"""Events: written to the outbox in the transaction that caused them, and sent to every client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened, in the past tense."""

    ORDERS_IMPORTED = "orders-imported"
    ACCOUNT_CHANGED = "account-changed"
    IDENTITY_SEEN = "identity-seen"
    VERDICT_REACHED = "verdict-reached"
    ALERT_CHANGED = "alert-changed"
    RULES_CHANGED = "rules-changed"
    CLIENT_PAIRED = "client-paired"
    CLIENT_REVOKED = "client-revoked"
    IMPORT_FAILED = "import-failed"
    BOOKS_CHANGED = "books-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `id` grows by one with each; `data` is small and JSON-ready (ids and counts, no personal text)."""

    id: int
    kind: EventKind
    at: datetime
    data: Mapping[str, str | int | None] = field(default_factory=dict)
