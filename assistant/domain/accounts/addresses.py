"""Addresses as people and pages write them, and whether two of them are the same place.

An address is a postcode and a house (street, number, unit). Spelling, order and language of its parts do not matter. A short form
"label/postcode" ("home/78704") leaves the house out. A whole address may have a label too ("home/12 Elm Street, Austin, TX 78704"):
it writes down the house of that short form.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.domain.text import fold

_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"\s*([^/,]*[^/,\s])\s*/\s*([^/,]+?)\s*\Z")
_NEW = re.compile(r"\s*new\s*/\s*", re.IGNORECASE)
# Postcodes that may contain a space or hyphen, and the last four digits of a ZIP+4 code.
_SPLIT_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]{2})\b|\b([a-z]\d[a-z])\s+(\d[a-z]\d)\b")
_LOOSE_POSTCODE = re.compile(
    r"(?<=[\s,])(?:(\d{3})\s(\d{2})(?=\s+[a-z]{2})"  # Sweden, Czechia, Greece
    r"|(\d{4})\s([a-z]{2})(?=\s+[a-z]{2}|\s*[,\n]|\s*\Z)"  # Netherlands
    r"|(\d{2})-(\d{3})|(\d{5})-(\d{3})|(\d{4})-(\d{3}))\b"  # Poland, Brazil, Portugal
)
_POSTCODE = re.compile(r"\d{4,7}|\d{4}[a-z]{2}|[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}|[a-z]\d[a-z]\d[a-z]\d")
_POST_BOX = re.compile(r"\bp\s*\.?\s*o\s*\.?\s*box\b")
_SPANISH_STREET = re.compile(r"\bc\s*/\s*(?!o\b)")
_ORDINAL = re.compile(r"\b(\d{1,2})[oa]\b(?=\s+[a-z]\b)")
_INITIALS = re.compile(r"\b([a-z])\.\s?([a-z])\.")
_JAPANESE_POSTCODE = re.compile(r"(?<!\d)(\d{3})-(\d{4})(?!\d)")
_JAPANESE_BLOCK = re.compile(r"(?<=\d)(?:丁目|番地|番|号)")
_SCRIPT_CHANGE = re.compile(r"(?<=[\u3040-\u9fff])(?=\d)|(?<=\d)(?=[\u3040-\u9fff])")
_ZIP_PLUS_FOUR = re.compile(r"\b(\d{5})-\d{4}\b")
_HOUSE_LETTER = re.compile(r"\b(\d{1,4})\s+([a-z])\b(?!\s*\d|[.:])")
# "home/12 Elm Street": up to three words without digits. "c/ Mayor 5" and "c/o Kim" are no labels.
_LABEL = re.compile(r"\s*(?!c\s*/|z\s*/)((?:[^\W\d]+[\s.&'-]*){1,3})/\s*(?=\S)")
_CARE_OF = re.compile(r"(?:\bc\s*/\s*o\b|\bz\s*\.?\s*hd\b\.?|\battn\b\.?)[^,\n]*[,\n]?")
_DIGITS = {sign: str(value) for sign in map(chr, range(0x660, 0x970)) if (value := unicodedata.decimal(sign, None)) is not None}
_UNITS = frozenset(
    {"apt", "apartment", "unit", "flat", "suite", "ste", "room", "rm", "floor", "fl", "whg", "wohnung", "app", "appartement"}
    | {"apto", "piso", "puerta", "porta", "interno", "int", "scala", "no", "nr"}
)
# Different spellings of the same word on some marketplaces, mapped to one.
_SPELLINGS = (
    (_POST_BOX, "pobox"),
    (_SPANISH_STREET, "calle "),
    (_ORDINAL, r"\1"),
    (_INITIALS, r"\1\2"),
    (_JAPANESE_POSTCODE, r"\1\2"),
    (_JAPANESE_BLOCK, " "),
    (_SCRIPT_CHANGE, " "),
)
_HAS_DIGIT = re.compile(r"\d")
_TO_ASCII = str.maketrans(_DIGITS)
_LONGEST_SHORT = 3
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """A parsed address. A short form only has `label` and `postcode`; a whole one has `numbers`, `units`, `words` and maybe a label."""

    label: str = ""
    postcode: str = ""
    numbers: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    last_numbers: frozenset[str] = frozenset()
    street: frozenset[str] = frozenset()
    city: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it names a house."""
        return not self.postcode


@lru_cache(maxsize=4096)
def address_of(text: str) -> ParsedAddress:
    """Parse an address."""
    low = fold(text)
    short = _SHORT.match(low)
    if short and (not _NEW.match(low) or len(short[2].split()) < _LONGEST_SHORT):
        postcode = "".join(_WORD.findall(short[2]))
        if len(short[2].split()) < _LONGEST_SHORT and postcode:
            return ParsedAddress(label=" ".join(short[1].split()), postcode=postcode)
    label = _LABEL.match(low)
    if label is None or _NEW.match(low):
        return _whole(_NEW.sub("", low, count=1))
    return replace(_whole(low[label.end() :]), label=" ".join(label[1].split()))


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses in one field: separated by semicolons or line breaks, short forms also by commas."""
    found: list[str] = []
    for part in (" ".join(part.split()) for part in re.split(r"[;\n]", text)):
        pieces = [piece.strip() for piece in part.split(",")]
        found += pieces if all(_SHORT.match(fold(piece)) for piece in pieces if piece) else [part]
    return tuple(filter(None, found))


def same_place(one: str, other: str) -> bool | None:
    """Return whether two addresses are the same place; None if unknown, because one is a short form in the other's postcode."""
    first, second = address_of(one), address_of(other)
    if first.whole and second.whole:
        return _same_house(first, second)
    if not first.whole and not second.whole:
        return (first.label, first.postcode) == (second.label, second.postcode)
    short, whole = (second, first) if first.whole else (first, second)
    return None if short.postcode in whole.last_numbers or short.postcode in whole.words else False


