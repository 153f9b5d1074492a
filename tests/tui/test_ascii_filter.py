"""Terminals whose locale is not UTF-8: everything is shown in ASCII of the same width, and currencies have codes."""

import re
from dataclasses import replace
from itertools import chain

import pytest
from rich.cells import cell_len

from assistant.domain.money import Money
from tests.tui.household import NOON, TODAY
from tests.tui.looking import settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.ascii_filter import in_ascii, needs_ascii
from tui.signs import EVERYWHERE, ON_SCREENS


@pytest.mark.parametrize("text", ["◆ BIZ ● PER", "Größe 5, łódź", "日本 €5.00 …", "╭─┏━┃│█▏▕", "👪 x"])
def test_a_text_keeps_its_width(text):
    assert in_ascii(text).isascii()
    assert cell_len(in_ascii(text)) == cell_len(text)


def test_the_symbols_of_accounts_stay_different():
    assert in_ascii("◆●▲■★▼✚►") == "*o^#+vx>"
    assert in_ascii("Größe über") == "Grose uber"


def test_signs_that_mean_something_keep_their_meaning():
    assert len(set(in_ascii("●◌○"))) == 3, "how long ago an account was seen"
    assert len(set(in_ascii("✔?▲·"))) == 4, "the states of a line of a statement"
    unknown = {
        sign for signs, _ in (*EVERYWHERE, *chain.from_iterable(ON_SCREENS.values())) for sign in signs if in_ascii(sign) == "?" != sign
    }
    assert unknown == set()


def test_shades_of_charts_and_bars_stay_different():
    assert in_ascii("█▓▒░") == "#%=:"


async def test_a_chart_without_colours_tells_accounts_apart_and_amounts_with_codes_have_a_gap(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    client = MemoryClient()
    whole = client._overview
    client._overview = lambda account: replace(whole(account), year=(Money(12_345_678, "USD"),), gaps=("no export",))

    async def connect():
        return client

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, ascii_only=True)
    async with app.run_test(size=(100, 34)) as pilot:
        assert await shows(pilot, "Twelve months")
        await settle(pilot)
        shown = in_ascii(text_of(app))
    assert "# o PER" in shown
    assert "= * BIZ" in shown
    assert not re.search(r"\d(USD|EUR) ", shown)


def test_the_locale_decides_whether_ascii_is_needed():
    assert needs_ascii({"LC_ALL": "C", "LANG": "de_DE.UTF-8"})
    assert needs_ascii({})
    assert not needs_ascii({"LANG": "de_DE.UTF-8"})
    assert not needs_ascii({"LC_CTYPE": "C.utf8"})


@pytest.mark.parametrize("place", ["H", "O", "E", "B", "A"])
async def test_every_screen_is_ascii_and_no_currency_is_lost(place):
    client = MemoryClient()

    async def connect():
        return client

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, ascii_only=True)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await pilot.press(place)
        await settle(pilot)
        shown = text_of(app)
    assert shown.isascii()
    assert "USD " in shown
    assert "EUR " in shown
