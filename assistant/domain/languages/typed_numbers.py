"""Numbers as people type them in their language, with the decimal comma and grouped thousands that screens show. Data keeps the point."""

import re

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.formats import current_format
from assistant.domain.languages.language import as_typed
from assistant.domain.languages.translating import translated

NO_BREAK_SPACES = "\u00a0\u202f"
"""What French writes between thousands; text that is copied from a screen contains them."""
_SPACES = str.maketrans("", "", f" {NO_BREAK_SPACES}")
_GROUPED_BY_SPACES = re.compile(rf"\d{{1,3}}(?:[ {NO_BREAK_SPACES}]\d{{3}})+(?:[.,]\d*)?\Z")
_GROUPED = {sign: re.compile(rf"\d{{1,3}}(?:\{sign}\d{{3}})+\Z") for sign in ".,"}
_PLAIN = re.compile(r"\d+\Z")


def typed_number(text: str) -> str:
    """Return a number that somebody typed as data writes it: in German "1.234,50" is "1234.50", in English "1,234.50".

    Text that is no number of the language is returned as it is, for the reader of the number to refuse.
    Raises InvalidInput for a number that has two meanings: "1.234" in French, where a point is neither.
    """
    with as_typed():
        form = current_format()
    minus, number = ("-", text[1:]) if text[:1] in ("-", "−") else ("", text)
    if form.group not in _GROUPED and _GROUPED_BY_SPACES.match(number):
        number = number.translate(_SPACES)
    whole, mark, rest = number.partition(form.decimal)
    if form.group in _GROUPED and _GROUPED[form.group].match(whole):
        whole = whole.replace(form.group, "")
    elif mark == "" and form.decimal == "," and _GROUPED["."].match(whole):
        raise InvalidInput(
            translated(
                "'{text}' has two meanings. Write {thousands} or {fraction}.",
                text=text[:40],
                thousands=number.replace(".", ""),
                fraction=",".join(number.rsplit(".", 1)).replace(".", ""),
            )
        )
    if not _PLAIN.match(whole) or (mark and not _PLAIN.match(rest)):
        return text
    return f"{minus}{whole}.{rest}" if mark else f"{minus}{whole}"


def splits_thousands(word: str, following: str) -> bool:
    """Return whether two words look like one number of a language that writes a space between thousands: "1" and "234,50"."""
    with as_typed():
        group = current_format().group
    return group not in _GROUPED and _GROUPED_BY_SPACES.match(f"{word} {following}") is not None


def typed_share(text: str) -> str:
    """Return the share of a purpose, "business=12,50" or "business=33,5%", with its number as data writes it. Other text stays."""
    word, mark, value = text.partition("=")
    number = value.strip().removesuffix("%").rstrip()
    return f"{word}{mark}{typed_number(number)}{'%' if value.strip().endswith('%') else ''}"


def number_to_type(decimal: str) -> str:
    """Return a number of the data as the current language types it, to begin with in a form: "1234.50", in German "1234,50"."""
    return decimal.replace(".", current_format().decimal)
