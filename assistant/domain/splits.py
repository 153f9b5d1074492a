"""Sharing an amount out over lines, to the last cent: largest remainder, so that the parts always add up to the whole."""

from collections.abc import Sequence

from assistant.domain.money import Money
from assistant.domain.orders import Amount, Order

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
    """Return how heavily each line weighs when an amount of the order is shared out: its own total, else price times quantity."""
    weights = []
    for item in order.items:
        if item.total is not None:
            weights.append(item.total.minor)
        elif item.unit_price is not None:
            tax = item.unit_tax.minor if item.unit_tax else 0
            weights.append((item.unit_price.minor + tax) * (item.quantity if item.quantity is not None else 1))
        else:
            weights.append(0)
    return weights


def refund_shares(order: Order) -> list[int]:
    """Return what came back per line: refunds that name a line go there, the rest by weight."""
    shares = [0] * len(order.items)
    rest = refunded(order)
    for refund in order.refunds:
        if refund.amount and refund.item is not None and refund.item < len(shares):
            shares[refund.item] += refund.amount.minor
            rest -= refund.amount.minor
    return [share + more for share, more in zip(shares, share_out(rest, item_weights(order)), strict=True)]
