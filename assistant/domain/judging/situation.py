"""What the rules look at: accounts, user rules, history, and what is about to happen.

One function per source builds it: from a page, a past purchase, a rule being tried, a described file, or a day.
Cards, marketplaces, ASINs and words of the vocabulary are normalised; titles and names are kept as written.
Amounts are decimal numbers in the currency beside them; `None` means that a source does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from assistant.domain.judging.user_rules.rules import UserRule

BUYING = frozenset({"cart", "checkout", "buy_now", "sns_signup"})
"""The buying steps."""
CANCELLED = frozenset({"cancelled", "canceled"})
_SENT_BACK = frozenset({"returned", "refunded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An account as the rules see it. `houses` are the whole addresses that its orders went to, oldest first."""

    key: str
    label: str
    customer_ids: frozenset[str] = frozenset()
    owner: str | None = None
    home: str | None = None
    kind: str | None = None
    business: bool = False
    greeting: str | None = None
    prime: str | None = None
    marketplaces: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    status: str = "ok"
    closed_at: date | None = None
    notice: str | None = None
    name: str | None = None
    phone: str | None = None
    representatives: tuple[str, ...] = ()
    open_alerts: int = 0

    @property
    def for_business(self) -> bool:
        """Whether Amazon treats it as a Business account, or its owner uses it as one."""
        return self.business or self.kind == "business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The documented limits; a described situation's `defaults` may change them."""

    dup_window_days: int = 14
    sns_overlap_days: int = 10
    history_route_min: int = 3
    identity_fresh_minutes: int = 30
    trial_lookback_days: int = 365
    return_rate_orders: int = 10
    return_rate_share: Decimal = Decimal("0.4")
    reminder_days: Mapping[str, int] = field(default_factory=lambda: {"return_window": 3, "trial_end": 3, "payment_due": 3})


