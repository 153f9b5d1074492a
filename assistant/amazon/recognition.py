"""What a page is, told by what stands on it: for saved pages without an address, and to contradict a wrong one."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.marketplaces import Marketplace, by_host, by_url
from assistant.amazon.page_addresses import page_kind
from assistant.domain.documents import SourceKind
from assistant.domain.pages.visit import PageKind

# Read from the top: the first kind with one of its marks on the page.
_MARKS: tuple[tuple[SourceKind, str], ...] = (
    (SourceKind.ORDER_DETAILS, "#orderDetails"),
    (SourceKind.ORDER_LIST, ".js-order-card"),
    (
        SourceKind.ACCOUNT_SWITCHER,
        "[data-test-id=switchableAccounts], #cvf-account-switcher-add-accounts-link, form[action*='/switchaccount']",
    ),
    (SourceKind.SIGN_IN, "form[name=signIn], #ap_email, #ap_email_login, #ap_password, #ap_login_form, #auth-signin-button"),
    (
        SourceKind.ORDER_DETAILS,
        "[data-component=orderId], [data-component=orderSubtotals], #od-subtotals, #wfm-grand-total-amount",
    ),
    (SourceKind.ORDER_LIST, ".yohtmlc-order-id, .csd-encrypted-sensitive"),
    (SourceKind.CHECKOUT, "#subtotals-marketplace-table, [data-testid^='Item_asin_'], .lineitem-container, input[name=placeYourOrder1]"),
    (
        SourceKind.CHECKOUT,
        "#submitOrderButtonId, #turbo-checkout-pyo-button, #turbo-checkout-place-order-button, #checkout-deliveryAddressPanel",
    ),
    (SourceKind.CART, "#sc-active-cart, #sc-subtotal-amount-buybox, #sw-atc-confirmation, [data-name='Active Items'], #sc-empty-cart"),
    (SourceKind.TRANSACTIONS, "[class*=apx-transaction], [data-testid=transaction-link], form[action*='/yourpayments/transactions']"),
    (SourceKind.TRANSACTIONS, "#selectedHubMenuTab, [data-testid=cpe-subpage-header]"),
    (SourceKind.ORDER_LIST, ".num-orders, .js-time-filter-form, #yourOrdersContent, .js-yo-container, #ab-your-orders-anticsrf-token"),
    (SourceKind.ORDER_LIST, "[class*=orderCardHeaderTitleSkeleton], [id*=orderCardHeaderTitleSkeleton]"),
    (SourceKind.INVOICE, "div.orderSummary"),
    (SourceKind.PRODUCT, "form#addToCart, #productTitle, #add-to-cart-button"),
)
_INVOICE_TITLE = re.compile(r"(?P<shop>Amazon\.[a-z.]{2,6})\s*[-–]\s*[^\d|]{1,30}\s?(?:[A-Z0-9]{3}-\d{7}-\d{7})")
# The steps behind the password: a code, a device to send it to, a riddle. A form that leads to them may stand on any page of the account.
_SIGN_IN_STEPS = "#auth-mfa-form, #auth-select-device-form, .cvf-widget-form"
_SIGN_IN_FORMS = "form[action*='/ap/'], form[action*='/ax/']"
_TRANSACTIONS_DATA = re.compile(r'"transactions?List"\s*:')

PAGE_TO_SOURCE = {
    PageKind.ORDER_LIST: SourceKind.ORDER_LIST,
    PageKind.ORDER_DETAILS: SourceKind.ORDER_DETAILS,
    PageKind.INVOICE: SourceKind.INVOICE,
    PageKind.TRANSACTIONS: SourceKind.TRANSACTIONS,
    PageKind.CART: SourceKind.CART,
    PageKind.CHECKOUT: SourceKind.CHECKOUT,
    PageKind.BUY_NOW: SourceKind.CHECKOUT,
    PageKind.PRODUCT: SourceKind.PRODUCT,
    PageKind.ACCOUNT_SWITCHER: SourceKind.ACCOUNT_SWITCHER,
    PageKind.SIGN_IN: SourceKind.SIGN_IN,
}
# Pages without a kind of their own in the contract's list of sources. The interstitial counts only where no checkout stands beside it.
_PAGE_MARKS: tuple[tuple[PageKind, str], ...] = (
    (PageKind.SUBSCRIPTIONS, "[data-subscription-id], .subscription-card"),
    (PageKind.MEMBERSHIPS, ".mcx-menu-item__heading, #memberships-and-subscriptions, #primeCentral"),
    (PageKind.PRIME_INTERSTITIAL, "#prime-interstitial-nothanks-button, #prime-declineCTA"),
    (PageKind.GIFT_CARD_REDEEM, "#gc-redemption-input, #gc-redemption-success"),
    (PageKind.REVIEW_FORM, "form[action*='/review/create-review'], [data-hook=ryp-review-form]"),
    (PageKind.RETURN_FORM, "form[action*='/spr/returns'], form[action*='/returns/']"),
    (PageKind.FAMILY, ".myh-member-name, [data-testid=household-member]"),
    (PageKind.OFFER_TERMS, "#promotion-terms, .promotion-terms"),
    (PageKind.THANK_YOU, "#widget-purchaseConfirmationStatus"),
)
SOURCE_TO_PAGE = {source: page for page, source in PAGE_TO_SOURCE.items() if page is not PageKind.BUY_NOW}


_WEAK_ADDRESSES = frozenset({PageKind.OTHER, PageKind.HOME, PageKind.ORDER_LIST, PageKind.ORDER_DETAILS, PageKind.INVOICE})


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a page is as a document, and what it is for."""

    kind: SourceKind = SourceKind.OTHER
    page: PageKind = PageKind.OTHER


