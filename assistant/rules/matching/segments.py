"""Matches words in languages without spaces: on whole segments, never inside one.

The script (kanji, katakana, hiragana) separates segments, and within kanji the usual two-character words and their endings.
"""

import re

KANJI, KATAKANA, HIRAGANA, THAI = r"\u3400-\u9fff々", r"\u30a1-\u30ffー", r"\u3041-\u309f", r"\u0e00-\u0e7f"
SIGNS = f"{KANJI}{KATAKANA}{HIRAGANA}{THAI}"
_SPACELESS = re.compile(f"[{SIGNS}]")
_RUN = re.compile(f"[{KANJI}]+|[{KATAKANA}]+|[{HIRAGANA}]+|[{THAI}]+|[^\\W{SIGNS}_]+")
_KANJI_RUN = re.compile(f"[{KANJI}]+\\Z")
_KATAKANA_RUN = re.compile(f"[{KATAKANA}]+\\Z")
_HIRAGANA_RUN = re.compile(f"[{HIRAGANA}]+\\Z")
_PARTICLES = ("の", "と", "や", "に", "で", "を", "が", "は", "も", "へ", "から", "まで", "な", "する", "した", "です", "お", "ご")
_ENDING = "用機器品類製型式箱袋紙台個枚本冊組点入付性色剤材具員人語館店場室部化都府県市区町村社"
_SHORTEST_KATAKANA = 3


def spaceless(text: str) -> bool:
    """Return whether a text has characters of a script without spaces between words."""
    return _SPACELESS.search(text) is not None


def segment(title: str, word: str) -> bool:
    """Return whether the title contains the word as whole segments. Both must be in NFKC and lower case."""
    at = title.find(word)
    while at >= 0:
        if _whole(title, at, at + len(word)):
            return True
        at = title.find(word, at + 1)
    return False


def _whole(title: str, start: int, end: int) -> bool:
    runs = [(match.start(), match.end()) for match in _RUN.finditer(title)]
    left = next((begin for begin, stop in runs if begin < start < stop), start)
    right = next((stop for begin, stop in runs if begin < end < stop), end)
    before, after, word = title[left:start], title[end:right], title[start:end]
    if _KATAKANA_RUN.match(word) and (before or after):
        return _in_katakana(word, before, after)
    if before and not _rest_before(before):
        return False
    if after and not _rest_after(after, alone=len(word) == 1):
        return False
    return not (len(word) == 1 and _KANJI_RUN.match(word)) or _stands_alone(title, start, end)


def _in_katakana(word: str, before: str, after: str) -> bool:
    """Match loan words, which are written together: the rest must be long enough to be words; a final long vowel is optional."""
    if after == "ー" and not before:
        return True
    sizes = [len(rest) for rest in (before, after) if rest]
    return len(word) >= _SHORTEST_KATAKANA and len(sizes) == 1 and sizes[0] >= _SHORTEST_KATAKANA


def _rest_before(rest: str) -> bool:
    if _KANJI_RUN.match(rest):
        # Two-character words, the last of which may have an ending: 印刷|用紙, 日本語|学校; but not 東|京都.
        return len(rest) % 2 == 0 or (len(rest) > 1 and rest[-1] in _ENDING)
    return bool(_HIRAGANA_RUN.match(rest)) and rest.endswith(_PARTICLES)


def _rest_after(rest: str, *, alone: bool) -> bool:
    if not _KANJI_RUN.match(rest):
        return bool(_HIRAGANA_RUN.match(rest)) and rest.startswith(_PARTICLES)
    if alone:
        return rest.startswith("用")
    bare = rest.lstrip(_ENDING)
    return len(bare) % 2 == 0 or bare[-1] in _ENDING


def _stands_alone(title: str, start: int, end: int) -> bool:
    """Return whether kana next to a single kanji are particles. Otherwise they belong to its word (食べ物)."""
    before = re.search(f"[{HIRAGANA}]+\\Z", title[:start])
    after = re.match(f"[{HIRAGANA}]+", title[end:])
    return not (before and not before[0].endswith(_PARTICLES)) and not (after and not after[0].startswith(_PARTICLES))