RECENT_DAYS = Thresholds().dup_window_days + 2
"""How many days of orders for other items the builders load: the window for duplicates, plus a day for time zones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A quantity limit that a page prints: `scope` is account, customer or household."""

    most: int
    scope: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedItem:
    """An item about to be bought. `price` is that of one unit; `group` the product group of a subscription."""

    asin: str | None = None
    title: str | None = None
    category: str | None = None
    quantity: int = 1
    price: Decimal | None = None
    brand: str | None = None
    seller: str | None = None
    limit: Limit | None = None
    subscription: bool = False
    every: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionTerms:
    """What a promotion's terms say; `new_customer` counts first orders too."""

    scope: str | None = None
    limit: int | None = None
    text: str | None = None
    new_customer: bool = False
    transferable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionHere:
    """A promotion that would be used on the page. `public`: a price coupon that everybody sees."""

    name: str | None = None
    terms: PromotionTerms | None = None
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """A membership that a sign-up page offers; `trial` None: the page does not say."""

    service: str | None = None
    trial: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the page itself says about who is signed in: customer id None = it shows none, "" = nobody is."""

    customer_id: str | None = None
    greeting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEvent:
    """What is about to happen. `signals` None: the account is proven. `at` without an offset is local wall-clock time.

    `window` is the key of the account whose own browser window shows the page.
    """

    page: str = "home"
    at: datetime | None = None
    day: date | None = None
    account: str | None = None
    store: str = "default"
    tab: str | None = None
    window: str | None = None
    signals: Signals | None = None
    marketplace: str | None = None
    items: tuple[JudgedItem, ...] = ()
    ship_to: str | None = None
    recipient: str | None = None
    gift: bool = False
    pay: str | None = None
    total: Decimal | None = None
    currency: str | None = None
    plan: str | None = None
    promotion: PromotionHere | None = None
    offer: ServiceOffer | None = None
    order_id: str | None = None
    owner_account: str | None = None
    asin: str | None = None
    brand: str | None = None
    seller: str | None = None
    manufacturer: str | None = None
    review_id: str | None = None
    compensation: str | None = None
    invitee: str | None = None
    invitee_home: str | None = None
    group: str | None = None
    with_account: str | None = None


class PastOrder(NamedTuple):
    """One item of an earlier order, or an order as a whole. A named tuple: a page may ask about a thousand of them.

    `reveal` is what others may see of a private order: "hint" or "never"; None: it is not private itself.
    `third_party` None: the source does not say who sold it.
    """

    account: str | None = None
    day: date | None = None
    order_id: str | None = None
    asin: str | None = None
    title: str | None = None
    quantity: int = 1
    price: Decimal | None = None
    currency: str | None = None
    category: str | None = None
    state: str | None = None
    seller: str | None = None
    brand: str | None = None
    marketplace: str | None = None
    reveal: str | None = None
    return_until: date | None = None
    latest_delivery: date | None = None
    third_party: bool | None = None
    digital: bool = False
    chargeback: bool = False
    problem: bool = False
    promotion: str | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.state in CANCELLED

    @property
    def kept(self) -> bool:
        """Whether it is open or delivered: neither cancelled nor sent back."""
        return self.state not in CANCELLED and self.state not in _SENT_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """What an earlier page showed: `who` is an account's key, an unregistered customer id, or "" for signed out."""

    who: str
    at: datetime | None = None
    store: str = "default"
    tab: str | None = None
    in_cart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPromotion:
    """A promotion that was used by, or issued to, an account. `cancelled`: the order it was used for was."""

    name: str | None = None
    account: str | None = None
    day: date | None = None
    order_id: str | None = None
    cancelled: bool = False
    issued: bool = False
    coupon: bool = False
    terms: PromotionTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMembership:
    """A membership. `plan` is trial or paid; `open_ended`: it has no last day, so it is still running."""

    service: str = ""
    account: str | None = None
    plan: str | None = None
    begins: date | None = None
    ends: date | None = None
    open_ended: bool = True
    auto_renew: bool | None = None
    charged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSubscription:
    """A Subscribe & Save subscription; `stopped`: cancelled, paused or ended."""

    asin: str | None = None
    account: str | None = None
    next_delivery: date | None = None
    stopped: bool = False
    group: str | None = None
    reveal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInstalment:
    """A payment of a Monthly Payments plan. `card_expires` is a month ("2026-03"), `last_due` the day of the plan's last payment."""

    account: str | None = None
    order_id: str | None = None
    due: date | None = None
    settled: bool = False
    amount: Decimal | None = None
    currency: str | None = None
    card_expires: str | None = None
    last_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReview:
    """A review that an account wrote."""

    account: str | None = None
    asin: str | None = None
    review_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastNote:
    """A note about an item: `compensation` is what was offered for a review."""

    account: str | None = None
    asin: str | None = None
    compensation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What an account spent: in a month ("2026-11"), or, where `month` is None, within a year."""

    account: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    month: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfOrders:
    """How many orders an account placed within a year, and what became of them."""

    account: str | None = None
    orders: int = 0
    returned: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLeft:
    """An account left a shared Prime."""

    account: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened before, by kind, each in the order of its source."""

    orders: tuple[PastOrder, ...] = ()
    shown: tuple[ShownAccount, ...] = ()
    promotions: tuple[PastPromotion, ...] = ()
    memberships: tuple[PastMembership, ...] = ()
    subscriptions: tuple[PastSubscription, ...] = ()
    instalments: tuple[PastInstalment, ...] = ()
    reviews: tuple[PastReview, ...] = ()
    notes: tuple[PastNote, ...] = ()
    month_spend: tuple[Spent, ...] = ()
    year_spend: tuple[Spent, ...] = ()
    year_orders: tuple[YearOfOrders, ...] = ()
    families_left: tuple[FamilyLeft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that a rule may look at. `accounts` are by key, `rules` in their own order."""

    accounts: Mapping[str, Party]
    event: JudgedEvent
    rules: tuple[UserRule, ...] = ()
    history: History = History()
    thresholds: Thresholds = Thresholds()
