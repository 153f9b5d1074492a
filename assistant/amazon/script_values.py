"""Reads values from the text of a page's scripts, without running them: a value is the text after a known name."""

import re
from collections.abc import Iterable, Iterator

# Between a name in a script and its value: quotes, also escaped ones, colon or equals sign.
VALUE = re.compile(r"""(?P<quoted>\\*["'])?\s*[:=]\s*\\*["'](?P<value>[A-Za-z0-9]{0,40})\\*["']""")
FLAG = re.compile(r"""\\*["']?\s*[:=,]\s*\\*["']?(?P<value>true|false|0|1)\b""")


def values_after(scripts: Iterable[str], name: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield a match of `pattern` right behind each occurrence of `name`."""
    for script in scripts:
        start = script.find(name)
        while start >= 0:
            end = start + len(name)
            match = pattern.match(script, end, end + 120)
            if match is not None:
                yield match
            start = script.find(name, end)


def flag(scripts: Iterable[str], name: str) -> bool | None:
    """Return the value that the scripts give `name`, None if they give none or contradict each other."""
    values = {match["value"] in ("true", "1") for match in values_after(scripts, name, FLAG)}
    return values.pop() if len(values) == 1 else None
