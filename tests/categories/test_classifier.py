"""Category guesses, measured on invented titles in eleven languages that are not in the training data."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.categories.classifier import SURE, Classifier, by_unspsc
from assistant.domain.categories import CATEGORIES

HELD_BACK = [tuple(line.split("\t")) for line in Path(__file__).with_name("held_back_titles.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


def test_unseen_titles_are_classified_in_eleven_languages(classifier):
    assert len(HELD_BACK) >= 150
    assert len({language for language, _, _ in HELD_BACK}) == 11
    guesses = [(classifier.guess(title), category) for _, category, title in HELD_BACK]
    right = sum(guess is not None and guess[0] == category for guess, category in guesses)
    spoken = [(guess[0], category) for guess, category in guesses if guess and guess[1] >= SURE]
    assert right / len(guesses) >= 0.92
    assert len(spoken) / len(guesses) >= 0.75
    assert sum(said == category for said, category in spoken) / len(spoken) >= 0.95


def test_no_held_back_title_is_among_the_seeds():
    seeds = {
        phrase.strip().casefold()
        for file in files("assistant.categories").joinpath("seeds").iterdir()
        for phrases in tomllib.loads(file.read_text(encoding="utf-8")).values()
        for phrase in phrases.split(",")
    }
    assert not seeds & {title.casefold() for _, _, title in HELD_BACK}


def test_every_language_has_seeds_for_every_usual_category():
    for file in files("assistant.categories").joinpath("seeds").iterdir():
        assert set(tomllib.loads(file.read_text(encoding="utf-8"))) == set(CATEGORIES), file.name


@pytest.mark.parametrize("title", ["", "12345", "???", "x" * 10_000, "Zyxqw Vbnmk"])
def test_a_title_without_clues_gets_no_confident_category(classifier, title):
    guess = classifier.guess(title)
    assert guess is None or guess[1] < SURE


def test_a_correction_also_applies_to_similar_titles(classifier):
    title = "Kreuzhof Klemmstein Modell 7"
    before = classifier.guess(title)
    assert before is None or before[1] < SURE
    learned = Classifier([("Kreuzhof Klemmstein Modell 3", "miniatures"), ("Kreuzhof Klemmstein Modell 5", "miniatures")])
    assert learned.guess(title)[0] == "miniatures"
    assert learned.guess(title)[1] >= SURE


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("44103103", "office"),
        ("14111704", "consumable"),
        ("53131608", "beauty"),
        ("53000000", "clothing"),
        ("50000000", "grocery"),
        ("60141000", "toys"),
        ("95000000", None),
        ("4410", None),
        ("toner", None),
        (None, None),
    ],
)
def test_a_code_of_the_business_report_gives_a_category(code, category):
    assert by_unspsc(code) == category
