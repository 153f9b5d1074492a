"""The language of sentences: chosen where a command or a request begins, used where a sentence is made."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

LANGUAGES: Mapping[str, str] = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
}
"""The languages by their codes, each by its own name."""
DEFAULT = "en"
_LONGEST_HEADER = 200
_WISH = re.compile(r"\s*([A-Za-z]{1,8})[-_A-Za-z0-9]*\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*")


class _Speech:
    """The language spoken in a block, shared by all tasks that were started in it, so that a running app can change it."""

    def __init__(self, language: str) -> None:
        self.language = self.typed = language if language in LANGUAGES else DEFAULT


_speech: ContextVar[_Speech] = ContextVar("speech", default=_Speech(DEFAULT))  # noqa: B039  # shared on purpose by what runs outside a block


def current_language() -> str:
    """Return the language of the sentences that are made now."""
    return _speech.get().language


def speak(language: str, *, typed: str | None = None) -> None:
    """Make sentences in this language from now on, in this block and in all tasks that were started in it.

    `typed` is the language of the user's words where it is another one: a command whose output is data speaks English.
    """
    speech = _speech.get()
    speech.language = language if language in LANGUAGES else DEFAULT
    speech.typed = typed if typed is not None and typed in LANGUAGES else speech.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make sentences in this language inside the block."""
    before = _speech.set(_Speech(language))
    try:
        yield
    finally:
        _speech.reset(before)


def as_typed() -> AbstractContextManager[None]:
    """Make sentences in the language of the user's own words inside the block, to compare them with what was typed."""
    return speaking(_speech.get().typed)


def accepted_language(header: str) -> str:
    """Return the language that an Accept-Language header likes best among ours: "fr-CA, en;q=0.5" is fr. English if there is none."""
    wishes = [found for part in header[:_LONGEST_HEADER].split(",") if (found := _WISH.fullmatch(part))]
    liked = sorted(wishes, key=lambda found: -float(found[2] or 1))
    return next((code for found in liked if (code := found[1].lower()) in LANGUAGES and found[2] not in ("0", "0.", "0.0")), DEFAULT)


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the system, by the same variables as gettext. English for any other language."""
    names = (environment.get("LANGUAGE", "").split(":")[0], *(environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    code = next(filter(None, names), "")[:2].lower()
    return code if code in LANGUAGES else DEFAULT
