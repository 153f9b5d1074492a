"""An invented household behind the interface of the client: the test port of the terminal app."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.domain.accounts import Account, AccountChange, Identity
from assistant.domain.documents import Problem
from assistant.domain.errors import Conflict, NotFound, ServerAway, UnknownFormat
from assistant.domain.events import Event, EventKind
from assistant.domain.filters import parse_filter
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.pairing import BROWSER_SCOPES, Client, PairingCode
from assistant.domain.text import fold
from assistant.domain.verdicts import Level
from assistant.domain.views import AccountOverview, Alert, ExpenseRow, ImportResult, OrderRow, OrderView, Page

TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ACCOUNTS = (
    Account(key="per", label="Personal", purpose="personal", letters="PER", marketplaces=("amazon.com",), last_seen=NOON),
    Account(key="biz", label="Ortiz Design", purpose="business", colour="orange", symbol="◆", letters="BIZ", business=True,
            organization="Ortiz Design LLC", marketplaces=("amazon.com",), customer_ids=("A1INVENTED01",), last_seen=NOON - timedelta(days=1)),
    Account(key="home", label="Household", purpose="household", colour="green", symbol="■", letters="HOME", marketplaces=("amazon.de",),
            last_seen=NOON - timedelta(days=12)),
)  # fmt: skip
GOODS = {
    "per": ("Thermos bottle 0.7 l", "Novel about a lighthouse", "Running socks, 3 pairs", "Desk lamp with two arms"),
    "biz": ("Toner cartridge, black", "Thermal labels 4x6, 500 sheets", "USB-C hub with seven ports", "Standing desk frame"),
    "home": ("Dishwasher tablets, 100 pieces", "Bath towels, set of 6", "Rice 10 kg", "Winter blanket"),
}
CURRENCY = {"per": "USD", "biz": "USD", "home": "EUR"}


def household(orders: int = 120) -> list[OrderView]:
    """Return invented orders, newest first, spread over about two years."""
    return [_order(number, TODAY - timedelta(days=number * 720 // max(orders, 1))) for number in range(orders)]


def _order(number: int, day: date) -> OrderView:
    key = ("per", "biz", "home")[number % 3]
    currency = CURRENCY[key]
    titles = [GOODS[key][(number // 3) % 4], GOODS[key][(number // 3 + 1) % 4]][: 1 + number % 2]
    prices = [1250 + (number * 733 + line * 411) % 9000 for line in range(len(titles))]
    refunds = (Refund(amount=Money(500, currency), refunded_on=day, item=0),) if number % 10 == 4 else ()
    order = Order(
        number=f"112-{number:07d}-{7 * number % 9999999:07d}",
        placed_on=day,
        status=OrderStatus.SHIPPING if number < 3 else OrderStatus.CANCELLED if number % 17 == 5 else OrderStatus.DELIVERED,
        currency=currency,
        marketplace="amazon.de" if key == "home" else "amazon.com",
        recipient=Recipient(name="Robin Example", address="12 Sample Street, Springfield"),
        amounts={
            Amount.SUBTOTAL: Money(sum(prices), currency),
            Amount.TAX: Money(99, currency),
            Amount.GRAND_TOTAL: Money(sum(prices) + 99, currency),
        },
        items=tuple(
            Item(
                title=title,
                quantity=1 + number % 3,
                unit_price=Money(price, currency),
                seller="Sample Store",
                asin=f"B0INVENT{number % 100:02d}",
            )
            for title, price in zip(titles, prices, strict=True)
        ),
        shipments=(Shipment(status="Delivered", delivered_on=day + timedelta(days=2), items=tuple(range(len(titles)))),)
        if number >= 3
        else (),
        payments=(Payment(method="Visa", last4="1234", amount=Money(sum(prices) + 99, currency), charged_on=day),),
        refunds=refunds,
    )
    purpose = {"per": "personal", "biz": "business", "home": "household"}[key]
    return OrderView(
        account=key,
        order=order,
        purposes=(purpose,) * len(titles),
        categories=("office", None)[: len(titles)] if key == "biz" else (None,) * len(titles),
        sources={"order": "Order History.csv", "items[0].title": "order-details.html"},
        conflicts=(Problem(where="amounts.grand_total", code="conflict", text="The sources give different totals."),)
        if number % 20 == 1
        else (),
    )


def row_of(view: OrderView) -> OrderRow:
    order = view.order
    refunded = order.refunds[0].amount if order.refunds else None
    return OrderRow(account=view.account, number=order.number, placed_on=order.placed_on, status=order.status.value,
                    title=order.items[0].title or "", items=len(order.items), total=order.total, refunded=refunded)  # fmt: skip


ALERTS = (
    Alert(id=2, at=NOON, account="per", code="WRONG_ACCOUNT_HISTORY", level=Level.WARN, text="Toner usually goes to Ortiz Design (4 of 4).",
          advice="Switch account, or order anyway.", evidence=("Toner cartridge, black: 4 orders on Ortiz Design",), source="your orders"),
    Alert(id=1, at=NOON - timedelta(days=2), account="home", code="BUDGET_EXCEEDED", level=Level.NOTICE,
          text="This order takes Household over its budget.", advice="Look at November before you order.", source="rule 1"),
)  # fmt: skip
IMPORTS = (
    ImportResult(id=3, name="statement.pdf", kind="other", account=None, at=NOON, state="failed",
                 problems=(Problem(where="file", code="import/unknown-format", text="The file is not an Amazon export."),)),
    ImportResult(id=2, name="order-details.html", kind="order_details", account="biz", at=NOON - timedelta(days=1), state="read", new=1, same=2),
    ImportResult(id=1, name="Your Orders.zip", kind="privacy_zip", account="per", at=NOON - timedelta(days=3), state="read", new=117, changed=2,
                 problems=(Problem(where="orders[3].amounts.tax", code="unreadable", text="The tax of one order could not be read."),)),
)  # fmt: skip
IDENTITIES = (
    Identity(
        customer_id="A1INVENTED01", account="biz", greeting="Sam", business=True, organization="Ortiz Design LLC", marketplace="amazon.com"
    ),
    Identity(customer_id="A2INVENTED02", greeting="Kim", marketplace="amazon.de", first_seen=NOON, last_seen=NOON),
)
BROWSER = Client(
    id="c1", name="Chromium on this laptop", scopes=BROWSER_SCOPES, origin="chrome-extension://invented", created_at=NOON, last_used_at=NOON
)


class MemoryClient:
    """Answers like the client of a server; `fail_with` makes the next call fail, `away` makes every call fail."""

    def __init__(self, *, empty: bool = False, orders: list[OrderView] | None = None) -> None:
        self.views = [] if empty else household() if orders is None else orders
        self.registered = [] if empty else list(ACCOUNTS)
        self.seen = [] if empty else list(IDENTITIES)
        self.open_alerts = [] if empty else list(ALERTS)
        self.arrived = [] if empty else list(IMPORTS)
        self.browsers = [] if empty else [BROWSER]
        self.rule_list = [] if empty else [{"id": "1", "type": "budget", "account": "biz", "month": 1500, "currency": "USD"}]
        self.outbox: list[Event] = []
        self.rung = asyncio.Event()
        self.calls: list[tuple[str, ...]] = []
        self.fail_with: Exception | None = None
        self.away = False
        self.closed = False

    async def _asked(self, *call: object) -> None:
        self.calls.append(tuple(str(part) for part in call))
        await asyncio.sleep(0)
        if self.away:
            raise ServerAway("The assistant's server does not answer.")
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error

    def happen(self, kind: EventKind, **data: str | int) -> None:
        self.outbox.append(Event(id=len(self.outbox) + 1, kind=kind, at=NOON, data=data))
        self.rung.set()

    async def close(self) -> None:
        self.closed = True

    async def health(self) -> dict[str, str]:
        await self._asked("health")
        return {"status": "ok"}

    async def accounts(self) -> list[Account]:
        await self._asked("accounts")
        return self.registered

    async def overview(self) -> list[AccountOverview]:
        await self._asked("overview")
        return [self._overview(account) for account in self.registered]

    def _overview(self, account: Account) -> AccountOverview:
        mine = [view for view in self.views if view.account == account.key]
        month, year = defaultdict(int), defaultdict(int)
        for view in mine:
            total, day = view.order.total, view.order.placed_on
            if total and day and day.year == TODAY.year:
                year[total.currency] += total.minor
                month[total.currency] += total.minor if day.month == TODAY.month else 0
        return AccountOverview(
            account=account, month=tuple(Money(minor, currency) for currency, minor in month.items()),
            year=tuple(Money(minor, currency) for currency, minor in year.items()), orders=len(mine),
            alerts=sum(alert.account == account.key for alert in self.open_alerts), last_order_on=mine[0].order.placed_on if mine else None,
        )  # fmt: skip

    async def add_account(self, label: str, purpose: str, key: str | None = None, change: AccountChange = AccountChange()) -> Account:  # noqa: B008  # frozen
        await self._asked("add_account", label, purpose)
        if any(account.label == label for account in self.registered):
            raise Conflict(f"There is already an account '{label}'. Choose another name.")
        account = Account(
            key=key or label.casefold().replace(" ", "-"),
            label=label,
            purpose=purpose,
            letters=label[:3].upper(),
            colour="pink",
            symbol="▲",
        )
        self.registered.append(account)
        self.happen(EventKind.ACCOUNT_CHANGED, account=account.key)
        return account

    async def edit_account(self, key: str, change: AccountChange) -> Account:
        await self._asked("edit_account", key, change)
        place = next(index for index, account in enumerate(self.registered) if account.key == key)
        fields = {name: getattr(change, name) for name in change.__dataclass_fields__ if getattr(change, name) is not None}
        self.registered[place] = replace(self.registered[place], **fields)
        self.happen(EventKind.ACCOUNT_CHANGED, account=key)
        return self.registered[place]

    async def link(self, key: str, customer_id: str) -> Account:
        await self._asked("link", key, customer_id)
        self.seen = [replace(identity, account=key) if identity.customer_id == customer_id else identity for identity in self.seen]
        self.happen(EventKind.ACCOUNT_CHANGED, account=key)
        return next(account for account in self.registered if account.key == key)

    async def identities(self) -> list[Identity]:
        await self._asked("identities")
        return self.seen

    async def orders(self, text: str = "", offset: int = 0, limit: int = 100) -> Page[OrderRow]:
        await self._asked("orders", text, offset, limit)
        found = self._found(text)
        items = tuple(row_of(view) for view in found[offset : offset + limit])
        return Page(items=items, next=str(offset + limit) if offset + limit < len(found) else None, total=len(found))

    def _found(self, text: str) -> list[OrderView]:
        if not text.strip():
            return self.views
        wanted = parse_filter(text)
        return [view for view in self.views if self._matches(view, wanted)]

    def _matches(self, view: OrderView, wanted) -> bool:
        order = view.order
        haystack = fold(" ".join([order.number, *(item.title or "" for item in order.items)]))
        return (
            (not wanted.accounts or view.account in wanted.accounts)
            and (wanted.purpose is None or wanted.purpose in view.purposes)
            and (wanted.status is None or order.status == wanted.status)
            and (wanted.currency is None or order.currency == wanted.currency)
            and (wanted.since is None or (order.placed_on is not None and order.placed_on >= wanted.since))
            and (wanted.until is None or (order.placed_on is not None and order.placed_on <= wanted.until))
            and all(fold(word) in haystack for word in wanted.words)
        )

    async def order(self, account: str, number: str) -> OrderView:
        await self._asked("order", account, number)
        for view in self.views:
            if (view.account, view.order.number) == (account, number):
                return view
        raise NotFound(f"There is no order {number}. Read the list again.")

    async def set_item(self, account: str, number: str, line: int, category: str | None = None, purpose: str | None = None) -> OrderView:
        await self._asked("set_item", account, number, line, category, purpose)
        view = await self.order(account, number)
        categories, purposes = list(view.categories), list(view.purposes)
        categories[line], purposes[line] = category or categories[line], purpose or purposes[line]
        changed = replace(view, categories=tuple(categories), purposes=tuple(purposes))
        self.views[self.views.index(view)] = changed
        return changed

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        await self._asked("expenses", text)
        rows: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for view in self._found(text):
            order = view.order
            if order.total and order.placed_on:
                sums = rows[view.account, view.purposes[0], order.placed_on.isoformat()[:7], order.total.currency]
                sums[0] += 1
                sums[1] += order.total.minor
                sums[2] += sum(refund.amount.minor for refund in order.refunds if refund.amount)
        items = tuple(
            ExpenseRow(
                account=account,
                purpose=purpose,
                month=month,
                currency=currency,
                orders=count,
                spent=Money(spent, currency),
                refunded=Money(back, currency),
            )
            for (account, purpose, month, currency), (count, spent, back) in sorted(rows.items())
        )
        return Page(items=items, next=None, total=len(items))

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100) -> Page[Alert]:
        await self._asked("alerts", open_only)
        found = [alert for alert in self.open_alerts if alert.dismissed_at is None or not open_only]
        return Page(items=tuple(found[:limit]), next=None, total=len(found))

    async def dismiss(self, alert_id: int) -> Alert:
        await self._asked("dismiss", alert_id)
        self.open_alerts = [replace(alert, dismissed_at=NOON) if alert.id == alert_id else alert for alert in self.open_alerts]
        self.happen(EventKind.ALERT_CHANGED, alert=alert_id)
        return next(alert for alert in self.open_alerts if alert.id == alert_id)

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        await self._asked("imports")
        return Page(items=tuple(self.arrived[:limit]), next=None, total=len(self.arrived))

    async def upload(self, name: str, content: bytes, account: str | None) -> ImportResult:
        await self._asked("upload", name, len(content), account)
        if not content.startswith(b"Order ID"):
            raise UnknownFormat(
                "The file is not an Amazon export: it has no column 'Order ID'. Look for 'Your Orders.zip' in the mail from Amazon."
            )
        result = ImportResult(
            id=len(self.arrived) + 1, name=name, kind="retail_export", account=account or "per", at=NOON, state="read", new=2
        )
        self.arrived.insert(0, result)
        self.happen(EventKind.ORDERS_IMPORTED, account="per", new=2, changed=0)
        return result

    async def open_pairing(self) -> PairingCode:
        await self._asked("open_pairing")
        return PairingCode(code="4821-7730", expires_at=NOON + timedelta(seconds=120))

    async def clients(self) -> list[Client]:
        await self._asked("clients")
        return self.browsers

    async def revoke(self, client_id: str) -> None:
        await self._asked("revoke", client_id)
        self.browsers = [browser for browser in self.browsers if browser.id != client_id]
        self.happen(EventKind.CLIENT_REVOKED, client=client_id)

    async def rules(self) -> list[dict]:
        await self._asked("rules")
        return self.rule_list

    async def events(self, after: int) -> AsyncIterator[Event]:
        while True:
            for event in [event for event in self.outbox if event.id > after]:
                after = event.id
                yield event
            await self.rung.wait()
            self.rung.clear()
