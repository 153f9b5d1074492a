"""Addresses are compared in any spelling; a short form has only a postcode."""

import pytest

from assistant.domain.accounts.addresses import address_of, addresses_in, same_place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lindenstraße 12, 10969 Berlin", "Lindenstr. 12, 10969 Berlin"),
        ("Lindenstraße 12, 10969 Berlin", "c/o Weber Holzbau, LINDENSTRASSE 12, 10969 Berlin, Deutschland"),
        ("Lindenstraße 12 a, 10969 Berlin", "Lindenstraße 12a, 10969 Berlin"),
        ("55 Pine Ave Apt 3C, Boise, ID 83702", "55 Pine Avenue #3C, Boise, ID 83702-4411"),
        ("Flat 4, 9 Station Road, Leeds LS1 4DT", "9 Station Rd, Flat 4, Leeds, LS14DT"),
        ("Robin Ortiz, 12 Fern Street, Portland, OR 97205", "12 Fern St, Portland, OR 97205"),
        ("home/97205", " Home / 97205 "),
        ("new/12 Fern Street, Portland, OR 97205", "12 Fern St, Portland, OR 97205-0001"),
        ("Torstraße 12, 10115 Berlin", "10115 BERLIN, TORSTRASSE 12"),
        ("Packstation 145, 98765432, 10115 Berlin", "98765432, Packstation 145, 10115 Berlin, Deutschland"),
        ("12 rue de la Paix, 75002 Paris", "12, Rue de la Paix, 75002 PARIS, France"),
        ("Via Roma 10, 20121 Milano MI", "via roma, 10 - 20121 Milano (MI), Italia"),
        ("Calle Mayor 5, 2º B, 28013 Madrid", "C/ Mayor, 5, 2 B, 28013 Madrid, España"),
        ("PO Box 123, Ottawa, ON K1A 0B1", "P.O. Box 123, Ottawa ON K1A0B1, Canada"),
        ("〒150-0001 東京都渋谷区神宮前1丁目2番3号", "1500001 東京都 渋谷区 神宮前 1-2-3"),
        ("Flat 12B, 4 MG Road, Bengaluru 560001", "4 M.G. Road, Flat 12B, Bengaluru, Karnataka 560001, India"),
        ("Torstraße 12, 10115 Berlin, Germany", "Jana Brandt, Torstr. 12, 10115 Berlin, Deutschland"),
        ("Marienplatz 8, 80331 Munich", "Marienplatz 8, 80331 München, Deutschland"),
        ("Robin Ortiz, 12 Fern Street, Fresno 93650", "12 Fern St, Fresno, CA 93650, United States"),
        ("home/12 Fern St, Portland, OR 97205", "Robin Ortiz 12 Fern Street Portland OR 97205 United States"),
        ("Ortiz Design LLC, 80 Mill Lane, Portland, OR 97209", "office/80 Mill Ln, Portland, Oregon 97209-1234, US"),
        ("Prinsengracht 12, 1015 DX Amsterdam", "Prinsengracht 12, 1015DX AMSTERDAM, Nederland"),
        ("ul. Długa 5/7, 00-238 Warszawa", "Długa 5/7, 00238 Warszawa, Polska"),
        ("Kungsgatan 12, 111 35 Stockholm", "Kungsgatan 12, 11135 Stockholm, Sverige"),
        ("Rua Augusta 100, Apto 5, São Paulo, SP 01310-100", "Rua Augusta, 100, apto 5, Sao Paulo - SP, 01310100, Brasil"),
        ("12 High Street, Bristol BS6 5QA, UK", "12 High St, Bristol, BS6 5QA, United Kingdom"),
        ("٣ شارع النيل, القاهرة ١١٥١١", "3 شارع النيل، القاهرة 11511"),
        ("Flat 3, 221B Baker Street, London NW1 6XE", "221b Baker St, Flat 3, LONDON, NW1 6XE, GB"),
        ("Unit 5, 10 King St W, Toronto, ON M5H 1A1", "10 King St W #5, Toronto ON M5H1A1, Canada"),
        ("1200 NE Maple Ave, Portland, OR 97212", "1200 N.E. Maple Avenue, Portland, OR 97212"),
        ("Avenida de la Luz 14, 41001 Sevilla", "Avda. de la Luz, 14, 41001 SEVILLA, España"),
    ],
)
def test_spelling_order_and_language_of_an_address_do_not_matter(one, other):
    assert same_place(one, other) is True
    assert same_place(other, one) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lindenstraße 12, 10969 Berlin", "Lindenstraße 1, 10969 Berlin"),
        ("Lindenstraße 12, 10969 Berlin", "Packstation 12, 10969 Berlin"),
        ("Flat 4, 9 Station Road, Leeds LS1 4DT", "Flat 5, 9 Station Road, Leeds LS1 4DT"),
        ("55 Pine Ave Apt 3C, Boise, ID 83702", "55 Pine Ave Apt 3D, Boise, ID 83702"),
        ("home/97205", "office/97205"),
        ("12 Fern Street, Portland, OR 97205", "12 Alder Street, Portland, OR 97205"),
        ("12 Fern Street, Portland, OR 97205", "12 Fern Street, Salem, OR 97301"),
        ("Torstraße 12, 10115 Berlin", "Torstraße 12 b, 10115 Berlin"),
        ("Packstation 145, 98765432, 10115 Berlin", "Packstation 146, 98765432, 10115 Berlin"),
        ("Calle Mayor 5, 2º B, 28013 Madrid", "Calle Mayor 5, 2º C, 28013 Madrid"),
        ("〒150-0001 東京都渋谷区神宮前1丁目2番3号", "1500001 東京都渋谷区神宮前1-2-4"),
        ("office/97205", "97205 County Road, Boise, ID 83702"),
        ("office/97205", "80 Mill Lane, Portland, OR 97209"),
        ("Dorfstraße 5, 12345 Adorf", "Dorfstraße 5, 12345 Bdorf"),
        ("12 Fern Street, Portland, OR 97205", "12 Fern Court, Portland, OR 97205"),
        ("12 Alder Street, Portland, OR 97205", "Robin Ortiz 12 Fern Street Portland OR 97205 United States"),
        ("10115 Berlin, Torstraße, 12", "Linienstraße 12, 10115 Berlin"),
        ("Kungsgatan 12, 111 35 Stockholm", "Kungsgatan 12, 111 36 Stockholm"),
        ("Prinsengracht 12, 1015 DX Amsterdam", "Prinsengracht 12, 1015 DY Amsterdam"),
        ("1200 NE Maple Ave, Portland, OR 97212", "1200 SE Maple Ave, Portland, OR 97212"),
    ],
)
def test_another_house_unit_or_label_is_another_address(one, other):
    assert same_place(one, other) is False
    assert same_place(other, one) is False


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("home/97205", "Robin Ortiz, 12 Fern Street, Portland, OR 97205-1234, US"),
        ("flat/BS6", "1 High Street, Bristol BS6 5QA"),
        ("office/SW1A1AA", "10 Market Place, London SW1A 1AA"),
        ("clinic/Dubai", "Villa 3, Palm Road, Dubai"),
    ],
)
def test_a_short_address_that_fits_several_houses_stays_ambiguous(short, whole):
    assert same_place(short, whole) is None


def test_a_pasted_one_line_address_is_split_into_parts():
    assert addresses_in("office/98101, home/98115") == ("office/98101", "home/98115")
    assert addresses_in("home/12 Fern Street, Portland, OR 97205") == ("home/12 Fern Street, Portland, OR 97205",)
    assert addresses_in("12 Fern Street, Portland, OR 97205; office / 97209\n") == ("12 Fern Street, Portland, OR 97205", "office / 97209")
    assert addresses_in(" ; ") == ()


def test_a_whole_address_may_have_a_label():
    assert address_of("Home / 12 Fern Street, Portland, OR 97205").label == "home"
    assert address_of("C/ Mayor 5, 2º B, 28013 Madrid").label == ""
    assert address_of("c/o Weber Holzbau, Lindenstraße 12, 10969 Berlin").label == ""
    assert address_of("3/14 George St, Sydney NSW 2000").label == ""
