"""Builds the situation of a past purchase: its checkout and what was known then. Used to look back and to try rules."""

from collections.abc import Iterable, Mapping

from assistant.domain.accounts.cards import card_name
from assistant.domain.judging.situation import History, JudgedEvent, JudgedItem, Party, PastOrder, Situation
from assistant.domain.judging.user_rules.rules import UserRule
from assistant.services.orders.categories import with_categories
from assistant.storage.orders.history import Purchase
from assistant.storage.unit_of_work import Session


def situation_of_purchase(
    session: Session,
    purchase: Purchase,
    parties: Mapping[str, Party],
    rules: tuple[UserRule, ...],
    history: History,
) -> Situation:
    """Return the checkout of a purchase. With several payment methods it has no card."""
    cards = {card_name(method, last4) for method, last4 in purchase.cards} - {None}
    items = with_categories(session, [_judged_item(order) for order in purchase.items], purchase.marketplace, rules)
    event = JudgedEvent(
        page="checkout",
        day=purchase.placed_on,
        account=purchase.account,
        marketplace=purchase.marketplace,
        items=items,
        ship_to=f"new/{purchase.address}" if purchase.address else None,
        recipient=purchase.recipient,
        gift=purchase.gift,
        pay=next(iter(cards)) if len(cards) == 1 else None,
        total=purchase.total,
        currency=purchase.currency,
    )
    return Situation(accounts=parties, rules=rules, history=history, event=event)


def orders_before(purchase: Purchase, others: Iterable[Purchase]) -> tuple[PastOrder, ...]:
    """Return the items of earlier orders; orders of one day are sorted by number."""
    now = (purchase.placed_on, purchase.number)
    return tuple(order for other in others if (other.placed_on, other.number) < now for order in other.items)


def _judged_item(order: PastOrder) -> JudgedItem:
    return JudgedItem(
        asin=order.asin,
        title=order.title,
        category=order.category,
        quantity=order.quantity,
        price=order.price,
        brand=order.brand,
        seller=order.seller,
    )
