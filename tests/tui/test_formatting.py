"""Amounts, days and facts in lines: nothing that belongs together is broken over two lines, names and values stay apart."""

from datetime import date

import pytest
from rich import _wrap as rich_wrap
from textual.content import Content

from assistant.domain.languages.language import speaking
from assistant.domain.money import Money
from tests.tui.looking import with_usual_spaces
from tui.formatting import Pen, fact_lines, keep_no_break_spaces

PEN = Pen(today=date(2026, 11, 25))


@pytest.fixture
def unbroken(monkeypatch):
    monkeypatch.setattr(rich_wrap, "re_word", rich_wrap.re_word)
    keep_no_break_spaces()


@pytest.mark.usefixtures("unbroken")
@pytest.mark.parametrize("language", ["it", "fr"])
def test_no_line_ends_within_an_amount_or_a_day(language):
    with speaking(language):
        parts = [PEN.amount(Money(123_456, "EUR")), PEN.day(date(2026, 11, 20))]
    for part in parts:
        lines = [with_usual_spaces(line.plain) for line in Content(f"abcdefg {part} hijk").wrap(12)]
        assert with_usual_spaces(part) in [line.strip() for line in lines]


def test_a_long_name_never_touches_its_value():
    lines = [line.plain for line in fact_lines([("Appartiene a", "Robin"), ("Uso", "azienda"), ("Casa", "")], 8)]
    assert lines == ["Appartiene a Robin", "Uso          azienda"]
