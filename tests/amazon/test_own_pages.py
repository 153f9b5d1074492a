"""Links from a warning to Amazon's own pages."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.amazon.marketplaces import MARKETPLACES, by_host
from assistant.amazon.own_pages import links_for, order_link, page_link
from assistant.rules import RULES

CODES = sorted({code for rule in RULES for code in rule.codes})


def test_every_link_is_https_on_the_exact_host_of_its_marketplace():
    for shop in MARKETPLACES:
        for code in CODES:
            for link in links_for(code, shop):
                assert urlsplit(link.url)[:2] == ("https", shop.host), (code, link)


@pytest.mark.parametrize("code", [code for code in CODES if re.match("PROMO_|QTY_|TRIAL_|REVIEW_|CLOSE|PRIME_", code)])
def test_a_reason_about_an_amazon_limit_never_links_to_another_account(code):
    assert "switch" not in {link.kind for link in links_for(code, by_host("amazon.com"))}


def test_the_switcher_link_is_amazons_sign_in_page_with_the_account_list():
    (link,) = links_for("WRONG_ACCOUNT_ROUTE", by_host("www.amazon.co.uk"))
    asked = parse_qs(urlsplit(link.url).query)
    assert (urlsplit(link.url).path, asked["switch_account"], asked["openid.assoc_handle"]) == ("/ap/signin", ["picker"], ["gbflex"])
    assert asked["openid.return_to"] == ["https://www.amazon.co.uk/"]


def test_a_help_page_is_linked_only_on_the_marketplace_it_was_read_on():
    assert links_for("PROMO_CREDIT_LOST", by_host("amazon.com"))[0].url.endswith("?nodeId=GPAU9BCECRXQBFQR")
    assert links_for("PROMO_CREDIT_LOST", by_host("amazon.de"))[0].url == "https://www.amazon.de/gp/help/customer/display.html"


def test_an_unknown_marketplace_or_code_has_no_link():
    assert links_for("WRONG_ACCOUNT_ROUTE", None) == links_for("NOTHING", by_host("amazon.de")) == ()
    assert order_link(None, "112-1") is page_link("family", "amazon.example") is None


def test_an_order_number_cannot_change_where_a_link_leads():
    link = order_link("Amazon.de", "1&x=/../#")
    assert link.url == "https://www.amazon.de/your-orders/order-details?orderID=1%26x%3D%2F..%2F%23"
