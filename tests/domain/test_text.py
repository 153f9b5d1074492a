"""Hostile text, and spelling of addresses and cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.accounts.cards import card_name, same_spelling
from assistant.domain.text import clean_text, fold, spreadsheet_safe


@given(st.text())
def test_no_control_or_direction_sign_survives(text):
    clean = clean_text(text)
    assert not set(clean) & set("\x00\x07\x1b\x7f\x9b\u202e\u2066\u200b\ufeff\n\r\t")
    assert clean == clean_text(clean)


def test_a_terminal_escape_is_made_harmless():
    assert clean_text("Item \x1b]52;c;aGk=\x07 [/b]\n  two") == "Item ]52;c;aGk= [/b] two"


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "@SUM(A1)", "-1+1", "\t=1", " =1", "-"])
def test_a_formula_is_distinguished_from_a_number(cell):
    assert spreadsheet_safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-12.50", "12", "Desk lamp", ""])
def test_numbers_and_words_stay_as_they_are(cell):
    assert spreadsheet_safe(cell) == cell


def test_folded_texts_ignore_case_and_accents():
    assert fold("Größe CAFÉ") == fold("GRÖSSE café")


def test_a_card_has_one_spelling():
    assert card_name("Mastercard", "4242") == card_name("MasterCard debit", "4242") == same_spelling("mc/4242") == "mc/4242"
    assert card_name("Visa", None) is None
    assert card_name(None, "4242") is None
