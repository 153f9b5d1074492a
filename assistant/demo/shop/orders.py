"""The list of orders and one order in full, in the layouts of 2026."""

from datetime import timedelta
from html import escape

from assistant.demo.shop.household import Address, ShopAccount, ShopItem, ShopOrder
from assistant.demo.shop.layout import Setting, picture, whole
from assistant.demo.shop.strings import Words

_RETURN_DAYS = timedelta(days=30)
_ARRIVES_IN = timedelta(days=2)
_HIDDEN_FOR = 400
"""Milliseconds that cards stay unreadable in a shop that encrypts them."""


def order_list(setting: Setting, account: ShopAccount) -> str:
    """Return the newest orders, one card each."""
    words = setting.words
    orders = orders_of(setting, account)
    cards = "".join(_card(words, order) for order in orders)
    if setting.shop.encrypted:
        cards = f"<template id='cards'>{cards}</template><div class='csd-encrypted-sensitive'>…</div>"
        cards += f"<script>setTimeout(()=>{_REVEAL},{_HIDDEN_FOR});</script>"
    count = f"<form class='js-time-filter-form'><span class='num-orders'>{words('{} orders', str(len(orders)))}</span></form>"
    body = f"<h1>{words('Your Orders')}</h1><div class='your-orders-content-container'>{count}{cards}</div>"
    return whole(setting, words("Your Orders"), body)


_REVEAL = "document.querySelector('.csd-encrypted-sensitive').replaceWith(document.querySelector('#cards').content.cloneNode(true))"


def orders_of(setting: Setting, account: ShopAccount) -> list[ShopOrder]:
    """Return the orders of an account, newest first."""
    placed = setting.visitor.baskets[account.customer_id].placed if account.customer_id in setting.visitor.baskets else []
    return [*placed, *account.orders]


def _card(words: Words, order: ShopOrder) -> str:
    sums = words.sums(order.lines)
    link = f"/your-orders/order-details?orderID={order.number}"
    head = (
        f"{_head(words('Order placed'), words.day(order.placed_on), 'a-span4')}{_head(words('Total'), words.money(sums.total), 'a-span2')}"
        f"{_head(words('Ship to'), escape(order.address.name), 'a-span6')}"
    )
    items = "".join(
        "<div class='item-box row'><span class='product-image'>"
        f"{picture(line.product)}<span class='product-image__qty'>{line.quantity}</span></span>"
        f"<div class='yohtmlc-product-title'><a href='/dp/{line.product.asin}'>{escape(line.product.title)}</a></div></div>"
        for line in order.lines
    )
    return (
        f"<div class='order-card js-order-card box' data-csa-c-slot-id='amzn1.yourorders.order-card.{order.number}'>"
        f"<div class='order-header'><ul>{head}<li class='order-header__header-list-item yohtmlc-order-id'><span class='a-text-caps'>"
        f"{words('Order #')}</span> <span dir='ltr'>{order.number}</span>"
        f"</li></ul><a href='{link}'>{words('View order details')}</a></div>"
        f"{_ship_to(order)}<div class='delivery-box'><span class='yohtmlc-shipment-status-primaryText'>"
        f"{_status(words, order)}</span>{items}</div></div>"
    )


def _head(label: str, value: str, span: str) -> str:
    return (
        f"<li class='order-header__header-list-item {span}'><div class='a-row'><span class='a-text-caps'>{label}</span></div>"
        f"<div class='a-row'><span>{value}</span></div></li>"
    )


def _ship_to(order: ShopOrder) -> str:
    return f"<script type='text/template' id='shipToData-{order.number}'><ul>{_lines(order.address)}</ul></script>"


def _lines(address: Address) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in (address.name, *address.lines))


def _status(words: Words, order: ShopOrder) -> str:
    if order.delivered_on:
        return words("Delivered {}", words.day(order.delivered_on, year=False))
    return words("Arriving {}", words.day(order.placed_on + _ARRIVES_IN, year=False))


def order_details(setting: Setting, order: ShopOrder) -> str:
    """Return one order in full."""
    words = setting.words
    items = "".join(_item_html(words, order, line) for line in order.lines)
    card = f"{escape(order.card.network)}</span> <span data-testid='payment-instrument-number'>••••{order.card.last4}"
    return whole(
        setting,
        words("Order Details"),
        f"<div id='orderDetails'><h1>{words('Order Details')}</h1><p class='fine'>"
        f"<span data-component='orderDate'>{words('Order placed')} "
        f"{words.day(order.placed_on)}</span> · <span data-component='orderId'>"
        f"{words('Order #')} {order.number}</span></p><div class='box thirds'>"
        f"<div data-component='shippingAddress'><h2>{words('Ship to')}</h2><ul>{_lines(order.address)}</ul></div>"
        f"<div data-component='viewPaymentPlanSummaryWidget'><h2>{words('Payment method')}</h2>"
        f"<div data-testid='payment-instrument'><span data-testid='payment-instrument-name'>{card}</span></div></div>"
        f"<div data-component='chargeSummary'><h2>{words('Order Summary')}</h2>{_sums(words, order)}</div></div>"
        f"<div data-component='orderCard'><div data-component='shipments'><div class='a-box box'><div data-component='shipmentStatus'>"
        f"<h4 class='od-status-message'>{_status(words, order)}</h4></div>"
        f"<div data-component='purchasedItems'>{items}</div></div></div></div></div>",
    )


def _sums(words: Words, order: ShopOrder) -> str:
    sums = words.sums(order.lines)
    lines = (
        ("Item(s) Subtotal:", sums.items),
        ("Shipping & Handling:", sums.shipping),
        ("Total before tax:", sums.before_tax),
        ("Estimated tax to be collected:", sums.tax),
        ("Grand Total:", sums.total),
    )
    return "".join(
        f"<div class='a-row od-line-item-row'><div class='a-column od-line-item-row-label'>{words(label)}</div>"
        f"<div class='a-column od-line-item-row-content'>{words.money(minor)}</div></div>"
        for label, minor in lines
    )


def _item_html(words: Words, order: ShopOrder, line: ShopItem) -> str:
    item, back = line.product, words.day(order.placed_on + _RETURN_DAYS)
    return (
        "<div class='a-fixed-left-grid row'><div data-component='itemImage'>"
        f"{picture(item)}<div class='od-item-view-qty'>{line.quantity}</div></div>"
        f"<div class='grow'><div data-component='itemTitle'><a href='/dp/{item.asin}'>{escape(item.title)}</a></div>"
        f"<div data-component='orderedMerchant'>{words('Sold by: {}', 'Lookalike Trading')}</div>"
        f"<div data-component='itemCondition'>{words('Condition: New')}</div>"
        f"<div data-component='itemReturnEligibility'>{words('Return or replace items: Eligible through {}', back)}</div></div>"
        "<div data-component='unitPrice'><span class='a-price'><span class='a-offscreen'>"
        f"{words.money(words.price(item))}</span></span></div></div>"
    )
