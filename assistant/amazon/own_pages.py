"""Links to Amazon's own pages that help with a warning, always on the marketplace's exact host."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from assistant.amazon.marketplaces import Marketplace, by_host
from assistant.domain.judging.verdict import Link
from assistant.domain.languages.translating import to_translate

_PATHS: Mapping[str, tuple[str, str]] = {
    "orders": (to_translate("Your Orders"), "/your-orders/orders"),
    "addresses": (to_translate("Your Addresses"), "/a/addresses"),
    "payments": (to_translate("Your Payments"), "/cpe/yourpayments/wallet"),
    "subscriptions": (to_translate("Subscribe & Save"), "/auto-deliveries"),
    "memberships": (to_translate("Memberships & Subscriptions"), "/yourmembershipsandsubscriptions"),
    "family": (to_translate("Amazon Family"), "/myh/households"),
    "account": (to_translate("Your Account"), "/gp/css/homepage.html"),
    "service": (to_translate("Customer Service"), "/gp/help/customer/contact-us"),
}
_HELP = "/gp/help/customer/display.html"
_TOPICS: Mapping[str, Mapping[str, str]] = {
    "promotions": {"amazon.com": "GPAU9BCECRXQBFQR"},
    "claims": {"amazon.com": "200783670", "amazon.ca": "201889410"},
    "subscriptions": {"amazon.ca": "201889910"},
    "reviews": {"amazon.co.uk": "202094170"},
}
"""Help pages that were read, by topic and marketplace (clauses P17, P19, P25, P27 of `rules/policies.toml`); elsewhere the start page."""
_KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ACCOUNT_UNKNOWN", "ACCOUNT_UNCERTAIN", "ACCOUNT_CHANGED", "WINDOW_OF_ANOTHER", "BUSINESS_PERSONAL_USE"), ("switch",)),
    **dict.fromkeys(("WRONG_ACCOUNT_ROUTE", "WRONG_ACCOUNT_HISTORY", "MIXED_CART"), ("switch",)),
    **dict.fromkeys(("GIFT_CARD_WRONG_ACCOUNT", "RETURN_WRONG_ACCOUNT"), ("switch",)),
    "ADDRESS_MISMATCH": ("addresses",),
    **dict.fromkeys(("CARD_MISMATCH", "PAYMENT_DUE_SOON"), ("payments",)),
    **dict.fromkeys(("DUP_SAME_ACCOUNT", "RETURN_WINDOW_SOON", "RETURN_RATE_HIGH"), ("orders",)),
    **dict.fromkeys(("PRIME_DOUBLE", "FAMILY_WAIT_PERIOD", "PRIME_SHARE_OUTSIDE"), ("family",)),
    **dict.fromkeys(("TRIAL_ENDS_SOON", "TRIAL_REPEAT", "PRIME_REFUND_WINDOW"), ("memberships",)),
    **dict.fromkeys(("CLOSED_ACCOUNT_BYPASS", "CLOSE_ACCOUNT"), ("service",)),
    **dict.fromkeys(("PROMO_CREDIT_LOST", "PROMO_REUSE_LIMITED", "PROMO_TERMS_UNKNOWN", "PROMO_TRANSFER"), ("help/promotions",)),
    **dict.fromkeys(("REVIEW_COMPENSATED", "REVIEW_CONFLICT", "REVIEW_DUPLICATE", "REVIEW_NOT_ELIGIBLE"), ("help/reviews",)),
    "AZ_CLAIM_WINDOW": ("orders", "help/claims"),
    "SNS_SPLIT": ("subscriptions", "help/subscriptions"),
    **dict.fromkeys(("LINK_INCOMPLETE", "LINK_DIFFERENT"), ("account", "addresses")),
    "LINK_RESTRICTED": ("service",),
    "LINK_NOT_YOURS": ("family",),
}
_OPENID = "http://specs.openid.net/auth/2.0"
_COUNTRIES: Mapping[str, str] = {"com": "us", "uk": "gb"}


def links_for(code: str, shop: Marketplace | None) -> tuple[Link, ...]:
    """Return links to Amazon's pages that help with this reason code. Empty if no page helps or the marketplace is unknown.

    A reason about one of Amazon's limits never gets the account switcher: that would be a way around it.
    """
    return tuple(_link(kind, shop) for kind in _KINDS.get(code, ())) if shop else ()


def page_link(kind: str, marketplace: str | None) -> Link | None:
    """Return a link to one of Amazon's own pages on a marketplace like "amazon.de"; None for an unknown marketplace."""
    shop = by_host(marketplace or "")
    return _link(kind, shop) if shop else None


def order_link(marketplace: str | None, number: str) -> Link | None:
    """Return a link to the page of an order, on the marketplace where it was placed."""
    shop = by_host(marketplace or "")
    if shop is None:
        return None
    url = f"https://{shop.host}/your-orders/order-details?orderID={quote(number, safe='')}"
    return Link("order", to_translate("Open the order"), url)


def _link(kind: str, shop: Marketplace) -> Link:
    if kind == "switch":
        return Link("switch", to_translate("Switch account"), _switcher(shop))
    name, _, topic = kind.partition("/")
    if name == "help":
        node = _TOPICS[topic].get(shop.name)
        return Link("help", to_translate("Amazon's help"), f"https://{shop.host}{_HELP}{f'?nodeId={node}' if node else ''}")
    label, path = _PATHS[kind]
    return Link(kind, label, f"https://{shop.host}{path}")


def _switcher(shop: Marketplace) -> str:
    """Return the address that Amazon's own "Switch Accounts" leads to: its sign-in page, asked for the list of accounts."""
    ending = shop.host.rsplit(".", 1)[-1]
    query = {
        "openid.return_to": f"https://{shop.host}/",
        "openid.identity": f"{_OPENID}/identifier_select",
        "openid.claimed_id": f"{_OPENID}/identifier_select",
        "openid.assoc_handle": f"{_COUNTRIES.get(ending, ending)}flex",
        "openid.mode": "checkid_setup",
        "openid.ns": _OPENID,
        "switch_account": "picker",
    }
    return f"https://{shop.host}/ap/signin?{urlencode(query)}"
