"""The kinds of sources: Amazon's pages, files, and the user's own corrections."""

from enum import StrEnum


class SourceKind(StrEnum):
    """The kind of a page, a file or another source.

    A document is read as one of the first group or as a file; the pages around buying are documents of kind OTHER.
    """

    ORDER_LIST = "order_list"
    ORDER_DETAILS = "order_details"
    INVOICE = "invoice"
    TRANSACTIONS = "transactions"
    CART = "cart"
    CHECKOUT = "checkout"
    PRODUCT = "product"
    ACCOUNT_SWITCHER = "account_switcher"
    SIGN_IN = "sign_in"
    OTHER = "other"

    HOME = "home"
    BUY_NOW = "buy_now"
    SNS_SIGNUP = "sns_signup"
    PROMO_ENTRY = "promo_entry"
    COUPON_CLIP = "coupon_clip"
    GIFT_CARD_REDEEM = "gift_card_redeem"
    PRIME_SIGNUP = "prime_signup"
    PRIME_INTERSTITIAL = "prime_interstitial"
    TRIAL_SIGNUP = "trial_signup"
    FAMILY_INVITE = "family_invite"
    GIFT_LIST = "gift_list"
    RETURN_FORM = "return_form"
    REVIEW_FORM = "review_form"
    REVIEW_VOTE = "review_vote"
    CLOSE_ACCOUNT = "close_account"
    OFFER_TERMS = "offer_terms"
    SUBSCRIPTIONS = "subscriptions"
    MEMBERSHIPS = "memberships"
    FAMILY = "family"
    REVIEW_DONE = "review_done"
    THANK_YOU = "thank_you"

    RETAIL_EXPORT = "retail_export"
    DIGITAL_EXPORT = "digital_export"
    REFUND_EXPORT = "refund_export"
    RETURNS_EXPORT = "returns_export"
    BUSINESS_REPORT = "business_report"
    PRIVACY_ZIP = "privacy_zip"
    EMAIL = "email"
    ORDERS_CSV = "orders_csv"
    JSON_ORDERS = "json_orders"

    USER = "user"


BUYING_STEPS = frozenset({SourceKind.CART, SourceKind.CHECKOUT, SourceKind.BUY_NOW, SourceKind.SNS_SIGNUP})
"""The pages that lead to a purchase."""

FILE_KINDS = frozenset(
    {
        SourceKind.RETAIL_EXPORT,
        SourceKind.DIGITAL_EXPORT,
        SourceKind.REFUND_EXPORT,
        SourceKind.RETURNS_EXPORT,
        SourceKind.BUSINESS_REPORT,
        SourceKind.PRIVACY_ZIP,
        SourceKind.EMAIL,
        SourceKind.ORDERS_CSV,
        SourceKind.JSON_ORDERS,
    }
)
PAGE_KINDS = tuple(kind for kind in SourceKind if kind not in FILE_KINDS and kind is not SourceKind.USER)
"""All kinds of browser pages, OTHER included."""
