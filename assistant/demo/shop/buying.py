"""The home, product, cart, checkout and thank-you pages."""

from html import escape

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop.household import Address, ShopItem
from assistant.demo.shop.layout import Setting, picture, reduced, whole
from assistant.demo.shop.visitor import chosen_address, chosen_card

_DISABLED_COPIES = 4
"""Amazon prints its button six times, four of them disabled."""


def home(setting: Setting) -> str:
    """Return the home page."""
    cards = "".join(
        f"<a class='card' href='/dp/{product.asin}'>{picture(product)}<span>{escape(product.title)}</span>"
        f"<b>{setting.words.money(setting.words.price(product))}</b></a>"
        for product in setting.shop.goods(setting.host)
    )
    return whole(setting, "Lookalike", f"<div class='shelf'>{cards}</div>")


def product(setting: Setting, item: CatalogueProduct) -> str:
    """Return the page of one product."""
    words = setting.words
    most = setting.shop.limits.get(item.asin)
    limit = f"<br>{words('Limit {} per customer', str(most))}" if most else ""
    quantities = "".join(f"<option value='{number}'>{number}</option>" for number in range(1, 11))
    return whole(
        setting,
        item.title,
        f"<div class='product'>{picture(item)}<div><h1 id='productTitle'>{escape(item.title)}</h1>"
        f"<p class='a-price'><span class='a-offscreen'>{words.money(words.price(item))}</span></p>"
        f"<p class='fine' id='availability'>{words('In stock')}{limit}</p>"
        "<form id='addToCart' method='post' action='/cart/add'>"
        f"<input type='hidden' id='ASIN' name='ASIN' value='{item.asin}'>"
        f"<label>{words('Qty:')} <select id='quantity' name='quantity'>{quantities}</select></label>"
        f"<input id='add-to-cart-button' class='button' type='submit' name='submit.add-to-cart' value='{words('Add to cart')}'>"
        f"<input id='buy-now-button' class='button loud' type='submit' name='submit.buy-now' value='{words('Buy Now')}'>"
        "</form></div></div>",
    )


def cart(setting: Setting) -> str:
    """Return the cart page."""
    words, lines = setting.words, tuple(setting.visitor.basket.lines.values())
    if not lines:
        body = f"<h1>{words('Your Cart')}</h1><div id='sc-active-cart'><p>{words('Your cart is empty.')}</p></div>"
        return whole(setting, words("Your Cart"), body)
    total = sum(words.price(line.product) * line.quantity for line in lines)
    rows = "".join(_cart_row(setting, line) for line in lines)
    return whole(
        setting,
        words("Your Cart"),
        f"<h1>{words('Your Cart')}</h1><div class='sides'><div id='sc-active-cart'><div data-name='Active Items'>{rows}</div></div>"
        f"<form class='box' method='post' action='/checkout/entry/cart'><p id='sc-subtotal-label-buybox'>{words('Subtotal')}</p>"
        f"<p id='sc-subtotal-amount-buybox' class='total'>{words.money(total)}</p>"
        f"<input class='button loud' type='submit' name='proceedToRetailCheckout' value='{words('Proceed to checkout')}'></form></div>",
    )


def _cart_row(setting: Setting, line: ShopItem) -> str:
    words, item = setting.words, line.product
    price = words.money(words.price(item))
    return (
        f"<div class='row' data-itemtype='active' data-asin='{item.asin}' "
        f"data-quantity='{line.quantity}' data-price='{words.price(item) / 100:.2f}' "
        f"data-producttitle='{escape(item.title, quote=True)}' data-isselected='1'>{picture(item)}"
        f"<span class='grow'><a class='sc-product-title' href='/dp/{item.asin}'>{escape(item.title)}</a><br>"
        f"<span class='fine'>{words('In stock')}</span></span><span>{words('Qty:')} {line.quantity}</span>"
        f"<b class='sc-product-price'>{price}</b>"
        "<form method='post' action='/cart/remove'>"
        f"<button class='plain' name='ASIN' value='{item.asin}'>{words('Remove')}</button></form></div>"
    )


def checkout(setting: Setting, refused: str | None = None) -> str:
    """Return the last checkout step: items, address, payment and the order buttons."""
    words, account, basket = setting.words, setting.account, setting.visitor.basket
    if account is None:
        raise LookupError("nobody is signed in")
    address, card = chosen_address(account, basket), chosen_card(account, basket)
    rows = "".join(_checkout_row(setting, line) for line in basket.lines.values())
    return reduced(
        setting,
        words("Review your order"),
        "<div class='sides'><div>"
        "<section class='box' id='checkout-deliveryAddressPanel'>"
        f"<h2 id='deliver-to-customer-text'>{words('Delivering to {}', escape(address.name))}"
        f"</h2><p id='deliver-to-address-text'>{escape(', '.join(address.lines))}</p>"
        f"{_choice(setting, account.addresses, basket.address)}</section>"
        "<section class='box'><div id='selected-payment-methods-list-container'>"
        f"<h2>{words('Paying with {} {}', escape(card.network), card.last4)}</h2></div>{_promo_box(setting, refused)}</section>"
        f"<section class='box'>{rows}</section></div>{_order_box(setting)}</div>",
    )


