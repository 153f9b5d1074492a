"""Reads rules from lines of text, for forms and the command line, and validates them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.domain.errors import InvalidInput, naming_field
from assistant.domain.filters import period
from assistant.domain.judging.user_rules.kinds import KINDS, TAGS, Kind, Part
from assistant.domain.judging.user_rules.model import words_of
from assistant.domain.languages.translating import translated
from assistant.domain.money import checked_currency, number_to_type, typed_number
from assistant.domain.text import clean_text, one_line

_MOST, _LONGEST = 50, 200
_CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)+\Z")
_LARGEST = Decimal(10) ** 12
_LAST_DIGITS = 4
Known = Callable[[str, str], str]
"""Returns the known name for a kind of word ("account", "category", "purpose") and a name as written."""


def read_rule(kind: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """Read a rule from lines of text; empty ones are skipped. Raises InvalidInput for an unknown part.

    A list has commas or line breaks between its entries. Whole addresses have commas inside, so they have semicolons between them.
    """
    parts = {part.name: part for part in _known_kind(kind).parts}
    rule: dict[str, Any] = {"type": kind}
    for name, text in answers.items():
        if name not in parts:
            raise InvalidInput(
                translated("A {kind} rule has no part '{name}'. It takes {parts}.", kind=kind, name=name[:40], parts=", ".join(parts))
            )
        part = parts[name]
        pieces = _addresses(text) if part.kind == "address" else re.split(r"[,\n]", text)
        words = [word for piece in pieces if (word := clean_text(piece))]
        if words:
            line = clean_text(text)
            with naming_field(name):
                _put(rule, part.path, words if part.many else typed_number(line) if part.kind == "amount" else line)
    return rule


def written_rule(rule: Mapping[str, Any]) -> dict[str, str]:
    """Return a rule as lines of text by part, the inverse of `read_rule`."""
    found = {}
    for part in _known_kind(str(rule["type"])).parts:
        value = _get(rule, part.path)
        between = "; " if part.kind == "address" else ", "
        text = between.join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
        found[part.name] = number_to_type(text) if part.kind == "amount" else text
    return found


def checked_rule(rule: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return the rule with every part normalised; `known` returns the key of an account, and the known category or purpose, for a name.

    Raises InvalidInput naming the part and its allowed values, and whatever `known` raises.
    """
    kind = _known_kind(str(rule.get("type") or ""))
    _refuse_strangers(kind, rule)
    found: dict[str, Any] = {"type": kind.name}
    for part in kind.parts:
        value = _get(rule, part.path)
        if value not in (None, "", [], ()):
            with naming_field(part.name):
                _put(found, part.path, _checked(kind, part, value, known))
    given = {part.name for part in kind.parts if _get(found, part.path) is not None}
    missing = next((name for name in kind.needs if name not in given), None)
    if missing:
        with naming_field(missing):
            raise InvalidInput(
                translated("A {kind} rule needs '{part}'. {hint}", kind=kind.name, part=missing, hint=_allowed(kind, missing)).rstrip()
            )
    if kind.one_at_least and not given.intersection(kind.one_at_least):
        with naming_field(kind.one_at_least[0]):
            raise InvalidInput(
                translated("A {kind} rule needs at least one of {parts}.", kind=kind.name, parts=", ".join(kind.one_at_least))
            )
    _check_bounds(found)
    return found


def words_in(rule: Mapping[str, Any], kind: str) -> set[str]:
    """Return the categories or purposes that a rule names, casefolded."""
    parts = [part for part in _known_kind(str(rule["type"])).parts if part.kind == kind or (part.kind, kind) == ("tag", "category")]
    return {word.casefold() for part in parts for word in words_of(_get(rule, part.path))}


def _addresses(text: str) -> list[str]:
    """Return the addresses of a list; commas separate short forms ("home/97205") only."""
    found: list[str] = []
    for part in re.split(r"[;\n]", text):
        pieces = part.split(",")
        found += pieces if all("/" in piece for piece in pieces if piece.strip()) else [part]
    return found


def _known_kind(name: str) -> Kind:
    if name not in KINDS:
        raise InvalidInput(translated("A rule needs a type: one of {choices}.", choices=", ".join(KINDS)))
    return KINDS[name]


def _refuse_strangers(kind: Kind, rule: Mapping[str, Any]) -> None:
    known = {"type", "id"} | {part.path[0] for part in kind.parts}
    inside = {part.path[1] for part in kind.parts if len(part.path) > 1}
    match = rule.get("match")
    if match is not None and "match" in known and not isinstance(match, Mapping):
        raise InvalidInput(translated('\'match\' says what a rule is about. Write it like {"words": ["toner"]}.'))
    strange = [str(name) for name in rule if name not in known] + [str(name) for name in match or () if name not in inside]
    if strange:
        raise InvalidInput(
            translated(
                "A {kind} rule has no part '{name}'. It takes {parts}.",
                kind=kind.name,
                name=strange[0][:40],
                parts=", ".join(part.name for part in kind.parts),
            )
        )


