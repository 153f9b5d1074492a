"""The look-alike shop as data: its accounts, their orders, and its products."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.amazon.marketplaces import Marketplace, by_host
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.household import MEMBERS, Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where parcels go: a name and printed lines."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A payment card: a network and the last four digits."""

    network: str
    last4: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopItem:
    """A product and its quantity."""

    product: CatalogueProduct
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrder:
    """An order that was placed. Prices are those of the catalogue, in the shop's currency."""

    number: str
    placed_on: date
    lines: tuple[ShopItem, ...]
    address: Address
    card: Card
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopAccount:
    """A customer of the shop; `organization` makes it a business account."""

    customer_id: str
    greeting: str
    host: str
    label: str
    organization: str | None = None
    addresses: tuple[Address, ...]
    cards: tuple[Card, ...]
    orders: tuple[ShopOrder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The content of one or several hosts of the look-alike shop. With `encrypted`, order cards appear a moment after the page.

    `promotions` are terms by code; `limits` are the most pieces per customer, by ASIN.
    """

    accounts: tuple[ShopAccount, ...]
    products: tuple[CatalogueProduct, ...]
    hosts: tuple[str, ...] = ("www.amazon.com", "www.amazon.de")
    encrypted: bool = False
    promotions: dict[str, str] = field(default_factory=lambda: {"STUDIO10": "10% off your first order. Limit one per customer."})
    limits: dict[str, int] = field(default_factory=lambda: {"B0DEMOP003": 1})

    def account(self, customer_id: str | None) -> ShopAccount | None:
        """Return the account with this customer id."""
        return next((account for account in self.accounts if account.customer_id == customer_id), None)

    def at(self, host: str) -> tuple[ShopAccount, ...]:
        """Return the accounts of this host, or all accounts if it has none."""
        return tuple(account for account in self.accounts if account.host == host) or self.accounts

    def goods(self, host: str) -> tuple[CatalogueProduct, ...]:
        """Return the products of this host."""
        german = [product for product in self.products if product.asin.startswith("B0DEMOF")]
        return tuple(german if host.endswith(".de") and german else [product for product in self.products if product not in german])


def marketplace(host: str) -> Marketplace:
    """Return the marketplace whose pages a host shows; amazon.com's for hosts that only look like one."""
    found = by_host(host) or by_host("www.amazon.com")
    if found is None:
        raise LookupError(host)
    return found


def demo_shop(today: date) -> Shop:
    """Return the shop of the demo household; its orders of the last days are not in the ledger yet."""
    accounts = tuple(_account(member, today) for member in MEMBERS)
    office = next(account for account in accounts if account.organization)
    # Many people have the office in their private address book, which is how toner ends up on the wrong account.
    known = tuple(
        replace(account, addresses=(*account.addresses, office.addresses[0]))
        if account.host == office.host and account != office
        else account
        for account in accounts
    )
    return Shop(accounts=known, products=tuple(product for member in MEMBERS for product in member.products))


def _account(member: Member, today: date) -> ShopAccount:
    name, lines = _printed(member)
    address = Address(name=name, lines=lines)
    network = member.payment.partition(" - ")[0]
    card = Card(network=network, last4=member.payment.rpartition(" - ")[2])
    orders = tuple(
        ShopOrder(
            number=f"{member.first}-{9000001 + 137 * ago:07d}-{8000003 + 7919 * ago:07d}",
            placed_on=today - timedelta(days=ago),
            lines=(ShopItem(product=member.products[index % len(member.products)], quantity=1 + index % 2),),
            address=address,
            card=card,
            delivered_on=today - timedelta(days=ago - 2) if ago > 2 else None,  # noqa: PLR2004  # parcels take two days
        )
        for index, ago in enumerate((1, 3, 9), start=3)
    )
    return ShopAccount(
        customer_id=member.customer_id,
        greeting=member.greeting,
        host=f"www.{member.site.lower()}",
        label=member.label,
        organization=member.organization,
        addresses=(address,),
        cards=(card,),
        orders=orders,
    )


def _printed(member: Member) -> tuple[str, tuple[str, ...]]:
    """Split "Robin Ortiz 12 Fern Street Portland OR 97205 United States" into a name and printed lines."""
    words = member.street.split()
    number = next(index for index, word in enumerate(words) if word.isdigit() and len(word) < 5)  # noqa: PLR2004  # a house number, not a postcode
    postcode = next(index for index, word in enumerate(words) if word.isdigit() and len(word) == 5)  # noqa: PLR2004  # digits of a postcode
    if member.site == "Amazon.de":
        return " ".join(words[:2]), (" ".join(words[2 : number + 1]), " ".join(words[postcode : postcode + 2]), "Deutschland")
    street = " ".join(words[number : postcode - 2])
    town = f"{words[postcode - 2]}, {words[postcode - 1]} {words[postcode]}"
    return " ".join(words[:number]), (street, town, " ".join(words[postcode + 1 :]))