def _checkout_row(setting: Setting, line: ShopItem) -> str:
    words, item = setting.words, line.product
    return (
        f"<div class='lineitem-container row'>{picture(item)}<span class='grow'>"
        f"<span class='lineitem-title-text'>{escape(item.title)}</span>"
        f"<span hidden data-testid='Item_asin_{item.asin}'>{item.asin}</span><br>"
        f"<span class='fine'>{words('In stock')}</span></span>"
        f"<fieldset name='checkout-quantity-stepper' data-steppervalue='{line.quantity}'>{words('Qty:')} {line.quantity}</fieldset>"
        f"<b class='lineitem-price-text'>{words.money(words.price(item))}</b></div>"
    )


def _choice(setting: Setting, addresses: tuple[Address, ...], chosen: int) -> str:
    """Return a form with a button for each of the other addresses."""
    others = [(index, address) for index, address in enumerate(addresses) if index != chosen % len(addresses)]
    buttons = "".join(
        f"<button class='plain' name='address' value='{index}'>"
        f"{setting.words('Change')}: {escape(address.name)}, {escape(address.lines[0])}</button>"
        for index, address in others
    )
    return f"<form method='post' action='/checkout/p/p-1/address'>{buttons}</form>"


def _promo_box(setting: Setting, refused: str | None) -> str:
    words, name = setting.words, setting.visitor.basket.promotion
    applied = ""
    if name:
        terms = escape(setting.shop.promotions[name])
        applied = f"<div data-testid='promotion-applied'><h3 class='promotion-name'>{escape(name)}</h3><p class='fine'>{terms}</p></div>"
    fault = f"<p class='fault' role='alert'>{words(refused)}</p>" if refused else ""
    return (
        "<form method='post' action='/checkout/p/p-1/promo'><label for='spc-gcpromoinput'>"
        f"{words('Use a gift card, voucher, or promo code')}</label>"
        f"<span class='pair'><input id='spc-gcpromoinput' name='code' type='text' autocomplete='off'>"
        f"<button id='gcApplyButtonId' class='button'>{words('Apply')}</button></span>{fault}</form>{applied}"
    )


def _order_box(setting: Setting) -> str:
    words, basket = setting.words, setting.visitor.basket
    sums = words.sums(tuple(basket.lines.values()), promoted=basket.promotion is not None)
    lines = [("Items:", sums.items, "ITEMS_TAX_EXCLUSIVE"), ("Shipping & handling:", sums.shipping, "SHIPPING")]
    if sums.discount:
        lines.append(("Promotion Applied:", sums.discount, "PROMOTION"))
    lines.append(("Estimated tax to be collected:", sums.tax, "TAX"))
    rows = "".join(
        f"<tr><td>{words(label)}</td><td><input type='hidden' name='subtotalLineType' value='{kind}'>{words.money(minor)}</td></tr>"
        for label, minor, kind in lines
    )
    spare = "<input type='submit' name='placeYourOrder1' disabled hidden>" * _DISABLED_COPIES
    return (
        "<form id='placeOrderForm' class='box' method='post' action='/checkout/p/p-1/place-order'>"
        "<span id='submitOrderButtonId' class='a-button'><input class='button loud' type='submit' name='placeYourOrder1' "
        f"value='{words('Place your order')}'></span>"
        f"<table id='subtotals-marketplace-table'>{rows}<tr class='total'><td>{words('Order total:')}</td>"
        f"<td data-shimmer-target='ordertotals-amount'>{words.money(sums.total)}</td></tr></table>"
        "<input id='bottomSubmitOrderButtonId' class='button loud' type='submit' "
        f"name='placeYourOrder1' value='{words('Place your order')}'>"
        f"{spare}</form>"
    )


def thank_you(setting: Setting) -> str:
    """Return the page after an order, which shows no order number."""
    words = setting.words
    return whole(
        setting,
        words("Order placed, thank you!"),
        f"<div id='widget-purchaseConfirmationStatus' class='box'><h1 class='a-alert-heading'>{words('Order placed, thank you!')}</h1>"
        f"<p><a href='/your-orders/orders'>{words('Your Orders')}</a></p></div>",
    )
