"""Messages as sentences, in the current language. Called by whatever shows text to people, never by rules.

`messages/LANGUAGE.toml` holds the sentences, the same in every language.
A sentence about a number of things is a table: `by` names the number, `one` and `other` are its forms.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain.judging.verdict import Level, Message, Param, Reason, SaidAmount, Trial, Word
from assistant.domain.languages.labels import shown_label
from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.words import shown_word

_NEUTRAL = ("neutral.read", "neutral.check")


@cache
def catalogue(language: str = DEFAULT) -> Mapping[str, Any]:
    """Return the sentences of a language: by section, then by key; those of reasons are {text, past, advice}, in English also {about}."""
    return tomllib.loads((files(__package__) / "messages" / f"{language}.toml").read_text(encoding="utf-8"))


def _current() -> Mapping[str, Any]:
    return catalogue(current_language())


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenReason:
    """A reason in words."""

    code: str
    level: Level
    text: str
    advice: str
    evidence: tuple[str, ...] = ()
    source: str = ""


def spoken(reason: Reason) -> SpokenReason:
    """Return a reason in words."""
    return SpokenReason(
        code=reason.code,
        level=reason.level,
        text=text_of(reason),
        advice=advice_of(reason),
        evidence=tuple(map(sentence, reason.evidence)),
        source=sentence(reason.source),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTrial:
    """A tried rule in words."""

    codes: tuple[str, ...]
    asks: str
    reasons: tuple[SpokenReason, ...]
    quiet: tuple[str, ...]


def spoken_trial(trial: Trial) -> SpokenTrial:
    """Return a tried rule in words."""
    return SpokenTrial(
        codes=trial.codes,
        asks=sentence(trial.asks),
        reasons=tuple(map(spoken, trial.reasons)),
        quiet=tuple(map(sentence, trial.quiet)),
    )


def sentence(message: Message) -> str:
    """Return a message in words."""
    section, _, key = message.key.partition(".")
    return _filled(_current()[section][key], message)


def text_of(reason: Reason) -> str:
    """Return the sentence of a reason."""
    return _filled(_of(reason)["text"], reason.said)


def past_text_of(reason: Reason) -> str:
    """Return the sentence of a reason about a past purchase."""
    said = _of(reason)
    return _filled(said.get("past", said["text"]), reason.said)


def advice_of(reason: Reason) -> str:
    """Return what to do about a reason. Advice about Amazon's terms never names an account."""
    advice = _filled(_of(reason)["advice"], reason.said)
    if not reason.unnamed:
        return advice
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, reason.unnamed))})(?![\w-])", re.IGNORECASE)
    return next((text for text in (advice, *(sentence(Message(key)) for key in _NEUTRAL)) if not names.search(text)), "")


def _of(reason: Reason) -> Mapping[str, str]:
    found: Mapping[str, str] = _current()["reasons"][reason.said.key]
    return found


def _filled(pattern: str | Mapping[str, str], message: Message) -> str:
    if not isinstance(pattern, str):
        # French counts nothing like one thing. Japanese needs one form only.
        number = dict(message.params)[pattern["by"]]
        pattern = pattern["one" if number == 1 or (number == 0 and current_language() == "fr") else "other"]
    return pattern.format_map({name: _labelled(name, value) or _word(value) for name, value in message.params})


def _labelled(name: str, value: Param) -> str:
    """Return a category or purpose as people read it, "" for other parameters."""
    return shown_label(name, value) if name in ("category", "purpose") and isinstance(value, str) else ""


def _word(value: Param) -> str:
    if isinstance(value, Message):
        return sentence(value)
    if isinstance(value, Word):
        return shown_word(value)
    if isinstance(value, date):
        return _spoken_day(value)
    if isinstance(value, SaidAmount):
        return f"{value.number.replace('.', _current()['numbers']['decimal'])} {value.unit}"
    if isinstance(value, tuple):
        return str(_current()["numbers"]["list"]).join(map(_word, value))
    return str(value)


def _spoken_day(day: date) -> str:
    words = _current()["days"]
    return str(words["pattern"]).format(day=day.day, month=words["months"][day.month - 1], year=day.year)
