"""One transaction: changes, their events and the step of the history are committed together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.journal import Action, Author, current_author
from assistant.domain.languages.sentences import Sentence
from assistant.storage.journal import SAID, Details, Recording, StepRow, record_changes
from assistant.storage.tables import OutboxRow
from assistant.wire.shape import builtins

__all__ = ["Session", "UnitOfWork"]

_LONGEST_SENTENCE = 1000
_STALE = "SELECT 1 FROM orders WHERE NOT booked LIMIT 1"


class UnitOfWork:
    """A session that holds the write lock. Only `commit()` saves anything; `told`: an event is in the outbox."""

    def __init__(self, session: Session, clock: Clock, before_commit: "Callable[[UnitOfWork], None] | None" = None) -> None:
        """Wrap a session whose transaction ends with it. `before_commit` is asked if a person changed something, and may refuse."""
        self.session = session
        self.told = False
        self._before_commit = before_commit
        self._steps = 0
        self._clock = clock
        self._recording: Recording | None = None
        self._author: Author | None = None

    def now(self) -> datetime:
        """Return the time of this transaction, in UTC."""
        return self._clock()

    def tell(self, kind: EventKind, **data: str | int | None) -> None:
        """Put an event into the outbox; it is sent only if this transaction is committed."""
        self.told = True
        if self._recording is not None:
            self._recording.events.append((kind.value, data))
        self.session.add(OutboxRow(kind=kind.value, at=self._clock().isoformat(), data=data))

    @contextmanager
    def step(self, action: Action, what: Sentence) -> Iterator[Recording]:
        """Record everything inside the block as one step of the history, with the row values that `undo` needs.

        Only changes through the session's objects are recorded by themselves. A service that changes rows by statements puts
        what its own revert function needs into `details` of the recording (`services.journal` lists these functions).
        """
        with record_changes(self.session) as recording:
            self._recording = recording
            try:
                yield recording
            finally:
                self._recording = None
        self.add_step(action, what, recording.as_details())

    def add_step(self, action: Action, what: Sentence, details: Details, *, undoes: int | None = None) -> None:
        """Add a step to the history: its sentence in English, and with its values for every language."""
        if self._author is None:
            author = current_author()
            self._author = author if author.command else replace(author, command=uuid4().hex)
        row = StepRow(command=self._author.command, at=self._clock().isoformat(), who=self._author.who, action=action.value, what="")
        row.what, row.why, row.undoes = what.english[:_LONGEST_SENTENCE], self._author.why, undoes
        row.details = {**details, SAID: builtins(what)}
        self.session.add(row)
        self.session.flush()
        self._steps += 1

    def commit(self, *, in_batches: bool = False) -> None:
        """Commit, after deriving the entries of orders that this transaction made stale. Every step of the history is sent as an event.

        `in_batches`: leave the stale orders to the caller, who derives them in several transactions.
        """
        if self._steps and not self.told:
            # Decisions (splits, labels, claims, statements, words) must reach every other client, too.
            self.tell(EventKind.BOOKS_CHANGED)
        self.session.flush()
        if not in_batches and self.session.connection().exec_driver_sql(_STALE).first() is not None:
            from assistant.storage.orders.rebook import catch_up  # noqa: PLC0415  # few transactions need it

            while catch_up(self.session):
                pass
        if self._steps and self._before_commit is not None:
            self._before_commit(self)
        self.session.commit()
