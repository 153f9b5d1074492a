"""What an Amazon page is for, told from its address alone."""

import re
from functools import lru_cache
from urllib.parse import parse_qs

from assistant.amazon.marketplaces import by_url
from assistant.amazon.values.web_address import parts_of
from assistant.domain.pages.visit import PageKind

_LANGUAGE = re.compile(r"^/-/[a-z]{2}(?:[_-][a-z]{2})?(?=/|$)", re.IGNORECASE)

# Read from the top: the first pattern that fits the path (language prefix removed, lower case) names the page.
_PATHS: tuple[tuple[str, PageKind], ...] = (
    (r"/ap/signin.*", PageKind.SIGN_IN),
    (r"/ap/(?:mfa|cvf|forgotpassword|register).*|/ax/claim.*", PageKind.SIGN_IN),
    (r"/(?:ap|ax)/.*switchaccount.*|/account-?switcher.*", PageKind.ACCOUNT_SWITCHER),
    (r"/gp/buy/thankyou.*|/checkout/thankyou.*|/(?:checkout|gp/buy)/.*/thank-?you/?", PageKind.THANK_YOU),
    (r"/gp/buy/promotions?.*|/checkout/promo.*", PageKind.PROMO_ENTRY),
    (r"/(?:gp/buy|checkout)/.*prime-?(?:interstitial|offer).*", PageKind.PRIME_INTERSTITIAL),
    (r"/(?:gp/buy|checkout)/.*prime-?signup.*", PageKind.PRIME_SIGNUP),
    (r"/checkout/(?:turbo|entry/buynow|buynow).*|/gp/buy/(?:turbo|buynow).*|/gp/checkoutportal/.*buynow.*", PageKind.BUY_NOW),
    (r"/checkout/(?:p|entry|byg|pay|spc|address)(?:/.*)?|/checkout/?", PageKind.CHECKOUT),
    (r"/gp/buy/.*|/gp/checkoutportal/.*", PageKind.CHECKOUT),
    (r"/gp/cart(?:/.*)?|/cart(?:/.*)?|/gp/aws/cart/.*", PageKind.CART),
    (r"/(?:gp/)?subscribe-and-save/(?:signup|subscribe|create|confirm).*|/sns/(?:signup|subscribe).*", PageKind.SNS_SIGNUP),
    (r"/auto-deliveries/(?:signup|subscribe|create|newsubscription).*", PageKind.SNS_SIGNUP),
    (r"/auto-deliveries(?:/.*)?|/(?:gp/)?subscribe-and-save/manage.*", PageKind.SUBSCRIPTIONS),
    (r"/gc/redeem.*|/gp/css/gc/(?:payment|redeem).*|/gp/gc/redeem.*", PageKind.GIFT_CARD_REDEEM),
    (r"/coupons/(?:apply|redeem).*|/gp/promo-code.*|/promocode.*", PageKind.PROMO_ENTRY),
    (r"/coupons(?:/.*)?|/gp/coupons?(?:/.*)?", PageKind.COUPON_CLIP),
    (r"/(?:gp/)?promotions/details/.*|/promotion/(?:psp|details)/.*", PageKind.OFFER_TERMS),
    (r"/gp/primecentral.*|/yourmembershipsandsubscriptions.*|/gp/subs/primeclub/account.*|/mc/.*", PageKind.MEMBERSHIPS),
    (r"/hz/audible/.*|/(?:gp/)?(?:dmusic|music)/(?:unlimited|promotions|signup).*|/music/prime.*", PageKind.TRIAL_SIGNUP),
    (r"/kindle-dbs/hz/(?:signup|subscribe).*|/kindleunlimited(?:/.*)?|/gp/video/(?:offers?|signup).*", PageKind.TRIAL_SIGNUP),
    (r"/(?:myh|hz/myh)/(?:.*/)?(?:invite|add-?(?:adult|member)|accept).*|/gp/family/invite.*", PageKind.FAMILY_INVITE),
    (r"/(?:hz/)?myh(?:/.*)?|/gp/family(?:/.*)?", PageKind.FAMILY),
    (r"/privacy/data-deletion.*|/(?:hz/|gp/)?(?:close-?account|account-?closure|closeyouraccount).*", PageKind.CLOSE_ACCOUNT),
    (r"/gp/prime/(?:signup|pipeline).*|/amazonprime(?:/.*)?|/gp/prime/?|/prime/(?:signup|pipeline).*", PageKind.PRIME_SIGNUP),
    (r"/business/prime(?:/signup.*)?", PageKind.PRIME_SIGNUP),
    (r"/(?:spr|hz)/returns/.*|/gp/css/returns/.*|/gp/orc/returns/.*|/returns/.*", PageKind.RETURN_FORM),
    (r"/(?:hz/)?review/(?:create-review/)?thank-?you.*", PageKind.REVIEW_DONE),
    (r"/(?:hz/)?review/(?:create-review|review-your-purchases|edit-review).*|/gp/customer-reviews/write.*", PageKind.REVIEW_FORM),
    (r"/gp/customer-reviews/r[a-z0-9]{9,16}(?:/.*)?", PageKind.REVIEW_VOTE),
    (r"/cpe/yourpayments/transactions.*|/(?:gp|your)-?payments/transactions.*|/hz/.*payments/transactions.*", PageKind.TRANSACTIONS),
    (r"/gp/css/summary/print\.html.*|/your-orders/invoice.*|/gp/digital/your-account/order-summary\.html.*", PageKind.INVOICE),
    (r"/documents/download/.*", PageKind.INVOICE),
    (r"/(?:gp/your-account|your-orders|gp/css|uff/your-account|fopo)/order-details.*|/gp/css/summary/edit\.html.*", PageKind.ORDER_DETAILS),
    (r"/wholefoodsmarket/receipts/order/.*|/b2b/orders/order-details.*", PageKind.ORDER_DETAILS),
    (r"/your-orders/?|/your-orders/(?:orders|search).*|/gp/css/order-history.*|/gp/your-account/order-history.*", PageKind.ORDER_LIST),
    (r"/gp/css/order-history.*|/b2b/orders/?|/ab/your-orders.*|/business/your-orders.*", PageKind.ORDER_LIST),
    (r"(?:/[^/]+)?/(?:dp|gp/product|gp/aw/d)/[a-z0-9]{10}(?:[/?].*)?", PageKind.PRODUCT),
    (r"/?|/ref=.*|/index\.html|/gp/homepage\.html.*|/gp/yourstore/home.*|/home/?", PageKind.HOME),
)
_COMPILED = tuple((re.compile(rf"(?:{pattern})\Z"), kind) for pattern, kind in _PATHS)

