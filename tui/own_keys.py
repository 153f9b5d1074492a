"""The user's own keys in texts: "Press a to add one" names the key that is set for it."""

import re
from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType

_NAMES = {
    "slash": "/",
    "comma": ",",
    "full_stop": ".",
    "at": "@",
    "dollar_sign": "$",
    "question_mark": "?",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
MENTION = re.compile(
    r"\b(?:([Pp]ress:? |[Dd]rücken Sie |[Aa]ppuyez sur |[Pp]ulsa |[Pp]remi )(\S)(?=[\s,.:]|$)|(or )(\S)(?= to ))|(?<![!-~])([!-~])(?=キー)"
)
"""A key in a sentence of any language: "Press a", "or p to pair a browser", "Drücken Sie a", "aキー"."""


def shown_key(key: str) -> str:
    """Return a key as people write it: "/" for "slash", "^n" for "ctrl+n"."""
    return _NAMES.get(key, key.replace("ctrl+", "^"))


def shown_keys(keys: str) -> str:
    """Return the keys of an action as people write them: "{, shift+left"."""
    return ", ".join(shown_key(key.strip()) for key in keys.split(","))


def first_key(keys: str) -> str:
    """Return the first of the keys of an action as people write it."""
    return shown_key(keys.partition(",")[0].strip())


def in_own_keys(text: str, bindings: Iterable[BindingType], keys: Mapping[str, str]) -> str:
    """Return a text with the user's keys instead of the usual ones. `keys` are by the id of an action; the last binding of a key counts."""
    if not keys:
        return text
    own: dict[str, str] = {}
    for binding in bindings:
        if isinstance(binding, Binding):
            mine = keys.get(binding.id or "")
            usual = {shown_key(key.strip()) for key in binding.key.split(",")}
            own |= dict.fromkeys(usual, first_key(mine) if mine else "")

    def with_own(found: re.Match[str]) -> str:
        lead, key = found[1] or found[3] or "", found[2] or found[4] or found[5]
        return lead + (own.get(key) or key)

    return MENTION.sub(with_own, text)
