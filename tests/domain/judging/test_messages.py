"""The catalogues of sentences: six languages with the same messages and the same parameters, and nothing left untranslated."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import assistant.domain.judging
from assistant.domain.judging.sentences import catalogue, sentence, spoken
from assistant.domain.judging.verdict import Level, Reason, SaidAmount, said
from assistant.domain.languages.language import LANGUAGES, speaking

OTHERS = [language for language in LANGUAGES if language != "en"]
FORMS = {"by", "one", "other"}


def own(language: str) -> dict[str, Any]:
    """Return what the file of a language holds, without what falls back to English."""
    return tomllib.loads((files(assistant.domain.judging) / "messages" / f"{language}.toml").read_text("utf-8"))


def messages(language: str) -> dict[str, list[str]]:
    """Return every message by its name: one text, or two forms."""
    return dict(_flat(own(language), ""))


def _flat(table: dict[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict) and set(value) != FORMS:
            yield from _flat(value, f"{name}{key}/")
        elif not isinstance(value, list) and key != "about":
            yield name + key, [value["one"], value["other"]] if isinstance(value, dict) else [value]


def parameters(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


ENGLISH = messages("en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_exists_with_the_same_parameters(language: str):
    translated = messages(language)
    assert set(translated) == set(ENGLISH)
    for name, texts in translated.items():
        for text in texts:
            assert parameters(text) == parameters(ENGLISH[name][0]), f"{language}: {name}"
            assert text == text.strip() or name == "numbers/list"


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str):
    same = [name for name, texts in messages(language).items() if texts == ENGLISH[name] and len(ENGLISH[name][0].split()) > 3]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end_and_fit(language: str):
    """A reason fits into three lines of a ribbon at 360 pixels: no language needs half as much again as the longest English one."""
    longest = max(len(text) for name, texts in ENGLISH.items() if name.startswith("reasons/") for text in texts)
    for name, texts in messages(language).items():
        if name.startswith("reasons/") and not name.endswith("/past"):
            assert texts[0][-1] in ".?？。", f"{language}: {name}"
            assert len(texts[0]) <= longest * 1.5, f"{language}: {name}"


def test_every_message_is_used():
    source = "\n".join(path.read_text("utf-8") for path in Path(assistant.__file__).parent.rglob("*.py"))
    written = set(re.findall(r"[\w.]+", source))
    made = ("limit_per_", "scope_", "from_", "its_", "missing_", "differs_", "disagree_", "share_")
    unused = [
        name
        for name in ENGLISH
        if name.split("/")[0] not in {"days", "numbers", "clauses", "clause_sources"}
        for key in [name.split("/")[1]]
        if not {key, key.split(".")[0], f"{name.split('/')[0]}.{key}", key.upper()} & written and not key.startswith(made)
    ]
    assert unused == []


def test_numbers_days_amounts_and_plurals_follow_the_language():
    once = said("evidence.cart_seen", account="Ann", minutes=1)
    paid = said("PAYMENT_DUE_SOON", amount=SaidAmount("41.50", "EUR"), day=date(2026, 12, 3))
    reason = Reason(code="PAYMENT_DUE_SOON", level=Level.NOTICE, group="dates", said=paid, evidence=(once,), source=said("sources.cards"))
    expected = {
        "en": ("41.50 EUR", "3 Dec 2026", "1 minute ago"),
        "de": ("41,50 EUR", "3. Dez. 2026", "vor 1 Minute "),
        "fr": ("41,50 EUR", "3 déc. 2026", "1 minute"),
        "es": ("41,50 EUR", "3 dic 2026", "1 minuto"),
        "it": ("41,50 EUR", "3 dic 2026", "1 minuto fa"),
        "ja": ("41.50 EUR", "2026年12月3日", "1分前"),
    }
    for language, (amount, day, ago) in expected.items():
        with speaking(language):
            words = spoken(reason)
            assert amount in words.text, words.text
            assert day in words.text
            assert ago in words.evidence[0]
            assert not re.search(r"\b1 minut(es|en|os|i)\b", words.evidence[0])
    with speaking("fr"):
        assert sentence(said("parts.titles", title="Encre", more=0)) == "« Encre » et 0 autre"
    assert catalogue("de")["days"]["months"] != catalogue("en")["days"]["months"]
