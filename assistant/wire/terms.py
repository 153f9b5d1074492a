"""Terms, and what an edit of a term changes."""

from datetime import date
from typing import Any, Self

from msgspec import UNSET, UnsetType

from assistant.domain.terms import Term, TermChange, TermKind
from assistant.wire.rules import check_plain
from assistant.wire.shape import Count, InstantText, JsonShape, Short

_DAYS = ("on", "until")


class TermJson(JsonShape[Term]):
    """A promotion, membership, limit or review that was seen or noted; `details` depend on its kind."""

    id: Count
    kind: TermKind
    account: str | None
    what: str
    on: date | None
    until: date | None
    details: dict[str, Any]
    by_hand: bool
    seen_at: InstantText | None


class TermBody(JsonShape[Term], kw_only=True):
    """A term that a person notes; which details it needs depends on its kind."""

    kind: TermKind
    what: Short
    account: Short | None = None
    on: date | None = None
    until: date | None = None
    details: dict[str, Any] = {}  # noqa: RUF012  # msgspec copies it for each struct

    def __post_init__(self) -> None:
        """Refuse details that the ledger cannot keep."""
        check_plain(self.details)


class TermChangeBody(JsonShape[TermChange]):
    """What an edit of a term sets; absent fields stay unchanged, and a day or a detail that is null is cleared."""

    what: Short | None = None
    account: Short | None = None
    on: date | UnsetType | None = UNSET
    until: date | UnsetType | None = UNSET
    details: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        """Refuse details that the ledger cannot keep."""
        check_plain(self.details or {})

    @classmethod
    def of(cls, value: TermChange) -> Self:
        """Return what an edit sets."""
        days = {name: None if name in value.cleared else getattr(value, name) or UNSET for name in _DAYS}
        return cls(what=value.what, account=value.account, details=dict(value.details) or None, **days)

    def to_domain(self, currency: str = "") -> TermChange:
        """Return what the edit sets."""
        del currency
        return TermChange(
            what=self.what,
            account=self.account,
            on=self.on or None,
            until=self.until or None,
            details=self.details or {},
            cleared=frozenset(name for name in _DAYS if getattr(self, name) is None),
        )
