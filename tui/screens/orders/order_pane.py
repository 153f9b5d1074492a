"""The pane beside the list of orders: opens one order, follows the cursor, and changes the order's items."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Literal

from textual.app import ComposeResult

from assistant.domain.categories import CATEGORIES
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.wire.books import SplitBody
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.correction_form import correction_form
from tui.dialogs.split_form import split_form
from tui.screens.framed_screen import FramedScreen
from tui.widgets.order_detail import OrderDetail

PAUSE = 0.08
"""Seconds without a key before the server is asked."""


class OrderPane:
    """The pane of one screen. The screen has the keys and calls these actions."""

    def __init__(self, screen: FramedScreen) -> None:
        self._screen = screen
        self._shown: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Compose the pane, hidden at first."""
        detail = OrderDetail(id="order-detail")
        detail.display = False
        yield detail

    @property
    def _detail(self) -> OrderDetail:
        return self._screen.query_one(OrderDetail)

    @property
    def is_open(self) -> bool:
        """Whether an order is shown."""
        return self._shown is not None

    @property
    def in_quarantine(self) -> bool:
        """Whether the order that is shown waits for the user to confirm it."""
        view = self._detail.view if self.is_open else None
        return view is not None and bool(view.quarantine)

    async def reload(self) -> None:
        """Draw the open order again."""
        if self._shown is not None:
            self._draw(await self._screen.store.client.order(*self._shown))

    def open(self, row: OrderSummary) -> None:
        """Show this order, with the focus on its items."""
        self._screen.act(partial(self._open, row, focus=True), group="detail")

    def follow(self, row: OrderSummary | None) -> None:
        """Show this order if the pane is open; the focus stays where it is."""
        if self._shown is not None and row is not None and (row.account, row.number) != self._shown:
            self._screen.act(partial(self._open, row, focus=False), group="detail")

    async def _open(self, row: OrderSummary, *, focus: bool) -> None:
        if not focus:
            await asyncio.sleep(PAUSE)
        view = await self._screen.store.client.order(row.account, row.number)
        self._shown = (row.account, row.number)
        self._detail.display = True
        self._screen.set_class(True, "-detail")
        self._draw(view)
        self._detail.scroll_home(animate=False)
        if focus:
            self._screen.query_one("#order-items").focus()

    def _draw(self, view: OrderView) -> None:
        self._detail.show(view, self._screen.store.pen)
        self._screen.refresh_bindings()

    def close(self) -> bool:
        """Close the pane; return False when it is closed already."""
        if self._shown is None:
            return False
        self._shown = None
        self._detail.display = False
        self._screen.set_class(False, "-detail")
        self._screen.refresh_bindings()
        return True

    def ask_item(self, what: Literal["category", "purpose"]) -> None:
        """Ask for the category or purpose of the item under the cursor."""
        detail = self._detail
        if detail.view is None or not detail.view.order.items:
            return
        if what == "category":
            dialog = ChoiceDialog("What kind of item is this?", CATEGORIES, own_word=True)
            self._screen.app.push_screen(dialog, partial(self._set_item, detail.line, what, seen=detail.view.version))
        else:
            self._screen.act(partial(self._ask_purpose, detail.line, detail.view.version), group="set-item")

    async def _ask_purpose(self, line: int, seen: str) -> None:
        known = await self._screen.store.client.purposes()

        def chosen(word: str | None) -> None:
            if word is None or word.casefold() in (purpose.casefold() for purpose in known):
                self._set_item(line, "purpose", word, seen=seen)
                return
            text = f"There is no purpose '{word}' yet. There are: {', '.join(known)}."
            self._screen.app.push_screen(
                ConfirmDialog("Make a new purpose?", text, "Make it"), partial(self._make_purpose, line, word, seen=seen)
            )

        self._screen.app.push_screen(ChoiceDialog("What is it for?", known, own_word=True), chosen)

    def _make_purpose(self, line: int, word: str, sure: bool | None, *, seen: str) -> None:  # noqa: FBT001  # the dialog's answer
        shown = self._shown
        if not sure or shown is None:
            return
        split = SplitBody((f"{word}=100%",), item=line + 1, new_purpose=True, seen=seen or None)

        async def make() -> None:
            self._show_if_open(await self._screen.store.client.split(*shown, split))

        self._screen.act(make, group="set-item")

    def ask_split(self) -> None:
        """Ask how the item under the cursor is shared between purposes."""
        detail, shown = self._detail, self._shown
        if detail.view is None or shown is None:
            return

        async def share(split: SplitBody) -> str:
            self._show_if_open(await self._screen.store.client.split(*shown, split))
            return "split"

        self._screen.app.push_screen(split_form(detail.view, detail.line, share))

    def _set_item(self, line: int, what: str, word: str | None, *, seen: str) -> None:
        shown = self._shown
        if word is None or shown is None:
            return

        async def change() -> None:
            category, purpose = (word, None) if what == "category" else (None, word)
            self._show_if_open(await self._screen.store.client.set_item(*shown, line, category=category, purpose=purpose, seen=seen))

        self._screen.act(change, group="set-item")

    def ask_correction(self) -> None:
        """Ask for corrections of the open order and of the item under the cursor."""
        detail, shown = self._detail, self._shown
        if detail.view is None or shown is None:
            return
        seen = detail.view.version

        async def correct(words: Mapping[str, str | None]) -> str:
            self._show_if_open(await self._screen.store.client.correct(*shown, words, seen=seen))
            return "corrected"

        self._screen.app.push_screen(correction_form(detail.view, detail.line, correct))

    def confirm(self) -> None:
        """Confirm that the open order is correct."""
        shown = self._shown
        if shown is None:
            return

        async def confirm() -> None:
            self._show_if_open(await self._screen.store.client.confirm(*shown))

        self._screen.act(confirm, group="set-item")

    def _show_if_open(self, view: OrderView) -> None:
        if self._shown == (view.account, view.order.number):
            self._draw(view)
