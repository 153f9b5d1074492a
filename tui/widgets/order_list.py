"""All orders as one long list that draws only the visible lines: as fast with a hundred thousand orders as with ten."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from assistant.domain.accounts.account import colour
from assistant.domain.languages.translating import to_translate
from assistant.domain.order_view import OrderSummary
from tui.formatting import Pen
from tui.order_pages import Pages
from tui.widgets.order_columns import cells, heading


class OrderList(ScrollView, can_focus=True):
    """Requests rows with `RowsWanted`; its parent answers with `take`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "orders--plain", "orders--quiet", "orders--amount", "orders--refund", "orders--cursor", "orders--cursor-blurred",
    }  # fmt: skip
    HELP = to_translate("Orders, newest first. What came back is counted with its refund, what waits for you says quarantine.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("enter", "choose", "Open"),
    ]

    class RowsWanted(Message):
        """Pages are missing for the visible rows, the most urgent first."""

        def __init__(self, pages: tuple[int, ...]) -> None:
            super().__init__()
            self.pages = pages

    class OrderChosen(Message):
        """Enter or a click chose an order."""

        def __init__(self, row: OrderSummary) -> None:
            super().__init__()
            self.row = row

    class CursorMoved(Message):
        """The cursor moved to another order."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id)
        self._pages = Pages()
        self._pen: Pen | None = None
        self._asked: tuple[int, ...] = ()
        self._kept: OrderSummary | None = None
        self.cursor = 0

    @property
    def row(self) -> OrderSummary | None:
        """The order under the cursor."""
        return self._pages.row(self.cursor)

    def restart(self, pen: Pen, *, keep_place: bool) -> None:
        """Drop the rows before a new list; with `keep_place` the cursor stays on its order if found."""
        self._kept = self.row if keep_place else None
        self._pen, self._asked = pen, ()
        if not keep_place:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)

    def begin(self, page: int, rows: tuple[OrderSummary, ...], total: int) -> None:
        """Show a new list, starting with this page."""
        self._pages = Pages(total)
        self.take(page, rows, total)

    @property
    def total(self) -> int:
        """How many rows the list has, as far as known."""
        return self._pages.total

    def count(self, total: int) -> None:
        """Give the list its real length; its rows stay."""
        self._pages.total = total
        self.virtual_size = Size(0, total)
        self._ask()

    def take(self, page: int, rows: tuple[OrderSummary, ...], total: int) -> None:
        """Show loaded rows."""
        self._pages.take(page, rows, total)
        self.virtual_size = Size(0, total)
        found = self._pages.place_of(self._kept.account, self._kept.number) if self._kept else None
        if found is not None:
            self._kept = None
        self._move(min(self.cursor if found is None else found, max(0, total - 1)))
        self.refresh()
        self._ask()

    def render_line(self, y: int) -> Strip:
        """Return the line at that height of the window."""
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.get_component_rich_style("orders--plain")
        if self._pen is None or place >= self._pages.total:
            return Strip.blank(width, base)
        row = self._pages.row(place)
        shade = self._shade(place)
        segments = [Segment(cell.text, self._style(cell.look, row, shade)) for cell in cells(row, width, self._pen)]
        return Strip(segments).adjust_cell_length(width, base + (shade or Style()))

    def _shade(self, place: int) -> Style | None:
        if place != self.cursor:
            return None
        return self.get_component_rich_style("orders--cursor" if self.has_focus else "orders--cursor-blurred")

    def _style(self, look: str, row: OrderSummary | None, shade: Style | None) -> Style:
        if look == "badge" and row is not None and self._pen is not None:
            account = self._pen.account(row.account)
            found = colour(account.colour if account else "charcoal")
            return Style(color=found.ink, bgcolor=found.hex)
        style = self.get_component_rich_style(f"orders--{look}")
        return style + Style(bgcolor=shade.bgcolor, bold=shade.bold) if shade else style

    def _move(self, place: int) -> None:
        moved, self.cursor = place != self.cursor, place
        self.scroll_to_region(Region(0, place, 1, 1), animate=False, force=True)
        self.refresh()
        if moved:
            self.post_message(self.CursorMoved())

    def _ask(self) -> None:
        first = self.scroll_offset.y
        wanted = tuple(self._pages.missing(first, first + max(1, self.size.height)))
        if wanted and wanted != self._asked:
            self._asked = wanted
            self.post_message(self.RowsWanted(wanted))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Request the rows that became visible."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._ask()

    def on_resize(self) -> None:
        """A taller window may need more rows."""
        self._ask()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line; a second click on it opens the order."""
        place = event.y + self.scroll_offset.y
        if place < self._pages.total:
            again = place == self.cursor
            self._move(place)
            if again:
                self.action_choose()

    def action_step(self, by: int) -> None:
        """Move the cursor by some lines."""
        if self._pages.total:
            self._move(max(0, min(self._pages.total - 1, self.cursor + by)))

    def action_page(self, pages: int) -> None:
        """Move by windows."""
        self.action_step(pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Move to the newest order."""
        self.action_step(-self._pages.total)

    def action_last(self) -> None:
        """Move to the oldest order."""
        self.action_step(self._pages.total)

    def action_choose(self) -> None:
        """Open the order under the cursor."""
        if (row := self.row) is not None:
            self.post_message(self.OrderChosen(row))


class OrderHeading(Widget):
    """The names of the columns, as wide as in the list below."""

    def render(self) -> Content:
        """Return the one line."""
        return Content.styled(heading(self.size.width), "$muted")
