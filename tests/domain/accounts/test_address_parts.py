"""The parts of an address, as an editor shows them."""

import pytest

from assistant.domain.accounts.address_parts import understood


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("home / 97205", "home: postcode 97205; the first order there, or your answer, shows which house"),
        ("office/80 Mill Lane, Portland, OR 97209", "office: street 80 Mill Lane, postcode 97209, city Portland"),
        ("12 Fern Street, Portland, OR 97205-2210, United States", "street 12 Fern Street, postcode 97205-2210, city Portland"),
        ("12 Fern Street\nPortland, OR 97205", "street 12 Fern Street, postcode 97205, city Portland"),
        ("Torstraße 12, 10115 Berlin, Deutschland", "street Torstraße 12, postcode 10115, city Berlin"),
        ("10115 Berlin, Torstraße 12", "street Torstraße 12, postcode 10115, city Berlin"),
        ("Flat 2, 14 High Street, London e8 1ab", "street Flat 2, 14 High Street, postcode E8 1AB, city London"),
        ("14 High Street, London, E8 1AB", "street 14 High Street, postcode E8 1AB, city London"),
        ("Prinsengracht 12, 1015 DX Amsterdam", "street Prinsengracht 12, postcode 1015 DX, city Amsterdam"),
        ("Calle Mayor 5, 2º B, 28013 Madrid", "street Calle Mayor 5, 2º B, postcode 28013, city Madrid"),
        ("Via Roma 10, 20121 Milano (MI)", "street Via Roma 10, postcode 20121, city Milano"),
        ("Kungsgatan 12, 111 35 Stockholm", "street Kungsgatan 12, postcode 111 35, city Stockholm"),
        ("10 King St W, Toronto, ON M5H 1A1", "street 10 King St W, postcode M5H 1A1, city Toronto"),
        ("97209 County Road 12, Elbert, CO 80106", "street 97209 County Road 12, postcode 80106, city Elbert"),
        ("〒150-0001 東京都渋谷区神宮前1-2-3", "street 東京都渋谷区神宮前1-2-3, postcode 150-0001"),
        ("Villa 3, Palm Road, Dubai", "street Villa 3, Palm Road, Dubai, no postcode"),
    ],
)
def test_an_address_is_split_into_its_parts(typed, told):
    assert understood(typed) == told
