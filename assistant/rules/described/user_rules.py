"""Reading the user's own rules, from a file or as they are stored."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from assistant.domain.accounts.cards import same_spelling
from assistant.domain.company_names import company
from assistant.domain.judging.user_rules.rules import (
    BudgetRule,
    ConflictRule,
    GiftCardRule,
    ItemMatch,
    MuteRule,
    PayRule,
    PrivateRule,
    PurposeRule,
    RouteRule,
    ShipRule,
    SoftenRule,
    TagRule,
    UserRule,
)
from assistant.domain.text import fold
from assistant.rules.described.fields import Fields

_ALLOWED = ("only", "also", "allow", "shared")
_ADDRESS_NAMES = ("ship_to", "address", "addresses")
_FIRMS = ("brands", "brand", "sellers", "seller")
_PARTS = ("words", "category", "asin", "brand", "seller")


def read_rules(entries: Iterable[Fields]) -> tuple[UserRule, ...]:
    """Return the rules in order, without those of an unknown kind. A rule without a number gets that of its position."""
    found = (read_rule(entry, place) for place, entry in enumerate(entries, 1))
    return tuple(rule for rule in found if rule is not None)


def stored_rules(rows: Iterable[tuple[int, str, str]]) -> tuple[UserRule, ...]:
    """Return rules from their number, kind and parts (as JSON text), in the same order."""
    found = (_stored_rule(*row) for row in rows)
    return tuple(rule for rule in found if rule is not None)


@lru_cache(maxsize=4096)
def _stored_rule(number: int, kind: str, body: str) -> UserRule | None:
    return read_rule(Fields({"id": number, "type": kind, **json.loads(body)}))


def read_rule(fields: Fields, place: int = 0) -> UserRule | None:
    """Return one rule, None for one of an unknown kind."""
    read = _KINDS.get(fields.word("type") or "")
    if read is None:
        return None
    common = {
        "number": fields.text("id") or str(place),
        "accounts": fields.texts("account") if fields.has("account") else None,
        "hard": fields.word("strength") == "hard",
        "until": fields.day("until"),
        "written": fields.data,
    }
    return read(fields, common)


def read_match(match: Fields) -> ItemMatch:
    """Return the item conditions of a rule."""
    price = match.inner("price")
    parts = {
        "asin": frozenset(entry.upper() for entry in match.texts("asin")),
        "category": frozenset(map(fold, match.texts("category"))),
        "brand": frozenset(map(company, match.texts("brand"))) - {""},
        "seller": frozenset(map(company, match.texts("seller"))) - {""},
        "words": frozenset(match.texts("words")) - {""},
    }
    given = [name for name in ("asin", "category", "brand", "seller") if match.texts(name)]
    given += [*(["price"] if price.data else []), *(["words"] if parts["words"] else [])]
    bounds = [f"{word} {price.text(name)}" for name, word in (("min", "from"), ("max", "up to")) if price.has(name)]
    return ItemMatch(
        **parts,
        least=price.number("min"),
        most=price.number("max"),
        currency=(price.text("currency") or "").upper() or None,
        given=tuple(given),
        wording=(*(entry for name in _PARTS for entry in match.texts(name)), *bounds),
    )


def _listed(fields: Fields, name: str) -> tuple[str, ...] | None:
    return fields.texts(name) if fields.has(name) else None


def _route(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    return RouteRule(**common, match=read_match(fields.inner("match")), to=fields.text("to"))


def _tag(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    match = fields.inner("match")
    places = {fold(entry) for part in (fields, match) for name in _ADDRESS_NAMES for entry in part.texts(name)}
    return TagRule(**common, match=read_match(match), tag=fields.text("tag"), addresses=frozenset(places))


def _ship(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    allowed = frozenset(entry for name in _ALLOWED for entry in fields.texts(name))
    return ShipRule(**common, only=fields.texts("only"), allowed=allowed)


def _pay(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    allowed = frozenset(same_spelling(entry) for name in _ALLOWED for entry in fields.texts(name))
    return PayRule(**common, only=fields.texts("only"), allowed=allowed)


def _purpose(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    categories = frozenset(map(fold, fields.texts("business_categories")))
    return PurposeRule(**common, categories=categories, words=frozenset(fields.texts("business_words")) - {""})


def _budget(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    unit = (fields.text("currency") or "").upper() or None
    purposes, categories = _listed(fields, "purpose"), _listed(fields, "category")
    return BudgetRule(**common, purposes=purposes, categories=categories, month=fields.number("month"), currency=unit)


def _private(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    asins = _listed(fields, "asin")
    return PrivateRule(
        **common,
        reveal="never" if fields.word("reveal") == "never" else "hint",
        order_ids=_listed(fields, "order_id"),
        asins=tuple(asin.upper() for asin in asins) if asins is not None else None,
    )


def _conflict(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    return ConflictRule(
        **common,
        relation=fields.word("relation"),
        companies=frozenset(company(entry) for name in _FIRMS for entry in fields.texts(name)) - {""},
        asins=frozenset(asin.upper() for asin in (*fields.texts("asins"), *fields.texts("asin"))),
        owners=_listed(fields, "owner"),
        account=fields.text("account"),
    )


def _mute(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    codes = frozenset(code.upper() for code in fields.texts("code"))
    asins = frozenset(asin.upper() for asin in fields.texts("asin")) if fields.has("asin") else None
    numbers = frozenset((*fields.texts("rule"), fields.text("rule") or "")) - {""}
    return MuteRule(**common, codes=codes, asins=asins, rules=numbers)


def _soften(fields: Fields, common: Mapping[str, Any]) -> UserRule:
    return SoftenRule(**common, codes=tuple(code.upper() for code in fields.texts("code")))


_KINDS: Mapping[str, Callable[[Fields, Mapping[str, Any]], UserRule]] = {
    "route": _route,
    "tag": _tag,
    "ship": _ship,
    "pay": _pay,
    "purpose": _purpose,
    "budget": _budget,
    "gift_card": lambda fields, common: GiftCardRule(**common, to=fields.text("to")),
    "private": _private,
    "conflict": _conflict,
    "mute": _mute,
    "soften": _soften,
}
