"""Orders as rows, and rows as orders."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from assistant.domain.days import stored_day
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.text import fold
from assistant.storage.tables import ItemRow, OrderRow, PaymentRow, RefundRow, ShipmentRow
from assistant.wire.orders import problem_values

LONGEST_SEARCH = 2000
Row = dict[str, Any]


def order_values(account_id: int, merged: Merged) -> Row:
    """Return the columns of the order's own row."""
    order = merged.order
    titles = [item.title for item in order.items if item.title]
    sellers = {item.seller for item in order.items if item.seller}
    words = [order.number, *titles, *sellers, *filter(None, (order.recipient.name, order.purchase_order, order.buyer))]
    return {
        "account_id": account_id,
        "number": order.number,
        "kind": order.kind.value,
        "status": order.status.value,
        "cancelled": order.cancelled,
        "placed_on": _iso(order.placed_on),
        "placed_at": _iso(order.placed_at),
        "marketplace": order.marketplace,
        "currency": order.currency,
        "total": order.total.minor if order.total else None,
        "title": titles[0] if titles else "",
        "item_count": len(order.items),
        "recipient": order.recipient.name,
        "address": order.recipient.address,
        "purchase_order": order.purchase_order,
        "buyer": order.buyer,
        "replaces": order.replaces,
        "amounts": {name.value: money.minor for name, money in order.amounts.items()},
        "sources": merged.sources,
        "conflicts": problem_values(merged.conflicts),
        "quarantine": problem_values(merged.doubts) or None,
        "search": fold(" ".join(words))[:LONGEST_SEARCH],
    }


def item_values(order_id: int, line: int, item: Item, document_id: int, key: int) -> Row:
    """Return the columns of an item."""
    priced = item.unit_price or item.total or item.tax
    return {
        "order_id": order_id,
        "line": line,
        "key": key,
        "asin": item.asin,
        "title": item.title,
        "quantity": item.quantity,
        "currency": priced.currency if priced else None,
        "unit_price": _minor(item.unit_price),
        "unit_tax": _minor(item.unit_tax),
        "tax": _minor(item.tax),
        "shipping": _minor(item.shipping),
        "discount": _minor(item.discount),
        "total": _minor(item.total),
        "seller": item.seller,
        "condition": item.condition,
        "return_by": _iso(item.return_by),
        "return_closed_on": _iso(item.return_closed_on),
        "subscription_every": item.subscription_every,
        "gift": item.gift,
        "brand": item.brand,
        "product_category": item.product_category,
        "unspsc": item.unspsc,
        "gl_code": item.gl_code,
        "cost_center": item.cost_center,
        "department": item.department,
        "category": None,
        "purpose": None,
        "person": None,
        "document_id": document_id,
    }


def child_values(order_id: int, order: Order, document_id: int, refund_keys: Sequence[int]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows of shipments, payments and refunds."""
    base: Row = {"order_id": order_id, "document_id": document_id}
    shipments = [
        base
        | {
            "position": position,
            "status": shipment.status,
            "shipped_on": _iso(shipment.shipped_on),
            "delivered_on": _iso(shipment.delivered_on),
            "tracking": shipment.tracking,
            "items": list(shipment.items),
        }
        for position, shipment in enumerate(order.shipments)
    ]
    payments = [
        base
        | {"position": position, "method": payment.method, "last4": payment.last4, "charged_on": _iso(payment.charged_on)}
        | _amount(payment.amount)
        for position, payment in enumerate(order.payments)
    ]
    refunds = [
        base
        | {"position": position, "key": refund_keys[position], "source_key": refund.key}
        | {"refunded_on": _iso(refund.refunded_on), "item": refund.item}
        | _amount(refund.amount)
        for position, refund in enumerate(order.refunds)
    ]
    return shipments, payments, refunds


def order_of(
    row: OrderRow, items: Sequence[ItemRow], shipments: Sequence[ShipmentRow], payments: Sequence[PaymentRow], refunds: Sequence[RefundRow]
) -> Order:
    """Build an order from its rows."""
    unit = row.currency or NO_CURRENCY
    return Order(
        number=row.number,
        kind=OrderKind(row.kind),
        placed_on=stored_day(row.placed_on),
        placed_at=datetime.fromisoformat(row.placed_at) if row.placed_at else None,
        status=OrderStatus(row.status),
        cancelled=row.cancelled,
        currency=row.currency,
        marketplace=row.marketplace,
        recipient=Recipient(name=row.recipient, address=row.address),
        purchase_order=row.purchase_order,
        buyer=row.buyer,
        replaces=row.replaces,
        amounts={Amount(name): Money(minor, unit) for name, minor in row.amounts.items()},
        items=tuple(item_of(entry) for entry in items),
        shipments=tuple(
            Shipment(
                status=entry.status,
                shipped_on=stored_day(entry.shipped_on),
                delivered_on=stored_day(entry.delivered_on),
                tracking=entry.tracking,
                items=tuple(entry.items),
            )
            for entry in shipments
        ),
        payments=tuple(
            Payment(
                method=entry.method, last4=entry.last4, amount=_money(entry.amount, entry.currency), charged_on=stored_day(entry.charged_on)
            )
            for entry in payments
        ),
        refunds=tuple(
            Refund(amount=_money(entry.amount, entry.currency), refunded_on=stored_day(entry.refunded_on), item=entry.item)
            for entry in refunds
        ),
    )


def item_of(row: ItemRow) -> Item:
    """Return the item that a row holds."""
    unit = row.currency
    return Item(
        asin=row.asin,
        title=row.title,
        quantity=row.quantity,
        unit_price=_money(row.unit_price, unit),
        unit_tax=_money(row.unit_tax, unit),
        tax=_money(row.tax, unit),
        total=_money(row.total, unit),
        shipping=_money(row.shipping, unit),
        discount=_money(row.discount, unit),
        seller=row.seller,
        condition=row.condition,
        return_by=stored_day(row.return_by),
        return_closed_on=stored_day(row.return_closed_on),
        subscription_every=row.subscription_every,
        gift=row.gift,
        brand=row.brand,
        product_category=row.product_category,
        unspsc=row.unspsc,
        gl_code=row.gl_code,
        cost_center=row.cost_center,
        department=row.department,
    )


def _amount(money: Money | None) -> Row:
    return {"currency": money.currency, "amount": money.minor} if money else {"currency": None, "amount": None}


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor


def _money(minor: int | None, currency: str | None) -> Money | None:
    return None if minor is None else Money(minor, currency or NO_CURRENCY)


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
