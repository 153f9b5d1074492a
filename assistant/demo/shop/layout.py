"""The frame of every page: the header that identifies the account, or the reduced header of the checkout."""

import hashlib
import json
from dataclasses import dataclass
from html import escape

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop.household import Shop, ShopAccount, marketplace
from assistant.demo.shop.strings import Words
from assistant.demo.shop.visitor import Visitor

_TINTS = (
    ("#E8F1F8", "#3E7FA8"),
    ("#FBF1DD", "#A87A1F"),
    ("#E3F4EE", "#2F8C6E"),
    ("#F8ECF3", "#A5608A"),
    ("#EEF0F2", "#66727D"),
    ("#FAF6D8", "#8C8428"),
)
_PARCEL = (
    "<path d='M24 5 41 13v22L24 43 7 35V13z' fill='none' stroke='currentColor' stroke-width='2.4' stroke-linejoin='round'/>"
    "<path d='M7 13l17 8 17-8M24 21v22M15.5 9l17 8v7' fill='none' stroke='currentColor' stroke-width='2.4' stroke-linejoin='round'/>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The host and the visitor of a page."""

    shop: Shop
    host: str
    visitor: Visitor
    words: Words

    @property
    def account(self) -> ShopAccount | None:
        """The account that is signed in."""
        return self.shop.account(self.visitor.signed_in)


def whole(setting: Setting, title: str, body: str) -> str:
    """Return a page with the full header."""
    return _document(setting, title, f"{_header(setting)}<div id='a-page'><main>{body}</main></div>{_footer(setting)}{_identity(setting)}")


def reduced(setting: Setting, title: str, body: str) -> str:
    """Return a checkout page, which has no greeting and no script with the customer's id."""
    words = setting.words
    head = f"<div id='checkout-head'><b class='logo'>lookalike</b><span>{words('Review your order')}</span></div>"
    ids = f"var ue_mid='{marketplace(setting.host).id}',ue_sn={json.dumps(setting.host)};"
    return _document(setting, title, f"{head}<div id='a-page'><main>{body}</main></div>{_footer(setting)}<script>{ids}</script>")


def picture(product: CatalogueProduct) -> str:
    """Return a drawing in place of a photo."""
    tint, ink = _TINTS[hashlib.sha256(product.asin.encode()).digest()[0] % len(_TINTS)]
    return (
        f"<span class='picture' style='background:{tint};color:{ink}'><svg viewBox='0 0 48 48' aria-hidden='true'>{_PARCEL}</svg>"
        f"<small>{escape(product.category)}</small></span>"
    )


def _document(setting: Setting, title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='{setting.words.language}'><head><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width'><title>{escape(title)}</title>"
        f"<link rel='stylesheet' href='/look-alike/shop.css'><link rel='icon' href='data:,'></head><body>{body}</body></html>"
    )


def _header(setting: Setting) -> str:
    words, account = setting.words, setting.account
    count = sum(line.quantity for line in setting.visitor.basket.lines.values())
    return (
        "<header id='navbar'><div id='nav-belt'><a class='logo' href='/'>lookalike</a>"
        f"{_place(setting)}<span class='search' aria-hidden='true'></span>{_greeting(words, account)}"
        f"<a class='nav-a' href='/your-orders/orders'><b>{words('Orders')}</b></a>"
        f"<a class='nav-a' href='/gp/cart/view.html'><b>{words('Cart')}</b> <span id='nav-cart-count'>{count}</span></a>"
        f"<a class='nav-a' id='nav-item-switch-account' href='/ap/signin?switch_account=picker'><b>{words('Switch accounts')}</b></a>"
        "</div></header>"
    )


def _place(setting: Setting) -> str:
    account = setting.account
    if account is None:
        return ""
    address = account.addresses[0]
    return (
        "<div id='glow-ingress-block'><span id='glow-ingress-line1'>"
        f"{setting.words('Deliver to')} {escape(address.name.split()[0])}</span>"
        f"<span id='glow-ingress-line2'>{escape(address.lines[-2])}</span></div>"
    )


def _greeting(words: Words, account: ShopAccount | None) -> str:
    if account is None:
        return (
            "<a id='nav-link-accountList' class='nav-a' data-nav-ref='nav_ya_signin' href='/ap/signin?switch_account=picker'>"
            f"<span id='nav-link-accountList-nav-line-1'>{words('Hello, sign in')}</span><b>{words('Account & Lists')}</b></a>"
        )
    company = ""
    if account.organization:
        company = f"<span class='abnav-accountfor'>{words('Account for {}', escape(account.organization))}</span>"
    return (
        "<a id='nav-link-accountList' class='nav-a' data-nav-ref='nav_youraccount_btn' href='/ap/signin?switch_account=picker'>"
        f"<span id='nav-link-accountList-nav-line-1'>{words('Hello, {}', escape(account.greeting))}</span>"
        f"<b>{words('Account & Lists')}</b></a>{company}"
    )


def _identity(setting: Setting) -> str:
    """Return the scripts that identify the account: the same id in three of them, empty if no one is signed in."""
    market, account = marketplace(setting.host), setting.account
    customer = account.customer_id if account else ""
    business = 1 if account and account.organization else 0
    deals = json.dumps({"marketplaceID": market.id, "customerID": customer})
    widget = json.dumps({"customerId": customer, "widget": "recommendations"})
    return (
        f"<script>var ue_mid='{market.id}',ue_sn={json.dumps(setting.host)};</script>"
        f"<script>window.$Nav&&$Nav.declare('config.lightningDeals',{deals});</script>"
        f"<script>var searchOptions={{obfuscatedMarketId:'{market.id}',language:'{setting.words.language}',"
        f"customerId:'{customer}', b2b: {business}}};</script>"
        f"<script>window.widgets=[{widget}];</script>"
    )


def _footer(setting: Setting) -> str:
    words = setting.words
    out = f"<a href='/gp/flex/sign-out.html'>{words('Sign out')}</a>" if setting.account else ""
    return f"<footer id='navFooter'>{words('Nothing is sold here: this shop and its goods are invented.')} {out}</footer>"
