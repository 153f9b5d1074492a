"""The filter language: `account:biz cat:office date:2025-01..03 >50 -toner "desk lamp" or is:refunded`, read, checked and completed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import KINDS, STATES, Filter, period
from assistant.domain.languages.labels import label_named
from assistant.domain.languages.language import as_typed
from assistant.domain.languages.translating import any_of, to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import NO_BREAK_SPACES, number_to_type, splits_thousands, typed_number
from assistant.domain.orders.order import OrderStatus

_TERM = re.compile(rf'-?(?:[A-Za-z]+:)?"[^"]*"|-?[<>]\d{{1,3}}(?:[{NO_BREAK_SPACES}]\d{{3}})+\S*|\S+')
_KEY = re.compile(r"([A-Za-z]+):(.*)\Z", re.DOTALL)
_LIMIT = re.compile(r"-?[<>]\d+\Z")
_MOST_DIGITS = 15
"""Digits before the point of the largest amount in a filter; the ledger has no larger ones."""
_DEEPEST = 5
"""How many saved filters may name each other in a row."""
OR = "or"
NOTHING_SAVED: Mapping[str, str] = {}
KEYS: Mapping[str, str] = {
    "account": "account:biz, an account",
    "cat": "cat:office, a category and all below it",
    "purpose": "purpose:business",
    "person": "person:Kim",
    "seller": "seller:acme, a part of the seller's name",
    "item": "item:toner, a part of an item's title",
    "is": "is:refunded",
    "status": "status:delivered",
    "cur": "cur:EUR, a currency",
    "date": "date:2025, date:2025-Q1, date:2025-03, date:2025-01..03, date:2025-01-15..2025-02-03",
    "kind": "kind:refund, in the books only",
}
"""Every key of the language with an example."""
_CLOSED: Mapping[str, tuple[str, ...]] = {"is": STATES, "status": tuple(OrderStatus), "kind": tuple(KINDS)}
"""The keys whose values are closed lists."""
_SYNONYMS = {"category": "cat", "currency": "cur", "title": "item"}
HINT = 'account:biz  cat:office  seller:acme  is:refunded  date:2025-01..03  >50  -toner  "desk lamp"  or'
"""Examples to show where a filter can be typed."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a filter, and where: the characters from `start` up to `end`, counted from 0."""

    start: int
    end: int
    text: str


class _Mistaken(Exception):
    """Raised when reading stops at a mistake."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.text)
        self.mistake = mistake


def parse_filter(text: str, saved: Mapping[str, str] = NOTHING_SAVED) -> Filter:
    """Read a filter. `saved` are the user's own by name, written `@name`.

    A value with spaces is quoted: purpose:"my shop". A minus leaves out what matches. `or` stands between alternatives.
    Raises InvalidInput, which names the mistake and where it is.
    """
    try:
        return _parsed(text, saved, _DEEPEST)
    except _Mistaken as stopped:
        raise InvalidInput(str(stopped)) from None


def mistake_in(text: str, saved: Mapping[str, str] = NOTHING_SAVED) -> Mistake | None:
    """Return the first mistake of a filter, None if there is none."""
    try:
        _parsed(text, saved, _DEEPEST)
    except _Mistaken as stopped:
        return stopped.mistake
    return None


def completions(text: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Return how the last word of a filter can go on, as whole words. `known` are the values of each key; "@" are the saved filters."""
    word = _last_word(text)
    minus = "-" if word.startswith("-") else ""
    start = word.removeprefix("-")
    if not start:
        return []
    key, colon, value = start.partition(":")
    if start.startswith("@"):
        names: list[str] = [f"@{name}" for name in known.get("@", ())]
    elif colon:
        values = known.get(_SYNONYMS.get(key.casefold(), key.casefold()), ())
        begun = value.lstrip('"')
        names = [f"{key}:{quoted(found)}" for found in values if found.casefold().startswith(begun.casefold())]
        return [minus + name for name in names if name != start]
    else:
        names = [f"{name}:" for name in KEYS]
    return [minus + name for name in names if name.casefold().startswith(start.casefold()) and name != start]


def completed(text: str, word: str) -> str:
    """Return a filter with its last word replaced."""
    return text[: len(text) - len(_last_word(text))] + word


def in_english(text: str, own: Mapping[str, Iterable[str]]) -> str:
    """Return a filter as it is stored: with built-in words in English, so that it means the same in every language.

    `own` are the categories and purposes that exist: one of the user's own stays.
    """
    return _TERM.sub(lambda term: _english_term(term[0], own), text)


