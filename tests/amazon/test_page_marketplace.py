"""Which marketplace a page belongs to, by the page itself."""

import pytest

from assistant.amazon.dom import parsed
from assistant.amazon.page_marketplace import page_marketplace


def named(html: str) -> str | None:
    found = page_marketplace([parsed(html)], [])
    return found.name if found else None


@pytest.mark.parametrize(
    ("language", "price", "marketplace"),
    [
        ("es-es", "49,90 €", "amazon.es"),
        ("es", "49,90 €", "amazon.es"),
        ("es-mx", "$49.90", "amazon.com.mx"),
        ("es-us", "$49.90", "amazon.com"),
        ("fr-fr", "49,90 €", "amazon.fr"),
        ("fr-be", "49,90 €", "amazon.com.be"),
        ("fr-ca", "49,90 $", "amazon.ca"),
        ("it-it", "EUR 49,90", "amazon.it"),
        ("en-gb", "£49.90", "amazon.co.uk"),
        ("en-ca", "$49.90", "amazon.ca"),
        ("en-us", "$49.90", "amazon.com"),
        ("pl-pl", "49,90 zł", "amazon.pl"),
        ("sv-se", "499 kr", "amazon.se"),
        ("ja-jp", "￥4,990", "amazon.co.jp"),
    ],
)
def test_language_and_currency_together_give_the_marketplace(language, price, marketplace):
    assert named(f'<html lang="{language}"><body><p>Total</p><p>{price}</p></body></html>') == marketplace


@pytest.mark.parametrize(
    ("language", "prices"),
    [
        ("fr", "49,90 €"),
        ("nl", "49,90 €"),
        ("en", "$49.90"),
        ("en-gb", "49,90 €"),
        ("es", "$49.90"),
        ("en-us", "49,90 €"),
        ("it-it", "49,90 € £12.00"),
        ("it-it", "no price"),
    ],
)
def test_an_ambiguous_page_gives_no_marketplace(language, prices):
    assert named(f'<html lang="{language}"><body><p>{prices}</p></body></html>') is None


def test_a_title_gives_the_marketplace_if_it_names_exactly_one():
    assert named("<title>Your Orders - Amazon.ca</title><p>$5.00</p>") == "amazon.ca"
    assert named("<title>Amazon.co.uk and Amazon.de</title><p>5.00</p>") is None
    assert named("<title>notamazon.com.evil.tld</title>") is None


def test_a_delivery_address_decides_when_no_language_is_declared():
    address = "<ul><li>Robin Example</li><li>{country}</li></ul>"
    html = f'<span>Order placed</span><div data-component="shippingAddress">{address}</div><p>$5.00</p>'
    assert named(html.format(country="United States")) == "amazon.com"
    assert named(html.format(country="Canada")) == "amazon.ca"
    assert named(html.format(country="Deutschland")) is None


def test_a_link_to_the_marketplace_outweighs_the_language():
    html = (
        '<html lang="en-gb"><head><link rel="canonical" href="https://www.amazon.de/gp/css/order-history"></head><body>£5.00</body></html>'
    )
    assert named(html) == "amazon.de"