def _whole(low: str) -> ParsedAddress:
    text, outward = _spelled_alike(low)
    segments = [_segment(part) for part in re.split(r"[,\n]", _HOUSE_LETTER.sub(r"\1\2", text))]
    numbers = [number for segment in segments for number in segment.numbers]
    postcode = next((number for number in reversed(numbers) if _POSTCODE.fullmatch(number)), None)
    segments = _without_country(segments, postcode)
    street, city = _street_and_city(segments, postcode)
    # A house number that looks like a postcode comes first in its line; a postcode does not.
    late = frozenset(number for at, number in enumerate(numbers) if at or len(numbers) < _LEAST_PARTS)
    return ParsedAddress(
        numbers=tuple(sorted(numbers)),
        units=frozenset(unit for segment in segments for unit in segment.units),
        words=frozenset(word for segment in segments for word in segment.words),
        last_numbers=late | outward,
        street=street,
        city=city,
    )


def _spelled_alike(low: str) -> tuple[str, set[str]]:
    """Return the text with one spelling for what is written in several ways, and the first halves of postcodes with a space."""
    text = _ZIP_PLUS_FOUR.sub(r"\1", _CARE_OF.sub(" ", low.translate(_TO_ASCII)))
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    outward = {found[1] or found[3] for found in _SPLIT_POSTCODE.finditer(text)}
    text = _SPLIT_POSTCODE.sub(_together, text)
    return _LOOSE_POSTCODE.sub(lambda found: _together(found) if _HAS_DIGIT.search(text, 0, found.start()) else found[0], text), outward


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two commas."""

    numbers: tuple[str, ...]
    units: tuple[str, ...]
    words: tuple[str, ...]


def _without_country(segments: list[_Segment], postcode: str | None) -> list[_Segment]:
    """Return the segments up to the postcode's: what follows is the country, which people leave out or write in their own language."""
    last = max((at for at, segment in enumerate(segments) if segment.numbers), default=0)
    return segments[: last + 1] if postcode in segments[last].numbers else segments


def _street_and_city(segments: list[_Segment], postcode: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words beside the house number and those beside the postcode; nothing if both are in one segment."""
    with_house = [segment for segment in segments if set(segment.numbers) - {postcode}]
    if any(postcode in segment.numbers for segment in with_house):
        return frozenset(), frozenset()
    cities = [segment.words for segment in segments if postcode in segment.numbers]
    city = frozenset(word for word in cities[-1] if len(word) > _LEAST_PARTS) if cities else frozenset()
    return frozenset(word for segment in with_house for word in segment.words), city


def _segment(text: str) -> _Segment:
    numbers, units, words = [], [], []
    before = ""
    for found in _WORD.finditer(text):
        token = found[0]
        if any(sign.isdigit() for sign in token):
            numbers.append(token)
            if before in _UNITS or text[: found.start()].rstrip().endswith("#"):
                units.append(token)
        elif token not in _UNITS:
            words.append(token)
        before = token
    return _Segment(tuple(numbers), tuple(units), tuple(words))


def _together(found: re.Match[str]) -> str:
    return "".join(part for part in found.groups() if part)


def _same_house(one: ParsedAddress, other: ParsedAddress) -> bool:
    if one.numbers != other.numbers or (one.units and other.units and one.units != other.units):
        return False
    shorter, longer = sorted((one.words, other.words), key=len)
    if _all_in(shorter, longer):
        return True
    # Each may have parts that the other lacks: a name, a firm, a state. Street and city decide then.
    if not (one.street or other.street):
        return False
    streets = _all_in(one.street, other.words) and _all_in(other.street, one.words)
    cities = (one.city or one.words, other.city or other.words)
    return streets and any(_alike(word, known) or _same_start(word, known) for word in cities[0] for known in cities[1])


def _all_in(words: Collection[str], others: Collection[str]) -> bool:
    return all(any(_alike(word, known) for known in others) for word in words)


def _same_start(word: str, other: str) -> bool:
    """Return whether two words may be one city in two languages: "munich" and "muenchen", "milano" and "milan"."""
    return len(word) > _LONGEST_SHORT and word[:_LONGEST_SHORT] == other[:_LONGEST_SHORT]


@lru_cache(maxsize=16384)
def _alike(word: str, other: str) -> bool:
    """Return whether two words are equal or one abbreviates the other: "str" and "strasse", "ln" and "lane", "st" and "street"."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < _LEAST_PARTS:
        return False
    return long.startswith(short) or (short[0] == long[0] and _within(short, long))


def _within(short: str, long: str) -> bool:
    """Return whether the letters of one word are in the other, in the same order; only for words of up to four letters."""
    letters = iter(long)
    return len(short) <= 4 and all(sign in letters for sign in short)  # noqa: PLR2004  # "blvd", "strt"
