"""What a page is for, from its address."""

import pytest

from assistant.amazon.page_addresses import page_kind
from assistant.domain.documents import SourceKind
from assistant.domain.pages.visit import PageKind as P
from tests.amazon.markup import page, reading


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", P.HOME),
        ("/ref=nav_logo", P.HOME),
        ("/dp/B0EXAMPLE1", P.PRODUCT),
        ("/Some-Nice-Thing/dp/B0EXAMPLE1/ref=sr_1_1?th=1", P.PRODUCT),
        ("/-/en/gp/product/B0EXAMPLE1", P.PRODUCT),
        ("/gp/cart/view.html?ref_=nav_cart", P.CART),
        ("/-/en/cart/smart-wagon?newItems=x", P.CART),
        ("/checkout/p/p-106-1234567-1234567/spc?pipelineType=Chewbacca", P.CHECKOUT),
        ("/checkout/p/p-106-1234567-1234567/pay", P.CHECKOUT),
        ("/gp/buy/spc/handlers/display.html?hasWorkingJavascript=1", P.CHECKOUT),
        ("/checkout/entry/buynow", P.BUY_NOW),
        ("/checkout/turbo-initiate?x=1", P.BUY_NOW),
        ("/checkout/p/p-1/spc?isBuyNow=1", P.BUY_NOW),
        ("/gp/buy/thankyou/handlers/display.html?purchaseId=1", P.THANK_YOU),
        ("/checkout/p/p-1/thankyou", P.THANK_YOU),
        ("/your-orders/orders?timeFilter=year-2026&startIndex=10", P.ORDER_LIST),
        ("/gp/css/order-history?ref_=nav_orders_first", P.ORDER_LIST),
        ("/-/en/gp/your-account/order-history", P.ORDER_LIST),
        ("/your-orders/order-details?orderID=111-1111111-1111111", P.ORDER_DETAILS),
        ("/gp/your-account/order-details/ref=x?orderID=1", P.ORDER_DETAILS),
        ("/gp/css/summary/edit.html?orderID=1", P.ORDER_DETAILS),
        ("/gp/css/summary/print.html?orderID=1", P.INVOICE),
        ("/gp/digital/your-account/order-summary.html?orderID=D01&print=1", P.INVOICE),
        ("/cpe/yourpayments/transactions", P.TRANSACTIONS),
        ("/-/en/cpe/yourpayments/transactions?transactionTag=1", P.TRANSACTIONS),
        ("/gp/css/returns/homepage.html", P.RETURN_FORM),
        ("/spr/returns/cart?orderId=1", P.RETURN_FORM),
        ("/review/create-review?asin=B0EXAMPLE1", P.REVIEW_FORM),
        ("/review/review-your-purchases", P.REVIEW_FORM),
        ("/gc/redeem", P.GIFT_CARD_REDEEM),
        ("/amazonprime", P.PRIME_SIGNUP),
        ("/ap/signin?openid.return_to=x", P.SIGN_IN),
        ("/ap/signin?switch_account=picker", P.ACCOUNT_SWITCHER),
        ("/ap/switchaccount", P.ACCOUNT_SWITCHER),
        ("/gp/help/customer/display.html", P.OTHER),
    ],
)
def test_the_address_tells_what_a_page_is_for(path, kind):
    assert page_kind(f"https://www.amazon.de{path}") is kind


@pytest.mark.parametrize("host", ["amazon.com.evil.tld", "shop.example", "www.amazon.xyz"])
def test_pages_of_other_hosts_are_never_amazon_pages(host):
    assert page_kind(f"https://{host}/gp/cart/view.html") is P.OTHER


def test_broken_and_huge_addresses_are_other():
    assert page_kind("https://[::1") is P.OTHER
    assert page_kind("https://www.amazon.de/" + "a/" * 50_000) is P.OTHER


@pytest.mark.parametrize(
    "form",
    [
        '<form id="auth-mfa-form"><input name="otpCode"></form>',
        '<form id="auth-select-device-form"></form>',
        '<form class="cvf-widget-form" action="verify"></form>',
        '<form action="https://www.amazon.de/ap/cvf/verify"></form>',
    ],
)
def test_the_steps_behind_the_password_are_sign_in_pages(form):
    assert reading(page(form, customer="")).source.kind is SourceKind.SIGN_IN


@pytest.mark.parametrize(
    "mark", ['<div class="mcx-menu-item__heading">Prime</div>', '<form id="addToCart"><input id="ASIN" value="B0EXAMPLE1"></form>']
)
def test_a_form_that_leads_to_a_sign_in_leaves_a_page_what_it_is(mark):
    html = page(f'{mark}<form action="https://www.amazon.com/ap/signin"></form>')
    assert reading(html).source.kind is not SourceKind.SIGN_IN


def test_a_code_in_the_place_of_the_list_is_a_sign_in_page():
    html = page('<form id="auth-mfa-form"></form>', customer="")
    assert reading(html, url="https://www.amazon.com/your-orders/orders").source.kind is SourceKind.SIGN_IN
