"""One line about the server, paired browsers, captured orders and running work."""

from textual.content import Content
from textual.widget import Widget

from tui.formatting import plain

_SERVER = {
    "ok": ("server ok", "$muted"),
    "connecting": ("connecting …", "$muted"),
    "unreadable": ("ledger away · trying again", "bold $warning"),
    "busy": ("server busy · trying again", "bold $warning"),
    "failing": ("server reports a failure · trying again", "bold $warning"),
    "away": ("server away · trying again", "bold $warning"),
}


class StatusLine(Widget):
    """Shows the state of the server and running work in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str]] = [_SERVER["connecting"]]

    def show(self, state: str, browsers: int, captured: int, work: str) -> None:
        """Draw the server's state, the number of paired browsers, orders captured since the start, and running work."""
        parts = [_SERVER[state]]
        if state != "connecting":
            parts.append((f"{browsers or 'no'} browser{'s' if browsers != 1 else ''} paired", "$muted"))
        if captured:
            parts.append((f"{captured} new order{'s' if captured != 1 else ''} captured", "$success"))
        if work:
            parts.append((plain(work), "$primary"))
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        return Content(" ") + Content.styled(" · ", "$faint").join([Content.styled(*part) for part in self._parts])
