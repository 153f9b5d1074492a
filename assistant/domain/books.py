"""Business expenses as a bookkeeper wants them: one entry per item, its share of everything, adding up to what was charged.

Rules: money-and-tax practice. A gift card pays, it does not make cheaper; coupons and points do; a refund lowers the cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order
from assistant.domain.splits import cost, delivery, discounts, item_weights, refund_shares, share_out
from assistant.domain.views import OrderView

UNSORTED = "without a category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as an expense. `gross` is the item alone; gross + shipping + discount - refund = `deductible`.

    `missing` names what a tax office would ask for and the sources do not say.
    """

    account: str
    order: Order
    item: Item
    purpose: str
    category: str
    gross: Money
    tax: Money | None
    shipping: Money
    discount: Money
    refund: Money
    deductible: Money
    charged_on: date | None
    last4: str | None
    missing: tuple[str, ...] = ()

    @property
    def net(self) -> Money | None:
        """The gross less its tax, where the tax is known."""
        return self.gross - self.tax if self.tax is not None else None


def entries(view: OrderView, purpose: str | None) -> Iterator[Entry]:
    """Yield the items of an order that serve a purpose (all without one); nothing for a cancelled order."""
    order = view.order
    whole = cost(order)
    if order.cancelled or not order.items:
        return
    unit = whole.currency if whole else order.currency or "XXX"
    weights = item_weights(order)
    shipping, discount = _shares(order, weights)
    full = share_out(whole.minor, weights) if whole else weights
    tax = _taxes(order, weights)
    refunds = refund_shares(order)
    charged = next((payment.charged_on for payment in order.payments if payment.charged_on), None)
    last4 = next((payment.last4 for payment in order.payments if payment.last4), None)
    for at, item in enumerate(order.items):
        if purpose is not None and view.purposes[at].casefold() != purpose.casefold():
            continue
        entry = Entry(
            account=view.account,
            order=order,
            item=item,
            purpose=view.purposes[at],
            category=view.categories[at] or UNSORTED,
            gross=Money(full[at] - shipping[at] - discount[at], unit),
            tax=Money(tax[at], unit) if tax else None,
            shipping=Money(shipping[at], unit),
            discount=Money(discount[at], unit),
            refund=Money(refunds[at], unit),
            deductible=Money(full[at] - refunds[at], unit),
            charged_on=charged,
            last4=last4,
        )
        yield replace(entry, missing=_missing(entry))


def _shares(order: Order, weights: list[int]) -> tuple[list[int], list[int]]:
    """Return each line's delivery and discount: its own where the source states them per line, else shared out."""
    if all(item.total is not None for item in order.items):
        own = [(item.shipping.minor if item.shipping else 0, item.discount.minor if item.discount else 0) for item in order.items]
        return [shipping for shipping, _ in own], [discount for _, discount in own]
    return share_out(delivery(order), weights), share_out(discounts(order), weights)


def _taxes(order: Order, weights: list[int]) -> list[int] | None:
    if all(item.tax is not None for item in order.items):
        return [item.tax.minor for item in order.items if item.tax]
    if all(item.unit_tax is not None for item in order.items):
        return [item.unit_tax.minor * (item.quantity if item.quantity is not None else 1) for item in order.items if item.unit_tax]
    stated = order.amounts.get(Amount.TAX)
    return share_out(stated.minor, weights) if stated else None


def _missing(entry: Entry) -> tuple[str, ...]:
    found = {
        "date": entry.order.placed_on is None,
        "amount": entry.order.total is None,
        "seller": not entry.item.seller,
        "description": not entry.item.title,
        "category": entry.category == UNSORTED,
    }
    return tuple(name for name, lacks in found.items() if lacks)
