"""Receipts: every file that is attached to an order, and whether it is unchanged."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.taxes.receipts import ReceiptState
from assistant.wire.taxes import ReceiptJson
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain
from tui.messages import OrdersChanged, ServerChange, ShowOrders
from tui.path_completion import expanded
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.row_list import RowList
from tui.widgets.taxes.tax_facts import receipt_facts, receipt_line

_EMPTY = "No receipts yet. Press a to attach a PDF, an image or a mail to an order: tax packs then contain it."


class ReceiptsScreen(FramedScreen):
    """A list of receipts and, beside it, the one under the cursor; Enter shows its order."""

    PLACE = "receipts"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "attach", "Attach"),
        Binding("d", "detach", "Detach"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._receipts: dict[str, ReceiptJson] = {}

    def body(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel book-list", id="receipt-panel"):
                yield RowList(empty=_EMPTY, id="receipt-list")
            with VerticalScroll(classes="panel book-detail", id="receipt-detail", can_focus=False):
                yield Static(id="receipt-facts", markup=False)

    async def load(self) -> None:
        """Load all receipts."""
        found = await self.store.client.receipts()
        self._receipts = {f"{receipt.order_id}-{receipt.item}-{receipt.sha256}": receipt for receipt in found}
        wrong = sum(receipt.state is not ReceiptState.THERE or receipt.problem is not None for receipt in found)
        title = f"Receipts: {len(found):,}" + (f", {wrong:,} need a look" if wrong else "")
        self.query_one("#receipt-panel").border_title = title
        self.query_one(RowList).show((key, receipt_line(receipt)) for key, receipt in self._receipts.items())
        self._draw_detail()

    @property
    def _receipt(self) -> ReceiptJson | None:
        return self._receipts.get(self.query_one(RowList).chosen or "") if self._receipts else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        receipt = self._receipt
        self.query_one("#receipt-detail").display = receipt is not None
        self.query_one("#receipt-facts", Static).update(receipt_facts(receipt) if receipt else Content(""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable detaching only if there is a receipt."""
        if action == "detach":
            return self._receipt is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def show_order(self) -> None:
        """Show the order of the receipt under the cursor."""
        receipt = self._receipt
        if receipt is not None:
            self.post_message(ShowOrders(f'"{receipt.order_id}"'))

    def action_attach(self) -> None:
        """Ask for an order and a file, and attach it."""
        keys = [account.key for account in self.store.accounts]
        known = self._receipt.order_id if self._receipt else ""
        fields = [
            FormField(name="number", label="Order", value=known, hint="112-1234567-1234567"),
            FormField(name="account", label="Account", value=keys[0] if len(keys) == 1 else "", hint=", ".join(keys), choices=keys),
            FormField(name="path", label="File", value="~/", hint="a PDF, an image or a mail; drop it here"),
        ]
        about = "The file stays where it is. Command: shopper receipts add ORDER FILE"
        self.app.push_screen(FormDialog("Attach a receipt", fields, self._attach_file, about=about))

    async def _attach_file(self, answers: Answers) -> str:
        path = expanded(answers["path"])
        await self.store.client.attach_receipts(answers["account"], answers["number"], [str(path)])
        self.say(f"Attached: {path.name}. To reverse this press u.")
        self.store.announce(OrdersChanged)
        return str(path)

    def action_detach(self) -> None:
        """Detach the receipt under the cursor, after asking."""
        receipt = self._receipt
        if receipt is not None:
            text = f"{plain(receipt.name)}\nof the order {plain(receipt.order_id)}. The file stays. This can be undone."
            self.app.push_screen(ConfirmDialog("Detach this receipt?", text, "Detach"), partial(self._detach_receipt, receipt))

    def _detach_receipt(self, receipt: ReceiptJson, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def detach() -> None:
            await self.store.client.detach_receipt(receipt.order_id, receipt.sha256)
            self.say("Detached. To reverse this press u.")
            self.store.announce(OrdersChanged)

        if sure:
            self.act(detach, group="detach")
