"""Deliveries: late parcels first, then what is expected or on its way, then what arrived lately."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.filter_language import parse_filter
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.orders.deliveries import Delivery
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.delivery_facts import LOOKS_BACK, delivery_facts, delivery_line, delivery_sums
from tui.widgets.row_list import RowList

_EMPTY = to_translate("Nothing is on its way, and nothing arrived in the last 14 days. Press z to see older parcels too.")
_NOTHING_FOUND = to_translate("No parcel matches. Press x to clear the filter, or z to see older parcels too.")


class DeliveriesScreen(FilteredScreen):
    """A list of parcels and, beside it, the one under the cursor; Enter shows its order."""

    PLACE = "deliveries"
    CSS_PATH = "../../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "toggle_old", "Old ones too"),
        Binding("o", "show_order", "Show the order"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._parcels: dict[str, Delivery] = {}
        self._arrived = False

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        yield Static(id="delivery-sums", markup=False)
        with Horizontal():
            with Vertical(classes="panel", id="delivery-panel"):
                yield RowList(empty=translated(_EMPTY), id="delivery-list")
            with VerticalScroll(classes="panel", id="delivery-detail", can_focus=False):
                yield Static(id="delivery-facts", markup=False)

    def on_mount(self) -> None:
        """Start on the list."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self.query_one(RowList).focus()

    async def find(self, text: str) -> str:
        """Load and draw the parcels."""
        found = await self.store.client.deliveries(text, arrived=self._arrived)
        self._parcels = {f"{place} {parcel.account} {parcel.number}": parcel for place, parcel in enumerate(found)}
        pen, listing = self.store.pen, self.query_one(RowList)
        sought = parse_filter(text, self.store.settings.filters)
        older = self._arrived and sought.since is None and sought.until is None
        self.query_one("#delivery-panel").border_title = (
            translated("Parcels of the last {days} days", days=LOOKS_BACK) if older else translated("Parcels")
        )
        self.query_one("#delivery-sums", Static).update(delivery_sums(found))
        listing.empty = translated(_NOTHING_FOUND) if text else translated(_EMPTY)
        listing.show((key, delivery_line(parcel, pen)) for key, parcel in self._parcels.items())
        self._draw_detail()
        return translated_count("{count} parcel", "{count} parcels", len(found))

    @property
    def _parcel(self) -> Delivery | None:
        return self._parcels.get(self.query_one(RowList).chosen or "") if self._parcels else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        parcel = self._parcel
        self.query_one("#delivery-detail").display = parcel is not None
        self.query_one("#delivery-facts", Static).update(delivery_facts(parcel, self.store.pen) if parcel else Content(""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the order only of a parcel."""
        return self._parcel is not None if action == "show_order" else super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def action_show_order(self) -> None:
        """Show the order of the parcel under the cursor."""
        parcel = self._parcel
        if parcel is not None:
            self.post_message(ShowOrders(f'account:{parcel.account} "{parcel.number}"'))

    def action_toggle_old(self) -> None:
        """Show parcels that arrived long ago too, or only the latest."""
        self._arrived = not self._arrived
        self.reload()
