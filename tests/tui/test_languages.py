"""The app in other languages: no English is left on its screens, amounts are whole, and the language can be changed while it runs."""

import ast
import re
from pathlib import Path

import pytest

from assistant.domain.languages import translating
from assistant.domain.languages.formats import current_format
from assistant.domain.languages.language import speaking
from tests.catalogues import texts_in_code
from tests.tui.looking import app_over, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.keymap import PLACES

SIZE = (160, 50)
AMOUNT = re.compile(r"[$€](\d[\d,]*\.\d\d)(?!\d)")
WORD = re.compile(r"[A-Za-z]{3,}")
SAME = "account date acme desk lamp cat shopper SALES theme dark ctrl shift escape slash left right curly bracket"
"""Examples of filters, commands, codes and the names of keys."""
PLACES_SHOWN = ("overview", "orders", "deliveries", "books", "claims", "budgets", "accounts", "settings")
"""Lists, details, forms of amounts and days, and the longest texts; the other screens are built of the same parts."""


async def screens_in(language: str) -> dict[str, str]:
    """Return the text of every screen in a language."""
    found = {}
    with speaking(language):
        app = app_over(MemoryClient())
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            for place in PLACES:
                if place.name in PLACES_SHOWN:
                    await pilot.press(place.key)
                    await settle(pilot)
                    found[place.name] = text_of(app)
    return found


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """The texts of the catalogues that are long enough to be found by chance nowhere."""
    texts = [text if isinstance(text, str) else text[1] for text in texts_in_code()]
    return [text for text in texts if "{" not in text and len(text.split()) > 3]


async def test_no_screen_shows_english_that_is_translated_and_every_amount_is_whole(sentences):
    english = await screens_in("en")
    for name, text in (await screens_in("de")).items():
        flat = " ".join(text.split())
        assert [sentence for sentence in sentences if sentence in flat] == [], name
        amounts = {written_in("de", amount) for amount in AMOUNT.findall(english[name])}
        assert {amount for amount in amounts if amount not in text} == set(), name


class Wordless:
    """A catalogue that translates each text into its values alone."""

    def gettext(self, text):
        return " ".join(re.findall(r"\{[a-z_]+\}", text)) or "·"

    def ngettext(self, _one, many, _count):
        return self.gettext(many)


def data_words() -> set[str]:
    """Return every word of the invented household."""
    literals = [
        node.value
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if not path.name.startswith(("test_", "conftest", "looking"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return set(WORD.findall(" ".join(literals)))


async def test_no_screen_has_a_word_that_no_catalogue_has(monkeypatch):
    """In a language without words only the data is left, and what is the same in every language."""
    monkeypatch.setattr(translating, "_catalogue", lambda _: Wordless())
    known = data_words() | set(SAME.split())
    left = {name: set(WORD.findall(text)) - known for name, text in (await screens_in("ja")).items()}
    assert {name: words for name, words in left.items() if words} == {}


def written_in(language: str, amount: str) -> str:
    with speaking(language):
        form = current_format()
    return amount.translate({ord(","): form.group, ord("."): form.decimal})


async def test_a_language_that_is_chosen_is_spoken_at_once_on_every_screen():
    with speaking("en"):
        app = app_over(MemoryClient())
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.press("comma")
            await settle(pilot)
            await app.store.save_setting("language", "de")
            app.make_screens_again()
            assert await shows(pilot, "Einstellungen, Tasten, gespeicherte Filter")
            await pilot.press("O")
            assert await shows(pilot, "120 Bestellungen")
            await app.store.save_setting("language", "ja")
            app.make_screens_again()
            assert await shows(pilot, "120件の注文")
