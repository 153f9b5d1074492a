"""Matching a rule's words in a title."""

import pytest

from assistant.rules.matching import dictionary
from assistant.rules.matching.vocabulary import languages, vocabulary

US, DE, FR, ES, NL, SE, JP, BR, PL = (f"amazon.{shop}" for shop in ("com", "de", "fr", "es", "nl", "se", "co.jp", "com.br", "pl"))


def mentions(title: str, words: list[str], site: str | None) -> str | None:
    found = vocabulary(frozenset(words), languages(site)).mentioned(title)
    return next((word for word in words if word in found), None)


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("HP toners, 2-pack", "toner", US),
        ("Rose TONER", "toners", US),
        ("Faucet cartridges, 25-pack", "faucet cartridge", US),
        ("Men's rain jacket", "men", US),
        ("AA batteries", "battery", US),
        ("Trap for mice", "mouse", US),
        ("Autumn leaves", "leaf", US),
        ("Contact lenses", "lens", US),
        ("Silk pajamas", "pajama", US),
        ("DVDs, blank", "dvd", US),
        ("USB-C hub", "hub", US),
        ("Café curtains", "cafe", US),
        ("Cafes of Paris", "café", US),
        ("Thé vert bio", "thé", FR),
        ("The vert bio", "thé", FR),
        ("Cartouche d'encre", "encre", FR),
        ("Câbles USB", "cable", FR),
        ("Journaux intimes", "journal", FR),
        ("Raton inalambrico", "ratón", ES),
        ("Ratones para oficina", "ratón", ES),
        ("Lápices de colores", "lapiz", ES),
        ("Buecher im Schuber", "Bücher", DE),
        ("Kopfhorer mit Kabel", "Kopfhörer", DE),
        ("Buecher", "Buch", DE),
        ("Strasse und Gasse", "Straße", DE),
        ("Etiketten 62 mm", "Etikett", DE),
        ("Alte Bücher", "alte Buch", DE),
        # Made-up words that are in no list: usual plural endings.
        ("Glowberries", "glowberry", US),
        ("Microshelves", "microshelf", US),
        ("Turboknives", "turboknife", US),
        ("Turbovoces", "turbovoz", ES),
        ("Nanoratones", "nanoratón", ES),
        ("Nanomatizes", "nanomatiz", BR),
        ("Blendoxs", "blendox", PL),
        ("Tvs", "tv", US),
        # Accents that are missing at the beginning, or several times in one word.
        ("Crèpe maker", "crêpe", FR),
        ("Arboles", "árbol", ES),
        ("Telefonos", "teléfono", ES),
        ("Etageres", "étagère", FR),
        ("Orgaos", "órgão", BR),
        # The Arabic article and the particles before it are not part of a word.
        ("الورق للطباعة A4", "ورق", "amazon.ae"),
        ("حبر الطابعة والورق", "الورق", "amazon.eg"),
        # Plurals of Dutch compounds, and their linking letters.
        ("Wandkasten wit", "kast", NL),
        ("Zonnebrillen heren", "bril", NL),
    ],
)
def test_case_accents_and_number_are_ignored(title, word, site):
    assert mentions(title, [word], site) == word


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Laptopstand", "laptop", US),
        ("Cartridge for a faucet", "faucet cartridge", US),
        ("The best pan", "thé", US),
        ("The best coffee mug for home", "thé", "amazon.ca"),
        ("The art of war", "thé", FR),
        ("giấy in A4", "giày", US),
        ("Kasserolle 24 cm mit Deckel", "Rolle", DE),
        ("Bandage elastisch", "band", NL),
        ("Rosé glasses", "rose", US),
        ("Rose water", "rosé", US),
        ("Resumes", "résumés", US),
        ("Glowbeies", "glowberry", US),
        ("Painting of a boat", "paint", US),
        ("News of the world", "new", US),
        ("fur coat", "für", US),
        ("Año nuevo", "ano", ES),
        ("Pêche au gros", "péché", FR),
        ("Kuchen vom Blech", "Küchen", DE),
        ("Maße und Waagen", "Masse", DE),
        ("", "toner", US),
        ("Toner", "", US),
        ("Toner", "  ", US),
    ],
)
def test_other_words_and_parts_of_words_do_not_match(title, word, site):
    assert mentions(title, [word], site) is None


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Plotterpapier A1", "Plotter", DE),
        ("Druckerpatronen schwarz", "Patrone", DE),
        ("Laserdruckerpapier", "Drucker", DE),
        ("Kinderbücher", "Buch", DE),
        ("Buecherregal", "Buch", DE),
        ("Schulbuch", "Buch", DE),
        ("Arbeitsplatte", "Arbeit", DE),
        ("Versandetiketten", "Etikett", DE),
        ("Plotterrollen", "Plotterrolle", DE),
        ("Thermodrucker", "Drucker", DE),
        ("Kuchenform", "Kuchen", DE),
        ("Sprachkurs", "Kurs", DE),
        ("Farbdrucker", "Drucker", DE),
        ("Erdnuss", "Nuss", DE),
        ("Kirchturm", "Turm", DE),
        ("Herzenswunsch", "Herz", DE),
        ("HP Laserdrucker", "HP Drucker", DE),
        ("Printerpapier A4", "papier", NL),
        ("Hondenvoer", "hond", NL),
        ("Kinderboeken", "boek", NL),
        ("Skrivarpapper", "papper", SE),
        ("Kontorsstol", "kontor", SE),
    ],
)
def test_compounds_match_their_parts(title, word, site):
    assert mentions(title, [word], site) == word


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Kabeljau, tiefgefroren", "Kabel", DE),
        ("Rundstab 8 mm Durchmesser", "Messer", DE),
        ("Nachtisch im Glas", "Tisch", DE),
        ("10 Umzugskartons", "Ton", DE),
        ("Garnelen, tiefgefroren", "Garn", DE),
        ("Kameraden, Roman", "Kamera", DE),
        ("Tonerden, 3 Sorten", "Toner", DE),
        ("Gutschein der Druckerei", "Drucker", DE),
        ("Reisetasche", "Reis", DE),
        ("Wanderschuhe", "Wand", DE),
        ("Tischler", "Tisch", DE),
        ("Hering in Sahne", "Ring", DE),
        ("Eisen", "Eis", DE),
        ("Motor", "Tor", DE),
        ("Küchenwaage", "Kuchen", DE),
        ("Kuchenwaage", "Küche", DE),
        ("Kabeljauw", "kabel", NL),
        ("Idebuch", "Buch", DE),
        ("Notebookcase", "case", US),
    ],
)
def test_a_word_that_only_looks_like_a_compound_does_not_match(title, word, site):
    assert mentions(title, [word], site) is None


