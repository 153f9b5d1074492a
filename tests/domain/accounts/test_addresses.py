"""Two addresses are the same place whatever their spelling; a short form names a postcode only."""

import pytest

from assistant.domain.accounts.addresses import same_as_any, same_place


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
        ("office/97205", "97205 County Road, Boise, ID 83702"),
        ("office/97205", "80 Mill Lane, Portland, OR 97209"),
    ],
)
def test_another_house_unit_or_label_is_another_place(one, other):
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
def test_nobody_can_tell_whether_a_house_is_that_of_a_short_form_in_its_postcode(short, whole):
    assert same_place(short, whole) is None


def test_the_first_orders_to_a_postcode_show_which_house_a_short_form_means():
    houses = ("80 Mill Lane, Portland, OR 97209", "12 Fern St, Portland, OR 97205", "9 Elm Ct, Portland, OR 97205")
    assert same_as_any("12 Fern Street, Portland, OR 97205", ("home/97205",), houses) is True
    assert same_as_any("9 Elm Court, Portland, OR 97205", ("home/97205",), houses) is False
    assert same_as_any("9 Elm Court, Portland, OR 97205", ("home/97205",)) is None
    assert same_as_any("9 Elm Court, Portland, OR 97205", ("home/97205", "9 Elm Ct, Portland, OR 97205")) is True
