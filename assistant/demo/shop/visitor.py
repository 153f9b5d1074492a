"""The shop's state for one browser on one host: the account, the cart and the delivery address."""

from dataclasses import dataclass, field
from datetime import date

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop.household import Address, Card, ShopAccount, ShopItem, ShopOrder


@dataclass(slots=True)
class ShopBasket:
    """One account's cart and checkout."""

    lines: dict[str, ShopItem] = field(default_factory=dict)
    address: int = 0
    card: int = 0
    promotion: str | None = None
    placed: list[ShopOrder] = field(default_factory=list)


@dataclass(slots=True)
class Visitor:
    """A browser. `signed_in` is a customer id; every account has its own basket."""

    signed_in: str | None
    baskets: dict[str, ShopBasket] = field(default_factory=dict)

    @property
    def basket(self) -> ShopBasket:
        """The basket of the signed-in account, or of the signed-out visitor."""
        return self.baskets.setdefault(self.signed_in or "", ShopBasket())

    def put(self, product: CatalogueProduct, quantity: int) -> None:
        """Put items into the cart."""
        known = self.basket.lines.get(product.asin)
        self.basket.lines[product.asin] = ShopItem(product=product, quantity=quantity + (known.quantity if known else 0))

    def place(self, account: ShopAccount, today: date) -> ShopOrder:
        """Turn the cart into an order."""
        basket = self.basket
        serial = len(basket.placed) + 1
        order = ShopOrder(
            number=f"{account.orders[0].number[:3] if account.orders else '111'}-{9500000 + serial:07d}-{today:%y%m%d}{serial % 10}",
            placed_on=today,
            lines=tuple(basket.lines.values()),
            address=chosen_address(account, basket),
            card=chosen_card(account, basket),
        )
        basket.placed.insert(0, order)
        basket.lines, basket.promotion = {}, None
        return order


def chosen_address(account: ShopAccount, basket: ShopBasket) -> Address:
    """Return the delivery address of the checkout."""
    return account.addresses[basket.address % len(account.addresses)]


def chosen_card(account: ShopAccount, basket: ShopBasket) -> Card:
    """Return the payment card of the checkout."""
    return account.cards[basket.card % len(account.cards)]