def _english_term(word: str, own: Mapping[str, Iterable[str]]) -> str:
    minus, bare = ("-", word[1:]) if word.startswith("-") else ("", word)
    if bare[:1] in ("<", ">"):
        return f"{minus}{bare[0]}{typed_number(bare[1:])}"
    keyed = _KEY.match(bare)
    key = keyed and _SYNONYMS.get(keyed[1].casefold(), keyed[1].casefold())
    if not keyed or not key:
        return word
    value = keyed[2].strip('"')
    if key in _CLOSED:
        found = _closed_word(value, _CLOSED[key])
    else:
        kind = {"cat": "category", "purpose": "purpose"}.get(key)
        found = label_named(kind, value, own.get(kind, ())) if kind else None
    return word if found is None else f"{minus}{keyed[1]}:{quoted(found)}"


def words_of(text: str) -> list[str]:
    """Return the words of a filter as they are written: a phrase and a quoted value are one word."""
    return [match[0] for match in _TERM.finditer(text)]


def is_term(word: str) -> bool:
    """Return whether a word is more than text to search for: it has a key of the language, or begins with a sign of it."""
    keyed = _KEY.match(word.removeprefix("-"))
    return word == OR or (word[0] in "<>@-" and len(word) > 1) or (keyed is not None and keyed[1].casefold() in {*KEYS, *_SYNONYMS})


def quoted(value: str) -> str:
    """Return a value as the language writes it: in quotation marks if it contains a space."""
    return f'"{value}"' if " " in value or not value else value


def _last_word(text: str) -> str:
    """Return the word at the end, "" after a space. A quotation mark that is not closed begins a word that goes to the end."""
    if text.count('"') % 2:
        before = text.rpartition('"')[0]
        return text[before.rfind(" ") + 1 :]
    return "" if text.endswith(" ") else text.rpartition(" ")[2]


def _parsed(text: str, saved: Mapping[str, str], deeper: int) -> Filter:
    groups: list[list[re.Match[str]]] = [[]]
    last_or: re.Match[str] | None = None
    for term in _TERM.finditer(text):
        if term[0] == OR:
            last_or = term
            if not groups[-1]:
                raise _at(term, translated("'or' needs a filter on both sides"))
            groups.append([])
        else:
            groups[-1].append(term)
    if last_or is not None and not groups[-1]:
        raise _at(last_or, translated("'or' needs a filter on both sides"))
    found = [_all_of(group, saved, deeper) for group in groups]
    return found[0] if len(found) == 1 else Filter(either=(tuple(found),))


def _all_of(terms: Sequence[re.Match[str]], saved: Mapping[str, str], deeper: int) -> Filter:
    found = Filter()
    for place, term in enumerate(terms):
        word = term[0]
        if place and _LIMIT.match(before := terms[place - 1][0]) and splits_thousands(before.lstrip("-<>"), word):
            whole = before + word
            raise _at(term, translated("Write the amount without spaces: {amount}", amount=whole[:40]))
        if word.startswith("-") and len(word) > 1:
            left_out = _with_term(Filter(), term, word[1:], saved, deeper)
            found = replace(found, without=(*found.without, left_out))
        else:
            found = _with_term(found, term, word, saved, deeper)
    return found


def _with_term(found: Filter, term: re.Match[str], word: str, saved: Mapping[str, str], deeper: int) -> Filter:
    if word.startswith("@") and len(word) > 1:
        return replace(found, either=(*found.either, (_saved(term, word[1:], saved, deeper),)))
    if word[0] in "<>":
        limit = _amount(term, word, stored=deeper < _DEEPEST)
        return replace(found, above=limit) if word[0] == ">" else replace(found, below=limit)
    keyed = _KEY.match(word)
    if keyed is None:
        if word.startswith('"') and (len(word) == 1 or not word.endswith('"')):
            raise _at(term, translated("The quotation mark is not closed"))
        return replace(found, words=(*found.words, word.strip('"'))) if word != '""' else found
    return _with_key(found, term, keyed[1], keyed[2])


def _saved(term: re.Match[str], name: str, saved: Mapping[str, str], deeper: int) -> Filter:
    text = next((text for known, text in saved.items() if known.casefold() == name.casefold()), None)
    if text is None:
        raise _at(term, translated("There is no saved filter '@{name}'", name=name[:40]), near_words(name, saved, "@"))
    if not deeper:
        raise _at(term, translated("The saved filter '@{name}' names itself", name=name[:40]))
    try:
        return _parsed(text, saved, deeper - 1)
    except _Mistaken as inside:
        raise _at(term, translated("The saved filter '@{name}' is wrong: {mistake}", name=name[:40], mistake=inside)) from None


