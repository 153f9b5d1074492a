"""Business expenses as a bookkeeper wants them: one entry per item, its share of everything, adding up to what was charged.

Rules: money-and-tax practice. A gift card pays, it does not make cheaper; coupons and points do; a refund lowers the cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.books.allocation import allocate
from assistant.domain.money import Money
from assistant.domain.orders.order import Item, Order
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
    """Yield the items of an order that serve a purpose (all without one); nothing for one that is cancelled or in quarantine."""
    order = view.order
    if order.cancelled or view.quarantine:
        return
    unit = order.total.currency if order.total else order.currency or "XXX"
    charged = next((payment.charged_on for payment in order.payments if payment.charged_on), None)
    last4 = next((payment.last4 for payment in order.payments if payment.last4), None)
    for at, (item, part) in enumerate(zip(order.items, allocate(order), strict=True)):
        if purpose is not None and view.purposes[at].casefold() != purpose.casefold():
            continue
        entry = Entry(
            account=view.account,
            order=order,
            item=item,
            purpose=view.purposes[at],
            category=view.categories[at] or UNSORTED,
            gross=Money(part.gross, unit),
            tax=Money(part.tax, unit) if part.tax is not None else None,
            shipping=Money(part.shipping, unit),
            discount=Money(part.discount, unit),
            refund=Money(part.refund, unit),
            deductible=Money(part.cost - part.refund, unit),
            charged_on=charged,
            last4=last4,
        )
        yield replace(entry, missing=_missing(entry))


def _missing(entry: Entry) -> tuple[str, ...]:
    found = {
        "date": entry.order.placed_on is None,
        "amount": entry.order.total is None,
        "seller": not entry.item.seller,
        "description": not entry.item.title,
        "category": entry.category == UNSORTED,
    }
    return tuple(name for name, lacks in found.items() if lacks)
