"""The names of the columns above the list of orders."""

from textual.content import Content
from textual.widget import Widget

from tui.widgets.order_columns import heading


class OrderHeading(Widget):
    """Lays out the names as wide as the list below."""

    def render(self) -> Content:
        """Return the one line."""
        return Content.styled(heading(self.size.width), "$muted")
