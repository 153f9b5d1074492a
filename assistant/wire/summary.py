"""What a browser's popup asks for and shows."""

from datetime import date

from msgspec import Struct, field

from assistant.domain.summary import AccountSummary, BoughtOrder, BrowserSummary, MonthSpending, Notice
from assistant.wire.accounts import AccountJson
from assistant.wire.shape import Count, JsonShape, MoneyJson, Short
from assistant.wire.warnings import AlertJson, DueJson


class SummaryBody(Struct):
    """The account of the page that the popup is about, by key; "" for none."""

    account: Short = ""


class SearchBody(Struct):
    """Words of an order, and the account of the page that the popup is about."""

    words: Short
    account: Short = ""


class MonthSpendingJson(JsonShape[MonthSpending]):
    """What was spent this month in one currency, and the budget, if there is one."""

    spent: MoneyJson
    budget: MoneyJson | None


class AccountSummaryJson(JsonShape[AccountSummary]):
    """An account with its month and the number of its open warnings."""

    account: AccountJson
    month: tuple[MonthSpendingJson, ...]
    alerts: Count


class BoughtOrderJson(JsonShape[BoughtOrder]):
    """An order of a list. Of somebody else's private one the title is "" and the cost null."""

    account: str
    number: str = field(name="order_id")
    placed_on: date | None
    title: str
    items: Count
    cost: MoneyJson | None


class SummaryJson(JsonShape[BrowserSummary]):
    """All accounts; and of one, or of all, the last orders, the newest open warnings and the next dates."""

    accounts: tuple[AccountSummaryJson, ...]
    orders: tuple[BoughtOrderJson, ...]
    warnings: tuple[AlertJson, ...]
    dates: tuple[DueJson, ...]


class NoticesBody(Struct):
    """Nothing: the question is always about all accounts."""


class NoticeJson(JsonShape[Notice]):
    """Something to tell on the desktop; the same `key` is told once."""

    key: str
    text: str


class NoticesJson(Struct):
    """What is worth a notice now, the most urgent first."""

    notices: tuple[NoticeJson, ...]


class FoundOrdersJson(Struct):
    """The newest orders that have the words of a search."""

    orders: tuple[BoughtOrderJson, ...]