def _checked(kind: Kind, part: Part, value: Any, known: Known) -> Any:
    words = _words_of(kind, part, value)
    _refuse_other_choices(kind, part, words)
    words = [_known_word(part, word, known) for word in words]
    if part.many or len(words) > 1:
        if not part.many and part.kind != "account":
            raise InvalidInput(translated("'{name}' of a {kind} rule is one word.", name=part.name, kind=kind.name))
        return words
    return words[0].lower() if part.one_of else words[0]


def _words_of(kind: Kind, part: Part, value: Any) -> list[str]:
    """Return the entries of one part, each in the form of its kind. Raises InvalidInput for what is no word."""
    entries = list(value) if isinstance(value, list | tuple) else [value]
    if len(entries) > _MOST or any(isinstance(entry, bool) or not isinstance(entry, str | int | float) for entry in entries):
        raise InvalidInput(
            translated("'{name}' of a {kind} rule is a list of up to 50 words.", name=part.name, kind=kind.name)
            if part.many
            else translated("'{name}' of a {kind} rule is one word.", name=part.name, kind=kind.name)
        )
    texts = [one_line(str(entry)) if part.kind == "address" else str(entry) for entry in entries]
    words = [_CHECKS.get(part.kind, _as_written)(part.name, clean_text(text)) for text in texts]
    if any(not word or len(word) > _LONGEST for word in words):
        raise InvalidInput(
            translated(
                "'{name}' of a {kind} rule holds an entry that is empty or longer than {most} characters.",
                name=part.name,
                kind=kind.name,
                most=_LONGEST,
            )
        )
    return words


def _refuse_other_choices(kind: Kind, part: Part, words: Sequence[str]) -> None:
    wrong = next((word for word in words if part.one_of and word.lower() not in part.one_of), None)
    if wrong is not None:
        raise InvalidInput(
            translated(
                "'{name}' of a {kind} rule is one of {choices}, not '{wrong}'.",
                name=part.name,
                kind=kind.name,
                choices=", ".join(part.one_of),
                wrong=wrong[:40],
            )
        )


def _known_word(part: Part, word: str, known: Known) -> str:
    if part.kind == "tag":
        return word.lower() if word.lower() in TAGS else known("category", word)
    return known(part.kind, word) if part.kind in ("account", "category", "purpose") else word


def _as_written(_name: str, text: str) -> str:
    return text


def _amount(name: str, text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 < amount < _LARGEST:
        raise InvalidInput(translated("'{name}' is an amount above zero like 600 or 49.90, not '{text}'.", name=name, text=text[:40]))
    return text


def _currency(name: str, text: str) -> str:
    try:
        return checked_currency(text)
    except InvalidInput as error:
        raise InvalidInput(translated("'{name}': {error}", name=name, error=error)) from error


def _code(name: str, text: str) -> str:
    if not _CODE.match(text.upper()):
        raise InvalidInput(
            translated("'{name}' is what a warning is called, like DUP_CROSS_ACCOUNT, not '{text}'.", name=name, text=text[:40])
        )
    return text.upper()


def _checked_day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInput(translated("'{name}' is a day like 2026-12-31, not '{text}'.", name=name, text=text[:40])) from error


def _month(name: str, text: str) -> str:
    try:
        first, last = period(text)
    except InvalidInput:
        first, last = date.min, date.max
    if (first.year, first.month) != (last.year, last.month):
        raise InvalidInput(translated("'{name}' is a month like 2026-01, not '{text}'.", name=name, text=text[:40]))
    return f"{first:%Y-%m}"


def _card(name: str, text: str) -> str:
    if sum(sign.isdigit() for sign in text) > _LAST_DIGITS:
        raise InvalidInput(
            translated("'{name}' is a network and the last four digits of a card, like visa/1234. Whole numbers are never kept.", name=name)
        )
    return text


_CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "card": _card,
    "amount": _amount,
    "currency": _currency,
    "code": _code,
    "day": _checked_day,
    "month": _month,
}


def _check_bounds(rule: Mapping[str, Any]) -> None:
    if rule["type"] == "budget" and ("month" in rule) == ("year" in rule):
        with naming_field("month"):
            raise InvalidInput(translated("A budget rule needs an amount for a month or for a year: 'month' or 'year', not both."))
    price = _get(rule, ("match", "price"))
    if isinstance(price, Mapping):
        least, most = (Decimal(price[name]) if name in price else None for name in ("min", "max"))
        with naming_field("over"):
            if least is None and most is None:
                raise InvalidInput(translated("'currency' needs a price. Give 'over' or 'under' too."))
            if least is not None and most is not None and least > most:
                raise InvalidInput(
                    translated("'over' ({least}) is more than 'under' ({most}), so the rule would match nothing.", least=least, most=most)
                )


def _allowed(kind: Kind, name: str) -> str:
    part = next(part for part in kind.parts if part.name == name)
    if part.one_of:
        return translated("It is one of {choices}.", choices=", ".join(part.one_of))
    return translated("Write it like {example}.", example=translated(part.hint)) if part.hint else ""


def _get(rule: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = rule
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _put(rule: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    *above, last = path
    for key in above:
        rule = rule.setdefault(key, {})
    rule[last] = value
