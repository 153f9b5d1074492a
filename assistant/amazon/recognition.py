"""What a page is, told by what stands on it: for saved pages without an address, and to contradict a wrong one."""

import re

from selectolax.lexbor import LexborHTMLParser

from assistant.domain.documents import SourceKind
from assistant.domain.visits import PageKind

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
_INVOICE_TITLE = re.compile(r"Amazon\.[a-z.]{2,6}\s*[-–]\s*\w+\s+[A-Z0-9]{3}-\d{7}-\d{7}")
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
SOURCE_TO_PAGE = {source: page for page, source in PAGE_TO_SOURCE.items() if page is not PageKind.BUY_NOW}


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


def settled_kind(by_address: PageKind | None, by_content: SourceKind) -> SourceKind:
    """Return the kind to read a page as. A sign-in form in the place of another page is a sign-in form.

    Otherwise the content decides, but a printable summary looks like order details and only its address tells it.
    """
    addressed = PAGE_TO_SOURCE.get(by_address, SourceKind.OTHER) if by_address else SourceKind.OTHER
    if by_content is SourceKind.OTHER:
        return addressed
    if addressed is SourceKind.INVOICE and by_content is SourceKind.ORDER_DETAILS:
        return SourceKind.INVOICE
    return by_content
