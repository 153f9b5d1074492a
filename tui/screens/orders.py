"""All orders of all accounts: search as you type, one order in full beside the list."""

import asyncio
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import parse_filter
from tui.messages import AccountsChanged, OrdersChanged, ServerChange
from tui.order_pages import PAGE
from tui.screens.framed_screen import FramedScreen
from tui.screens.order_pane import PAUSE, OrderPane
from tui.store import Store
from tui.widgets.order_list import OrderHeading, OrderList

_HINT = 'account:biz  cat:office  status:shipping  cur:EUR  >50  <100  date:2026-11  "desk lamp"'


class EmptyText(Static, can_focus=True):
    """Replaces an empty list and takes its focus, so that keys never go to the search line."""


class OrdersScreen(FramedScreen):
    """The long list, its search line, and the pane of one order."""

    PLACE = "orders"
    CSS_PATH = "../styles/orders.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("x", "clear", "Clear search"),
        Binding("right_square_bracket", "turn_account(1)", "Next account", key_display="]"),
        Binding("left_square_bracket", "turn_account(-1)", "Previous account", show=False, key_display="["),
        Binding("c", "set_item('category')", "Category"),
        Binding("u", "set_item('purpose')", "Purpose"),
        Binding("s", "split", "Split"),
        Binding("e", "correct", "Correct"),
        Binding("y", "confirm", "It is correct"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._text = ""
        self._visiting: str | None = None
        self._pane = OrderPane(self)

    def body(self) -> ComposeResult:
        """Compose search line, list and detail pane."""
        with Horizontal(id="search-row"):
            yield Input(placeholder="Press / to search: " + _HINT, id="search", select_on_focus=False, compact=True)
            yield Static(id="search-says", markup=False)
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
        """Enable the keys for an open order only while one is open, and clearing only during a search."""
        offered = {
            "clear": bool(self._text),
            "set_item": self._pane.is_open,
            "split": self._pane.is_open,
            "correct": self._pane.is_open,
            "confirm": self._pane.in_quarantine,
        }
        return offered[action] if action in offered else super().check_action(action, parameters)

    def look_for(self, text: str, *, visiting: bool = False) -> None:
        """Search for that text, written in the search line. `visiting`: the user came from another screen and can go back to it."""
        self._pane.close()
        self._visiting = text if visiting else None
        self.query_one("#search", Input).value = text
        self.query_one(OrderList).focus()

    async def load(self) -> None:
        """Load the visible part of the list, and the open order."""
        await self._search(keep_place=True)
        await self._pane.reload()

    @on(Input.Changed, "#search")
    def search_typed(self, event: Input.Changed) -> None:
        """Search when typing pauses; report an invalid filter at once."""
        self._text = event.value.strip()
        self.refresh_bindings()
        try:
            parse_filter(self._text)
        except InvalidInput as error:
            self._says(str(error), wrong=True)
            return
        if self.store.connected:
            self.act(self._search_after_pause, group="load")

    async def _search_after_pause(self) -> None:
        await asyncio.sleep(PAUSE)
        await self._search(keep_place=False)

    async def _search(self, *, keep_place: bool) -> None:
        orders = self.query_one(OrderList)
        page = orders.cursor // PAGE if keep_place else 0
        try:
            found = await self.store.client.orders(self._text, page * PAGE, PAGE)
        except (InvalidInput, NotFound) as error:
            self._says(str(error), wrong=True)
            return
        orders.restart(self.store.pen, keep_place=keep_place)
        orders.begin(page, found.items, found.total)
        self._draw_around(found.total)

    def _draw_around(self, total: int) -> None:
        orders, empty = self.query_one(OrderList), self.query_one(EmptyText)
        in_list = self.focused in (None, orders, empty)
        nothing = f"No order matches. Press x to clear the search, or try another filter:\n\n{_HINT}"
        empty.update(Content(nothing if self._text else "No orders yet. Press i to import Amazon's export, or p to pair a browser."))
        shown, hidden = (orders, empty) if total else (empty, orders)
        shown.display = True
        if in_list:
            self.set_focus(shown)
        hidden.display = False
        self.query_one(OrderHeading).display = total > 0
        self._says(f"{total:,} order{'s' if total != 1 else ''}{' found' if self._text else ''}")

    def _says(self, text: str, *, wrong: bool = False) -> None:
        self.query_one("#search-says", Static).update(Content.styled(text, "$error" if wrong else "$muted"))
        self.set_class(wrong, "-wrong")

    @on(OrderList.RowsWanted)
    def rows_wanted(self, event: OrderList.RowsWanted) -> None:
        """Load the visible pages; drop those of an earlier place or search."""
        text = self._text

        async def fetch() -> None:
            for page in event.pages:
                found = await self.store.client.orders(text, page * PAGE, PAGE)
                if text == self._text:
                    self.query_one(OrderList).take(page, found.items, found.total)

        self.act(fetch, group="rows")

    @on(Input.Submitted, "#search")
    def search_done(self) -> None:
        """Go from the search line to the list."""
        self.query_one(OrderList).focus()

    def step_back(self) -> bool:
        """Leave the search line, close the pane, or clear the search; a search from another screen leads back to it."""
        if self.focused is self.query_one("#search") or self._pane.close():
            self.query_one(OrderList).focus()
        elif self._text and self._text != self._visiting:
            self.action_clear()
        else:
            return False
        return True

    @on(OrderList.OrderChosen)
    def order_chosen(self, event: OrderList.OrderChosen) -> None:
        """Open the order."""
        self._pane.open(event.row)

    @on(OrderList.CursorMoved)
    def cursor_moved(self) -> None:
        """Update an open pane for the cursor."""
        self._pane.follow(self.query_one(OrderList).row)

    @on(OptionList.OptionSelected, "#order-items")
    def item_chosen(self) -> None:
        """Ask for the category of the item that was chosen."""
        self._pane.ask_item("category")

    def action_set_item(self, what: Literal["category", "purpose"]) -> None:
        """Ask for the category or purpose of the item under the cursor."""
        self._pane.ask_item(what)

    def action_split(self) -> None:
        """Ask how the item under the cursor is shared between purposes."""
        self._pane.ask_split()

    def action_correct(self) -> None:
        """Ask for corrections of the open order."""
        self._pane.ask_correction()

    def action_confirm(self) -> None:
        """Confirm that the open order is correct."""
        self._pane.confirm()

    def action_search(self) -> None:
        """Go to the search line."""
        self.query_one("#search").focus()

    def action_clear(self) -> None:
        """Show all orders again."""
        self.look_for("")

    def action_turn_account(self, by: int) -> None:
        """Show only the next or previous account's orders; after the last one, all accounts."""
        keys = ["", *(account.key for account in self.store.accounts)]
        words = self._text.split()
        now = next((word.removeprefix("account:") for word in words if word.startswith("account:")), "")
        turned = keys[((keys.index(now) if now in keys else 0) + by) % len(keys)]
        others = [word for word in words if not word.startswith("account:")]
        self.look_for(" ".join([*([f"account:{turned}"] if turned else []), *others]))
