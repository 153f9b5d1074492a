"""Sentences that are kept for readers whose language is not known yet."""

import msgspec
import pytest

from assistant.domain.languages.language import speaking
from assistant.domain.languages.sentences import Sentence, counted_sentence, sentence_of

CARDS = tuple(sentence_of("{month} of {card}", month=month, card="visa/1234") for month in ("2025-01", "2025-02"))


def test_each_reader_gets_a_sentence_in_their_language_with_sentences_and_lists_in_it():
    said = sentence_of("Undid: {what}", what=sentence_of("Closed {months}", months=CARDS))
    assert str(said) == "Undid: Closed 2025-01 of visa/1234, 2025-02 of visa/1234"
    with speaking("de"):
        assert str(said) == "Rückgängig: Abgeschlossen: 2025-01 von visa/1234, 2025-02 von visa/1234"
        assert said.english == "Undid: Closed 2025-01 of visa/1234, 2025-02 of visa/1234"
    with speaking("ja"):
        assert str(said).startswith("取り消し")


def test_numbers_of_things_have_the_forms_of_the_language():
    pages = [counted_sentence("Printed {count} page as receipts", "Printed {count} pages as receipts", count) for count in (1, 2, 1200)]
    assert [str(said)[:14] for said in pages] == ["Printed 1 page", "Printed 2 page", "Printed 1,200 "]
    with speaking("de"):
        assert [str(said) for said in pages][1:] == ["2 Seiten als Belege gedruckt", "1.200 Seiten als Belege gedruckt"]


@pytest.mark.parametrize("text", ["{name.__class__}", "{name:>99999999}", "{name!r}", "{other}", "{", "50 % {0}"])
def test_a_text_from_a_file_is_never_run_as_a_format(text):
    assert str(sentence_of(text, name="x")) == text
    assert str(Sentence(text)) == text


def test_values_are_not_filled_in_twice():
    assert (
        str(sentence_of("'{title}' contains more than a title.", title="{title} {label}"))
        == "'{title} {label}' contains more than a title."
    )


@pytest.mark.parametrize("codec", [msgspec.json, msgspec.msgpack])
def test_a_sentence_stays_the_same_on_its_way_through_the_ledger_and_from_the_reading_process(codec):
    said = sentence_of("Closed {months}", months=(*CARDS, "x"))
    assert codec.decode(codec.encode(said), type=Sentence) == said
