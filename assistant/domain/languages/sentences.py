"""Sentences that are kept as a text of the code and its values, so that each reader gets them in their own language.

What is stored in the ledger, or sent by the process that reads files, is for readers whose language is not known yet.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Union

from assistant.domain.languages.formats import number
from assistant.domain.languages.language import DEFAULT, LANGUAGES, current_language, speaking
from assistant.domain.languages.translating import form_for, translated

Value = Union[str, int, "Sentence", tuple[Union[str, "Sentence"], ...]]  # `|` cannot name a class that comes later
"""A value in a sentence: other sentences are written in the same language; a tuple is a list."""
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text in English with its values by name. `str(sentence)` is the sentence in the current language.

    `many` is the text for several things; then the value `count` says how many. `capital`: the first letter is a capital one.
    Without a text, the values are the whole sentence by language.
    """

    text: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str = ""
    capital: bool = False

    def __str__(self) -> str:
        """Return the sentence in the current language. Only names in braces are filled in: texts from files have no say here."""
        values = dict(self.values)
        if not self.text:
            return str(values.get(current_language(), values.get(DEFAULT, "")))
        found = translated(self.text)
        if self.many and isinstance(count := values.get("count"), int):
            found, values["count"] = form_for(count, self.text, self.many), number(count)
        if values:
            found = _FIELD.sub(lambda field: _written(values.get(field[1], field[0])), found)
        return found[:1].upper() + found[1:] if self.capital else found

    @property
    def english(self) -> str:
        """The sentence in English, for what is compared, sorted or searched."""
        with speaking(DEFAULT):
            return str(self)


def sentence_of(text: str, /, **values: Value) -> Sentence:
    """Return a sentence for later. `{name}` in the text becomes the value of that name."""
    return Sentence(text, tuple(values.items()))


def counted_sentence(one: str, many: str, count: int, /, **values: Value) -> Sentence:
    """Return a sentence for later about a number of things, `{count}`."""
    return Sentence(one, (("count", count), *values.items()), many)


def in_every_language(say: Callable[[], str]) -> Sentence:
    """Return what `say` says in each language, for a sentence that is made elsewhere and may read otherwise later."""
    return Sentence("", tuple((language, _said_in(language, say)) for language in LANGUAGES))


def _said_in(language: str, say: Callable[[], str]) -> str:
    with speaking(language):
        return say()


def _written(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
