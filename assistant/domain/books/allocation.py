"""Sharing an amount out over lines, to the last cent: largest remainder, so that the parts always add up to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order

_DISCOUNTS = (Amount.PROMOTION, Amount.COUPON, Amount.SUBSCRIBE_AND_SAVE, Amount.MULTIBUY, Amount.AMAZON_DISCOUNT, Amount.POINTS)
_DELIVERY = (Amount.SHIPPING, Amount.FREE_SHIPPING, Amount.GIFT_WRAP, Amount.TIP)


def share_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Return one part per weight, in minor units; their sum is `whole`. Ties go to the later line. No weight: equal parts."""
    if not weights:
        return []
    sizes = [abs(weight) for weight in weights]
    total = sum(sizes)
    if not total:
        sizes, total = [1] * len(weights), len(weights)
    parts = [whole * size // total for size in sizes]
    order = sorted(range(len(parts)), key=lambda at: (-(whole * sizes[at] % total), -at))
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def cost(order: Order) -> Money | None:
    """Return what the order cost: a gift card pays a part of it but does not make it cheaper. None where no total is known."""
    total = order.total
    if total is None:
        return None
    paid = order.amounts.get(Amount.GIFT_CARD)
    return total if paid is None else Money(total.minor + abs(paid.minor), total.currency)


def refunded(order: Order) -> int:
    """Return what came back, in minor units of the order's currency."""
    known = sum(refund.amount.minor for refund in order.refunds if refund.amount)
    stated = order.amounts.get(Amount.REFUND_TOTAL)
    return known or (abs(stated.minor) if stated else 0)


def discounts(order: Order) -> int:
    """Return all discounts of the order, negative minor units."""
    return sum(-abs(order.amounts[name].minor) for name in _DISCOUNTS if name in order.amounts)


def delivery(order: Order) -> int:
    """Return shipping, its waiver, gift wrap and tip, minor units."""
    return sum(order.amounts[name].minor for name in _DELIVERY if name in order.amounts)


def item_weights(order: Order) -> list[int]:
    """Return how heavily each line weighs when an amount of the order is shared out.

    The rows' own totals where every line has one, else price and tax times quantity; never some of one and some of the other,
    for a price may be net and a total is not. Lines without a price share what the others leave of the subtotal.
    """
    if all(item.total is not None for item in order.items):
        return [item.total.minor for item in order.items if item.total is not None]
    taxed = all(item.unit_tax is not None for item in order.items)
    prices = [_price(item, taxed=taxed) for item in order.items]
    unknown = [at for at, price in enumerate(prices) if price is None]
    subtotal = order.amounts.get(Amount.SUBTOTAL)
    rest = max(0, subtotal.minor - sum(price or 0 for price in prices)) if subtotal else 0
    shares = dict(zip(unknown, share_out(rest, [1] * len(unknown)), strict=True))
    return [shares[at] if price is None else price for at, price in enumerate(prices)]


def _price(item: Item, *, taxed: bool) -> int | None:
    if item.unit_price is None:
        return item.total.minor if item.total is not None else None
    tax = item.unit_tax.minor if taxed and item.unit_tax else 0
    return (item.unit_price.minor + tax) * (item.quantity if item.quantity is not None else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line's part of its order, minor units: `cost` = gross + shipping + discount, with tax, before refunds.

    `tax` is None where the sources do not say it; it is inside `cost`, whether it was printed inside the prices or beside them.
    """

    cost: int
    shipping: int
    discount: int
    refund: int
    tax: int | None

    @property
    def gross(self) -> int:
        """The item alone."""
        return self.cost - self.shipping - self.discount


def allocate(order: Order) -> list[Part]:
    """Share out everything of an order over its lines, to the cent: each column adds up to the order's own amount.

    Without a known total a line costs what it says itself.
    """
    weights = item_weights(order)
    whole = cost(order)
    costs = share_out(whole.minor, weights) if whole else weights
    shipping, discount = _own_or_shared(order, weights)
    taxes = _taxes(order, weights)
    return [
        Part(cost=costs[at], shipping=shipping[at], discount=discount[at], refund=refund, tax=taxes[at] if taxes else None)
        for at, refund in enumerate(_refund_shares(order, weights))
    ]


def _own_or_shared(order: Order, weights: list[int]) -> tuple[list[int], list[int]]:
    """Return each line's delivery and discount: its own where the source states them per line, else shared out."""
    if all(item.total is not None for item in order.items):
        own = [(item.shipping.minor if item.shipping else 0, item.discount.minor if item.discount else 0) for item in order.items]
        return [shipping for shipping, _ in own], [discount for _, discount in own]
    return share_out(delivery(order), weights), share_out(discounts(order), weights)


def _taxes(order: Order, weights: list[int]) -> list[int] | None:
    """Return each line's tax: what the order states, in the proportion in which the lines state theirs; else by weight."""
    own = [_own_tax(item) for item in order.items]
    known = [tax for tax in own if tax is not None]
    stated = order.amounts.get(Amount.TAX)
    if stated is None:
        return known if len(known) == len(own) else None
    return share_out(stated.minor, known if len(known) == len(own) and any(known) else weights)


def _own_tax(item: Item) -> int | None:
    if item.tax is not None:
        return item.tax.minor
    return item.unit_tax.minor * (item.quantity if item.quantity is not None else 1) if item.unit_tax is not None else None


def _refund_shares(order: Order, weights: list[int]) -> list[int]:
    """Return what came back per line: refunds that name a line go there, the rest by weight."""
    shares = [0] * len(order.items)
    rest = refunded(order)
    for refund in order.refunds:
        if refund.amount and refund.item is not None and 0 <= refund.item < len(shares):
            shares[refund.item] += refund.amount.minor
            rest -= refund.amount.minor
    return [share + more for share, more in zip(shares, share_out(rest, weights), strict=True)]
