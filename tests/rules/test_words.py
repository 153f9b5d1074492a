"""A rule's words in a title."""

import pytest

from assistant.rules.words import mentions


@pytest.mark.parametrize(
    ("title", "word", "site", "found"),
    [
        ("HP toners, 2-pack", "toner", "amazon.com", True),
        ("Rose TONER", "toners", "amazon.com", True),
        ("Laptopstand", "laptop", "amazon.com", False),
        ("Faucet cartridge, 25-pack", "faucet cartridge", "amazon.com", True),
        ("Cartridge for a faucet", "faucet cartridge", "amazon.com", False),
        ("The best pan", "thé", "amazon.com", False),
        ("Thé vert bio", "thé", "amazon.fr", True),
        ("Año nuevo", "ano", "amazon.es", False),
        ("Buecher im Schuber", "Bücher", "amazon.de", True),
        ("Strasse und Gasse", "Straße", "amazon.de", True),
        ("Plotterpapier A1", "Plotter", "amazon.de", True),
        ("Druckerpatronen schwarz", "Patrone", "amazon.de", True),
        ("Tintenpatrone XL", "Tinte", "amazon.de", True),
        ("Kabeljau, tiefgefroren", "Kabel", "amazon.de", False),
        ("Printerpapier A4", "papier", "amazon.nl", True),
        ("緑茶 100g", "緑茶", "amazon.co.jp", True),
        ("茶碗 白", "茶", "amazon.co.jp", False),
        ("トナーカートリッジ 互換", "トナー", "amazon.co.jp", True),
        ("", "toner", "amazon.com", False),
        ("Toner", "", "amazon.com", False),
    ],
)
def test_words_are_found_as_words(title, word, site, found):
    assert (mentions(title, [word], site) is not None) is found
