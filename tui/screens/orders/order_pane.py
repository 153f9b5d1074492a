"""The pane beside the list of orders: opens one order, follows the cursor, and changes the order's items."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.wire.books import SplitBody
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.correction_form import correction_form
from tui.dialogs.split_form import split_form
from tui.formatting import plain
from tui.screens.framed_screen import FramedScreen
from tui.screens.orders.item_labels import LabelKind, RuleOffer, ask_label
from tui.widgets.order_detail import OrderDetail

_NO_ITEM = to_translate("No item of this order is known yet. Open its page on Amazon in a paired browser.")
PAUSE = 0.08
"""Seconds without a key before the server is asked."""


class OrderPane:
    """The pane of one screen. The screen has the keys and calls these actions."""

    def __init__(self, screen: FramedScreen) -> None:
        self._screen = screen
        self._shown: tuple[str, str] | None = None
        self._offer: RuleOffer | None = None

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

    @property
    def _offered(self) -> RuleOffer | None:
        """The rule to offer for the order that is shown, none while that is in quarantine."""
        return self._offer if self._offer and self._offer.order == self._shown and not self.in_quarantine else None

    def may_agree(self, row: OrderSummary | None) -> bool:
        """Whether there is something to agree to: an order in quarantine, or a category or purpose as a rule."""
        return self._offered is not None or (self.in_quarantine if self.is_open else row is not None and row.held)

    def agree(self, row: OrderSummary | None) -> None:
        """Make a category or purpose that was just given a rule, or confirm the open order.

        That of the list is opened first: it says why it waits.
        """
        if offered := self._offered:
            self._offer = None
            offered.ask()
        elif self.is_open or row is None:
            self.confirm()
        else:
            self.open(row)
            self._screen.say(translated("Read why this order waits, then press y again to say that it is correct."))

    async def reload(self) -> None:
        """Draw the open order again."""
        if self._shown is not None:
            self._draw(await self._screen.store.client.order(*self._shown))

    def open(self, row: OrderSummary) -> None:
        """Show this order, with the focus on its items."""
        self._screen.act(partial(self._open, row, focus=True), group="detail")

    def open_and(self, row: OrderSummary, change: Callable[[], None]) -> None:
        """Open this order and change it. With several items the user says first which one."""

        async def open_first() -> None:
            await self._open(row, focus=True)
            if row.items > 1:
                self._screen.say(
                    translated("This order has {count} items. Choose one with the arrow keys, then press the key again.", count=row.items)
                )
            else:
                change()

        self._screen.act(open_first, group="detail")

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

    def ask_item_of(self, row: OrderSummary, kind: LabelKind) -> None:
        """Open an order of the list and ask for the category, purpose or person of one of its items, which the user chooses first.

        The question is shown at once, so that what the user types next goes into it.
        """
        self.open(row)
        if row.items == 1:
            self._ask_line(row, 0, kind)
        elif row.items:
            dialog = ChoiceDialog(translated("Which item?"), None)
            self._screen.app.push_screen(dialog, lambda line: self._ask_line(row, int(line), kind) if line else None)
            self._screen.act(partial(self._offer_items, row, dialog), group="items")
        else:
            self._screen.say(translated(_NO_ITEM))

    async def _offer_items(self, row: OrderSummary, dialog: ChoiceDialog) -> None:
        view = await self._screen.store.client.order(row.account, row.number)
        if dialog.is_current:  # the user may have closed it already
            dialog.offer([(str(line), Content(plain(item.title))) for line, item in enumerate(view.order.items)])

    def _ask_line(self, row: OrderSummary, line: int, kind: LabelKind) -> None:
        async def save(word: str, new: bool) -> None:  # noqa: FBT001  # the dialog's answer
            labels = {kind: word}
            self._show_if_open(await self._screen.store.client.set_item(row.account, row.number, line, **labels, new=new))

        ask_label(self._screen, kind, save)

    def ask_item(self, kind: LabelKind) -> None:
        """Ask for the category, purpose or person of the item under the cursor."""
        detail, shown = self._detail, self._shown
        if detail.view is None or shown is None:
            return
        if not detail.view.order.items:
            self._screen.say(translated(_NO_ITEM))
            return
        line, seen = detail.line, detail.view.version

        item = detail.view.order.items[line]

        async def save(word: str, new: bool) -> None:  # noqa: FBT001  # the dialog's answer
            labels = {kind: word}
            self._show_if_open(await self._screen.store.client.set_item(*shown, line, **labels, new=new, seen=seen))
            if kind != "person":
                self._offer = RuleOffer(self._screen, (*shown, line), item, kind, word)

        ask_label(self._screen, kind, save)

    def ask_split(self) -> None:
        """Ask how the item under the cursor is shared between purposes."""
        detail, shown = self._detail, self._shown
        if detail.view is None or shown is None:
            return

        async def share(split: SplitBody) -> str:
            self._show_if_open(await self._screen.store.client.split(*shown, split))
            return "split"

        self._screen.app.push_screen(split_form(detail.view, detail.line, share))

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
