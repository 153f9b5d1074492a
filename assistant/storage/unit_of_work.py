"""One transaction: what changes, and the facts that tell of it, become true together."""

from sqlmodel import Session

from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.storage.tables import OutboxRow


class UnitOfWork:
    """A session that holds the write lock. Only `commit()` keeps anything; `told` says whether a fact waits in the outbox."""

    def __init__(self, session: Session, clock: Clock) -> None:
        """Wrap a session whose transaction ends with it."""
        self.session = session
        self.told = False
        self._clock = clock

    def tell(self, kind: EventKind, **data: str | int | None) -> None:
        """Put a fact into the outbox; it leaves only if this transaction is kept."""
        self.told = True
        self.session.add(OutboxRow(kind=kind.value, at=self._clock().isoformat(), data=data))

    def commit(self) -> None:
        """Keep everything."""
        self.session.commit()
