"""Receipts: every file that is attached to an order, and whether it is unchanged."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.taxes.receipts import ReceiptState
from assistant.wire.taxes import CollectedJson, MissingReceiptJson, ReceiptJson
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain
from tui.messages import OrdersChanged, ServerChange, ShowOrders
from tui.path_completion import expanded
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.row_list import RowList
from tui.widgets.taxes.tax_facts import missing_facts, missing_line, receipt_facts, receipt_line

_EMPTY = to_translate(
    "No receipts yet. Press a to attach a file, b to collect a folder or mailbox, w to print kept pages. Tax packs contain them."
)


class ReceiptsScreen(FramedScreen):
    """A list of receipts and, beside it, the one under the cursor; Enter shows its order."""

    PLACE = "receipts"
    CSS_PATH = "../../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "attach", "Attach"),
        Binding("b", "collect", "Collect"),
        Binding("w", "print_pages", "Print pages"),
        Binding("v", "turn_view", "Missing"),
        Binding("d", "detach", "Detach"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._receipts: dict[str, ReceiptJson] = {}
        self._missing: dict[str, MissingReceiptJson] = {}
        self._shows_missing = False

    def body(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel book-list", id="receipt-panel"):
                yield RowList(empty=translated(_EMPTY), id="receipt-list")
            with VerticalScroll(classes="panel book-detail", id="receipt-detail", can_focus=False):
                yield Static(id="receipt-facts", markup=False)

    async def load(self) -> None:
        """Load all receipts."""
        client = self.store.client
        found, count = await asyncio.gather(client.receipts(), client.missing_receipts())
        self._missing = {f"{each.account}-{each.order_id}": each for each in count.missing}
        self._receipts = {f"{receipt.order_id}-{receipt.item}-{receipt.sha256}": receipt for receipt in found}
        wrong = sum(receipt.state is not ReceiptState.THERE or receipt.problem is not None for receipt in found)
        title = translated("Receipts: {found}", found=number(len(found))) + (
            translated(", {wrong} need a look", wrong=number(wrong)) if wrong else ""
        )
        panel = self.query_one("#receipt-panel")
        panel.border_title = count.text if self._shows_missing else title
        panel.border_subtitle = "" if self._shows_missing else count.text
        self._draw_list()

    def _draw_list(self) -> None:
        listed, pen = self.query_one(RowList), self.store.pen
        if self._shows_missing:
            listed.empty = translated("No business order lacks a receipt.")
            listed.show((key, missing_line(each, pen)) for key, each in self._missing.items())
        else:
            listed.empty = translated(_EMPTY)
            listed.show((key, receipt_line(receipt)) for key, receipt in self._receipts.items())
        self._draw_detail()

    @property
    def _receipt(self) -> ReceiptJson | None:
        return None if self._shows_missing else self._receipts.get(self.query_one(RowList).chosen or "")

    @property
    def _lacking(self) -> MissingReceiptJson | None:
        return self._missing.get(self.query_one(RowList).chosen or "") if self._shows_missing else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        receipt, lacking = self._receipt, self._lacking
        facts = receipt_facts(receipt) if receipt else missing_facts(lacking, self.store.pen) if lacking else None
        self.query_one("#receipt-detail").display = facts is not None
        self.query_one("#receipt-facts", Static).update(facts or Content(""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable detaching only if there is a receipt; print for an order without one only if its page is kept."""
        if action == "print_pages" and self._shows_missing:
            return self._lacking is not None and self._lacking.page_kept
        if action == "detach":
            return self._receipt is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def show_order(self) -> None:
        """Show the order of the receipt under the cursor."""
        chosen = self._receipt or self._lacking
        if chosen is not None:
            self.post_message(ShowOrders(f'"{chosen.order_id}"'))

    def step_back(self) -> bool:
        """Go back from the orders without a receipt to the receipts."""
        if not self._shows_missing:
            return False
        self.action_turn_view()
        return True

    def action_turn_view(self) -> None:
        """Show the business orders without a receipt instead of the receipts, or the other way round."""
        self._shows_missing = not self._shows_missing
        self.reload()

    def take_dropped(self, path: str) -> bool:
        """Offer to collect the receipts in what was dropped on the terminal."""
        self._ask_to_collect(path)
        return True

    def action_collect(self) -> None:
        """Ask for a file, folder or mailbox, and attach every receipt in it to the order that it names."""
        self._ask_to_collect("~/")

    def _ask_to_collect(self, path: str) -> None:
        field = FormField(
            name="path",
            label=translated("Path"),
            value=path,
            hint=translated("a folder, a mailbox, a mail, a PDF; drop it here"),
            is_path=True,
        )
        about = translated("Each file is attached to the order that its name or text names. Command: shopper receipts collect PATH")
        self.app.push_screen(FormDialog(translated("Collect receipts"), [field], self._start_collecting, about=about))

    async def _start_collecting(self, answers: Answers) -> str:
        path = expanded(answers["path"])
        self.act(partial(self._take_collected, partial(self.store.client.collect_receipts, [str(path)]), printed=False), group="collect")
        return str(path)

    def action_print_pages(self) -> None:
        """Print the kept page of the order under the cursor and attach it; among the receipts, all kept pages, after asking."""
        if not self._shows_missing:
            text = translated("Each kept page of a business order becomes a PDF that is attached to its order. This can be undone.")
            self.app.push_screen(ConfirmDialog(translated("Print all kept pages?"), text, translated("Print")), self._print_all)
        elif self._lacking is not None and self._lacking.page_kept:
            self._print([self._lacking.order_id])

    def _print_all(self, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        if sure:
            self._print([])

    def _print(self, orders: Sequence[str]) -> None:
        self.act(partial(self._take_collected, partial(self.store.client.print_pages, orders), printed=True), group="collect")

    async def _take_collected(self, ask: Callable[[], Awaitable[CollectedJson]], *, printed: bool) -> None:
        self.store.note_work(translated("Receipts …"))
        try:
            found = await ask()
        finally:
            self.store.note_work("")
        self.say(_collected_text(found, printed=printed))
        self.store.announce(OrdersChanged)

    def action_attach(self) -> None:
        """Ask for an order and a file, and attach it."""
        keys = [account.key for account in self.store.accounts]
        chosen = self._receipt or self._lacking
        known, owner = chosen.order_id if chosen else "", self._lacking.account if self._lacking else ""
        fields = [
            FormField(name="number", label=translated("Order"), value=known, hint="112-1234567-1234567"),
            FormField(
                name="account",
                label=translated("Account"),
                value=owner or (keys[0] if len(keys) == 1 else ""),
                hint=", ".join(keys),
                choices=keys,
            ),
            FormField(
                name="path", label=translated("File"), value="~/", hint=translated("a PDF, an image or a mail; drop it here"), is_path=True
            ),
        ]
        about = translated("The file stays where it is. Command: shopper receipts add ORDER FILE")
        self.app.push_screen(FormDialog(translated("Attach a receipt"), fields, self._attach_file, about=about))

    async def _attach_file(self, answers: Answers) -> str:
        path = expanded(answers["path"])
        await self.store.client.attach_receipts(answers["account"], answers["number"], [str(path)])
        self.say(translated("Attached: {path}. To reverse this press u.", path=path.name))
        self.store.announce(OrdersChanged)
        return str(path)

    def action_detach(self) -> None:
        """Detach the receipt under the cursor, after asking."""
        receipt = self._receipt
        if receipt is not None:
            text = translated(
                "{receipt}\nof the order {order_id}. The file stays. This can be undone.",
                receipt=plain(receipt.name),
                order_id=plain(receipt.order_id),
            )
            self.app.push_screen(
                ConfirmDialog(translated("Detach this receipt?"), text, translated("Detach")), partial(self._detach_receipt, receipt)
            )

    def _detach_receipt(self, receipt: ReceiptJson, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def detach() -> None:
            await self.store.client.detach_receipt(receipt.order_id, receipt.sha256)
            self.say(translated("Detached. To reverse this press u."))
            self.store.announce(OrdersChanged)

        if sure:
            self.act(detach, group="detach")


def _collected_text(found: CollectedJson, *, printed: bool) -> str:
    counts = {"number": number(len(found.attached)), "known": number(found.known)}
    text = (
        translated("{number} printed, {known} known before.", **counts)
        if printed
        else translated("{number} attached, {known} known before.", **counts)
    )
    text += " " + translated("To reverse this press u.") if found.attached else ""
    if found.left:
        first = {"name": plain(found.left[0].name), "why": plain(found.left[0].why)}
        text += " " + (translated("Not printed: {name} {why}", **first) if printed else translated("Not attached: {name} {why}", **first))
    return text + (" " + translated("and {number} more.", number=len(found.left) - 1) if len(found.left) > 1 else "")
