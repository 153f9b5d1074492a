"""The language is chosen by the browser's header or the system's variables, and ends with the block."""

import pytest

from assistant.domain.languages.language import accepted_language, current_language, speak, speaking, system_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pl, fr-CA;q=0.4, es;q=0.7", "es"),
        ("ja", "ja"),
        ("fr;q=0, it;q=0.1", "it"),
        ("tlh", "en"),
        ("", "en"),
        ("*;q=0.5", "en"),
        (";;;=q,,de;q=abc", "en"),
        ("d" * 10_000, "en"),
    ],
)
def test_a_header_chooses_the_language_it_likes_best(header: str, language: str):
    assert accepted_language(header) == language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANGUAGE": "it:en", "LANG": "en_US.UTF-8"}, "it"),
        ({"LANG": "pl_PL.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_system_chooses_by_the_variables_of_gettext(variables: dict[str, str], language: str):
    assert system_language(variables) == language


def test_a_language_ends_with_its_block_and_unknown_ones_are_english():
    with speaking("ja"):
        with speaking("fr"):
            assert current_language() == "fr"
        assert current_language() == "ja"
    assert current_language() == "en"
    speak("tlh")
    assert current_language() == "en"
