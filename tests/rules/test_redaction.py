"""A redacted report contains no private text."""

import pytest

from assistant.rules.redaction import Redaction


def redacted(answer, *described):
    redaction = Redaction()
    redaction.learn(list(described))
    return redaction.redacted(answer)


def test_different_texts_get_different_names_numbered_by_kind():
    described = [{"label": "Maya"}, {"label": "MAYA"}, {"label": "Sol"}, {"title": "Lamp"}, {"org": "Maya"}]
    assert redacted("Maya and maya, Sol, Lamp", *described) == "name-1 and name-1, name-2, title-1"


def test_a_name_inside_a_longer_one_is_not_split():
    assert redacted("Kim's Studio, Kim, Kimberley", {"label": "Kim"}, {"label": "Kim's Studio"}) == "name-2, name-1, Kimberley"


@pytest.mark.parametrize("text", ["Groß & Söhne", "groß & söhne", "GROSS & SÖHNE"])
def test_capital_letters_do_not_reveal_a_name(text):
    assert redacted(text, {"label": "Groß & Söhne"}) == "name-1"


def test_an_unknown_lookalike_spelling_is_left_out():
    assert redacted("İstanbul kart", {"title": "Istanbul kart"}) == "…"


def test_everything_in_an_answer_is_replaced_except_shared_words():
    described = {"label": "checkout", "page": "cart", "at": "2026-11-23", "items": [{"title": "Lamp", "category": "home"}, ["Chair"]]}
    answer = {"verdict": "checkout", "trials": [{"quiet": ["'Lamp'", {"why": "checkout"}], "codes": ["Lamp"]}], "count": 2}
    assert redacted(answer, described) == {
        "verdict": "checkout",
        "trials": [{"quiet": ["'title-1'", {"why": "name-1"}], "codes": ["Lamp"]}],
        "count": 2,
    }
    assert redacted("cart, home, 2026-11-23, Chair", described) == "cart, home, 2026-11-23, items-1"


@pytest.mark.parametrize("described", [{}, {"label": " "}, {"label": None, "items": []}])
def test_nothing_is_replaced_when_nothing_is_known(described):
    assert redacted("Nothing, here: 'x'.", described) == "Nothing, here: 'x'."
