"""Pages around buying: accounts, subscriptions, a Prime trial, coupons, a family, a gift list, a return, a review, a gift card."""

from datetime import date, timedelta
from html import escape

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop.household import ShopOrder
from assistant.demo.shop.layout import Setting, picture, whole

_DUE = timedelta(days=4)


def switcher(setting: Setting) -> str:
    """Return the page to choose an account from. The shop asks for no password."""
    words = setting.words
    rows = "".join(
        "<form method='post' action='/ap/switchaccount' class='row' data-test-id='switchableAccounts'>"
        f"<span class='grow'><b data-test-id='customerName'>{escape(account.greeting)}</b>"
        f" <span class='fine'>{escape(account.label)}</span><br>"
        f"<span class='fine' data-test-id='accountType'>{words('Business' if account.organization else 'Personal')}</span> "
        f"<span class='fine' data-test-id='businessName'>{escape(account.organization or '')}</span></span>"
        f"<button class='button' name='to' value='{account.customer_id}'>{words('Choose')}</button></form>"
        for account in setting.shop.at(setting.host)
    )
    return whole(setting, words("Switch accounts"), f"<h1>{words('Switch accounts')}</h1><div class='box narrow'>{rows}</div>")


def subscriptions(setting: Setting, today: date) -> str:
    """Return the list of subscriptions: the account's first item ever is delivered every two months."""
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


def coupons(setting: Setting, item: CatalogueProduct) -> str:
    """Return the page of coupons: one can be clipped."""
    button = f"<button class='button' type='button' data-testid='clip-coupon-button'>{setting.words('Clip coupon')}</button>"
    return _boxed(setting, "Coupons", f"<p class='row'>{picture(item)}<span class='grow'>{escape(item.title)}</span>{button}</p>")


def invite(setting: Setting) -> str:
    """Return the form that invites an adult into the Amazon Family."""
    field = "<input type='text' name='name' autocomplete='off'>"
    return _boxed(setting, "Your Amazon Family", f"<form method='post'>{field}{_submit(setting, 'Continue')}</form>")


def gift_list(setting: Setting) -> str:
    """Return a list of wishes with the form that shares it."""
    return _boxed(setting, "Your gift list", f"<form method='post'>{_submit(setting, 'Share the list')}</form>")


def done(setting: Setting) -> str:
    """Return the page after a form that changes nothing here."""
    return _boxed(setting, "Done", "<p id='done'></p>")


def give_back(setting: Setting, order: ShopOrder) -> str:
    """Return the form to return an order's items."""
    rows = "".join(
        f"<label class='row' data-asin='{line.product.asin}'><input type='checkbox'>{picture(line.product)}"
        f"<span class='grow'>{escape(line.product.title)}</span></label>"
        for line in order.lines
    )
    hidden = f"<input type='hidden' name='orderId' value='{order.number}'>"
    return _boxed(setting, "Return items", f"<form action='/spr/returns/cart'>{hidden}{rows}{_submit(setting, 'Continue')}</form>")


def review(setting: Setting, item: CatalogueProduct) -> str:
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
    button = f"<span id='gc-redemption-apply' class='a-button'>{_submit(setting, 'Apply', name='applytoaccount')}</span>"
    return _boxed(setting, "Redeem a gift card", f"<form method='post' action='/gc/redeem'>{field}{button}</form>")


def redeemed(setting: Setting) -> str:
    """Return the page after a gift card was redeemed."""
    done = setting.words("The gift card was added to your balance.")
    return _boxed(setting, "Redeem a gift card", f"<p id='gc-redemption-success'>{done}</p>")


def subscribe(setting: Setting, item: CatalogueProduct) -> str:
    """Return the form that sets up a subscription to one product."""
    body = (
        f"<form id='addToCart' method='post' action='/auto-deliveries/subscribe'>{picture(item)}"
        f"<h2 id='productTitle'>{escape(item.title)}</h2><input type='hidden' id='ASIN' name='ASIN' value='{item.asin}'>"
        f"<p>{setting.words('Every 2 months')}</p><span id='rcx-subscribe-submit-button' class='a-button'>"
        f"{_submit(setting, 'Set up now', name='submit.subscribe')}</span></form>"
    )
    return _boxed(setting, "Subscribe", body)


def closing(setting: Setting) -> str:
    """Return the form that asks for the account to be closed."""
    return _boxed(setting, "Close your account", f"<form method='post'>{_submit(setting, 'Close your account')}</form>")


def closed(setting: Setting) -> str:
    """Return the page after that request. No account is closed here."""
    return _boxed(setting, "Close your account", f"<p id='closed'>{setting.words('You asked for it.')}</p>")


def _submit(setting: Setting, label: str, *, name: str = "") -> str:
    return f"<input class='button' type='submit' name='{name}' value='{setting.words(label)}'>"


def _boxed(setting: Setting, title: str, body: str) -> str:
    heading = setting.words(title)
    return whole(setting, heading, f"<h1>{heading}</h1><div class='box narrow'>{body}</div>")
