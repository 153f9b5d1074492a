"""The half of the orders screen that opens one order and changes its items."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from assistant.domain.accounts.account import Purpose
from assistant.domain.categories import CATEGORIES
from assistant.domain.views import OrderRow
from tui.screens.choice import ChoiceScreen
from tui.screens.correction_form import correction_form
from tui.screens.framed_screen import FramedScreen
from tui.widgets.order_detail import OrderDetail
from tui.widgets.order_list import OrderList

PAUSE = 0.08  # seconds of quiet before an answer is asked for


class OrderPaneScreen(FramedScreen):
    """Keeps the detail pane: open, following the cursor, closed again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "set_item('category')", "Category"),
        Binding("u", "set_item('purpose')", "Purpose"),
        Binding("e", "correct", "Correct"),
        Binding("y", "confirm", "It is right"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, str] | None = None

    def pane(self) -> ComposeResult:
        """Compose the pane, hidden at first."""
        detail = OrderDetail(id="order-detail")
        detail.display = False
        yield detail

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Item keys only mean something while an order is open, confirming only while it is in quarantine."""
        del parameters
        if action == "confirm":
            view = self.query_one(OrderDetail).view if self._shown is not None else None
            return view is not None and bool(view.quarantine)
        return self._shown is not None if action in ("set_item", "correct") else True

    async def read_shown_again(self) -> None:
        """Draw the open order anew."""
        if self._shown is not None:
            self.query_one(OrderDetail).show(await self.store.client.order(*self._shown), self.store.pen)

    @on(OrderList.OrderChosen)
    def order_chosen(self, event: OrderList.OrderChosen) -> None:
        """Open the order, its items under the cursor."""
        self.act(partial(self._open, event.row, focus=True), group="detail")

    @on(OrderList.CursorMoved)
    def cursor_moved(self) -> None:
        """Let an open pane follow the cursor."""
        row = self.query_one(OrderList).row
        if self._shown is not None and row is not None and (row.account, row.number) != self._shown:
            self.act(partial(self._open, row, focus=False), group="detail")

    async def _open(self, row: OrderRow, *, focus: bool) -> None:
        if not focus:
            await asyncio.sleep(PAUSE)
        view = await self.store.client.order(row.account, row.number)
        self._shown = (row.account, row.number)
        detail = self.query_one(OrderDetail)
        detail.display = True
        self.set_class(True, "-detail")
        detail.show(view, self.store.pen)
        detail.scroll_home(animate=False)
        self.refresh_bindings()
        if focus:
            self.query_one("#order-items").focus()

    def close_detail(self) -> bool:
        """Close the pane; False when it is closed already."""
        if self._shown is None:
            return False
        self._shown = None
        self.query_one(OrderDetail).display = False
        self.set_class(False, "-detail")
        self.query_one(OrderList).focus()
        self.refresh_bindings()
        return True

    @on(OptionList.OptionSelected, "#order-items")
    def item_chosen(self) -> None:
        """Enter on an item asks for its category."""
        self.action_set_item("category")

    def action_set_item(self, what: Literal["category", "purpose"]) -> None:
        """Ask for category or purpose of the item under the cursor."""
        detail = self.query_one(OrderDetail)
        if detail.view is None or not detail.view.order.items:
            return
        words = CATEGORIES if what == "category" else tuple(purpose.value for purpose in Purpose)
        line = detail.line
        screen = ChoiceScreen(f"What {'kind of thing is this' if what == 'category' else 'is it for'}?", words, own_word=True)
        self.app.push_screen(screen, partial(self._set_item, line, what))

    def action_correct(self) -> None:
        """Ask what is right of the open order and of the item under the cursor."""
        detail, shown = self.query_one(OrderDetail), self._shown
        if detail.view is None or shown is None:
            return

        async def correct(words: Mapping[str, str | None]) -> str:
            view = await self.store.client.correct(*shown, words)
            if self._shown == shown:
                detail.show(view, self.store.pen)
                self.refresh_bindings()
            return "It stands as you said."

        self.app.push_screen(correction_form(detail.view, detail.line, correct))

    def action_confirm(self) -> None:
        """Say that the open order is right as it stands."""
        shown = self._shown
        if shown is None:
            return

        async def confirm() -> None:
            view = await self.store.client.confirm(*shown)
            if self._shown == shown:
                self.query_one(OrderDetail).show(view, self.store.pen)
                self.refresh_bindings()

        self.act(confirm, group="set-item")

    def _set_item(self, line: int, what: str, word: str | None) -> None:
        shown = self._shown
        if word is None or shown is None:
            return

        async def change() -> None:
            category, purpose = (word, None) if what == "category" else (None, word)
            view = await self.store.client.set_item(*shown, line, category=category, purpose=purpose)
            if self._shown == shown:
                self.query_one(OrderDetail).show(view, self.store.pen)

        self.act(change, group="set-item")
