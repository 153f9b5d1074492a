"""Orders and extractions as JSON, to the letter of the contract's section 2.

Fields beyond the contract (an item's own tax, shipping, discount and total, what a business books it on; an order's
purchase order, buyer and what it replaces) are added only where a source states them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.domain.documents import Extraction, Problem, Source
from assistant.domain.money import Money
from assistant.domain.orders.order import (
    EXTRA_AMOUNTS,
    Amount,
    Item,
    Order,
    OrderKind,
    OrderStatus,
    Payment,
    Recipient,
    Refund,
    Shipment,
    Transaction,
)
from assistant.domain.pages.visit import Basket, PageAccount
from assistant.wire.page_facts import conditions_json, facts_json

# Looked up once: an import writes every order of an export this way.
_AMOUNTS = tuple((name, name.value) for name in Amount if name not in EXTRA_AMOUNTS)
_EXTRA_ITEM_MONEY = ("unit_tax", "tax", "total", "shipping", "discount")
_EXTRA_ITEM_WORDS = ("brand", "product_category", "unspsc", "gl_code", "cost_center", "department", "cancelled", "pending", "returned")
_EXTRA_ORDER_WORDS = ("purchase_order", "buyer", "replaces")


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """Return what `shopper read --json` prints for one PATH."""
    return {
        "source": source_json(extraction.source),
        "account": account_json(extraction.account) if extraction.account else None,
        "orders": [order_json(order) for order in extraction.orders],
        "transactions": [transaction_json(entry) for entry in extraction.transactions],
        "cart": basket_json(extraction.cart) if extraction.cart else None,
        "checkout": basket_json(extraction.checkout) if extraction.checkout else None,
        **({"facts": facts} if extraction.facts and (facts := facts_json(extraction.facts)) else {}),
        "problems": [problem_json(problem) for problem in extraction.problems],
    }


def source_json(source: Source) -> dict[str, Any]:
    """Return a source as the contract writes it."""
    return {
        "name": source.name,
        "kind": source.kind.value,
        "marketplace": source.marketplace,
        "language": source.language,
        "layout": source.layout,
    }


def account_json(account: PageAccount) -> dict[str, Any]:
    """Return what a page says of its account."""
    return {name.name: getattr(account, name.name) for name in fields(account)}


def problem_json(problem: Problem) -> dict[str, str]:
    """Return a problem."""
    return {"where": problem.where, "code": problem.code, "text": problem.text}


def problem_from_json(data: Mapping[str, str]) -> Problem:
    """Read a problem back."""
    return Problem(where=data["where"], code=data["code"], text=data["text"])


def order_json(order: Order) -> dict[str, Any]:
    """Return an order as the contract writes it."""
    amounts = order.amounts
    data: dict[str, Any] = {
        "order_id": order.number,
        "kind": order.kind.value,
        "placed_on": _iso(order.placed_on),
        "placed_at": _iso(order.placed_at),
        "status": order.status.value,
        "cancelled": order.cancelled,
        "currency": order.currency,
        "marketplace": order.marketplace,
        "recipient": {"name": order.recipient.name, "address": order.recipient.address},
        "amounts": {value: money.decimal if (money := amounts.get(name)) else None for name, value in _AMOUNTS},
        "items": [item_json(item) for item in order.items],
        "shipments": [shipment_json(shipment) for shipment in order.shipments],
        "payments": [payment_json(payment) for payment in order.payments],
        "refunds": [refund_json(refund) for refund in order.refunds],
    }
    for name in _EXTRA_ORDER_WORDS:
        words = getattr(order, name)
        if words is not None:
            data[name] = words
    for amount in EXTRA_AMOUNTS:
        if amount in amounts:
            data["amounts"][amount.value] = amounts[amount].decimal
    return data


def item_json(item: Item) -> dict[str, Any]:
    """Return an item; money is in the order's currency."""
    data = {
        "asin": item.asin,
        "title": item.title,
        "quantity": item.quantity,
        "unit_price": _decimal(item.unit_price),
        "seller": item.seller,
        "condition": item.condition,
        "return_by": _iso(item.return_by),
        "return_closed_on": _iso(item.return_closed_on),
        "subscription_every": item.subscription_every,
        "gift": item.gift,
    }
    for name in _EXTRA_ITEM_MONEY:
        money = getattr(item, name)
        if money is not None:
            data[name] = money.decimal
    for name in _EXTRA_ITEM_WORDS:
        words = getattr(item, name)
        if words is not None:
            data[name] = words
    if item.tax_rate is not None:
        data["tax_rate"] = str(item.tax_rate)
    return data


def shipment_json(shipment: Shipment) -> dict[str, Any]:
    """Return a shipment."""
    data = {
        "status": shipment.status,
        "shipped_on": _iso(shipment.shipped_on),
        "delivered_on": _iso(shipment.delivered_on),
        "tracking": shipment.tracking,
        "items": list(shipment.items),
    }
    return data | {"shipped_at": shipment.shipped_at.isoformat()} if shipment.shipped_at else data


def payment_json(payment: Payment) -> dict[str, Any]:
    """Return a payment."""
    data = {"method": payment.method, "last4": payment.last4, "amount": _decimal(payment.amount), "charged_on": _iso(payment.charged_on)}
    return data | {"items": list(payment.items)} if payment.items else data