def recognise(tree: LexborHTMLParser, url: str | None) -> Recognised:
    """Return what a page is. `url` is its own address where it is known; a page of another host is nothing to us."""
    if is_foreign(url):
        return Recognised()
    addressed, content = page_kind(url) if url else PageKind.OTHER, kind_by_content(tree)
    marked = page_by_content(tree) if content in (SourceKind.OTHER, SourceKind.PRODUCT) else PageKind.OTHER
    if content is SourceKind.OTHER and marked is PageKind.OTHER and _is_sign_in_step(tree, url):
        content = SourceKind.SIGN_IN
    if marked is PageKind.PRIME_INTERSTITIAL:
        return Recognised(SourceKind.OTHER, marked)
    kind = settled_kind(addressed, content)
    return Recognised(kind, _page(addressed, kind, marked))


def _is_sign_in_step(tree: LexborHTMLParser, url: str | None) -> bool:
    """Tell whether this is a step of signing in; a form alone tells it only where no address says more."""
    return tree.css_first(_SIGN_IN_STEPS) is not None or (not url and tree.css_first(_SIGN_IN_FORMS) is not None)


def is_foreign(url: str | None) -> bool:
    """Tell whether an address is known and not Amazon's."""
    return url is not None and url.startswith(("http://", "https://")) and by_url(url) is None


def kind_by_content(tree: LexborHTMLParser) -> SourceKind:
    """Return what the page is by its marks; OTHER where it bears none."""
    for kind, marks in _MARKS:
        if tree.css_first(marks) is not None:
            return kind
    title = tree.css_first("title")
    if title is not None and _INVOICE_TITLE.search(title.text()):
        return SourceKind.INVOICE
    data = tree.css_first("script#__NEXT_DATA__")
    if data is not None and _TRANSACTIONS_DATA.search(data.text() or ""):
        return SourceKind.TRANSACTIONS
    return SourceKind.OTHER


def shop_in_title(tree: LexborHTMLParser) -> Marketplace | None:
    """Return the shop that the title of a printable summary names; its pages of before 2023 name it nowhere else."""
    title = tree.css_first("title")
    found = _INVOICE_TITLE.search(title.text()) if title is not None else None
    return by_host(found["shop"]) if found else None


def page_by_content(tree: LexborHTMLParser) -> PageKind:
    """Return which of the pages around buying this is by its marks; OTHER where it bears none."""
    return next((kind for kind, marks in _PAGE_MARKS if tree.css_first(marks) is not None), PageKind.OTHER)


def settled_kind(by_address: PageKind, by_content: SourceKind) -> SourceKind:
    """Return the kind to read a page as. A sign-in form in the place of another page is a sign-in form.

    Otherwise the content decides, but a printable summary looks like order details and only its address tells it.
    """
    addressed = PAGE_TO_SOURCE.get(by_address, SourceKind.OTHER)
    if by_content is SourceKind.OTHER:
        return addressed
    if addressed is SourceKind.INVOICE and by_content is SourceKind.ORDER_DETAILS:
        return SourceKind.INVOICE
    return by_content


def _page(addressed: PageKind, kind: SourceKind, marked: PageKind) -> PageKind:
    """The address tells what a page is for, unless a sign-in form stands in its place or the address is of no known page."""
    if kind not in (SourceKind.SIGN_IN, SourceKind.ACCOUNT_SWITCHER) and addressed not in _WEAK_ADDRESSES:
        return addressed
    if marked is not PageKind.OTHER:
        return marked
    return addressed if kind is PAGE_TO_SOURCE.get(addressed) else SOURCE_TO_PAGE.get(kind, addressed)