def _amount(term: re.Match[str], word: str, *, stored: bool) -> Decimal:
    try:
        # A saved filter means the same in every language.
        limit = Decimal(word[1:] if stored else typed_number(word[1:]))
    except InvalidInput as error:
        raise _at(term, str(error).rstrip(".")) from None
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit.adjusted() >= _MOST_DIGITS:
        raise _at(term, translated("'{word}' needs a number, like {example}", word=word[:40], example=f">{number_to_type('1234.5')}"))
    return limit


def _with_key(found: Filter, term: re.Match[str], written: str, value: str) -> Filter:
    key = _SYNONYMS.get(written.casefold(), written.casefold())
    if key not in KEYS:
        near = near_words(key, [*KEYS, *_SYNONYMS], "", ":") or translated("To search for these words put them in quotation marks.")
        raise _at(term, translated("There is no filter '{key}:'", key=written[:40]), near)
    if value.startswith('"') and (len(value) == 1 or not value.endswith('"')):
        raise _at(term, translated("The quotation mark is not closed"))
    value = value.strip('"')
    if not value:
        raise _at(term, translated("'{key}:' needs a value, like {example}", key=written, example=KEYS[key].partition(", ")[0]))
    readers: Mapping[str, Callable[[], Filter]] = {
        "account": lambda: replace(found, accounts=(*found.accounts, value)),
        "cat": lambda: replace(found, category=value),
        "purpose": lambda: replace(found, purpose=value),
        "person": lambda: replace(found, person=value),
        "seller": lambda: replace(found, seller=value),
        "item": lambda: replace(found, items=(*found.items, value)),
        "is": lambda: replace(found, states=(*found.states, _one_of(term, value, STATES, to_translate("'{value}' is not a state")))),
        "status": lambda: replace(found, status=_one_of(term, value, tuple(OrderStatus), to_translate("'{value}' is not a status"))),
        "cur": lambda: replace(found, currency=value.upper()),
        "date": lambda: _in_period(found, term, value),
        "kind": lambda: replace(found, kind=_one_of(term, value, tuple(KINDS), to_translate("'{value}' is not a kind of entry"))),
    }
    return readers[key]()


def _one_of(term: re.Match[str], value: str, words: Sequence[str], wrong: str) -> str:
    found = _closed_word(value, words)
    if found is None:
        shown = [shown_word(word) for word in words]
        advice = near_words(value, shown) or translated("Use {choices}.", choices=", ".join(shown))
        raise _at(term, translated(wrong, value=value[:40]), advice)
    return found


def _closed_word(value: str, words: Iterable[str]) -> str | None:
    """Return the word of a closed list that somebody typed, in English or as people read it."""
    typed = value.casefold()
    with as_typed():
        return next((word for word in words if typed in (word, shown_word(word).casefold())), None)


def _in_period(found: Filter, term: re.Match[str], value: str) -> Filter:
    try:
        since, until = days_of(value)
    except InvalidInput as error:
        raise _at(term, str(error).rstrip(".")) from None
    return replace(found, since=since, until=until)


def days_of(text: str) -> tuple[date | None, date | None]:
    """Return first and last day of a period, a day, "all", or a range: 2025-01..03, 2025-03.., ..2025-02-03. Raises InvalidInput."""
    if text.casefold() == "all":
        return None, None
    first, dots, last = text.partition("..")
    if not dots:
        return _days(first)
    if not first and not last:
        raise InvalidInput(translated("'..' needs a day or month on one side, like 2025-01..03."))
    since = _days(first)[0] if first else None
    if last.isdecimal() and len(last) <= 2 and first:  # noqa: PLR2004  # 2025-01..03: the last month of the same year
        last = f"{first.rpartition('-')[0]}-{last:0>2}"
    until = _days(last)[1] if last else None
    if since and until and until < since:
        raise InvalidInput(translated("'{text}' ends before it begins.", text=text[:40]))
    return since, until


def _days(text: str) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text) if len(text) == len("2025-01-31") else None
    except ValueError:
        day = None
    return (day, day) if day else period(text)


def near_words(word: str, words: Sequence[str] | Mapping[str, str], before: str = "", after: str = "") -> str:
    """Return "Did you mean office or offers?" for a mistyped word, "" if none is near."""
    known = list(words)
    begun = [name for name in known if name.casefold().startswith(word.casefold())]
    spelled = {name.casefold(): name for name in known}
    close = begun[:2] or [spelled[name] for name in get_close_matches(word.casefold(), spelled, n=2, cutoff=0.6)]
    return translated("Did you mean {words}?", words=any_of(f"{before}{found}{after}" for found in close)) if close else ""


def _at(term: re.Match[str], sentence: str, advice: str = "") -> _Mistaken:
    where = translated("{sentence} (at character {place}).", sentence=sentence, place=term.start() + 1)
    return _Mistaken(Mistake(term.start(), term.end(), f"{where} {advice}".rstrip()))
