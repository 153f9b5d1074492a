"""Shows failures as notifications: one sentence and the next key."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerState

from assistant.domain.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    LedgerBusy,
    LedgerUnusable,
    NotAuthorised,
    NotFound,
    NotWritten,
    PairingRefused,
    ServerAway,
    ServerBusy,
    SettingsNotSaved,
    UnknownFormat,
)
from assistant.domain.languages.translating import to_translate, translated
from tui.formatting import plain
from tui.keymap import EVERYWHERE
from tui.own_keys import in_own_keys
from tui.store import Store

_NEXT: dict[type[DomainError], str] = {
    InvalidInput: to_translate("Correct it and try again."),
    UnknownFormat: to_translate("Press i to choose another file."),
    NotFound: to_translate("Press r to refresh the list."),
    Conflict: to_translate("Press r to see the current state."),
    PairingRefused: to_translate("Press p for a new code."),
    NotAuthorised: to_translate("Shopper keeps trying; press r to try now."),
    LedgerBusy: to_translate("Press r to try again."),
    LedgerUnusable: to_translate("Shopper keeps trying. 'shopper doctor' shows what is wrong."),
    ServerBusy: to_translate("Press r to try again."),
    ServerAway: to_translate("Shopper keeps trying; press r to try now."),
    SettingsNotSaved: to_translate("Make room on the disk, then do it again."),
}


_TO_CORRECT = (InvalidInput, NotFound, Conflict, NotWritten, PairingRefused, SettingsNotSaved, UnknownFormat)
"""Failures that the user can correct: their sentence says how, and their code would only be in the way."""


def sentence(error: Exception) -> str:
    """Return the sentence for a failure. The code is at the end of those that the user may have to report."""
    text = plain(str(error)) or translated("That did not work.")
    if isinstance(error, _TO_CORRECT):
        return text
    return f"{text} ({error.code if isinstance(error, DomainError) else translated('unexpected')})"


def next_key(error: Exception) -> str:
    """Return what to press next."""
    return next((translated(text) for kind, text in _NEXT.items() if isinstance(error, kind)), translated("Press r to try again."))


_SHOWN, _FAILURE_SHOWN = 4.0, 10.0
"""Seconds for which good news and failures are shown."""


class Notifies(MessagePump):
    """Notifications for apps and screens. Unexpected failures of background tasks are reported too, and the app keeps running."""

    def keyed(self, text: str) -> str:
        """Return a text that names keys with those that the user has set for them on this screen."""
        keys: Mapping[str, str] = getattr(self.app, "own_keys", {})
        if not keys:
            return text
        screens = [type(screen) for screen in self.app.screen_stack[:1]]
        own = [binding for screen in screens for parent in reversed(screen.__mro__) for binding in vars(parent).get("BINDINGS", ())]
        return in_own_keys(text, [*EVERYWHERE, *own], keys)

    def say(self, text: str) -> None:
        """Show a short success message; the text may come from outside."""
        self.app.notify(self.keyed(text), timeout=_SHOWN, markup=False)

    def say_once(self, text: str) -> None:
        """Show a message, but not again while it is still shown: a key that is held down repeats what it causes."""
        if self._begins(text, _SHOWN):
            self.say(text)

    def action_help_quit(self) -> None:
        """Say which key quits: ctrl+c copies in input lines, so it does nothing else."""
        self.say_once(translated("Press ^q to quit."))

    def show_failure(self, error: Exception) -> None:
        """Show what went wrong and the next key; the same failure only once at a time."""
        text = f"{sentence(error)}\n{self.keyed(next_key(error))}"
        if self._begins(text, _FAILURE_SHOWN):
            self.app.notify(text, title=translated("That did not work"), severity="error", timeout=_FAILURE_SHOWN, markup=False)

    def _begins(self, text: str, seconds: float) -> bool:
        """Return whether a text is not shown yet, and note that it is shown for so long."""
        now, shown_until = monotonic(), getattr(self.app, "shown_until", {})
        if shown_until.get(text, 0.0) > now:
            return False
        shown_until[text] = now + seconds
        return True

    @contextmanager
    def failures_shown(self, store: Store) -> Iterator[None]:
        """Show a client call that fails as a notification; a missing server or ledger also shows on the status line."""
        try:
            yield
        except DomainError as error:
            if isinstance(error, ServerAway | LedgerUnusable | NotAuthorised) and not isinstance(error, LedgerBusy):
                store.lost(error)
            self.show_failure(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Report an unexpected failure instead of ending with a traceback."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, Exception):
            self.log.error(error)
            self.show_failure(error)
