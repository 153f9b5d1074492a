"""The catalogues of translations: every text of the code in six languages, with the same values, compiled, and nothing left over."""

import ast
import re
from gettext import GNUTranslations
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from assistant.domain.languages.language import speak, speaking
from assistant.domain.languages.translating import Catalogue, number, translated, translated_count
from tests.catalogues import FOLDER, KEYWORDS, OTHERS, ROOT, Text, mo_file, po_file, read_catalogue, texts_in_code, updated_catalogue

SOURCES = [path for folder in ("assistant", "tui") for path in (ROOT / folder).rglob("*.py") if path.name != "translating.py"]

MARKS = ("translated", "translated_count", "to_translate", "sentence_of", "counted_sentence")


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return texts_in_code()


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_is_found_as_gettext_finds_it(language):
    ours = Catalogue((FOLDER / f"{language}.mo").read_bytes())
    with (FOLDER / f"{language}.mo").open("rb") as file:
        theirs = GNUTranslations(file)
    for message in read_catalogue(language):
        if isinstance(message.id, str):
            assert ours.gettext(message.id) == theirs.gettext(message.id)
        else:
            for count in (0, 1, 2, 21, 1_000_000):
                assert ours.ngettext(*message.id, count) == theirs.ngettext(*message.id, count)
    for foreign in ("No such text", "\0", "~~~ after all", "Ärger"):
        assert ours.gettext(foreign) == foreign
        assert [ours.ngettext(foreign, "many", count) for count in (1, 2)] == [foreign, "many"]


def test_finding_a_text_does_not_read_the_others():
    """Commands begin sooner: reading thousands of texts took five percent of `shopper --help`."""
    catalogue = Catalog(locale="de")
    catalogue.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n != 1);")]
    for text, translation in (("book", "Buch"), ("cart", "Wagen"), ("lamp", "Lampe")):
        catalogue.add(text, translation)
    content = mo_file(catalogue).replace(b"Wagen", b"\xff\xff\xff\xff\xff")
    assert [Catalogue(content).gettext(text) for text in ("book", "lamp")] == ["Buch", "Lampe"]


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_the_texts_of_the_code_and_no_others(language, texts):
    """`make languages` adds and removes them."""
    held = {message.id for message in read_catalogue(language) if message.id}
    assert (set(texts) - held, held - set(texts)) == (set(), set())


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_the_same_values(language):
    wrong = []
    for message in read_catalogue(language):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms(message):
            if not form or (form != form.strip() and english == english.strip()):
                wrong.append(f"{english!r}: {form!r}")
            elif _has_values(english) and fields(form) - {"count"} != fields(english) - {"count"}:
                wrong.append(f"{english!r} needs {fields(english)}: {form!r}")
    assert wrong == []


def _has_values(text: str) -> bool:
    """Return whether braces in a text are values: other texts name the keys { and }."""
    try:
        return any(field and field.isidentifier() for field in fields(text))
    except ValueError:
        return False


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language):
    pairs = [
        (message.id, message.string) if isinstance(message.id, str) else (message.id[0], message.string[0])
        for message in read_catalogue(language)
    ]
    same = [text for text, shown in pairs if text and text == shown]
    assert [text for text in same if len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w*\}", "", text))) > 3] == []


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_written_and_compiled_as_they_are(language, texts):
    """Otherwise a change by hand is shown to nobody. `make languages` compiles."""
    compiled = (FOLDER / f"{language}.mo").read_bytes() == mo_file(read_catalogue(language))
    written = (FOLDER / f"{language}.po").read_bytes() == po_file(updated_catalogue(language, texts))
    # Not compared in the assertion: pytest would take minutes to show how two catalogues differ.
    assert (compiled, written) == (True, True), "run `make languages`"


def test_texts_are_marked_as_they_are_so_that_a_catalogue_can_hold_them():
    """A text that is put together before it is looked up is in no catalogue."""
    wrong = []
    for path in SOURCES:
        source = path.read_text("utf-8")
        if not any(f"{name}(" in source for name in KEYWORDS):
            continue
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in MARKS:
                continue
            texts = call.args[: len(KEYWORDS[call.func.id])]
            bad = [each for each in texts if isinstance(each, ast.JoinedStr | ast.BinOp | ast.IfExp)]
            wrong += [f"{path.relative_to(ROOT)}, line {each.lineno}" for each in bad]
    assert wrong == []


def test_texts_follow_the_language_with_their_values_and_plurals():
    assert translated("Home") == "Home"
    with speaking("de"):
        assert translated("Home") == "Start"
        assert translated("in no catalogue: {name}", name="Ann") == "in no catalogue: Ann"
        speak("ja")
        assert translated("Home") == "ホーム"
    assert translated("") == ""
    assert translated("Press { for the period before.") == "Press { for the period before."


def test_counted_texts_have_the_forms_of_the_language():
    one, many = "{count} order", "{count} orders"
    assert [translated_count(one, many, count) for count in (0, 1, 1200)] == ["0 orders", "1 order", "1,200 orders"]
    with speaking("fr"):
        assert [translated_count(one, many, count) for count in (0, 1, 1200)] == ["0 commande", "1 commande", "1\u202f200 commandes"]
    with speaking("ja"):
        assert [translated_count(one, many, count) for count in (1, 2)] == ["1件の注文", "2件の注文"]


def test_numbers_have_the_separators_of_the_language():
    written = {}
    for language in ("en", *OTHERS):
        with speaking(language):
            written[language] = number(-1234567)
    assert written == {
        "en": "-1,234,567", "de": "-1.234.567", "es": "-1.234.567", "fr": "-1\u202f234\u202f567", "it": "-1.234.567", "ja": "-1,234,567",
    }  # fmt: skip
