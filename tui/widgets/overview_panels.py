"""The panels of the overview and the text of their lines."""

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content

from assistant.domain.accounts.account import AccountOverview, Identity
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.documents import ImportResult, WaitingFile
from assistant.domain.judging.user_rules.model import OwnRule
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.formats import month_text, number
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.order_view import OrderSummary
from assistant.domain.orders.deliveries import NEWS_LASTS
from assistant.domain.summary import monthly_budgets
from tui.formatting import Pen, plain
from tui.theme import LEVELS
from tui.widgets.account_table import AccountTable
from tui.widgets.month_chart import MonthChart, spent_by_month
from tui.widgets.row_list import RowList

_ON_THE_WAY = NEWS_LASTS.days
"""Days after which an order counts as delivered, regardless of its status."""
_NEW = 7
"""Days for which an imported order is called new."""
_NOTHING_YET = to_translate("No orders yet. Press i to import Amazon's export, or p to pair a browser.")
_ALL_LOOKED_AT = to_translate("Nothing to do. New orders and warnings appear here.")


class OverviewPanels(Container):
    """Accounts on top; inbox, orders on their way and twelve months below."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def compose(self) -> ComposeResult:
        """Compose four panels."""
        with _panel("accounts-panel", month_text(self._today.year, self._today.month)):
            yield AccountTable(id="account-table")
        with Horizontal(id="lower"):
            with _panel("inbox-panel", translated("Inbox")):
                yield RowList(id="inbox")
            with Vertical(id="right"):
                with _panel("shipping-panel", translated("On the way")):
                    yield RowList(empty=translated("Nothing is on its way."), id="shipping")
                with _panel("months-panel", translated("Twelve months")):
                    yield MonthChart(id="months")

    def focus_first(self) -> None:
        """Put the focus on the inbox."""
        self.query_one("#inbox").focus()

    def show_accounts(self, rows: Sequence[AccountOverview], rules: Sequence[OwnRule], pen: Pen) -> None:
        """Draw the accounts; budgets are among the user's rules."""
        self.query_one(AccountTable).show(rows, {key: budgets[0] for key, budgets in monthly_budgets(rules).items()}, pen)
        self.query_one("#inbox", RowList).empty = (
            translated(_ALL_LOOKED_AT) if any(row.orders for row in rows) else translated(_NOTHING_YET)
        )

    def show_inbox(
        self,
        alerts: Sequence[Alert],
        identities: Sequence[Identity],
        waiting: Sequence[WaitingFile],
        imports: Sequence[ImportResult],
        pen: Pen,
    ) -> None:
        """Draw warnings, unlinked logins, files that wait in the drop folder, and imports."""
        lines = [_alert_line(alert, pen) for alert in alerts]
        lines += [_identity_line(identity, pen) for identity in identities if identity.account is None]
        lines += [_waiting_line(waits, pen) for waits in waiting]
        lines += [_import_line(result, pen) for result in imports if result.new or result.problems or result.state != "read"]
        self.query_one("#inbox", RowList).show(lines)

    def show_counts(self, imports: Sequence[ImportResult], need: int, pen: Pen) -> None:
        """Say in the title how many orders are new, and how much needs the user: "Inbox: 12 new, 3 need you"."""
        new = sum(result.new for result in imports if (pen.today - result.at.date()).days <= _NEW)
        parts = [translated("{number} new", number=number(new))] if new else []
        parts += (
            [translated_count("{count} needs you, press {key}", "{count} need you, press {key}", need, key=pen.key("n", "overview.triage"))]
            if need
            else []
        )
        self.query_one("#inbox-panel").border_title = translated("Inbox: {parts}", parts=", ".join(parts)) if parts else translated("Inbox")

    def show_shipping(self, rows: Sequence[OrderSummary], pen: Pen) -> None:
        """Draw the orders on their way. Exports mark everything as "shipping"; older orders have arrived."""
        recent = [row for row in rows if row.placed_on is not None and (pen.today - row.placed_on).days <= _ON_THE_WAY]
        self.query_one("#shipping", RowList).show(_order_line(row, pen) for row in recent)

    def show_months(self, rows: Sequence[ExpenseRow], pen: Pen, preferred: str = "") -> None:
        """Draw the last twelve months in the preferred currency; without orders in it, in the one that most orders have."""
        months = _twelve_months(pen.today)
        ranked, spent = spent_by_month([row for row in rows if row.month in months], preferred)
        currency = ranked[0] if ranked else ""
        self.query_one("#months-panel").border_title = (
            translated("Twelve months, {currency}", currency=currency) if currency else translated("Twelve months")
        )
        self.query_one(MonthChart).show(months, spent, currency, ranked[1:], pen)


def _panel(name: str, title: str) -> Vertical:
    panel = Vertical(id=name, classes="panel")
    panel.border_title = title
    return panel


def _twelve_months(today: date) -> list[str]:
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - 11, last + 1)]


def _alert_line(alert: Alert, pen: Pen) -> tuple[str, Content]:
    _, symbol, colour = LEVELS[alert.level]
    badge = pen.badge(alert.account) if alert.account else Content("")
    return f"alert:{alert.id}", Content.assemble(
        (f"{symbol} ", colour), badge, " ", plain(alert.text), (f"  {pen.moment(alert.at)}", "$muted")
    )


def _identity_line(identity: Identity, pen: Pen) -> tuple[str, Content]:
    who = plain(identity.organization) or plain(identity.greeting) or translated("Somebody")
    where = " " + translated("on {shop}", shop=plain(identity.marketplace)) if identity.marketplace else ""
    text = translated("{who} is signed in{where} but not registered yet.", who=who, where=where)
    return f"identity:{identity.customer_id}", Content.assemble(
        ("? ", "$primary"), text, ("  " + translated("Press {link_keys}.", link_keys=pen.link_keys), "$muted")
    )


def _waiting_line(waits: WaitingFile, pen: Pen) -> tuple[str, Content]:
    badge = pen.badge(waits.account) if waits.account else Content("")
    name = plain(waits.name)
    text = (
        translated("{name} in the drop folder was not imported", name=name)
        if waits.reason
        else translated("Whose is {name} in the drop folder?", name=name)
    )
    return f"drop:{waits.name}", Content.assemble(
        ("▲ " if waits.reason else "? ", "$warning"), badge, f" {text}" if waits.account else text
    )


def _import_line(result: ImportResult, pen: Pen) -> tuple[str, Content]:
    badge = pen.badge(result.account) if result.account else Content("")
    tail = (f"  {pen.moment(result.at)}", "$muted")
    name = plain(result.name)
    if result.state == "failed":
        return f"import:{result.id}", Content.assemble(("▲ ", "$warning"), translated("{name} could not be read", name=name), tail)
    if result.state == "parked":
        return f"import:{result.id}", Content.assemble(
            ("? ", "$primary"), translated("{name} waits until its account is linked", name=name), tail
        )
    said = [translated_count("{count} new order", "{count} new orders", result.new)] if result.new else []
    said += [translated("{number} unreadable", number=len(result.problems))] if result.problems else []
    return f"import:{result.id}", Content.assemble(
        ("+ ", "$success"), badge, " " + translated("{said} from {name}", said=", ".join(said), name=name), tail
    )


def _order_line(row: OrderSummary, pen: Pen) -> tuple[str, Content]:
    return f"order:{row.account}:{row.number}", Content.assemble(
        (pen.day_column(row.placed_on), "$muted"), pen.badge(row.account), f" {plain(row.title)}"
    )
