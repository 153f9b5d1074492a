"""Output and questions of commands: days and amounts in the language, and what counts as yes."""

from datetime import UTC, date, datetime

import pytest
import typer

from assistant.cli import console
from assistant.domain.languages.language import speaking
from assistant.domain.money import Money


@pytest.mark.parametrize(
    ("language", "day", "amount"),
    [
        ("en", "2026-11-05", "-1234.50 USD"),
        ("de", "05.11.2026", "-1.234,50 USD"),
        ("fr", "05/11/2026", "-1\u202f234,50 USD"),
        ("es", "05/11/2026", "-1.234,50 USD"),
        ("it", "05/11/2026", "-1.234,50 USD"),
        ("ja", "2026/11/05", "-1,234.50 USD"),
    ],
)
def test_days_and_amounts_of_tables_follow_the_language(language, day, amount):
    with speaking(language):
        assert console.shown_day(date(2026, 11, 5)) == day
        assert console.shown_moment(datetime(2026, 11, 5, 12, 30, tzinfo=UTC).astimezone()).startswith(day)
        assert console.shown_amount(Money(-123450, "USD")) == amount
        assert (console.shown_day(None), console.shown_amount(None)) == ("", "")


@pytest.mark.parametrize(
    ("language", "answers", "expected"),
    [
        ("en", ["y"], True),
        ("en", [""], False),
        ("de", ["J"], True),
        ("de", ["ja"], True),
        ("de", ["yes"], True),
        ("de", ["nein"], False),
        ("fr", ["peut-être", "o"], True),
        ("es", ["sí"], True),
        ("it", ["n"], False),
        ("ja", ["はい"], True),
    ],
)
def test_a_question_takes_yes_and_no_in_the_language_and_asks_again_otherwise(monkeypatch, language, answers, expected):
    asked = []

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return answers[len(asked) - 1]

    monkeypatch.setattr(typer, "prompt", prompt)
    with speaking(language):
        assert console.is_confirmed("?") is expected
    assert len(asked) == len(answers)
