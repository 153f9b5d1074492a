"""Pairs a browser: shows the code, how long it is valid, and what to do with it."""

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Footer, Static

from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import PairingCode
from assistant.settings import STANDARD_PORT
from tui.dialogs.dialog import Dialog
from tui.formatting import plain
from tui.messages import BrowsersChanged
from tui.store import Store

_STEPS = to_translate(
    "1  Open the browser in which Shopper's extension is installed.\n"
    "2  Click Shopper's icon beside the address bar.\n"
    "3  Type the code. This window says when it worked.\n\n"
    "The browser can then show which account is signed in, and send pages "
    "that you open to this computer. It cannot read your books."
)


class PairingDialog(Dialog[None]):
    """Shows a code until it is used or has expired; n asks for another."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "new_code", "New code")]

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._code: PairingCode | None = None
        self._known: set[str] = set()
        self._done = False

    def compose(self) -> ComposeResult:
        """Compose code, time and steps."""
        with Vertical(classes="dialog pairing") as panel:
            panel.border_title = translated("Pair a browser")
            yield Digits("", id="pairing-code")
            yield Static(id="pairing-plain", markup=False)
            yield Static(translated("Asking for a code …"), id="pairing-time", markup=False)
            server = server_text(self._store.client.port) if self._store.connected else ""
            yield Static(server, id="pairing-server", markup=False)
            yield Static(translated(_STEPS), id="pairing-steps", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Request a code and listen for a paired browser."""
        self._known = {browser.id for browser in self._store.browsers}
        self._store.add_listener(self.post_message)
        self.set_interval(1, self._draw_time)
        self.action_new_code()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._store.remove_listener(self.post_message)

    def action_new_code(self) -> None:
        """Ask for another code."""
        self.run_latest(self._ask, group="pairing")

    async def _ask(self) -> None:
        with self.failures_shown(self._store):
            self._code, self._done = await self._store.client.open_pairing(), False
            self.query_one(Digits).update(plain(self._code.code))
            self.query_one("#pairing-plain", Static).update(translated("Code: {code}", code=plain(self._code.code)))
            self.query_one("#pairing-server", Static).update(server_text(self._store.client.port))
            self._draw_time()
            return
        self.query_one("#pairing-time", Static).update(translated("There is no code. Press n to ask again."))

    def _draw_time(self) -> None:
        if self._code is None or self._done:
            return
        left = remaining(self._code.expires_at, self._store.clock())
        self.query_one("#pairing-time", Static).update(
            translated("{left} left", left=left) if left else translated("This code has expired. Press n for a new one.")
        )
        self.query_one(Digits).set_class(not left, "-over")

    @on(BrowsersChanged)
    def browsers_changed(self) -> None:
        """Report that it worked."""
        new = [browser for browser in self._store.browsers if browser.id not in self._known]
        if new:
            self._done = True
            self._known |= {browser.id for browser in new}
            text = Content.assemble(
                ("✓ ", "bold $success"),
                (translated("{name} is paired.", name=plain(new[-1].name)), "bold"),
                " " + translated("Press Escape to close this."),
            )
            self.query_one("#pairing-time", Static).update(text)


def server_text(port: int) -> str:
    """Return where the server is, and what to do in the extension if it is not where the extension looks."""
    where = translated("Shopper is at 127.0.0.1, port {port}.", port=port)
    if port == STANDARD_PORT:
        return f"{where} {translated('The extension looks there.')}"
    question = translated("Server on another port?")
    what = translated("In the extension press '{question}' and type {port}.", question=question, port=port)
    return f"{where} {what}"


def remaining(until: datetime, now: datetime) -> str:
    """Return "1:05", or "" when the time is over."""
    seconds = int((until - now).total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds > 0 else ""
