"""Draws everything in ASCII, for terminals whose locale is not UTF-8: each sign becomes one of the same width."""

import os
import unicodedata
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    **dict.fromkeys("─━═╌┄", "-"),
    **dict.fromkeys("│┃║▏▕▎▍▌", "|"),
    **dict.fromkeys("╭╮╯╰┌┐└┘┏┓┗┛├┤┬┴┼┣┫┳┻╋╔╗╚╝", "+"),
    **dict.fromkeys("█▇▆▅▄▃▂▁▀▊▋▉", "#"),
    **dict(zip("▓▒░", "%=:", strict=True)),
    **dict(zip("◆●▲■★▼✚►", "*o^#+vx>", strict=True)),
    "…": ".",
    "·": ".",
    "•": "*",
    "−": "-",
    "–": "-",
    "—": "-",
    "‹": "<",
    "›": ">",
    "✓": "v",
    "✔": "v",
    "⌫": "<",
    "⚠": "!",
    "‼": "!",
    "×": "x",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⏎": "<",
    "↻": "@",
    "∞": "8",
    "≤": "<",
    "✎": "/",
    "◌": ":",
    "○": "0",
    "▾": "v",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "ß": "s",
    "ø": "o",
    "Ø": "O",
    "æ": "a",
    "Æ": "A",
    "ł": "l",
    "Ł": "L",
    "€": "E",
    "£": "L",
}
"""The badge in the browser uses the same characters for the symbols of accounts."""


def needs_ascii(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the locale of the terminal is not UTF-8."""
    name = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or "C"
    return "utf" not in name.casefold()


def in_ascii(text: str) -> str:
    """Return a text in ASCII with the same width: letters lose their accents, characters without an ASCII form become question marks."""
    return text if text.isascii() else "".join(map(_sign, text))


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign
    known = _SIGNS.get(sign)
    if known is not None:
        return known
    letter = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    width = cell_len(sign)
    return letter if len(letter) == width else "?" * width


class AsciiFilter(LineFilter):
    """Applies `in_ascii` to every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line in ASCII."""
        del background
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]
