"""The two lines at the bottom: what the server does, and the keys, of which none is cut."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # textual exports it nowhere else

from assistant.domain.languages.translating import to_translate, translated, translated_count
from tui.formatting import plain

_SERVER = {
    "ok": (to_translate("server ok"), "$muted"),
    "connecting": (to_translate("connecting …"), "$muted"),
    "unreadable": (to_translate("ledger away · trying again"), "bold $warning"),
    "busy": (to_translate("server busy · trying again"), "bold $warning"),
    "failing": (to_translate("server reports a failure · trying again"), "bold $warning"),
    "away": (to_translate("server away · trying again"), "bold $warning"),
}


def _server_text(state: str) -> tuple[str, str]:
    text, style = _SERVER[state]
    return translated(text), style


class StatusLine(Widget):
    """Shows the state of the server and running work in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str]] = [_server_text("connecting")]

    def show(self, state: str, browsers: int, captured: int, work: str) -> None:
        """Draw the server's state, the number of paired browsers, orders captured since the start, and running work."""
        parts = [_server_text(state)]
        if state != "connecting":
            parts.append(
                (
                    translated_count("{count} browser paired", "{count} browsers paired", browsers)
                    if browsers
                    else translated("no browsers paired"),
                    "$muted",
                )
            )
        if captured:
            parts.append((translated_count("{count} new order captured", "{count} new orders captured", captured), "$success"))
        if work:
            parts.append((plain(work), "$primary"))
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        return Content(" ") + Content.styled(" · ", "$faint").join([Content.styled(*part) for part in self._parts])


_KEPT = frozenset({"help", "quit", "command_palette"})
_AROUND = 3
"""Cells around key and description."""


class KeyLine(Footer):
    """A footer whose keys are never cut; the help names all of them."""

    _fitted_to = 0

    def compose(self) -> ComposeResult:
        """Compose the keys that have room."""
        self._fitted_to = self.app.size.width
        yield from fitting([*super().compose()], self._fitted_to)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the keys again when the terminal has another width."""
        if event.size.width != self._fitted_to:
            self.call_after_refresh(self.recompose)


def fitting(keys: Sequence[Widget], width: int) -> list[Widget]:
    """Return the keys that fit into a width, in their order. The last ones are left out first."""
    shown = [*keys]
    for key in reversed(keys):
        if sum(map(_width, shown)) <= width:
            break
        if isinstance(key, FooterKey) and key.action not in _KEPT:
            shown.remove(key)
    return shown


def _width(key: Widget) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + _AROUND if isinstance(key, FooterKey) else 0
