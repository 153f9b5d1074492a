"""Sentences for every language, as JSON columns store them."""

from typing import Any

import msgspec

from assistant.domain.languages.sentences import Sentence


def stored_sentence(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as a JSON column stores it."""
    found: dict[str, Any] = msgspec.to_builtins(sentence)
    return found


def read_sentence(stored: Any) -> Sentence:
    """Return the sentence that a JSON column stores. Raises msgspec.ValidationError."""
    return msgspec.convert(stored, Sentence)