@pytest.mark.parametrize(
    ("title", "word", "found"),
    [
        ("緑茶 100g", "緑茶", True),
        ("茶碗 白", "茶", False),
        ("トナーカートリッジ 互換", "トナー", True),
        ("パートナー", "トナー", False),
        ("プリンター 黒", "プリンタ", True),
        ("印刷用紙 A4", "用紙", True),
        ("東京都", "京都", False),
        ("東京都", "東京", True),
        ("食べ物", "食", False),
        ("猫のおもちゃ", "おもちゃ", True),
        ("猫用品", "猫", True),
        ("日本製", "本", False),
        ("HPトナー 黒", "hp", True),
        ("ﾄﾅｰ ＨＰ", "トナー", True),
        ("パートナー トナー パートナー", "トナー", True),
        ("黒 トナー", "トナー", True),
        ("印刷トナー", "トナー", True),
        ("トナーセット", "トナー", True),
        ("レーザープリンター", "プリンター", True),
        ("カラーレーザープリンター", "レーザー", False),
        ("カーペット", "カー", False),
        ("茶道具", "茶", False),
        ("お茶", "茶", True),
        ("ほうじ茶", "茶", False),
        ("本棚", "棚", False),
        ("乾燥しいたけ", "乾燥", True),
        ("東京大学院", "学院", False),
        ("中国製時計", "時計", True),
        ("印刷用封筒", "印刷", True),
        ("写真保存用", "写真", True),
        ("食べもの", "もの", False),
        ("おもちゃばこ", "おもちゃ", False),
        ("ねこのおもちゃ", "ねこ", True),
    ],
)
def test_languages_without_spaces_match_on_whole_segments(title, word, found):
    assert (mentions(title, [word], JP) is not None) is found


def test_the_language_is_that_of_the_marketplace():
    assert languages("www.amazon.de") == ("de",)
    assert languages("amazon.com.be") == ("fr", "nl")
    assert languages(None) == ("en",)
    assert languages("amazon.co.jp") == ("en",)
    assert mentions("Plotterpapier A1", ["Plotter"], US) is None


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Motoröl 5W30", "Öl", "amazon.de"),
        ("Eistee Pfirsich", "Tee", "amazon.de"),
        ("Matras 90x200", "mat", "amazon.nl"),
        ("Balletschoenen roze", "bal", "amazon.nl"),
        ("Kamera med objektiv", "kam", "amazon.se"),
    ],
)
def test_a_short_word_is_not_part_of_a_compound(title, word, site):
    assert vocabulary(frozenset({word}), languages(site)).mentioned(title) == frozenset()


@pytest.mark.parametrize(
    ("title", "word"), [("Set of two wall shelves with brackets", "shelf"), ("Sharp kitchen knives with blades", "knife")]
)
def test_an_english_title_is_read_as_english_on_a_german_marketplace(title, word):
    assert vocabulary(frozenset({word}), languages("amazon.de")).mentioned(title) == {word}


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Druckerpapier für Laserdrucker, 500 Blatt, weiß", "Papier", US),
        ("Bücherregal aus Holz mit fünf Böden", "Buch", "amazon.co.uk"),
        ("Hondenvoer met kip voor volwassen honden", "hond", "amazon.co.uk"),
        ("Lápices de colores para niños", "lápiz", US),
        ("Kawa ziarnista do ekspresu, łagodna", "ekspres", "amazon.ie"),
        ("Papier do drukarki, biały", "drukarka", US),
    ],
)
def test_a_title_of_another_language_is_recognised_from_its_own_words(title, word, site):
    assert mentions(title, [word], site) == word


@pytest.mark.parametrize(
    ("title", "word", "site"),
    [
        ("Müller kitchen knives with holder", "Messer", US),
        ("Kabeljau mit Kartoffeln für zwei", "Kabel", US),
        ("Das Boot DVD, the war movie with subtitles", "Boote", US),
        ("Gift for a man and his dog, with einer bag", "gifte", US),
        ("Hering in der Dose mit Soße", "Ring", "amazon.co.uk"),
    ],
)
def test_a_foreign_word_in_a_title_does_not_change_its_language(title, word, site):
    assert mentions(title, [word], site) is None


def test_an_english_title_without_the_words_of_a_rule_needs_no_word_list(monkeypatch: pytest.MonkeyPatch):
    def refuse(language: str) -> None:
        raise AssertionError(language)

    monkeypatch.setattr(dictionary, "word_list", refuse)
    for site in (US, PL):
        assert mentions("Qwaffle quilt, brown", ["toner", "drukarka"], site) is None
