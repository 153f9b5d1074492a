"""What a page around buying says that is neither an order nor a basket: a product, memberships, subscriptions, what a form is about."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.money import Money
from assistant.domain.pages.visit import BasketLine, Promotion


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product page. `line` is what it would buy as it is set now; `path` the departments above it, widest first."""

    line: BasketLine
    seller: str | None = None
    brand: str | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A membership that runs: service "prime", "audible", …; plan "trial" or "paid".

    `ends_on` is its last day: a trial's, or that of a membership that does not go on (`renews` False). `renews_on` is the next charge.
    """

    service: str
    plan: str | None = None
    ends_on: date | None = None
    renews_on: date | None = None
    renews: bool | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipOffer:
    """What a sign-up page offers; `trial`: free at first."""

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
    """What a return form is about."""

    order_number: str | None = None
    asins: tuple[str, ...] = ()
    return_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a review page is about. `written`: the page says that the review was taken in."""

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
    """Everything such a page says; what it does not show is absent."""

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
