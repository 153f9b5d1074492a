"""Built-in categories and purposes in each language: shown and typed, stored in English."""

import pytest

from assistant.domain.accounts.account import Purpose
from assistant.domain.categories import BUSINESS_CATEGORIES, CATEGORIES, GIVEN_PARENTS, labels_said
from assistant.domain.languages.labels import (
    BUILT_IN,
    BUILT_IN_PURPOSES,
    label_named,
    label_said,
    shown_category,
    shown_label,
    shown_purpose,
)
from assistant.domain.languages.language import LANGUAGES, speaking
from assistant.domain.languages.sentences import sentence_of


def test_every_built_in_label_has_a_text():
    assert set(BUILT_IN["category"]) == {*CATEGORIES, *BUSINESS_CATEGORIES, *GIVEN_PARENTS}
    assert set(BUILT_IN["purpose"]) == {*Purpose} == {*BUILT_IN_PURPOSES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["category", "purpose"])
def test_what_is_shown_can_be_typed_and_means_one_label(language, kind):
    with speaking(language):
        shown = {word: shown_label(kind, word) for word in BUILT_IN[kind]}
        assert {word: label_named(kind, text.upper()) for word, text in shown.items()} == {word: word for word in shown}
        assert {word: label_named(kind, word) for word in shown} == {word: word for word in shown}
    assert len(set(shown.values())) == len(shown)
    assert not any("|" in text for text in shown.values())


def test_labels_are_shown_in_the_users_language_and_own_words_as_they_are():
    assert (shown_category("office"), shown_purpose("business")) == ("office", "business")
    with speaking("de"):
        assert (shown_category("office"), shown_purpose("business")) == ("Büro", "geschäftlich")
        assert (shown_category("Bierdeckel"), shown_label("person", "family")) == ("Bierdeckel", "family")


def test_a_word_of_the_users_own_goes_before_the_name_of_a_built_in_one():
    with speaking("it"):
        assert label_named("purpose", "AZIENDA", (*BUILT_IN_PURPOSES, "azienda")) == "azienda"
        assert label_named("purpose", "AZIENDA", BUILT_IN_PURPOSES) == "business"
        assert label_named("purpose", "nothing", BUILT_IN_PURPOSES) is None


def test_a_stored_sentence_names_a_label_in_the_language_of_its_reader():
    with speaking("de"):
        said = sentence_of("Labelled items: {labels}", labels=labels_said({"category": "Büro", "purpose": "Verein"}))
        assert str(said) == "Artikel eingeordnet: Kategorie Büro, Zweck Verein"
    assert str(said) == "Labelled items: category office, purpose Verein"
    assert label_said("category", "Bierdeckel") == "Bierdeckel"
