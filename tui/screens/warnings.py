"""Warnings: what was noticed, why, and what to do; d dismisses one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.errors import DomainError
from assistant.domain.judging.user_rules.sentences import warning_words
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.lines import LinesDialog
from tui.dialogs.retrospective import RetrospectiveDialog
from tui.messages import AccountsChanged, AlertsChanged, ServerChange, ShowOrders
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.alert_facts import alert_facts, alert_line, explanation_lines
from tui.widgets.row_list import RowList

_MOST = 500
_CALM = to_translate("No open warnings. If something looks wrong while you shop, a warning appears here.")
_WAIT = to_translate("Warnings appear once a browser is paired. Press p to pair one.")


class WarningsScreen(FilteredScreen):
    """A list and, beside it, the warning under the cursor."""

    PLACE = "warnings"
    CSS_PATH = "../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (AlertsChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "dismiss_alert", "Looked at"),
        Binding("z", "toggle_old", "Old ones too"),
        Binding("b", "look_back", "Look back"),
        Binding("e", "soften", "Make quieter"),
        Binding("v", "explain", "Why exactly"),
        Binding("o", "show_order", "Show the order"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._alerts: dict[str, Alert] = {}
        self._open_only = True
        self._wanted: str | None = None
        self._proposals: tuple[str, ...] = ()

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel", id="alert-panel"):
                yield RowList(id="alert-list")
                yield Static(id="alert-proposal", markup=False)
            with VerticalScroll(classes="panel", id="alert-detail", can_focus=False):
                yield Static(id="alert-facts", markup=False)

    def on_mount(self) -> None:
        """Name the list."""
        self.query_one("#alert-panel").border_title = translated("Open warnings")
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self.query_one(RowList).focus()

    def point_at(self, alert_id: int) -> None:
        """Put the cursor on that warning, now or once it is loaded."""
        self._wanted = str(alert_id)
        self._point()

    async def find(self, text: str) -> str:
        """Load and draw the warnings, newest first, page by page."""
        alerts: list[Alert] = []
        cursor = None
        while len(alerts) < _MOST:
            page = await self.store.client.alerts(open_only=self._open_only, cursor=cursor, text=text)
            alerts += page.items
            cursor = page.next
            if cursor is None:
                break
        self._alerts = {str(alert.id): alert for alert in alerts}
        self._proposals = tuple(entry.code for entry in await self.store.client.alert_counts() if entry.soften)
        pen = self.store.pen
        listing = self.query_one(RowList)
        listing.empty = (
            translated("No warning matches. Press x to clear the filter.")
            if text
            else translated(_CALM)
            if self.store.browsers
            else translated(_WAIT)
        )
        listing.show((key, alert_line(alert, pen)) for key, alert in self._alerts.items())
        self._point()
        self._draw_detail(listing.chosen)
        self._draw_proposal()
        return (
            translated("{number} open", number=number(page.total))
            if self._open_only
            else translated("{number} in all", number=number(page.total))
        )

    def _point(self) -> None:
        if self._wanted is not None and self.query_one(RowList).point_at(self._wanted):
            self._wanted = None

    @on(OptionList.OptionHighlighted, "#alert-list")
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the warning under the cursor."""
        self._draw_detail(event.option_id)

    @on(OptionList.OptionSelected, "#alert-list")
    def selected(self) -> None:
        """Show the order of the warning under the cursor; without an order explain the warning."""
        if self._order:
            self.action_show_order()
        else:
            self.action_explain()

    @property
    def _order(self) -> str | None:
        alert = self._alerts.get(self.query_one(RowList).chosen or "")
        return alert.order if alert else None

    def action_show_order(self) -> None:
        """Show the order of the warning under the cursor."""
        self._show_order(self._order)

    def _draw_detail(self, key: str | None) -> None:
        self.refresh_bindings()
        alert = self._alerts.get(key or "")
        self.query_one("#alert-detail").display = alert is not None
        self.query_one("#alert-facts", Static).update(alert_facts(alert, self.store.pen) if alert else Content(""))

    def _draw_proposal(self) -> None:
        line = self.query_one("#alert-proposal", Static)
        line.display = bool(self._proposals)
        self.refresh_bindings()
        if self._proposals:
            named = str(warning_words(self._proposals[0]))
            line.update(self.keyed(translated("You mostly ignore '{named}'. Press e to make it quieter.", named=named)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable softening only where it is suggested, and the order only where there is one."""
        if action == "show_order":
            return bool(self.is_mounted and self._order)
        return bool(self._proposals) if action == "soften" else super().check_action(action, parameters)

    def action_explain(self) -> None:
        """Show what was judged for the warning under the cursor, and every rule that was tried."""
        alert = self._alerts.get(self.query_one(RowList).chosen or "")
        if alert is None:
            return

        async def show() -> None:
            found = await self.store.client.explain(alert.id)
            lines = [line for entry in found for line in explanation_lines(entry, self.store.pen)]
            self.app.push_screen(LinesDialog(translated("Why exactly"), lines))

        self.act(show, group="explain")

    def action_soften(self) -> None:
        """Make the suggested warning one level quieter with a user rule; removing the rule undoes this."""
        code = self._proposals[0]

        async def soften() -> None:
            await self.store.client.add_rule({"type": "soften", "code": [code]})
            undo = self.store.pen.key("u", "undo")
            self.notify(translated("That warning is one level quieter now. To undo it press {key}.", key=undo))
            self.store.announce(AlertsChanged)

        self.act(soften, group="soften")

    def action_dismiss_alert(self) -> None:
        """Dismiss the warning under the cursor."""
        alert = self._alerts.get(self.query_one(RowList).chosen or "")
        if alert is None or alert.dismissed_at is not None:
            return

        async def dismiss() -> None:
            await self.store.client.dismiss(alert.id)
            self.store.announce(AlertsChanged)

        self.act(dismiss, group="dismiss", exclusive=False)

    def action_look_back(self) -> None:
        """Judge earlier purchases with today's rules, and show those that look misplaced."""
        dialog = RetrospectiveDialog(self.store.pen)

        async def look() -> None:
            try:
                dialog.show_found(await self.store.client.look_back())
            except DomainError:
                if dialog.is_attached:
                    dialog.dismiss(None)
                raise

        self.app.push_screen(dialog, self._show_order)
        self.act(look, group="look-back")

    def _show_order(self, number: str | None) -> None:
        if number is not None:
            self.post_message(ShowOrders(number))

    def action_toggle_old(self) -> None:
        """Show dismissed warnings too, or only open ones."""
        self._open_only = not self._open_only
        self.query_one("#alert-panel").border_title = translated("Open warnings") if self._open_only else translated("All warnings")
        self.reload()
