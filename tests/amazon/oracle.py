"""Compare our result for a page with that of another library, amazon-orders. It reads only English."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from amazonorders.conf import AmazonOrdersConfig
from amazonorders.orders import AmazonOrders
from amazonorders.transactions import AmazonTransactions

from assistant.domain.documents import Extraction
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Order
from assistant.domain.pages.kinds import SourceKind

_AMOUNTS = {
    Amount.SUBTOTAL: "subtotal", Amount.SHIPPING: "shipping_total", Amount.FREE_SHIPPING: "free_shipping",
    Amount.PROMOTION: "promotion_applied", Amount.COUPON: "coupon_savings", Amount.SUBSCRIBE_AND_SAVE: "subscription_discount",
    Amount.MULTIBUY: "multibuy_discount", Amount.AMAZON_DISCOUNT: "amazon_discount", Amount.GIFT_WRAP: "gift_wrap",
    Amount.TOTAL_BEFORE_TAX: "total_before_tax", Amount.TAX: "estimated_tax", Amount.GIFT_CARD: "gift_card", Amount.POINTS: "reward_points",
    Amount.REFUND_TOTAL: "refund_total",
}  # fmt: skip  # a table reads better in rows


def oracle(home: Path) -> AmazonOrdersConfig:
    """Return settings of the library that are separate from the user's own."""
    return AmazonOrdersConfig(config_path=str(home / "config.yml"), data={"output_dir": str(home), "cookie_jar_path": str(home / "jar")})


def differences(html: str, ours: Extraction, config: AmazonOrdersConfig) -> Iterator[tuple[str, Any, Any]]:
    """Yield (field, ours, theirs) for every difference between the two readers."""
    if ours.source.kind is SourceKind.TRANSACTIONS:
        theirs = AmazonTransactions.parse_transactions(html, config)
        yield from _difference("transactions", [_float(row.amount) for row in ours.transactions], [row.grand_total for row in theirs])
        return
    if ours.source.kind is SourceKind.ORDER_LIST:
        orders = AmazonOrders.parse_orders(html, config) if ours.orders else []
    else:
        orders = [AmazonOrders.parse_order_details(html, config)]
    yield from _difference("orders", [order.number for order in ours.orders], [order.order_number for order in orders])
    for order, other in zip(ours.orders, orders, strict=False):
        yield from _order(order, other, in_full=ours.source.kind is not SourceKind.ORDER_LIST)


def _order(ours: Order, theirs: Any, *, in_full: bool) -> Iterator[tuple[str, Any, Any]]:
    yield from _difference("placed_on", ours.placed_on, theirs.order_placed_date)
    yield from _difference("grand_total", _float(ours.total), theirs.grand_total)
    yield from _difference("cancelled", ours.cancelled, theirs.cancelled)
    yield from _difference("items", _items(ours.items), _items(theirs.items))
    if in_full:
        yield from _difference("prices", _prices(ours), sorted(item.price or 0.0 for item in theirs.items))
        for amount, name in _AMOUNTS.items():
            yield from _difference(amount.value, _float(ours.amounts.get(amount)), getattr(theirs, name))


def _items(items: Sequence[Any]) -> list[tuple[str, int]]:
    """Return titles and quantities, sorted: the oracle sorts items by title."""
    return sorted((" ".join(item.title.split()), item.quantity or 1) for item in items)


def _prices(order: Order) -> list[float]:
    return sorted(_float(item.unit_price) or 0.0 for item in order.items)


def _float(money: Money | None) -> float | None:
    return float(money.decimal) if money is not None else None


def _difference(field: str, ours: Any, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
    if ours != theirs:
        yield field, ours, theirs
