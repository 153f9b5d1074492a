"""A page that the user opened: its account, its basket, where the checkout would ship it."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAccount:
    """What a page says about its account.

    `customer_id` None: the page shows none, or two (`contradicted`); "" never occurs here, signed out is `signed_in=False`.
    `greeting` is a hint only: two accounts may have the same greeting.
    """

    signed_in: bool | None = None
    customer_id: str | None = None
    greeting: str | None = None
    business: bool | None = None
    organization: str | None = None
    contradicted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """The limit that an offer states: scope "account", "customer" or "household"; None: not stated.

    `new_customer`: for people without earlier orders. `transferable` False: only for whoever received it. `ends_on`: its last day.
    """

    scope: str | None = None
    limit: int | None = None
    text: str | None = None
    new_customer: bool | None = None
    transferable: bool | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A promotion, code or coupon. `name` is its code or title; `reference` Amazon's own id of it, from the link to its terms.

    `named` False: the page only prints a generic label ("Promotion applied"), which does not identify the promotion.
    `public`: a price coupon that everybody sees. `asin`: the only item it is for. `clipped`: a coupon that this account has clipped.
    """

    name: str
    named: bool = True
    terms: OfferTerms | None = None
    reference: str | None = None
    public: bool = False
    asin: str | None = None
    clipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One line in a cart or at checkout. `limit` is a printed quantity limit; `every` the interval of a subscription."""

    asin: str | None = None
    title: str | None = None
    quantity: int = 1
    price: Money | None = None
    selected: bool = True
    limit: OfferTerms | None = None
    subscription: bool = False
    every: str | None = None
    seller: str | None = None
    brand: str | None = None

    @property
    def currency(self) -> str | None:
        """The currency of the price."""
        return self.price.currency if self.price else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A cart, or a checkout with where it goes and how it is paid; `instalments`: by Monthly Payments."""

    lines: tuple[BasketLine, ...] = ()
    total: Money | None = None
    recipient: str | None = None
    ship_to: str | None = None
    method: str | None = None
    last4: str | None = None
    instalments: bool = False
    gift: bool = False
    promotions: tuple[Promotion, ...] = ()

    @property
    def currency(self) -> str | None:
        """The currency of the total."""
        return self.total.currency if self.total else None


@dataclass(frozen=True, slots=True)
class SignIn:
    """The scope of a sign-in: one browser (`client_id`), one of its cookie stores and one marketplace ("amazon.de").

    What is remembered of earlier pages is separated by these three: people sign in to each marketplace separately,
    and two browsers or two containers share nothing.
    """

    client_id: str
    store: str
    marketplace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One opened page as the browser reports it.

    `id` is the client's UUID; `store` the cookie store ("default", a Firefox container, "private");
    `html` the trimmed page; `scripts` the inline script texts that may hold identity; `nav` the header's HTML.
    `window_id` is the row of the account whose own window the browser is, None for an ordinary browser.
    """

    id: str
    at: datetime
    url: str
    tab: int
    store: str
    html: str = ""
    scripts: tuple[str, ...] = ()
    nav: str = ""
    window_id: int | None = None
