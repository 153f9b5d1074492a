"""New and changed accounts: every value is checked, and no two accounts look alike."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from assistant.domain.accounts.account import COLOURS, LOOKS, SYMBOLS, Account, AccountChange, Purpose
from assistant.domain.accounts.cards import read_card
from assistant.domain.errors import Conflict, InvalidInput, naming_field
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.text import clean_text, fold, one_line

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,19}\Z")
_LETTERS = re.compile(r"[^\W_]{2,4}\Z")
_CARD = re.compile(r"[a-z][a-z ]*/\d{4}\Z")
_STATUSES = ("ok", "on_hold", "closed_by_amazon")
_INVALID = {
    "label": to_translate("This is not a valid name for an account: give it at least one letter."),
    "letters": to_translate("These are not valid letters for an account: use 2 to 4 letters or digits."),
    "colour": to_translate("This is not a valid colour for an account: one of {choices}."),
    "symbol": to_translate("This is not a valid symbol for an account: one of {symbols}."),
    "status": to_translate("This is not a valid status for an account: one of {states}."),
    "cards": to_translate("This is not a valid card: write network and last four digits only, like visa/1234."),
    "addresses": to_translate("This is not a valid address: write the whole address, or a name and the postcode like home/78704."),
}


def new_account(others: Iterable[Account], label: str, purpose: str, *, key: str | None = None) -> Account:
    """Return an account with a key, colour, symbol and letters that no other account has. Raises InvalidInput, Conflict.

    Without `key` no other account has the name either: a key tells two of one name apart.
    """
    label, purpose = clean_text(label)[:60], clean_text(purpose)[:40].lower()
    if not label or not purpose:
        raise InvalidInput(translated("An account needs a name and a purpose, like 'Ortiz Design' and 'business'."))
    others = list(others)
    keys = {other.key for other in others}
    if key is None:
        _check_label(label, others)
        key = _free_key(label, keys)
    check_key(key, keys)
    hue, symbol = _free_look(purpose, others)
    letters = _free_letters(label, {other.letters for other in others})
    return Account(key=key, label=label, purpose=purpose, colour=hue, symbol=symbol, letters=letters, business=purpose == Purpose.BUSINESS)


def _check_label(label: str, others: Iterable[Account]) -> None:
    """Raise Conflict for a name that another account has. Whoever gives a key of its own may use a name twice."""
    for other in others:
        if fold(other.label) == fold(label):
            text = translated("There already is an account '{label}' ({key}). Choose another name.", label=other.label, key=other.key)
            with naming_field("label"):
                raise Conflict(text)


def check_key(key: str, taken: set[str]) -> None:
    """Raise InvalidInput for a key that commands cannot use, Conflict for one that is taken."""
    if not _KEY.match(key):
        raise InvalidInput(translated("'{key}' cannot be a key. Use up to 20 small letters, digits and '-'.", key=key[:40]))
    if key in taken:
        raise Conflict(translated("There already is an account '{key}'. Choose another key.", key=key))


def _free_key(label: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:16].strip("-") or "account"
    return next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, 1000))) if key not in taken)


def _free_look(purpose: str, others: list[Account]) -> tuple[str, str]:
    used = {(other.colour, other.symbol) for other in others}
    hues, symbols = {other.colour for other in others}, {other.symbol for other in others}
    wanted = LOOKS.get(Purpose(purpose)) if purpose in list(Purpose) else None
    if wanted and wanted not in used and wanted[0] not in hues:
        return wanted
    free = [(hue.name, symbol) for hue in COLOURS for symbol in SYMBOLS if (hue.name, symbol) not in used]
    return min(free, key=lambda look: (look[0] in hues, look[1] in symbols), default=("charcoal", "►"))


def _free_letters(label: str, taken: set[str]) -> str:
    words = [word for word in re.split(r"[\W_]+", label) if word]
    signs = "".join(words).upper() or "AC"
    initials = "".join(word[0] for word in words).upper()
    wishes = [initials[:4]] if len(initials) > 1 else []
    wishes += [signs[:3], signs[:2], signs[:4], signs[0] * 2, *(f"{signs[:2]}{number}" for number in range(2, 100))]
    return next(wish for wish in wishes if _LETTERS.match(wish) and wish not in taken)


def changed(account: Account, change: AccountChange, others: Iterable[Account]) -> Account:
    """Return the changed account. Raises InvalidInput for a bad value, Conflict if another account has the name or looks the same."""
    others = list(others)
    given: dict[str, Any] = {field.name: value for field in fields(change) if (value := getattr(change, field.name)) is not None}
    values: dict[str, Any] = {name: tuple(map(clean_text, value)) if isinstance(value, tuple) else value for name, value in given.items()}
    if "addresses" in values:
        values["addresses"] = tuple(clean_text(one_line(address)) for address in given["addresses"])
    if "closed_at" in values:
        with naming_field("closed_at"):
            values["closed_at"] = _closing_day(values["closed_at"]) if values["closed_at"] else None
    if "notice" in values:
        values["notice"] = clean_text(values["notice"]) or None
    found = replace(account, **values)
    cards = tuple(read_card(card) or card.lower() for card in found.cards)
    found = replace(found, label=clean_text(found.label)[:60], letters=found.letters.upper(), cards=cards)
    _check(found)
    if fold(found.label) != fold(account.label):
        _check_label(found.label, others)
    for other in others:
        if other.letters == found.letters:
            text = translated(
                "The letters '{letters}' belong to '{label}'. Two accounts never look alike; choose others.",
                letters=found.letters,
                label=other.label,
            )
            with naming_field("letters"):
                raise Conflict(text)
        if (other.colour, other.symbol) == (found.colour, found.symbol):
            text = translated(
                "'{label}' already is {colour} {symbol}. Choose another colour or symbol.",
                label=other.label,
                colour=found.colour,
                symbol=found.symbol,
            )
            with naming_field("colour"):
                raise Conflict(text)
    return found


def _closing_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise InvalidInput(translated("This is not a day that an account can be closed on. Write it like 2026-03-02."))
    return day


def _check(account: Account) -> None:
    valid = {
        "label": bool(account.label),
        "letters": bool(_LETTERS.match(account.letters)),
        "colour": account.colour in {hue.name for hue in COLOURS},
        "symbol": account.symbol in SYMBOLS,
        "status": account.status in _STATUSES,
        "cards": all(map(_CARD.match, account.cards)),
        "addresses": all("/" in address or "," in address for address in account.addresses),
    }
    choices, symbols, states = ", ".join(hue.name for hue in COLOURS), " ".join(SYMBOLS), ", ".join(_STATUSES)
    for name, is_valid in valid.items():
        if not is_valid:
            with naming_field(name):
                raise InvalidInput(translated(_INVALID[name], choices=choices, symbols=symbols, states=states))