_BUY_NOW_FLAGS = frozenset({"buynow", "isbuynow", "submit.buy-now", "turbo"})


@lru_cache(maxsize=64)  # one page asks several times for its own address
def page_kind(url: str) -> PageKind:
    """Return what the page at this address is for; OTHER for unknown pages and for every host that is not Amazon's."""
    if by_url(url) is None:
        return PageKind.OTHER
    parts = parts_of(url)
    path = _LANGUAGE.sub("", parts.path[:2000]).lower() or "/"
    query = {name.lower(): values for name, values in parse_qs(parts.query[:4000], keep_blank_values=True).items()}
    kind = next((kind for pattern, kind in _COMPILED if pattern.match(path)), PageKind.OTHER)
    return _refined(kind, path, query)


def _refined(kind: PageKind, path: str, query: dict[str, list[str]]) -> PageKind:
    if kind is PageKind.SIGN_IN and query.get("switch_account", [""])[0] == "picker":
        return PageKind.ACCOUNT_SWITCHER
    flags = [values[-1].lower() for name, values in query.items() if name in _BUY_NOW_FLAGS]
    if kind is PageKind.CHECKOUT and any(flag not in ("", "0", "false") for flag in flags):
        return PageKind.BUY_NOW
    if kind is PageKind.HOME and path == "/" and "transactiontag" in query:
        return PageKind.TRANSACTIONS
    return kind
