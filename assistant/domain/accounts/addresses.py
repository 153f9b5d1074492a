"""Addresses as people and pages write them, and whether two of them are the same place.

An address is a postcode and a house (street, number, unit). Spelling, order and language of its parts do not matter. A short form
"label/postcode" ("home/78704") leaves the house out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.text import fold

_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"\s*([^/,]*[^/,\s])\s*/\s*([^/,]+?)\s*\Z")
_NEW = re.compile(r"\s*new\s*/\s*", re.IGNORECASE)
# Postcodes that may contain a space (United Kingdom, Canada), and the last four digits of a ZIP+4 code.
_SPLIT_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]{2})\b|\b([a-z]\d[a-z])\s+(\d[a-z]\d)\b")
_POST_BOX = re.compile(r"\bp\s*\.?\s*o\s*\.?\s*box\b")
_SPANISH_STREET = re.compile(r"\bc\s*/\s*(?!o\b)")
_ORDINAL = re.compile(r"\b(\d{1,2})[oa]\b(?=\s+[a-z]\b)")
_INITIALS = re.compile(r"\b([a-z])\.\s?([a-z])\.")
_JAPANESE_POSTCODE = re.compile(r"(?<!\d)(\d{3})-(\d{4})(?!\d)")
_JAPANESE_BLOCK = re.compile(r"(?<=\d)(?:丁目|番地|番|号)")
_SCRIPT_CHANGE = re.compile(r"(?<=[\u3040-\u9fff])(?=\d)|(?<=\d)(?=[\u3040-\u9fff])")
_ZIP_PLUS_FOUR = re.compile(r"\b(\d{5})-\d{4}\b")
_HOUSE_LETTER = re.compile(r"\b(\d{1,4})\s+([a-z])\b(?!\s*\d)")
_CARE_OF = re.compile(r"(?:\bc\s*/\s*o\b|\bz\s*\.?\s*hd\b\.?|\battn\b\.?)[^,\n]*[,\n]?")
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
_LONGEST_SHORT = 3
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """A parsed address. A short form only has `label` and `postcode`, a whole one has `numbers`, `units` and `words`."""

    label: str = ""
    postcode: str = ""
    numbers: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    last_numbers: frozenset[str] = frozenset()

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
    return _whole(_NEW.sub("", low, count=1))


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses in one field: separated by semicolons or line breaks, short forms also by commas."""
    found: list[str] = []
    for part in (" ".join(part.split()) for part in re.split(r"[;\n]", text)):
        pieces = [piece.strip() for piece in part.split(",")]
        found += pieces if all(_SHORT.match(fold(piece)) for piece in pieces if piece) else [part]
    return tuple(filter(None, found))


def understood(address: str) -> str:
    """Describe how an address is understood, for the person who typed it."""
    parsed = address_of(address)
    if not parsed.whole:
        return f"{parsed.label}: the house in {parsed.postcode.upper()} that orders go to first; other houses there are other addresses"
    label, stroke, place = address.partition("/")
    named = bool(stroke) and place.strip() and not any(sign.isdigit() for sign in label) and len(label.split()) <= _LONGEST_SHORT
    return f"{label.strip()}: {place.strip()}, this house only" if named else f"{address.strip()}, this house only"


def same_place(one: str, other: str) -> bool | None:
    """Return whether two addresses are the same place; None if unknown, because one is a short form in the other's postcode."""
    first, second = address_of(one), address_of(other)
    if first.whole and second.whole:
        return _same_house(first, second)
    if not first.whole and not second.whole:
        return (first.label, first.postcode) == (second.label, second.postcode)
    short, whole = (second, first) if first.whole else (first, second)
    return None if short.postcode in whole.last_numbers or short.postcode in whole.words else False


def same_as_any(address: str, places: Iterable[str], houses: Iterable[str] = ()) -> bool | None:
    """Return whether an address is one of these places; None if unknown.

    `houses` are whole addresses, oldest first, that orders went to: the first in the postcode of a short form is its house.
    """
    houses, unsure = tuple(houses), False
    for place in places:
        same = same_place(address, place)
        if same is None:
            house = next((house for house in houses if same_place(house, place) is None), None)
            same = same_place(address, house) if house is not None else None
        if same:
            return True
        unsure = unsure or same is None
    return None if unsure else False


def _whole(low: str) -> ParsedAddress:
    text = _ZIP_PLUS_FOUR.sub(r"\1", _CARE_OF.sub(" ", low))
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    outward = {found[1] or found[3] for found in _SPLIT_POSTCODE.finditer(text)}
    text = _SPLIT_POSTCODE.sub(lambda found: "".join(part for part in found.groups() if part), text)
    text = _HOUSE_LETTER.sub(r"\1\2", text)
    numbers, units, words = [], set(), set()
    before = ""
    for found in _WORD.finditer(text):
        token = found[0]
        if any(sign.isdigit() for sign in token):
            numbers.append(token)
            if before in _UNITS or text[: found.start()].rstrip().endswith("#"):
                units.add(token)
        elif token not in _UNITS:
            words.add(token)
        before = token
    # A house number that looks like a postcode comes first in its line; a postcode does not.
    late = frozenset(number for at, number in enumerate(numbers) if at or len(numbers) < _LEAST_PARTS)
    return ParsedAddress(numbers=tuple(sorted(numbers)), units=frozenset(units), words=frozenset(words), last_numbers=late | outward)


def _same_house(one: ParsedAddress, other: ParsedAddress) -> bool:
    if one.numbers != other.numbers or (one.units and other.units and one.units != other.units):
        return False
    shorter, longer = sorted((one.words, other.words), key=len)
    return all(any(_alike(word, known) for known in longer) for word in shorter)


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
