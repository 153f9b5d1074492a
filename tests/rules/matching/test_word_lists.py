"""Word lists are read in pieces and answer like simplemma. `python -m tests.rules.matching.test_word_lists` writes their starts."""

import lzma
import zlib
from array import array
from pathlib import Path

import pytest
from simplemma.strategies import DictionaryLookupStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory

from assistant.amazon.marketplaces import MARKETPLACES
from assistant.rules.matching import word_lists
from assistant.rules.matching.word_lists import find_starts, word_list

STARTS = Path(word_lists.__file__).with_name("starts")
LANGUAGES = sorted({language for shop in MARKETPLACES for language in shop.languages} - {"ja", "zh"})


def packed_starts(language: str) -> bytes:
    """Return the starts of a list in their stored form, with the checksum of the list."""
    compressed = (word_lists._lists() / f"{language}.plzma").read_bytes()
    offsets, keys = find_starts(lzma.decompress(compressed))
    head = array("I", (zlib.crc32(compressed), len(offsets)))
    return head.tobytes() + offsets.tobytes() + b"\n".join(keys)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_a_list_gives_the_dictionary_forms_that_simplemma_gives(language: str):
    factory = StreamDictionaryFactory()
    theirs, words = DictionaryLookupStrategy(factory), list(factory.get_dictionary(language))
    asked = [*words[:100], *words[-100:], *words[50::997]]
    asked += [f"{word}x" for word in asked] + [word.capitalize() for word in asked] + ["", "l’été", "l'été", "اَلْكِتَاب"]
    ours = word_list(language)
    assert ours is not None
    assert [ours.base(word) for word in asked] == [theirs.exact_lemma(word, language) for word in asked]


def test_every_language_of_a_marketplace_has_the_starts_of_the_installed_list():
    assert {kept.stem for kept in STARTS.glob("*.xz")} == set(LANGUAGES)
    for language in ("en", "hi"):
        assert lzma.decompress((STARTS / f"{language}.xz").read_bytes()) == packed_starts(language)


def test_no_list_is_read_completely_when_its_starts_are_stored(monkeypatch: pytest.MonkeyPatch):
    def refuse(_data: bytes) -> None:
        raise AssertionError("read completely")

    word_list.cache_clear()
    monkeypatch.setattr(word_lists, "find_starts", refuse)
    found = [word_list(language) for language in LANGUAGES]
    word_list.cache_clear()
    assert all(found)


def test_a_list_of_another_release_of_simplemma_is_read_completely(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for language, word in (("fr", "chevaux"), ("en", "mice")):
        kept = bytearray(lzma.decompress((STARTS / f"{language}.xz").read_bytes()))
        kept[0] ^= 1
        (tmp_path / f"{language}.xz").write_bytes(lzma.compress(bytes(kept)))
        word_list.cache_clear()
        with monkeypatch.context() as changed:
            changed.setattr(word_lists, "_STARTS", tmp_path)
            found = word_list(language)
        word_list.cache_clear()
        assert found is not None
        assert found.base(word) in {"cheval", "mouse"}


def test_a_language_without_a_word_list_gives_none():
    assert word_list("ja") is None
    assert word_list("zh") is None


if __name__ == "__main__":
    for name in LANGUAGES:
        (STARTS / f"{name}.xz").write_bytes(lzma.compress(packed_starts(name), preset=9))
