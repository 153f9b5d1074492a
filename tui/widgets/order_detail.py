"""The pane beside the list: one order in full, with a cursor on its items."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.domain.languages.translating import translated
from assistant.domain.order_view import OrderView
from tui.formatting import Pen
from tui.widgets.order_facts import facts, head, item_line
from tui.widgets.row_list import RowList

_STEP = 3
"""Lines that a cursor key scrolls."""


class OrderItemList(RowList):
    """The items of the order; beyond its ends the cursor keys scroll the order, and the page keys always do."""

    @property
    def _order(self) -> VerticalScroll:
        return self.screen.query_one(OrderDetail)

    def action_cursor_down(self) -> None:
        """Go to the next item; after the last, scroll down."""
        if self.highlighted is None or self.highlighted >= self.option_count - 1:
            self._order.scroll_relative(y=_STEP, animate=False)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Scroll up what was scrolled; then go to the item before."""
        if self._order.scroll_y > self.virtual_region.y:
            self._order.scroll_relative(y=-_STEP, animate=False)
        elif self.highlighted:
            super().action_cursor_up()
        else:
            self._order.scroll_home(animate=False)

    def action_page_down(self) -> None:
        """Scroll the order by its height."""
        self._order.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll the order back by its height."""
        self._order.scroll_page_up(animate=False)


class OrderDetail(VerticalScroll, can_focus=False):
    """Shows an order; hidden while there is none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id)
        self.view: OrderView | None = None

    def compose(self) -> ComposeResult:
        """Compose head, items and facts."""
        yield Static(id="order-head", markup=False)
        yield OrderItemList(empty=translated("No items are known yet. Open the order on Amazon with the extension on."), id="order-items")
        yield Static(id="order-facts", markup=False)

    def show(self, view: OrderView | None, pen: Pen) -> None:
        """Draw this order; None clears the pane."""
        self.view = view
        if view is None:
            return
        self.border_title = translated("Order")
        self.query_one("#order-head", Static).update(head(view, pen))
        items = [(str(place), item_line(view, place, pen)) for place in range(len(view.order.items))]
        self.query_one("#order-items", RowList).show(items)
        self.query_one("#order-facts", Static).update(facts(view, pen))

    def wait(self, title: Content) -> None:
        """Show what is being opened."""
        self.query_one("#order-head", Static).update(title)

    @property
    def line(self) -> int:
        """The position of the item under the cursor."""
        return int(self.query_one(RowList).chosen or 0)
