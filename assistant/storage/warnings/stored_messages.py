"""Messages in the ledger: keys and parameters as JSON, so that a warning is read in any language.

Days and amounts are stored as their text ("2026-12-03", "41.00 USD") and recognised by it; a message is [key, [[name, value], …]].
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.domain.judging.verdict import Message, Param, SaidAmount

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")


def message_text(message: Message) -> str:
    """Return a message for storage: its key and parameters, independent of language."""
    return json.dumps(_plain(message), ensure_ascii=False, default=_plain)


def messages_text(messages: Sequence[Message]) -> str:
    """Return several messages for storage."""
    return json.dumps([_plain(message) for message in messages], ensure_ascii=False, default=_plain)


def stored_message(text: str) -> Message:
    """Return the message that `message_text` wrote. Raises ValueError for any other text."""
    found = _param(json.loads(text))
    if not isinstance(found, Message):
        raise ValueError(f"'{text[:80]}' is no stored message.")  # noqa: TRY004  # the text is wrong, not its type
    return found


def stored_messages(text: str) -> tuple[Message, ...]:
    """Return the messages that `messages_text` wrote. Raises ValueError for any other text."""
    return tuple(stored_message(json.dumps(entry)) for entry in json.loads(text))


def _plain(value: Any) -> Any:
    return [value.key, [list(entry) for entry in value.params]] if isinstance(value, Message) else str(value)


def _param(value: Any) -> Param:
    if isinstance(value, list):
        if _is_message(value):
            return Message(value[0], tuple((name, _param(entry)) for name, entry in value[1]))
        return tuple(map(_param, value))
    if isinstance(value, int):
        return value
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    amount = _AMOUNT.fullmatch(value)
    return SaidAmount(amount[1], amount[2]) if amount else str(value)


def _is_message(value: list[Any]) -> bool:
    match value:
        case [str(), list() as params]:
            return all(isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) for entry in params)  # noqa: PLR2004  # a pair
    return False
