"""All orders of all accounts: filter while typing, one order in full beside the list."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from assistant.domain.filter_language import HINT
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.order_view import OrderSummary
from tui.messages import AccountsChanged, OrdersChanged, ServerChange
from tui.order_pages import PAGE
from tui.screens.filtered_screen import FilteredScreen
from tui.screens.orders.item_labels import LabelKind, label_all
from tui.screens.orders.order_pane import OrderPane
from tui.store import Store
from tui.widgets.filter_line import FilterInput, FilterLine
from tui.widgets.order_list import OrderHeading, OrderList
from tui.widgets.row_list import EmptyText

_COUNTS_AFTER = 0.3
"""Seconds without a key before what a filter finds is counted."""

_NEEDS = {
    "set_item": to_translate("There is no order here. Press x to clear the filter, or i to import a file."),
    "split": to_translate("There is no order here. Press x to clear the filter, or i to import a file."),
    "correct": to_translate("There is no order here. Press x to clear the filter, or i to import a file."),
    "confirm": to_translate("This order does not wait for you: only one in quarantine has to be confirmed. Press e to correct it."),
}


class OrdersScreen(FilteredScreen):
    """The long list, its filter line, and the pane of one order."""

    PLACE = "orders"
    CSS_PATH = "../../styles/orders.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "set_item('category')", "Category"),
        Binding("f", "set_item('purpose')", "For"),
        Binding("t", "set_item('person')", "Whom", show=False),
        Binding("s", "split", "Split"),
        Binding("e", "correct", "Correct"),
        Binding("y", "confirm", "It is correct"),
        Binding("asterisk", "label_all", "Label all", show=False, key_display="*"),
    ]
    NEEDS: ClassVar[Mapping[str, str]] = _NEEDS

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._keep_place = False
        self._had_row = (False, False)
        self._pane = OrderPane(self)

    def content(self) -> ComposeResult:
        """Compose list and detail pane."""
        with Horizontal():
            with Vertical(id="order-pane"):
                yield OrderHeading()
                yield OrderList(id="order-list")
                yield EmptyText(id="orders-empty", markup=False)
            yield from self._pane.compose()

    def on_mount(self) -> None:
        """Start on the list."""
        self.query_one("#orders-empty").display = False
        self.query_one(OrderList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the keys for an order only with one that is open or under the cursor."""
        if action in ("set_item", "split", "correct"):
            return self._pane.is_open or self._row is not None
        if action == "confirm":
            return self._pane.may_agree(self._row)
        return super().check_action(action, parameters)

    def _refresh_keys(self) -> None:
        """Offer the keys for the order under the cursor, if they change: drawing them takes longer than drawing the list."""
        before, self._had_row = self._had_row, (self._row is not None, self._row is not None and self._row.held)
        if self._had_row != before:
            self.refresh_bindings()

    @property
    def _row(self) -> OrderSummary | None:
        """The order under the cursor of the list."""
        return next((orders.row for orders in self.query(OrderList)), None)

    def look_for(self, text: str, *, visiting: bool = False) -> None:
        """Show what a filter finds."""
        self._pane.close()
        super().look_for(text, visiting=visiting)

    def focus_list(self) -> None:
        """Put the focus on the list, or on the text that replaces it."""
        orders = self.query_one(OrderList)
        self.set_focus(orders if orders.display else self.query_one(EmptyText))

    def empty_list(self) -> None:
        """Close the order that is shown."""
        self._pane.close()
        self.query_one(OrderList).begin(0, (), 0)

    async def load(self) -> None:
        """Load the visible part of the list, and the open order."""
        self._keep_place = True
        await super().load()
        await self._pane.reload()

    async def find(self, text: str) -> str:
        """Load and draw the orders. What a filter finds is counted afterwards, since that reads the whole ledger."""
        orders, keep_place = self.query_one(OrderList), self._keep_place
        self._keep_place = False
        page = orders.cursor // PAGE if keep_place else 0
        found = await self.store.client.orders(text, page * PAGE, PAGE, counted=not text)
        if page and not found.items:
            page, found = 0, await self.store.client.orders(text, 0, PAGE, counted=not text)
        orders.restart(self.store.pen, keep_place=keep_place)
        orders.begin(page, found.items, found.total)
        self._draw_around(found.total)
        self._refresh_keys()
        if text and found.next is not None:
            self.act(partial(self._count, text), group="count")
            return translated("more than {count} orders found", count=number(found.total - 1))
        return _found_text(found.total, text)

    async def _count(self, text: str) -> None:
        """Count what a filter finds, unless the user types on."""
        await asyncio.sleep(_COUNTS_AFTER)
        if text == self.whole_filter:
            found = await self.store.client.orders(text, 0, 1)
            if text == self.whole_filter:
                self.query_one(OrderList).count(found.total)
                self.line.say(_found_text(found.total, text))

    def _draw_around(self, total: int) -> None:
        orders, empty = self.query_one(OrderList), self.query_one(EmptyText)
        in_list = self.focused in (None, orders, empty)
        nothing = translated("No order matches. Press x to clear the filter, or try another one:\n\n{HINT}", HINT=HINT)
        first = translated("No orders yet. Press i to import Amazon's export, or p to pair a browser.")
        empty.update(Content(self.keyed(nothing if self.filter_text else first)))
        shown, hidden = (orders, empty) if total else (empty, orders)
        shown.display = True
        if in_list:
            self.set_focus(shown)
        hidden.display = False
        self.query_one(OrderHeading).display = total > 0

    @on(OrderList.RowsWanted)
    def rows_wanted(self, event: OrderList.RowsWanted) -> None:
        """Load the visible pages; drop those of an earlier place or filter."""
        text = self.filter_text

        async def fetch() -> None:
            for page in event.pages:
                found = await self.store.client.orders(text, page * PAGE, PAGE, counted=False)
                if text == self.filter_text:
                    orders = self.query_one(OrderList)
                    orders.take(page, found.items, max(orders.total, found.total))

        self.act(fetch, group="rows")

    def action_search(self) -> None:
        """Go to the filter line, and on a narrow terminal from the order to the list."""
        if self.has_class("-narrow"):
            self._pane.close()
        super().action_search()

    @on(FilterLine.Changed)
    def show_list(self) -> None:
        """Close an order that would hide what another filter finds."""
        if self.has_class("-narrow") and self._pane.close() and not isinstance(self.focused, FilterInput):
            self.focus_list()

    def step_back(self) -> bool:
        """Close the pane, or undo a step of the filter."""
        if not isinstance(self.focused, FilterInput) and self._pane.close():
            self.focus_list()
            return True
        return super().step_back()

    @on(OrderList.OrderChosen)
    def order_chosen(self, event: OrderList.OrderChosen) -> None:
        """Open the order."""
        self._pane.open(event.row)

    @on(OrderList.CursorMoved)
    def cursor_moved(self) -> None:
        """Update an open pane for the cursor."""
        self._refresh_keys()
        self._pane.follow(self.query_one(OrderList).row)

    @on(OptionList.OptionSelected, "#order-items")
    def item_chosen(self) -> None:
        """Ask for the category of the item that was chosen."""
        self._pane.ask_item("category")

    def action_set_item(self, what: LabelKind) -> None:
        """Ask for the category, purpose or person of the item under the cursor."""
        if self._pane.is_open or self._row is None:
            self._pane.ask_item(what)
        else:
            self._pane.ask_item_of(self._row, what)

    def action_label_all(self) -> None:
        """Ask what all items of the filter are, show what changes, and label them."""
        if not self.is_refused():
            label_all(self, self.filter_text)

    def action_split(self) -> None:
        """Ask how the item under the cursor is shared between purposes."""
        self._in_pane(self._pane.ask_split)

    def action_correct(self) -> None:
        """Ask for corrections of the open order, or of the one under the cursor."""
        self._in_pane(self._pane.ask_correction)

    def action_confirm(self) -> None:
        """Make a category that was just given a rule, or confirm that an order is correct."""
        self._pane.agree(self._row)

    def _in_pane(self, change: Callable[[], None]) -> None:
        """Change the open order, or open the one under the cursor first."""
        if self._pane.is_open or self._row is None:
            change()
        else:
            self._pane.open_and(self._row, change)


def _found_text(total: int, text: str) -> str:
    if text:
        return translated_count("{count} order found", "{count} orders found", total)
    return translated_count("{count} order", "{count} orders", total)
