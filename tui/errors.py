"""How a failed call is told: one sentence, its code, and the next key."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerState

from assistant.domain.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    LedgerUnusable,
    NotAuthorised,
    NotFound,
    PairingRefused,
    ServerAway,
    UnknownFormat,
)
from tui.formatting import plain

if TYPE_CHECKING:
    from tui.app import ShopperApp

_NEXT: dict[type[DomainError], str] = {
    InvalidInput: "Correct it and try again.",
    UnknownFormat: "Press i to choose another file.",
    NotFound: "Press r to read the list again.",
    Conflict: "Press r to see how things stand now.",
    PairingRefused: "Press p for a new code.",
    NotAuthorised: "Press q, then start Shopper again.",
    LedgerUnusable: "Press q, then run: shopper orders",
    ServerAway: "It is tried again by itself; press r to try at once.",
}


def sentence(error: Exception) -> str:
    """Return what a person reads about a failure, with its code at the end."""
    said = plain(str(error)) or "That did not work."
    return f"{said} ({error.code if isinstance(error, DomainError) else 'unexpected'})"


def next_key(error: Exception) -> str:
    """Return what to press next."""
    return next((text for kind, text in _NEXT.items() if isinstance(error, kind)), "Press r to try again.")


class TellsFailures(MessagePump):
    """For apps and screens: a background task that fails in a way nobody foresaw is told, and the app lives on."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of the failure instead of leaving with a traceback."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, Exception):
            self.log.error(error)
            cast("ShopperApp", self.app).tell_failure(error)


@contextmanager
def told(app: "ShopperApp") -> Iterator[None]:
    """Turn a failing client call within into a notification; a server that is away shows on the status line."""
    try:
        yield
    except DomainError as error:
        if isinstance(error, ServerAway):
            app.store.lost()
        app.tell_failure(error)
