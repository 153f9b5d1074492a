"""Facts on pages around buying, besides orders and baskets: a product, memberships, subscriptions, forms."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.money import Money
from assistant.domain.pages.visit import BasketLine, Promotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product page. `line` is what it would buy with the current choices; `path` its departments, widest first."""

    line: BasketLine
    seller: str | None = None
    brand: str | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A running membership: service "prime", "audible", …; plan "trial" or "paid".

    `ends_on` is the last day of a trial or of a cancelled membership (`renews` False). `renews_on` is the day of the next charge.
    """

    service: str
    plan: str | None = None
    ends_on: date | None = None
    renews_on: date | None = None
    renews: bool | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipOffer:
    """The offer of a sign-up page; `trial`: free at first."""

    service: str
    trial: bool = False
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A Subscribe & Save subscription as the list prints it."""

    asin: str
    title: str | None = None
    every: str | None = None
    next_delivery: date | None = None
    discount: str | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A return form."""

    order_number: str | None = None
    asins: tuple[str, ...] = ()
    return_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review page. `written`: the page says that the review was submitted."""

    asin: str | None = None
    brand: str | None = None
    review_id: str | None = None
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCard:
    """A gift card page. `redeemed`: the page says that `amount` was added to the balance."""

    amount: Money | None = None
    redeemed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An Amazon Family page: the names it shows, whom it would invite, and whether it says that this account left."""

    members: tuple[str, ...] = ()
    invitee: str | None = None
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An account that the switcher lists for this browser; kind "personal" or "business"."""

    name: str
    kind: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """All facts of such a page; what it does not show is None or empty."""

    product: Product | None = None
    promotions: tuple[Promotion, ...] = ()
    offer: MembershipOffer | None = None
    memberships: tuple[Membership, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    returning: Return | None = None
    review: Review | None = None
    gift_card: GiftCard | None = None
    family: Family | None = None
    signed_in: tuple[SignedIn, ...] = ()
