"""Cards as people write and paste them: network and last four digits."""

import pytest

from assistant.domain.accounts.cards import card_name, read_card, same_spelling


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("visa/1234", "visa/1234"),
        (" Visa / 1234 ", "visa/1234"),
        ("Visa ending in 1234", "visa/1234"),
        ("Mastercard •••• 7202", "mc/7202"),
        ("Mastercard mit den Endziffern 7202", "mc/7202"),
        ("American Express **** 3007", "amex/3007"),
        ("MC/5150", "mc/5150"),
        ("store card / 9090", "store card/9090"),
    ],
)
def test_a_card_is_read_from_pasted_text(text, card):
    assert read_card(text) == card


@pytest.mark.parametrize("text", ["1234", "Visa", "Visa 12345", "4111 1111 1111 1234", "Visa 4111111111111234", "visa 1234 5678", ""])
def test_text_without_network_and_four_digits_is_not_a_card(text):
    assert read_card(text) is None


def test_two_networks_with_the_same_digits_are_two_cards():
    assert card_name("Visa", "4821") != card_name("Mastercard", "4821")
    assert same_spelling("Mastercard / 4821") == card_name("Master Card", "4821") == "mc/4821"
    assert same_spelling("Visa ending in 4821") == "visa/4821"
    assert card_name("Visa", None) is None
    assert card_name(None, "4821") is None
