"""One line about the server, paired browsers, captured orders and running work."""

from textual.content import Content
from textual.widget import Widget

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
