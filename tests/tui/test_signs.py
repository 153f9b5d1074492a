"""No screen shows a sign that its help does not explain: looked for in the stored pictures and in the code."""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.accounts.account import SYMBOLS
from tests.tui.looking import shows
from tui import keymap
from tui.signs import EVERYWHERE, ON_SCREENS, signs_of

PICTURES = Path(__file__).parent / "__snapshots__" / "test_pictures"
APP = Path(keymap.__file__).parent
FRAMES = set("─━│┃┏┓┗┛╭╮╯╰┄▁▂▃▄▅▆▇▉▊▋▌▍▎▏▕█▀")
"""Lines of panels, scroll bars, bars."""
TYPOGRAPHY = set("'\"‘’“”–—−¥£€₹\u00a0、←↑↓→•")
"""What every reader knows, and arrows that stand for keys."""


def explained(place: str) -> set[str]:
    return {sign for signs, _ in signs_of(place) for sign in signs if not sign.isspace()}


def is_sign(character: str) -> bool:
    return not (character.isalnum() or character.isspace() or character.isascii())


def shown(place: str) -> set[str]:
    found = set()
    for picture in PICTURES.glob(f"*[[]{place}[]].svg"):
        texts = re.findall(r"<text[^>]*>(.*?)</text>", picture.read_text(encoding="utf-8"), re.DOTALL)
        found |= {character for text in texts for character in html.unescape(text) if is_sign(character)}
    return found


def texts_of(file: Path) -> Iterator[str]:
    """Yield the texts of a module that are not docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("place", [place.name for place in keymap.PLACES])
def test_every_sign_in_a_picture_of_a_screen_is_explained_in_its_help(place):
    signs = shown(place)
    assert signs, "there is no picture of this screen"
    assert signs - FRAMES - set(SYMBOLS) - TYPOGRAPHY - explained(place) == set()


def test_every_sign_in_the_code_is_explained_somewhere():
    known = {sign for signs, _ in (*EVERYWHERE, *(entry for entries in ON_SCREENS.values() for entry in entries)) for sign in signs}
    written = {character for file in APP.rglob("*.py") if file.name != "ascii_filter.py" for text in texts_of(file) for character in text}
    assert {character for character in written if is_sign(character)} - known - FRAMES - set(SYMBOLS) - TYPOGRAPHY == set()


def test_only_screens_that_exist_explain_signs():
    assert set(ON_SCREENS) <= {place.name for place in keymap.PLACES}


async def test_the_help_of_a_screen_explains_its_signs_and_names_the_accounts(opened, client):
    async with opened(client, "D", "question_mark", size=(120, 60)) as pilot:
        assert await shows(pilot, "Signs")
        assert await shows(pilot, "Ortiz Design")
        await pilot.press("pagedown")
        assert await shows(pilot, "sent so long ago")
