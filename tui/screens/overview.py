"""The first screen: every account's month, an inbox of what needs a look, orders on their way, twelve months.

Its frame is painted before its panels are even imported.
"""

import asyncio
from typing import TYPE_CHECKING, ClassVar

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
    from textual.widgets import OptionList

    from tui.widgets.overview_panels import OverviewPanels


class OverviewScreen(FramedScreen):
    """Stays calm when nothing needs the user."""

    PLACE = "overview"
    CSS_PATH = "../styles/overview.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AlertsChanged, AccountsChanged, ImportsChanged, RulesChanged)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._panels: OverviewPanels | None = None
        self._filled = asyncio.Event()

    def on_mount(self) -> None:
        """Let the frame be painted first."""
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        from tui.widgets.overview_panels import OverviewPanels  # noqa: PLC0415  # the first paint does not wait for it

        self._panels = OverviewPanels(self.store.today)
        await self.query_one("#body").mount(self._panels)
        if self.focused is None:
            self._panels.focus_first()
        self._filled.set()

    async def load(self) -> None:
        """Ask for what each panel shows, all at once."""
        await self._filled.wait()
        client, today = self.store.client, self.store.today
        alerts, imports, identities, shipping = await asyncio.gather(
            client.alerts(limit=20), client.imports(limit=10), client.identities(), client.orders("status:shipping", limit=8)
        )
        this_year, last_year, rules = await asyncio.gather(
            client.expenses(f"date:{today.year}"), client.expenses(f"date:{today.year - 1}"), client.rules()
        )
        panels, pen = self._panels, self.store.pen
        if panels is not None:
            panels.show_accounts(self.store.overview, rules, pen)
            panels.show_inbox(alerts.items, identities, imports.items, pen)
            panels.show_shipping(shipping.items, pen)
            panels.show_months((*last_year.items, *this_year.items), pen)

    def on_option_list_option_selected(self, event: "OptionList.OptionSelected") -> None:
        """Go to what the line is about."""
        kind, _, rest = (event.option_id or "").partition(":")
        if kind == "alert":
            self.post_message(ShowWarning(int(rest)))
        elif kind == "order":
            self.post_message(ShowOrders(f'"{rest}"'))
        elif kind in ("identity", "import"):
            self.post_message(GoTo("accounts" if kind == "identity" else "imports"))
