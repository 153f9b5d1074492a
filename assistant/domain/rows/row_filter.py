"""The filter language for short lists that are not orders: imports, the history, rules, terms, questions, claims, statements.

A list names the keys that its rows know. Another key is refused with a sentence, so that it never finds nothing for no reason.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.labels import label_named
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.text import fold

AMOUNTS = "amounts"
"""The key that stands for >50 and <50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What a filter can know about a row. `words` is all text in which words are searched, `categories` are in small letters."""

    words: str
    accounts: Collection[str] = ()
    categories: AbstractSet[str] = frozenset()
    person: str = ""
    day: date | None = None
    amount: Money | None = None


def check_keys(found: Filter, keys: Collection[str], what: str) -> None:
    """Raise InvalidInput if a filter uses a key that a list does not know. `what` names the list: "the history"."""
    wrong = next((key for key in _keys_of(found) if key not in keys), None)
    if wrong is not None:
        known = [">50" if key == AMOUNTS else f"{key}:" for key in keys]
        named = translated(what)
        shown = translated("amounts") if wrong == AMOUNTS else f"'{wrong}:'"
        raise InvalidInput(
            translated(
                "{what} cannot be filtered by {shown}. Use words, or {known}.",
                what=named[:1].upper() + named[1:],
                shown=shown,
                known=", ".join(known),
            )
        )


def _keys_of(found: Filter) -> Iterator[str]:
    used = {
        "account": found.accounts,
        "cat": found.category,
        "purpose": found.purpose,
        "person": found.person,
        "seller": found.seller,
        "item": found.items,
        "is": found.states,
        "status": found.status,
        "cur": found.currency,
        "date": found.since or found.until,
        "kind": found.kind,
        AMOUNTS: found.above is not None or found.below is not None,
    }
    yield from (key for key, value in used.items() if value)
    for part in (*found.without, *(part for group in found.either for part in group)):
        yield from _keys_of(part)


def matches(found: Filter, facts: RowFacts) -> bool:
    """Return whether a row matches a filter, with what it leaves out and its alternatives."""
    return (
        _matches_itself(found, facts)
        and not any(matches(part, facts) for part in found.without)
        and all(any(matches(part, facts) for part in group) for group in found.either)
    )


def _categories(word: str) -> set[str]:
    """Return what a word of a filter can mean: itself, and the built-in category that has this name in the user's language."""
    return {word.casefold(), (label_named("category", word) or word).casefold()}


def _matches_itself(found: Filter, facts: RowFacts) -> bool:
    return _is_named(found, facts) and _is_in_period(found, facts.day) and _has_amount(found, facts.amount)


def _is_named(found: Filter, facts: RowFacts) -> bool:
    """Return whether a row is of the accounts, category and person of a filter, and contains its words."""
    accounts = {fold(account) for account in facts.accounts}
    said = fold(facts.words)
    return (
        (not found.accounts or any(fold(name) in accounts for name in found.accounts))
        and (found.category is None or not facts.categories.isdisjoint(_categories(found.category)))
        and (found.person is None or found.person.casefold() == facts.person.casefold())
        and all(fold(word) in said for word in (*found.words, *found.items))
    )


def _is_in_period(found: Filter, day: date | None) -> bool:
    if day is None:
        return found.since is None and found.until is None
    return (found.since is None or day >= found.since) and (found.until is None or day <= found.until)


def _has_amount(found: Filter, amount: Money | None) -> bool:
    """Return whether an amount has the currency and the size that a filter asks for; its sign does not matter."""
    if amount is None:
        return found.currency is None and found.above is None and found.below is None
    size = abs(Decimal(amount.decimal))
    return (
        (found.currency is None or amount.currency == found.currency)
        and (found.above is None or size > found.above)
        and (found.below is None or size < found.below)
    )