def refund_json(refund: Refund) -> dict[str, Any]:
    """Return a refund."""
    data = {"amount": _decimal(refund.amount), "refunded_on": _iso(refund.refunded_on), "item": refund.item}
    extra = {
        "key": refund.key,
        "refunded_at": _iso(refund.refunded_at),
        "tax": _decimal(refund.tax),
        "quantity": refund.quantity,
        "method": refund.method,
        "last4": refund.last4,
    }
    return data | {name: value for name, value in extra.items() if value is not None}


def transaction_json(entry: Transaction) -> dict[str, Any]:
    """Return a line of the payment history."""
    return {
        "on": _iso(entry.on),
        "amount": _decimal(entry.amount),
        "currency": entry.amount.currency if entry.amount else None,
        "method": entry.method,
        "last4": entry.last4,
        "status": entry.status,
        "order_ids": list(entry.order_numbers),
        "descriptor": entry.descriptor,
    }


def transaction_from_json(data: Mapping[str, Any]) -> Transaction:
    """Read a line of the payment history back."""
    return Transaction(
        on=_date(data["on"]),
        amount=_money(data["amount"], data["currency"] or ""),
        method=data["method"],
        last4=data["last4"],
        status=data["status"],
        order_numbers=tuple(data["order_ids"]),
        descriptor=data["descriptor"],
    )


def basket_json(basket: Basket) -> dict[str, Any]:
    """Return a cart or a checkout."""
    return {
        "lines": [
            {
                "asin": line.asin,
                "title": line.title,
                "quantity": line.quantity,
                "price": _decimal(line.price),
                "currency": line.price.currency if line.price else None,
                "selected": line.selected,
                **({"limit": conditions_json(line.limit)} if line.limit else {}),
                **({"every": line.every} if line.every else {}),
            }
            for line in basket.lines
        ],
        "total": _decimal(basket.total),
        "currency": basket.total.currency if basket.total else None,
        "recipient": basket.recipient,
        "ship_to": basket.ship_to,
        "method": basket.method,
        "last4": basket.last4,
        "gift": basket.gift,
        "promotions": [
            {
                "name": offer.name,
                "terms": conditions_json(offer.terms),
                **({} if offer.named else {"named": False}),
            }
            for offer in basket.promotions
        ],
    }


def order_from_json(data: Mapping[str, Any]) -> Order:
    """Read an order back; it must have been written by `order_json`."""
    currency = data["currency"] or ""
    return Order(
        number=data["order_id"],
        kind=OrderKind(data["kind"]),
        placed_on=_date(data["placed_on"]),
        placed_at=_instant(data.get("placed_at")),
        status=OrderStatus(data["status"]),
        cancelled=data["cancelled"],
        currency=data["currency"],
        marketplace=data.get("marketplace"),
        recipient=Recipient(**data["recipient"]),
        **dict(_words(data, _EXTRA_ORDER_WORDS)),
        amounts={Amount(name): Money.of(text, currency) for name, text in data["amounts"].items() if text is not None},
        items=tuple(_item(entry, currency) for entry in data["items"]),
        shipments=tuple(_shipment(entry) for entry in data["shipments"]),
        payments=tuple(
            Payment(
                method=entry["method"],
                last4=entry["last4"],
                amount=_money(entry["amount"], currency),
                charged_on=_date(entry["charged_on"]),
                items=tuple(entry.get("items", ())),
            )
            for entry in data["payments"]
        ),
        refunds=tuple(_refund(entry, currency) for entry in data["refunds"]),
    )


def _refund(entry: Mapping[str, Any], currency: str) -> Refund:
    return Refund(
        amount=_money(entry["amount"], currency),
        refunded_on=_date(entry["refunded_on"]),
        item=entry["item"],
        key=entry.get("key"),
        refunded_at=_instant(entry.get("refunded_at")),
        tax=_money(entry.get("tax"), currency),
        quantity=entry.get("quantity"),
        method=entry.get("method"),
        last4=entry.get("last4"),
    )


def _item(entry: Mapping[str, Any], currency: str) -> Item:
    return Item(
        asin=entry["asin"],
        title=entry["title"],
        quantity=entry["quantity"],
        unit_price=_money(entry["unit_price"], currency),
        unit_tax=_money(entry.get("unit_tax"), currency),
        tax=_money(entry.get("tax"), currency),
        total=_money(entry.get("total"), currency),
        shipping=_money(entry.get("shipping"), currency),
        discount=_money(entry.get("discount"), currency),
        seller=entry["seller"],
        condition=entry["condition"],
        return_by=_date(entry["return_by"]),
        return_closed_on=_date(entry["return_closed_on"]),
        subscription_every=entry["subscription_every"],
        gift=entry["gift"],
        tax_rate=Decimal(entry["tax_rate"]) if "tax_rate" in entry else None,
        **dict(_words(entry, _EXTRA_ITEM_WORDS)),
    )


def _shipment(entry: Mapping[str, Any]) -> Shipment:
    return Shipment(
        status=entry["status"],
        shipped_on=_date(entry.get("shipped_on")),
        delivered_on=_date(entry["delivered_on"]),
        tracking=entry["tracking"],
        items=tuple(entry["items"]),
        shipped_at=_instant(entry.get("shipped_at")),
    )


def _words(entry: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    return ((name, entry[name]) for name in names if name in entry)


def _decimal(money: Money | None) -> str | None:
    return None if money is None else money.decimal


def _money(text: str | None, currency: str) -> Money | None:
    return None if text is None else Money.of(text, currency)


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
