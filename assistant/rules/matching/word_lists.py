"""simplemma's word lists, read a piece at a time: importing that package and reading a whole list takes seconds.

A list is a compressed stream of records in the order of their keys. Each record has only what differs from the record before it,
so a search needs known places to start from. `starts/` holds these places (every 128th record) for the installed release of simplemma;
for another release they are found by reading the list once. `python -m tests.rules.matching.test_word_lists` writes them.
"""

import lzma
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_STARTS = Path(__file__).with_name("starts")
_MAGIC, _RECORDS = b"SMFC1", 128
_ONE_BYTE = 0x7F
"""The largest number in one byte; the eighth bit means that more bytes follow."""
_SAME_VALUE, _WHOLE_VALUE = 254, 255
"""Instead of the number of letters to cut off a key: the value of the record before, or a value of its own."""
_APOSTROPHES = "'’ʼ"
_ARABIC_MARKS = dict.fromkeys((*range(0x64B, 0x660), 0x670, 0x640))
"""Vowel marks and the tatweel, which the Arabic list leaves out."""


@lru_cache(maxsize=16)
def word_list(language: str) -> "WordList | None":
    """Return the list of a language ("pl"); None if simplemma has none."""
    found = _lists() / f"{language}.plzma"
    return WordList(language, found.read_bytes()) if found.is_file() else None


class WordList:
    """The words of a language with their dictionary forms."""

    def __init__(self, language: str, compressed: bytes) -> None:
        """Unpack the list. Raises ValueError for a file of another format."""
        self._language = language
        self._data = lzma.decompress(compressed)
        if not self._data.startswith(_MAGIC) or self._data[len(_MAGIC)] & 1:
            raise ValueError(f"The word list of '{language}' has an unknown format. Install simplemma 2.0.")
        self._offsets, self._keys = _kept_starts(language, zlib.crc32(compressed)) or find_starts(self._data)

    def base(self, word: str) -> str | None:
        """Return the dictionary form of a word, with the given capitals; None for other words."""
        if self._language == "ar":
            word = word.translate(_ARABIC_MARKS)
        used = next((sign for sign in _APOSTROPHES if sign in word), None)
        variants = [word] if used is None else [word, *(word.replace(used, sign) for sign in _APOSTROPHES)]
        return next((found for found in map(self._look, variants) if found is not None), None)

    def _look(self, word: str) -> str | None:
        wanted = word.encode()
        at = bisect_right(self._keys, wanted) - 1
        if at < 0:
            return None
        for _, key, value, _ in _records(self._data, self._offsets[at], self._keys[at]):
            if key == wanted:
                return value.decode()
            if key > wanted:
                break
        return None


def find_starts(data: bytes) -> tuple["array[int]", list[bytes]]:
    """Return the offsets where searches in a list may start, and the key of the record at each. Reads the whole list."""
    offsets, keys, passed = array("I"), list[bytes](), _RECORDS
    for at, key, _, complete in _records(data, _first_record(data)):
        passed += 1
        if passed >= _RECORDS and complete:
            offsets.append(at)
            keys.append(key)
            passed = 0
    return offsets, keys


def _kept_starts(language: str, checksum: int) -> tuple["array[int]", list[bytes]] | None:
    """Return the stored starts of a list; None for a list of another release."""
    kept = _STARTS / f"{language}.xz"
    if not kept.is_file():
        return None
    data = lzma.decompress(kept.read_bytes())
    numbers = array("I")
    size = 2 * numbers.itemsize
    numbers.frombytes(data[:size])
    if numbers[0] != checksum:
        return None
    end = size + numbers[1] * numbers.itemsize
    offsets = array("I")
    offsets.frombytes(data[size:end])
    return offsets, data[end:].split(b"\n")


def _lists() -> Path:
    spec = find_spec("simplemma")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("simplemma is not installed. Install Shopper again.")
    return Path(spec.origin).parent / "strategies" / "dictionaries" / "data"


def _first_record(data: bytes) -> int:
    return _number(data, len(_MAGIC) + 1)[1]


def _records(data: bytes, at: int, key: bytes = b"") -> Iterator[tuple[int, bytes, bytes, bool]]:
    """Yield the records from an offset on: offset, key, value, and whether the value needs no other record.

    `key` is a key that begins as the first one does: the one before it, or the first itself.
    """
    value, end = b"", len(data)
    while at < end:
        start = at
        # Nearly all numbers are one byte; a call for each would take half of the time.
        shared, length, at = data[at], data[at + 1], at + 2
        if shared > _ONE_BYTE or length > _ONE_BYTE:
            shared, at = _number(data, start)
            length, at = _number(data, at)
        key = key[:shared] + data[at : at + length]
        at += length
        cut = data[at]
        at += 1
        if cut != _SAME_VALUE:
            length, at = (data[at], at + 1) if data[at] <= _ONE_BYTE else _number(data, at)
            more = data[at : at + length]
            value = more if cut == _WHOLE_VALUE else key[: len(key) - cut] + more
            at += length
        yield start, key, value, cut != _SAME_VALUE


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number and the offset after it: seven bits per byte, the lowest first."""
    found = shift = 0
    while True:
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << shift
        if byte <= _ONE_BYTE:
            return found, at
        shift += 7
