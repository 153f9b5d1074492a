"""Claims: what accounts owe each other for items bought on the wrong one; y settles one, m a month, w writes the report."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.money import number_to_type, typed_number
from assistant.domain.rows import row_facts
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.form import Answers, FormDialog, FormField, asking_before_replacing
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.path_completion import expanded, write_file
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.books.claim_facts import EVEN, claim_facts, claim_line, owed_text
from tui.widgets.row_list import RowList

_EMPTY = to_translate(
    "No claims. When an item, or a share of it, is for another purpose than its account's, what the other "
    "account owes appears here. Press O, choose an order, and split it there ({split})."
)


class ClaimsScreen(ListedScreen):
    """A list of claims and, beside it, the one under the cursor."""

    PLACE = "claims"
    LISTS = "claims"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "settle", "Settle"),
        Binding("e", "settle_part", "Paid in part"),
        Binding("m", "settle_month", "Settle a month"),
        Binding("ctrl+y", "settle_all", "Settle all", show=False),
        Binding("w", "write_report", "Report"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._claims: dict[str, Claim] = {}

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        yield Static(id="claims-owed", markup=False)
        with Horizontal():
            with Vertical(classes="panel book-list", id="claim-panel"):
                yield RowList(id="claim-list")
            with VerticalScroll(classes="panel book-detail", id="claim-detail", can_focus=False):
                yield Static(id="claim-facts", markup=False)

    async def read(self) -> None:
        """Read open and settled claims."""
        found = await self.store.client.claims()
        self._claims = {claim.id: claim for claim in sorted(found, key=lambda claim: claim.state is not ClaimState.OPEN)}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the claims that are wanted, and what is owed in all."""
        shown = {key: claim for key, claim in self._claims.items() if is_wanted(row_facts.claim_facts(claim))}
        listing, pen = self.query_one(RowList), self.store.pen
        self.query_one("#claim-panel").border_title = translated("Claims: {open} open", open=number(len(self._open)))
        owed = owed_text(self._claims.values(), pen)
        self.query_one("#claims-owed", Static).update(Content(owed or translated("No account owes another anything.")))
        listing.empty = self.empty_text(translated(_EMPTY).format(split=self.store.pen.key("s", "orders.split")))
        listing.show((key, claim_line(claim, pen)) for key, claim in shown.items())
        self._draw_detail()
        return self.found_text(len(shown), len(self._claims))

    @property
    def _open(self) -> list[Claim]:
        return [claim for claim in self._claims.values() if claim.state is ClaimState.OPEN]

    @property
    def _claim(self) -> Claim | None:
        return self._claims.get(self.query_one(RowList).chosen or "") if self._claims else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        claim = self._claim
        self.query_one("#claim-detail").display = claim is not None
        self.query_one("#claim-facts", Static).update(claim_facts(claim, self.store.pen) if claim else Content(""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable settling only for open claims."""
        if action in ("settle", "settle_part"):
            return self._claim is not None and self._claim.state is ClaimState.OPEN
        if action in ("settle_all", "settle_month", "write_report"):
            return bool(self._open)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def show_order(self) -> None:
        """Show the order of the claim under the cursor."""
        claim = self._claim
        if claim is not None:
            self.post_message(ShowOrders(f'"{claim.number}"'))

    def action_settle(self) -> None:
        """Settle the claim under the cursor, after asking."""
        if self._claim is not None:
            self._ask([self._claim])

    def action_settle_part(self) -> None:
        """Ask how much of the claim under the cursor was paid; the rest stays open."""
        claim = self._claim
        if claim is None:
            return

        async def settle(answers: Answers) -> str:
            await self.store.client.settle([claim.id], typed_number(answers["amount"].strip()))
            self.say(translated("Settled in part. To reverse this press u."))
            self.store.announce(OrdersChanged)
            return answers["amount"]

        amount = FormField(name="amount", label=translated("Amount paid"), hint=number_to_type(claim.amount.decimal), required=True)
        about = translated(
            "{owed_text}. The rest stays open. Command: shopper claims settle {id} --amount 20.00",
            owed_text=owed_text([claim], self.store.pen),
            id=claim.id,
        )
        self.app.push_screen(FormDialog(translated("Paid in part"), [amount], settle, about=about))

    def action_settle_all(self) -> None:
        """Settle every open claim, after asking."""
        self._ask(self._open)

    def action_settle_month(self) -> None:
        """Choose a month and settle all its open claims, after asking."""
        months: dict[str, list[Claim]] = {}
        for claim in sorted(self._open, key=lambda claim: claim.opened, reverse=True):
            months.setdefault(f"{claim.opened:%Y-%m}", []).append(claim)
        choices = [(month, Content(f"{month}  {owed_text(found, self.store.pen) or translated(EVEN)}")) for month, found in months.items()]
        self.app.push_screen(ChoiceDialog(translated("Settle which month?"), choices), self._ask_month)

    def _ask_month(self, month: str | None) -> None:
        if month is not None:
            self._ask([claim for claim in self._open if f"{claim.opened:%Y-%m}" == month])

    def _ask(self, claims: Sequence[Claim]) -> None:
        text = translated(
            "{owed_text}.\n\nSettling says that this was paid. It can be undone.",
            owed_text=owed_text(claims, self.store.pen) or translated(EVEN),
        )
        title = translated("Settle this claim?") if len(claims) == 1 else translated("Settle {count} claims?", count=len(claims))
        self.app.push_screen(ConfirmDialog(title, text, translated("Settle")), partial(self._settle, [claim.id for claim in claims]))

    def _settle(self, ids: Sequence[str], sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def settle() -> None:
            done = await self.store.client.settle(ids)
            self.say(
                translated_count(
                    "{count} claim settled. To reverse this press u.", "{count} claims settled. To reverse this press u.", len(done)
                )
            )
            self.store.announce(OrdersChanged)

        if sure:
            self.act(settle, group="settle")

    def action_write_report(self) -> None:
        """Ask for a file and write the open claims as PDF."""
        path = FormField(name="path", label=translated("File"), value=f"~/claims-{self.store.today}.pdf", is_path=True)
        about = translated("One page with the open claims and the payments that settle them. Command: shopper claims report -o FILE")
        save = asking_before_replacing(self._write_report)
        self.app.push_screen(FormDialog(translated("Report of the open claims"), [path], save, about=about))

    async def _write_report(self, answers: Answers) -> str:
        path = expanded(answers["path"])
        content = await self.store.client.claim_report()
        await asyncio.to_thread(write_file, path, content)
        self.say(translated("Written: {path}", path=path))
        return str(path)
