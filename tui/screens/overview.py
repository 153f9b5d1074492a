"""The first screen: every account's month, an inbox, orders on their way, a chart of twelve months.

Its frame is painted before its panels are imported.
"""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.formatting import Pen
from tui.messages import (
    AccountsChanged,
    AlertsChanged,
    GoTo,
    ImportsChanged,
    OrdersChanged,
    RulesChanged,
    ServerChange,
    ShowOrders,
    ShowWarning,
)
from tui.screens.framed_screen import FramedScreen
from tui.store import Store

if TYPE_CHECKING:
    from textual.message import Message
    from textual.widgets import OptionList

    from tui.widgets.overview_panels import OverviewPanels


_LONG, _REST, _LONGEST_REST = 1.0, 10, 300
"""Seconds from which a count took long, how many times as long the rest before the next one is, and its most seconds."""


class OverviewScreen(FramedScreen):
    """The overview."""

    PLACE = "overview"
    CSS_PATH = "../styles/overview.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AlertsChanged, AccountsChanged, ImportsChanged, RulesChanged)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "triage", "One by one")]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._panels: OverviewPanels | None = None
        self._filled = asyncio.Event()
        self._uncounted = False
        self._counting = False

    def on_mount(self) -> None:
        """Paint the frame first."""
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        from tui.widgets.overview_panels import OverviewPanels  # noqa: PLC0415  # the first paint does not wait for it

        self._panels = OverviewPanels(self.store.today)
        await self.query_one("#body").mount(self._panels)
        if self.focused is None:
            self._panels.focus_first()
        self._filled.set()

    async def load(self) -> None:
        """Load each panel separately, so that a failure does not affect the others."""
        await self._filled.wait()
        panels = self._panels
        if panels is not None:
            self._uncounted = True
            if not self._counting:
                self.act(self._count, group="count")
            loading = (self._load_accounts, self._load_inbox, self._load_shipping, self._load_months)
            outcomes = await asyncio.gather(*(load(panels, self.store.pen) for load in loading), return_exceptions=True)
            for failure in [outcome for outcome in outcomes if isinstance(outcome, BaseException)][:1]:
                raise failure

    async def _load_accounts(self, panels: "OverviewPanels", pen: Pen) -> None:
        panels.show_accounts(self.store.overview, await self.store.client.rules(), pen)

    async def _load_inbox(self, panels: "OverviewPanels", pen: Pen) -> None:
        client = self.store.client
        alerts, imports, identities, dropped = await asyncio.gather(
            client.alerts(limit=20), client.imports(limit=10), client.identities(), client.dropped()
        )
        panels.show_inbox(alerts.items, identities, dropped.waiting, imports.items, pen)

    async def _count(self) -> None:
        """Count what the dialog of key n shows, one time after the other.

        The questions of a large ledger take the server seconds: a count that took long is repeated only after a longer rest.
        """
        from tui.triage import read_tasks  # noqa: PLC0415  # the first paint does not wait for it

        self._counting = True
        try:
            while self._uncounted and self._panels is not None:
                self._uncounted, started = False, monotonic()
                imports, tasks = await asyncio.gather(self.store.client.imports(limit=100), read_tasks(self.store))
                self._panels.show_counts(imports.items, len(tasks), self.store.pen)
                took = monotonic() - started
                if took > _LONG:
                    await asyncio.sleep(min(_LONGEST_REST, took * _REST))
        finally:
            self._counting = False

    async def _load_shipping(self, panels: "OverviewPanels", pen: Pen) -> None:
        panels.show_shipping((await self.store.client.orders("status:shipping", limit=20)).items, pen)

    async def _load_months(self, panels: "OverviewPanels", pen: Pen) -> None:
        client, year = self.store.client, pen.today.year
        this_year, last_year = await asyncio.gather(client.expenses(f"date:{year}"), client.expenses(f"date:{year - 1}"))
        panels.show_months((*last_year.items, *this_year.items), pen, self.store.settings.currency)

    def action_triage(self) -> None:
        """Show what needs the user, one after the other."""
        from tui.dialogs.triage import TriageDialog  # noqa: PLC0415  # the first paint does not wait for it
        from tui.triage import read_tasks  # noqa: PLC0415  # the first paint does not wait for it

        async def ask() -> None:
            tasks = await read_tasks(self.store)
            self.app.push_screen(TriageDialog(tasks), go)

        def go(place: "Message | None") -> None:
            if place is not None:
                self.post_message(place)

        self.act(ask, group="triage")

    def on_option_list_option_selected(self, event: "OptionList.OptionSelected") -> None:
        """Go to the subject of the line."""
        kind, _, rest = (event.option_id or "").partition(":")
        if kind == "alert":
            self.post_message(ShowWarning(int(rest)))
        elif kind == "order":
            account, _, number = rest.partition(":")
            self.post_message(ShowOrders(f'account:{account} "{number}"'))
        elif kind in ("identity", "import", "drop"):
            self.post_message(GoTo("accounts" if kind == "identity" else "imports"))
