"""Pages around buying: subscriptions, a Prime trial, a return, a review, a gift card."""

from datetime import date, timedelta
from html import escape

from assistant.demo.catalogue import Product
from assistant.demo.shop.frame import Setting, picture, whole
from assistant.demo.shop.household import ShopOrder

_DUE = timedelta(days=4)


def subscriptions(setting: Setting, today: date) -> str:
    """Return the list of subscriptions: the first thing that the account ever bought comes every two months."""
    words, account = setting.words, setting.account
    things = [account.orders[-1].lines[0].product] if account and account.orders else []
    cards = "".join(
        f"<div class='row' data-subscription-id='S{number}' data-asin='{item.asin}'>{picture(item)}<span class='grow'>"
        f"<a class='subscription-title' href='/dp/{item.asin}'>{escape(item.title)}</a><br>"
        f"<span class='fine'>{words('Every 2 months')}</span><br>"
        f"<span class='fine'>{words('Next delivery: {}', words.day(today + _DUE))}</span></span>"
        f"<b class='subscription-price'>{words.money(words.price(item))}</b></div>"
        for number, item in enumerate(things)
    )
    return _boxed(setting, "Your subscriptions", cards)


def prime(setting: Setting) -> str:
    """Return the page that offers a trial of Prime."""
    words = setting.words
    button = f"<input class='button loud' type='submit' value='{words('Start your 30-day free trial')}'>"
    price = f"<p class='plan-price'>{words('{} per month after that', words.money(1499))}</p>"
    return _boxed(setting, "Amazon Prime", f"<form action='/amazonprime'>{price}{button}</form>")


def give_back(setting: Setting, order: ShopOrder) -> str:
    """Return the form for sending an order's things back."""
    rows = "".join(
        f"<label class='row' data-asin='{line.product.asin}'><input type='checkbox'>{picture(line.product)}"
        f"<span class='grow'>{escape(line.product.title)}</span></label>"
        for line in order.lines
    )
    hidden = f"<input type='hidden' name='orderId' value='{order.number}'>"
    return _boxed(setting, "Return items", f"<form action='/spr/returns/cart'>{hidden}{rows}{_submit(setting, 'Continue')}</form>")


def review(setting: Setting, item: Product) -> str:
    """Return the form for a review of one product."""
    body = (
        f"<p class='row'>{picture(item)}<span class='grow'>{escape(item.title)}</span></p>"
        "<form method='post' action='/review/create-review/thankyou'>"
        f"<input type='hidden' name='asin' value='{item.asin}'><textarea name='text' rows='4'></textarea>"
        f"{_submit(setting, 'Submit')}</form>"
    )
    return _boxed(setting, "Create review", body)


def reviewed(setting: Setting) -> str:
    """Return the thanks for a review."""
    thanks = setting.words("Review submitted, thank you!")
    return _boxed(setting, "Create review", f"<p class='a-alert-success'>{thanks}</p><a href='/gp/customer-reviews/R1LOOKALIKE01'>…</a>")


def gift_card(setting: Setting) -> str:
    """Return the form for redeeming a gift card."""
    field = "<input id='gc-redemption-input' type='text' autocomplete='off'>"
    return _boxed(setting, "Redeem a gift card", f"<form action='/gc/redeem'>{field}{_submit(setting, 'Apply')}</form>")


def _submit(setting: Setting, label: str) -> str:
    return f"<input class='button' type='submit' value='{setting.words(label)}'>"


def _boxed(setting: Setting, title: str, body: str) -> str:
    heading = setting.words(title)
    return whole(setting, heading, f"<h1>{heading}</h1><div class='box narrow'>{body}</div>")
