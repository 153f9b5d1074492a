"""Printed amounts of money in every form Amazon uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.amazon.marketplaces import MARKETPLACES, by_url
from assistant.amazon.values.money import read_money, read_plain
from assistant.domain.money import Money, exponent


@pytest.mark.parametrize(
    ("text", "site", "amount", "currency"),
    [
        ("$1,234.56", "USD", "1234.56", "USD"),
        ("-$2.17", "USD", "-2.17", "USD"),
        ("USD $0.00", "USD", "0.00", "USD"),
        ("GBP 9.63", None, "9.63", "GBP"),
        ("CA$45.19", "USD", "45.19", "CAD"),
        ("$45.19", "CAD", "45.19", "CAD"),
        ("$45.19 USD", "CAD", "45.19", "USD"),
        ("EUR 23,96", None, "23.96", "EUR"),
        ("7,43 €", None, "7.43", "EUR"),
        ("35,19€", "EUR", "35.19", "EUR"),
        ("-€30.36", "EUR", "-30.36", "EUR"),
        ("1.234,56\u00a0€", "EUR", "1234.56", "EUR"),
        ("￥1,280", "JPY", "1280", "JPY"),
        ("1,280円", "JPY", "1280", "JPY"),
        ("AED 123.45", None, "123.45", "AED"),
        ("₹1,23,234.56", "INR", "123234.56", "INR"),
        ("(£1.99)", "GBP", "-1.99", "GBP"),
        ("\u22121\u00a0234,56\u00a0kr", "SEK", "-1234.56", "SEK"),
        ("1 234,56 zł", None, "1234.56", "PLN"),
        ("R$ 1.234,50", "BRL", "1234.50", "BRL"),
        ("R 1 234.50", "ZAR", "1234.50", "ZAR"),
        ("₺1.234,56", "TRY", "1234.56", "TRY"),
        ("1.234 €", "EUR", "1234.00", "EUR"),
        ("$.99", "USD", "0.99", "USD"),
        ("١٬٢٣٤٫٥٠ ر.س.", "SAR", "1234.50", "SAR"),
        ("+$43.94", "USD", "43.94", "USD"),
        ("12,00 $ CA", None, "12.00", "CAD"),
        ("12,00 $ US", "CAD", "12.00", "USD"),
        ("12,- €", "EUR", "12.00", "EUR"),
        ("€ 12,-", "EUR", "12.00", "EUR"),
        ("￥ 1,280 税込", "JPY", "1280", "JPY"),
        ("￥1,280(税込)", None, "1280", "JPY"),
        ("\u20c1 12.50", None, "12.50", "SAR"),
        ("\ufdfc 12.50", None, "12.50", "SAR"),
    ],
)
def test_amounts_are_read_as_printed(text, site, amount, currency):
    assert read_money(text, site) == Money.of(amount, currency)


@pytest.mark.parametrize(
    ("text", "site", "amount"),
    [
        ("$12 49", "USD", "12.49"),
        ("$\n12\n49", "USD", "12.49"),
        ("$1,234 56", "USD", "1234.56"),
        ("-$12 49", "USD", "-12.49"),
        ("$13 ^24", "USD", "13.24"),
        ("$13^24", "CAD", "13.24"),
        ("$12. 49", "USD", "12.49"),
        ("12 34 €", "EUR", "12.34"),
        ("$12 499", "USD", "12499.00"),
        ("￥1,280^12", "JPY", "1280"),
    ],
)
def test_cents_in_their_own_element_are_cents(text, site, amount):
    assert read_money(text, site) == Money.of(amount, site)


@pytest.mark.parametrize(("text", "amount"), [("$41.20^", "41.20"), ("$41.20^1", "41.20"), ("$41.20*", "41.20"), ("-$5.00†", "-5.00")])
def test_a_footnote_is_not_part_of_an_amount(text, amount):
    assert read_money(text, "USD") == Money.of(amount, "USD")


@pytest.mark.parametrize(
    ("text", "shop", "amount"),
    [
        ("$1,234.56", "amazon.com", "1234.56"),
        ("$1,234.56", "amazon.ca", "1234.56"),
        ("1\u00a0234,56\u00a0$", "amazon.ca", "1234.56"),
        ("$1,234.56", "amazon.com.mx", "1234.56"),
        ("R$\u00a01.234,56", "amazon.com.br", "1234.56"),
        ("£1,234.56", "amazon.co.uk", "1234.56"),
        ("€1,234.56", "amazon.ie", "1234.56"),
        ("1.234,56\u00a0€", "amazon.de", "1234.56"),
        ("1\u202f234,56\u00a0€", "amazon.fr", "1234.56"),
        ("1.234,56€", "amazon.it", "1234.56"),
        ("EUR 1.234,56", "amazon.es", "1234.56"),
        ("€\u00a01.234,56", "amazon.nl", "1234.56"),
        ("€ 1.234,56-", "amazon.nl", "-1234.56"),
        ("1.234,56\u00a0€", "amazon.com.be", "1234.56"),
        ("1\u00a0234,56 kr", "amazon.se", "1234.56"),
        ("1 234,56\u00a0zł", "amazon.pl", "1234.56"),
        ("1.234,56 TL", "amazon.com.tr", "1234.56"),
        ("AED\u00a01,234.56", "amazon.ae", "1234.56"),
        ("د.إ.\u200f ١٬٢٣٤٫٥٦", "amazon.ae", "1234.56"),
        ("SAR 1,234.56", "amazon.sa", "1234.56"),
        ("\u061c-١٬٢٣٤٫٥٦\u00a0ر.س.\u200f", "amazon.sa", "-1234.56"),
        ("EGP 1,234.56", "amazon.eg", "1234.56"),
        ("١٬٢٣٤٫٥٦ جنيه", "amazon.eg", "1234.56"),
        ("R1 234,56", "amazon.co.za", "1234.56"),
        ("₹12,34,567.00", "amazon.in", "1234567.00"),
        ("-₹1,23,456.50", "amazon.in", "-123456.50"),
        ("￥1,234,567", "amazon.co.jp", "1234567"),
        ("1,234円", "amazon.co.jp", "1234"),
        ("$1,234.56", "amazon.com.au", "1234.56"),
        ("S$1,234.56", "amazon.sg", "1234.56"),
        ("(S$12.30)", "amazon.sg", "-12.30"),
        ("\u221212,30\u00a0€", "amazon.de", "-12.30"),
        ("12,30-€", "amazon.de", "-12.30"),
        ("$12.30-", "amazon.com", "-12.30"),
    ],
)
def test_every_marketplace_notation_is_read(text, shop, amount):
    found = by_url(f"https://www.{shop}/")
    assert found is not None
    assert read_money(text, found.currency) == Money.of(amount, found.currency)


def test_every_marketplace_has_a_notation_in_these_tests():
    tested = {case[1] for mark in test_every_marketplace_notation_is_read.pytestmark for case in mark.args[1]}
    assert tested == {shop.name for shop in MARKETPLACES}


@pytest.mark.parametrize("word", ["FREE", "Free", "KOSTENLOS", "Gratuit", "gratis", "無料", "Bezpłatnie", "Ücretsiz"])
def test_free_is_zero_in_the_marketplace_currency(word):
    assert read_money(word, "EUR") == Money(0, "EUR")
    assert read_money(word) is None


@pytest.mark.parametrize(
    "text",
    ["", "2 12,00 €", "1 2 €", "£12.999", "CA$1.234", "12.34", "12.34 XYZ", "$5.00 - $10.00", "1,234,5 €", "€", "Total",
     "--$5", "$1.2.3", "5 € 6 €", "USD 5 €", "¥12.50", "1,23,45 €",
     "$" + "9" * 200, "9" * 40 + " €", "1" * 16 + ".00 €"],
)  # fmt: skip
def test_an_uncertain_amount_gives_none(text):
    assert read_money(text, "EUR") is None


@pytest.mark.parametrize(
    ("text", "site"), [("$12.00", "EUR"), ("$12.00", None), ("12 kr", None), ("12 kr", "EUR"), ("R 12", "EUR"), ("$12.00", "GBP")]
)
def test_an_ambiguous_sign_on_a_foreign_marketplace_is_not_guessed(text, site):
    assert read_money(text, site) is None


_STYLES = st.sampled_from(["${n:,}", "{n} USD", "USD {n:,}", "US${n:,}"])


@given(minor=st.integers(min_value=-(10**9), max_value=10**9), style=_STYLES)
def test_every_dollar_amount_survives_a_round_trip(minor, style):
    whole, cents = divmod(abs(minor), 100)
    printed = style.replace("{n:,}", f"{whole:,}.{cents:02d}").replace("{n}", f"{whole}.{cents:02d}")
    assert read_money(f"-{printed}" if minor < 0 else printed, "USD") == Money(minor, "USD")


@given(minor=st.integers(min_value=-(10**9), max_value=10**9), gap=st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_every_euro_amount_survives_a_german_round_trip(minor, gap):
    whole, cents = divmod(abs(minor), 100)
    grouped = f"{whole:,}".replace(",", ".")
    assert read_money(f"{'-' if minor < 0 else ''}{grouped},{cents:02d}{gap}€", "EUR") == Money(minor, "EUR")


@given(st.integers(min_value=0, max_value=10**9))
def test_every_yen_amount_survives_a_round_trip(yen):
    assert read_money(f"￥{yen:,}", "JPY") == Money(yen, "JPY")


@given(st.text(max_size=120))
def test_any_text_gives_an_amount_or_none(text):
    found = read_money(text, "EUR")
    assert found is None or exponent(found.currency) >= 0


def test_bare_numbers_of_data_attributes_need_a_known_currency():
    assert read_plain("19.99", "EUR") == Money(1999, "EUR")
    assert read_plain("19.99", None) is None
    assert read_plain("1,999.00", "EUR") is None
