"""The first screen: every account's month, an inbox of what needs a look, what is on its way, twelve months."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from assistant.domain.accounts import Identity
from assistant.domain.money import Money
from assistant.domain.views import Alert, ExpenseRow, ImportResult, OrderRow
from tui.messages import AccountsChanged, AlertsChanged, ImportsChanged, OrdersChanged
from tui.pen import Pen, month_name, plain
from tui.screens.framed import FramedScreen
from tui.theme import LEVELS
from tui.widgets.account_table import AccountTable
from tui.widgets.listing import Listing
from tui.widgets.month_chart import MonthChart

_NOTHING_YET = "No orders yet. Press i to import Amazon's export, or p to pair a browser."
_ALL_LOOKED_AT = "Nothing needs you. New orders and warnings appear here by themselves."


class OverviewScreen(FramedScreen):
    """Calm when nothing needs the person."""

    PLACE = "overview"
    CSS_PATH = "../styles/overview.tcss"
    STALE_ON = (OrdersChanged, AlertsChanged, AccountsChanged, ImportsChanged)

    def body(self) -> ComposeResult:
        """Compose four panels."""
        with Vertical(id="accounts-panel", classes="panel"):
            yield AccountTable(id="account-table")
        with Horizontal(id="lower"):
            with Vertical(classes="panel", id="inbox-panel"):
                yield Listing(empty=_ALL_LOOKED_AT, id="inbox")
            with Vertical(id="right"):
                with Vertical(classes="panel", id="shipping-panel"):
                    yield Listing(empty="Nothing is on its way.", id="shipping")
                with Vertical(classes="panel", id="months-panel"):
                    yield MonthChart(id="months")

    def on_mount(self) -> None:
        """Name the panels."""
        today = self.store.today
        titles = {"#accounts-panel": f"{month_name(today.month)} {today.year}", "#inbox-panel": "Inbox", "#shipping-panel": "On the way"}
        for selector, title in (titles | {"#months-panel": "Twelve months"}).items():
            self.query_one(selector).border_title = title

    async def load(self) -> None:
        """Ask for what each panel shows, all at once."""
        client, today = self.store.client, self.store.today
        alerts, imports, identities, shipping = await asyncio.gather(
            client.alerts(limit=20), client.imports(limit=10), client.identities(), client.orders("status:shipping", limit=8)
        )
        this_year, last_year, rules = await asyncio.gather(
            client.expenses(f"date:{today.year}"), client.expenses(f"date:{today.year - 1}"), client.rules()
        )
        pen = self.store.pen
        self.query_one(AccountTable).show(self.store.overview, _budgets(rules), pen)
        self.query_one("#inbox", Listing).empty = _ALL_LOOKED_AT if any(row.orders for row in self.store.overview) else _NOTHING_YET
        self.query_one("#inbox", Listing).show(
            [
                *(_alert_line(alert, pen) for alert in alerts.items),
                *(_identity_line(identity) for identity in identities if identity.account is None),
                *(_import_line(result, pen) for result in imports.items if result.new or result.problems or result.state != "read"),
            ]
        )
        self.query_one("#shipping", Listing).show(_order_line(row, pen) for row in shipping.items)
        self._draw_months((*last_year.items, *this_year.items), pen)

    def _draw_months(self, rows: Sequence[ExpenseRow], pen: Pen) -> None:
        months = _twelve_months(pen.today)
        spent: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        orders: dict[str, int] = defaultdict(int)
        for row in rows:
            if row.month in months:
                spent[row.currency][row.month][row.account] += row.spent.minor - row.refunded.minor
                orders[row.currency] += row.orders
        ranked = sorted(orders, key=lambda currency: (-orders[currency], currency))
        currency = ranked[0] if ranked else ""
        self.query_one("#months-panel").border_title = f"Twelve months, {currency}" if currency else "Twelve months"
        self.query_one(MonthChart).show(months, spent[currency] if currency else {}, currency, ranked[1:], pen)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to what the line is about."""
        kind, _, rest = (event.option_id or "").partition(":")
        if kind == "alert":
            self.shopper.show_warning(int(rest))
        elif kind == "order":
            self.shopper.show_orders(f'"{rest}"')
        elif kind in ("identity", "import"):
            self.shopper.action_go("accounts" if kind == "identity" else "imports")


def _twelve_months(today: date) -> list[str]:
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - 11, last + 1)]


def _budgets(rules: Sequence[dict[str, Any]]) -> dict[str, Money]:
    """Return the monthly budgets among the user's rules, by account key."""
    found = {}
    for rule in rules:
        if rule.get("type") == "budget" and rule.get("month") and rule.get("account"):
            try:
                found[str(rule["account"])] = Money.of(Decimal(str(rule["month"])), str(rule.get("currency") or "USD"))
            except InvalidOperation:
                continue
    return found


def _alert_line(alert: Alert, pen: Pen) -> tuple[str, Content]:
    _, symbol, colour = LEVELS[alert.level]
    badge = pen.badge(alert.account) if alert.account else Content("")
    return f"alert:{alert.id}", Content.assemble(
        (f"{symbol} ", colour), badge, " ", plain(alert.text), (f"  {pen.moment(alert.at)}", "$muted")
    )


def _identity_line(identity: Identity) -> tuple[str, Content]:
    who = plain(identity.organization) or plain(identity.greeting) or "Somebody"
    where = f" on {plain(identity.marketplace)}" if identity.marketplace else ""
    text = f"{who} is signed in{where} and not registered yet."
    return f"identity:{identity.customer_id}", Content.assemble(("? ", "$primary"), text, ("  Press 5, then l.", "$muted"))


def _import_line(result: ImportResult, pen: Pen) -> tuple[str, Content]:
    badge = pen.badge(result.account) if result.account else Content("")
    tail = (f"  {pen.moment(result.at)}", "$muted")
    name = plain(result.name)
    if result.state == "failed":
        return f"import:{result.id}", Content.assemble(("▲ ", "$warning"), f"{name} could not be read", tail)
    if result.state == "parked":
        return f"import:{result.id}", Content.assemble(("? ", "$primary"), f"{name} waits until its account is linked", tail)
    said = [f"{result.new} new order{'s' if result.new != 1 else ''}"] if result.new else []
    said += [f"{len(result.problems)} unreadable"] if result.problems else []
    return f"import:{result.id}", Content.assemble(("+ ", "$success"), badge, f" {', '.join(said)} from {name}", tail)


def _order_line(row: OrderRow, pen: Pen) -> tuple[str, Content]:
    return f"order:{row.number}", Content.assemble(
        (f"{pen.day(row.placed_on):<11} ", "$muted"), pen.badge(row.account), f" {plain(row.title)}"
    )
